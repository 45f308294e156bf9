# ruff: noqa: E501 - one row of a table a line
"""The life cycle of entries: retired ones stay, are never asked, and tell what took their place."""

from pathlib import Path

import pytest

from tests.catalog.written import CONTROLS, THREAT, told, write
from threatmodel.catalog.catalog import told_shelved
from threatmodel.catalog.life_cycle import _circles
from threatmodel.catalog.read import read_catalog

FIRST, SECOND = "threats/data/DAT-01-read.yaml", "threats/data/DAT-02-also.yaml"
GONE = "status: retired\nretired_because: It said what DAT-02 says.\nreplaced_by: [DAT-02]\n"
RETIRED = THREAT.replace("id: DAT-01\n", f"id: DAT-01\n{GONE}")
ALSO = THREAT.replace("DAT-01", "DAT-02")
OLD_CONTROL = """\
  - id: old-tls
    status: retired
    retired_because: TLS 1.0 is no protection.
    replaced_by: [tls]
    on: [flow]
    effort: 1
    owner: [hospital]
    limits: [exploitability]
    en: {title: Old encryption, what: Old., verify: Scan it., ask: "Is {place} encrypted?"}
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_a_retired_threat_stays_and_is_never_asked(tmp_path: Path) -> None:
    for found in (
        read_catalog(write(tmp_path, {FIRST: RETIRED})),
        read_catalog(tmp_path),
    ):  # from files, from the cache
        assert list(found.rules) == ["DAT-02"]
        shelved = found.retired["DAT-01"]
        assert (shelved.catalog, shelved.by, shelved.file) == ("small", "small", FIRST)
        assert told_shelved(shelved) == "retired, replaced by DAT-02: It said what DAT-02 says."


def test_a_retired_control_is_none_that_a_model_may_state(tmp_path: Path) -> None:
    found = read_catalog(write(tmp_path, {"controls/network.yaml": CONTROLS + OLD_CONTROL}))
    assert list(found.controls) == ["segmentation", "tls"]
    assert found.successors() == {"old-tls": "replaced by tls: TLS 1.0 is no protection."}
    assert found.families["old-tls"] == "network"


def test_the_id_of_a_retired_entry_is_never_used_again(tmp_path: Path) -> None:
    found = told(write(tmp_path, {FIRST: RETIRED, "threats/data/DAT-01-new.yaml": THREAT}))
    assert [(file, line, what) for file, line, what, _ in found] == [
        (FIRST, 1, "the threat DAT-01 is in threats/data/DAT-01-new.yaml already")
    ]
    again = OLD_CONTROL.replace("old-tls", "tls")
    found = told(
        write(tmp_path, {FIRST: THREAT, "threats/data/DAT-01-new.yaml": "", "controls/network.yaml": CONTROLS + again})
    )
    assert found[0][2] == "the control 'tls' is in network already"


def test_what_a_retired_threat_asks_need_not_be_known_any_more(tmp_path: Path) -> None:
    found = read_catalog(write(tmp_path, {FIRST: RETIRED.replace("lacks: tls", "lacks: a-control-of-old")}))
    assert list(found.retired) == ["DAT-01"]


def test_a_threat_in_force_may_not_name_a_retired_control(tmp_path: Path) -> None:
    threat = THREAT.replace("[tls]", "[tls, old-tls]").replace("lacks: tls", "lacks: {any: [tls, old-tls]}")
    found = told(write(tmp_path, {"controls/network.yaml": CONTROLS + OLD_CONTROL, FIRST: threat}))
    hint = "replaced by tls: TLS 1.0 is no protection."
    assert found == [
        (FIRST, 9, "DAT-01: the control 'old-tls' is retired", hint),
        (FIRST, 12, "DAT-01: the control 'old-tls' is retired", hint),
    ]


@pytest.mark.parametrize(
    ("good", "wrong", "line", "what", "hint"),
    [
        ("retired_because: It said what DAT-02 says.\n", "", 2, "DAT-01 is retired without a reason", "add retired_because"),
        ("[DAT-02]", "[DAT-03]", 4, "DAT-01 is replaced by the threat 'DAT-03', which is not there", "did you mean"),
        ("[DAT-02]", "[tls]", 4, "DAT-01 is replaced by the threat 'tls', which is not there", ""),
        ("[DAT-02]", "[DAT-01]", 4, "they replace each other in a circle: DAT-01 → DAT-01", "let the chain"),
        ("status: retired\n", "", 2, "DAT-01 says retired_because and is not retired", "add status: retired"),
        ("status: retired", "status: gone", 2, "status is 'gone'; it may be", ""),
        ("replaced_by: [DAT-02]", "replaced_by: DAT-02", 4, "replaced_by must be a list", ""),
        ("status: retired", "since: soon\nstatus: retired", 2, "since is 'soon', which is not of the form", ""),
    ],
)  # fmt: skip
def test_life_cycles_that_are_refused(tmp_path: Path, good: str, wrong: str, line: int, what: str, hint: str) -> None:
    assert RETIRED.count(good) == 1
    found = told(write(tmp_path, {FIRST: RETIRED.replace(good, wrong)}))
    assert found[0][:2] == (FIRST, line)
    assert found[0][2].startswith(what)
    assert hint in found[0][3]


def test_a_circle_is_told_once_and_whole(tmp_path: Path) -> None:
    third = THREAT.replace("id: DAT-01\n", f"id: DAT-03\n{GONE.replace('DAT-02', 'DAT-01')}")
    second = ALSO.replace("id: DAT-02\n", f"id: DAT-02\n{GONE.replace('[DAT-02]', '[DAT-03]')}")
    files = {FIRST: RETIRED, SECOND: second, "threats/data/DAT-03-more.yaml": third}
    found = told(write(tmp_path, files))
    assert [(file, what) for file, _, what, _ in found] == [
        (FIRST, "they replace each other in a circle: DAT-01 → DAT-02 → DAT-03 → DAT-01")
    ]


@pytest.mark.parametrize(
    ("successors", "circles"),
    [
        ({"a": ("b",), "b": ("c",), "c": ()}, []),
        ({"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ()}, []),
        ({"a": ("b",), "b": ("a",), "c": ("a",)}, [["a", "b"]]),
        ({"c": ("b",), "b": ("d",), "d": ("b",)}, [["b", "d"]]),
        ({"a": ("a", "b"), "b": ("c",), "c": ("b",)}, [["a"], ["b", "c"]]),
        ({"a": ("nobody",)}, []),
    ],
)
def test_circles_are_found_and_nothing_else(successors: dict[str, tuple[str, ...]], circles: list[list[str]]) -> None:
    assert list(_circles(successors)) == circles
