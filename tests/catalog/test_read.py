# ruff: noqa: E501 - one row of a table a line
"""Catalog folders: read strictly, all mistakes at once with file, line and known names; with or without a cache."""

import dataclasses
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalog.written import CONTROLS, FILES, MANIFEST, THREAT, told, write
from threatmodel.catalog import compiled
from threatmodel.catalog.read import read_catalog
from threatmodel.errors import CatalogError
from threatmodel.resources import data_folder, write_cached

FIRST = "threats/data/DAT-01-read.yaml"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield tmp_path / "cache" / "threatmodel"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "catalog"


def test_a_catalog_is_read_in_the_order_of_its_ids(folder: Path) -> None:
    found = read_catalog(write(folder))
    assert list(found.rules) == ["DAT-01", "DAT-02"]
    assert list(found.controls) == ["segmentation", "tls"]
    assert found.families == {"segmentation": "network", "tls": "network"}
    assert found.rules["DAT-01"].file == FIRST
    (origin,) = found.origins
    assert (origin.id, origin.version, origin.title) == ("small", "1.0.0", "A small catalog")
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", origin.digest)


def test_the_shipped_catalog_is_read() -> None:
    found = read_catalog(data_folder("catalogs") / "radiology-ai")
    assert found.origins[0].id == "radiology-ai"
    assert found.rules
    assert len(found.controls) >= 136


MISTAKES = [
    ("catalog.yaml", "version: 1.0.0", "version: 1.0", 2, "version must be a text, not 1.0", ""),
    ("catalog.yaml", "version: 1.0.0", "version: one", 2, "version is 'one', which is not of the form", ""),
    ("catalog.yaml", "id: small", "id: Small", 1, "id is 'Small', which is not of the form", ""),
    ("catalog.yaml", "title: A small catalog\n", "", 1, "title is missing", ""),
    ("controls/network.yaml", "family: network", "family: networks", 1, "the family 'networks' belongs into controls/networks.yaml", "as its family is"),
    ("controls/network.yaml", "effort: 1", "effort: 4", 5, "controls[0].effort is 4; it may be 1, 2 or 3", ""),
    ("controls/network.yaml", "owner: [hospital]\n    limits: [exploitability]", "owner: [hospitl]\n    limits: [exploitability]", 6, "controls[0].owner[0] is 'hospitl'", "did you mean 'hospital'?"),
    ("controls/network.yaml", "on: [flow]", "on: []", 4, "controls[0].on", ""),
    ("controls/network.yaml", "authenticates: false", "authenticate: false", 8, "'authenticate' is not known here (controls[0])", "did you mean 'authenticates'?"),
    ("controls/network.yaml", "      title: Encryption\n", "", 9, "controls[0].en.title is missing", ""),
    ("controls/network.yaml", "      title: Encryption\n", "      title: TL\n", 10, "controls[0].en.title", ""),
    ("controls/network.yaml", "      title: Encryption\n", "      titel: Encryption\n      title: Encryption\n", 10, "'titel' is not known here (controls[0].en)", "did you mean 'title'?"),
    (FIRST, "id: DAT-01", "id: DAT-03", 1, "the file of DAT-03 must be called DAT-03-<words>.yaml", "rename it"),
    (FIRST, "id: DAT-01", "id: dat-01", 1, "id is 'dat-01', which is not of the form", ""),
    (FIRST, "phase: data\nabout", "phase: training\nabout", 3, "DAT-01 is of the phase 'training' but lies in 'data'", "move it to threats/training/"),
    (FIRST, "phase: data\nabout", "phase: dat\nabout", 3, "phase is 'dat'; it may be", "did you mean 'data'?"),
    (FIRST, "stride: [I]", "stride: [X]", 2, "stride[0] is 'X'; it may be", ""),
    (FIRST, "stride: [I]", "stride: []", 2, "stride", ""),
    (FIRST, "about: flow", "about: flows", 4, "about is 'flows'; it may be", "did you mean 'flow'?"),
    (FIRST, "crosses_boundary: true", "crosses_boundry: true", 8, "DAT-01: no fact is called 'crosses_boundry'", "did you mean 'crosses_boundary'?"),
    (FIRST, "crosses_boundary: true", "crosses_boundary: yes", 8, "DAT-01: crosses_boundary takes true or false", ""),
    (FIRST, "[dimse, dicomweb]", "[dimse, dicomwb]", 7, "DAT-01: 'dicomwb' is no value of protocol", "did you mean 'dicomweb'?"),
    (FIRST, "lacks: tls", "lacks: tlss", 9, "DAT-01: no control is called 'tlss'", "did you mean 'tls'?"),
    (FIRST, "primary: [tls]", "primary: [tls, segmentaton]", 12, "DAT-01: no control is called 'segmentaton'", "did you mean 'segmentation'?"),
    (FIRST, "primary: [tls]", "primary: []", 12, "controls.primary", ""),
    (FIRST, "supporting:", "suporting:", 13, "'suporting' is not known here (controls)", "did you mean 'supporting'?"),
    (FIRST, "knowledge: 2", "knowledge: 3", 14, "exploitability.knowledge is 3; it may be 0, 1 or 2", ""),
    (FIRST, "needs_human_act: false", "needs_human_act: 0", 14, "exploitability.needs_human_act must be true or false, not 0", ""),
    (FIRST, "severity: 3", "severity: 6", 15, "harm.severity is 6; it may be", ""),
    (FIRST, "severity: 3", "severity: '3'", 15, "harm.severity is '3'; it may be", ""),
    (FIRST, "attested: observed\n", "", 1, "attested is missing", ""),
    (FIRST, "fact: 3", "fact: 33", 17, "review.fact", ""),
    (FIRST, "references: [CWE-319]", "references: []", 18, "references", ""),
    (FIRST, "references: [CWE-319]", "references: CWE-319", 18, "references must be a list, not 'CWE-319'", ""),
    (FIRST, "remedy: Encrypt.", "remedy: ''", 19, "en.remedy", ""),
    (FIRST, "en: {", "fr: {}\nen: {", 19, "fr.title is missing", ""),
    (FIRST, "exposed:\n  lacks: tls\n", "", 1, "exposed is missing", ""),
    (FIRST, "exposed:\n  lacks: tls\n", "exposed: true\n", 9, "exposed must be a mapping, not True", ""),
    (FIRST, "exposed:\n  lacks: tls\n", "exposed: {}\n", 9, "DAT-01: a condition is a mapping with one key", ""),
    (FIRST, "id: DAT-01\n", "id: DAT-01\nid: DAT-01\n", 2, "the key 'id' stands here twice", "the first is in line 1"),
    (FIRST, "about: flow", "about: *flow", 4, "aliases (*) are not accepted", "write the value out"),
    (FIRST, "about: flow", "about: [flow", 5, "the text cannot be parsed", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "good", "wrong", "line", "what", "hint"),
    MISTAKES,
    ids=[f"{row[0][:12]}:{row[3]}:{row[2][:30]!r}" for row in MISTAKES],
)
def test_a_mistake_is_told_with_file_line_and_known_names(
    folder: Path, file: str, good: str, wrong: str, line: int, what: str, hint: str
) -> None:
    assert FILES[file].count(good) == 1, good
    found = told(write(folder, {file: FILES[file].replace(good, wrong)}))
    matching = [row for row in found if row[:2] == (file, line) and row[2].startswith(what)]
    assert matching, found
    assert hint in matching[0][3], found
    assert {row[:2] for row in found} == {(file, line)}, "a follow-up is told as if it were a mistake of its own"


@pytest.mark.parametrize(
    ("file", "good", "wrong", "rows"),
    [
        ("catalog.yaml", "title:", "titel:", [(1, "title is missing"), (3, "'titel' is not known here (top level)")]),
        (
            FIRST,
            "about: flow",
            "about: zone",
            [
                (7, "DAT-01: 'protocol' says nothing about a zone"),
                (8, "DAT-01: 'crosses_boundary' says nothing about a zone"),
            ],
        ),
    ],
)
def test_mistakes_of_one_file_are_told_together(
    folder: Path, file: str, good: str, wrong: str, rows: list[tuple[int, str]]
) -> None:
    found = told(write(folder, {file: FILES[file].replace(good, wrong)}))
    assert [(line, what) for _, line, what, _ in found] == rows


def test_a_control_that_stands_twice_in_a_family_is_told_at_the_second(folder: Path) -> None:
    found = told(write(folder, {"controls/network.yaml": CONTROLS.replace("id: tls", "id: segmentation")}))
    assert found[0] == (
        "controls/network.yaml",
        14,
        "the control 'segmentation' is in network already",
        "keep one of the two",
    )


def test_all_mistakes_of_all_files_are_told_at_once(folder: Path) -> None:
    found = told(
        write(
            folder,
            {
                "catalog.yaml": MANIFEST.replace("1.0.0", "one"),
                "controls/network.yaml": CONTROLS.replace("effort: 2", "effort: 9"),
                FIRST: THREAT.replace("[I]", "[X]").replace("severity: 3", "severity: 9"),
                "threats/data/DAT-02-also.yaml": FILES["threats/data/DAT-02-also.yaml"].replace(
                    "crosses_boundary: true", "crosses: true"
                ),
                "threats/data/DAT-04-x.yaml": THREAT.replace("DAT-01", "DAT-05"),
            },
        )
    )
    assert [row[:2] for row in found] == [
        ("catalog.yaml", 2),
        ("controls/network.yaml", 16),
        (FIRST, 2),
        (FIRST, 15),
        ("threats/data/DAT-02-also.yaml", 8),
        ("threats/data/DAT-04-x.yaml", 1),
    ]


def test_no_control_is_called_unknown_while_a_file_of_controls_cannot_be_read(folder: Path) -> None:
    found = told(write(folder, {"controls/network.yaml": CONTROLS.replace("effort: 1", "effort: 9")}))
    assert [row[:2] for row in found] == [("controls/network.yaml", 5)]


def test_two_threats_of_one_id_are_told_in_the_second(folder: Path) -> None:
    found = told(write(folder, {"threats/data/DAT-01-twin.yaml": THREAT}))
    assert found == [
        (
            "threats/data/DAT-01-twin.yaml",
            1,
            "the threat DAT-01 is in threats/data/DAT-01-read.yaml already",
            "give one of them another id",
        )
    ]


def test_two_controls_of_one_id_are_told_across_families(folder: Path) -> None:
    found = told(write(folder, {"controls/platform.yaml": CONTROLS.replace("family: network", "family: platform")}))
    assert [(row[0], row[1]) for row in found] == [("controls/platform.yaml", 3), ("controls/platform.yaml", 14)]


# -- folders that nobody should mistake for a whole catalog -----------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["threats/data/DAT-03-x.yml", "threats/data/DAT-03-x.YAML", "controls/more.json", "threats/data/.DAT-03-x.yaml"],
)
def test_a_file_that_only_looks_like_an_entry_is_not_passed_over(folder: Path, name: str) -> None:
    assert told(write(folder, {name: THREAT})) == [
        (name, 0, "this file is not read", "entries are files that end in .yaml")
    ]


def test_other_files_do_no_harm(folder: Path) -> None:
    assert (
        len(
            read_catalog(
                write(
                    folder,
                    {"README.md": "x", "threats/README.md": "x", "policy.yaml": "a: [", "threats/data/notes.txt": "x"},
                )
            ).rules
        )
        == 2
    )


def test_a_catalog_without_threats_is_no_catalog(folder: Path) -> None:
    files = {name: "" for name in FILES if name.startswith("threats/")}
    found = told(write(folder, {**files, "threat/data/DAT-01-read.yaml": THREAT}))
    assert found == [("catalog.yaml", 1, "the catalog holds no threat", "put threats into threats/<phase>/")]


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]", "text", "null"])
@pytest.mark.parametrize("name", ["catalog.yaml", "controls/network.yaml", FIRST])
def test_a_file_that_holds_no_mapping_is_told(folder: Path, name: str, text: str) -> None:
    write(folder)
    (folder / name).write_text(text, encoding="utf-8")
    assert [row[0] for row in told(folder)] == [name]
    assert told(folder)[0][2].startswith("the file must be a mapping, not ")


def test_a_folder_without_a_manifest_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(CatalogError) as error:
            read_catalog(folder)
        assert error.value.problems[0].what == "there is no catalog here"
        assert error.value.problems[0].hint


def test_a_folder_called_like_a_file_is_no_file(folder: Path) -> None:
    write(folder)
    (folder / "threats" / "data" / "DAT-09-x.yaml").mkdir()
    assert len(read_catalog(folder).rules) == 2


def test_a_link_that_leads_nowhere_is_told(folder: Path) -> None:
    write(folder)
    (folder / "threats" / "data" / "DAT-09-x.yaml").symlink_to(folder / "none")
    ((name, _, what, _),) = told(folder)
    assert (name, what) == ("threats/data/DAT-09-x.yaml", "the file cannot be read: No such file or directory")


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"id: \xe9\n", b"id: x\0y\n", b"[" * 100_000, b"a: &a [b]\n" + b"c: *a\n", b"!!python/object/apply:os.system [ls]\n"],
    ids=["utf-16", "latin-1", "null", "deep", "alias", "tag"],
)  # fmt: skip
def test_hostile_files_are_refused_in_words(folder: Path, content: bytes) -> None:
    write(folder)
    (folder / FIRST).write_bytes(content)
    assert {row[0] for row in told(folder)} == {FIRST}


def test_a_very_large_file_is_refused(folder: Path) -> None:
    write(folder)
    with (folder / FIRST).open("wb") as file:
        file.truncate(25_000_000)
    ((_, _, what, _),) = told(folder)
    assert what.startswith("the file has 25,000,000 bytes")


# -- the cache ---------------------------------------------------------------------------------------------------


def test_what_comes_from_the_cache_is_the_same(folder: Path, cache: Path) -> None:
    first = read_catalog(write(folder))
    (kept,) = cache.iterdir()
    assert kept.name.startswith("catalog-")
    assert read_catalog(folder) == first


def test_the_shipped_catalog_is_the_same_from_the_cache() -> None:
    shipped = data_folder("catalogs") / "radiology-ai"
    first, second = read_catalog(shipped), read_catalog(shipped)
    assert first == second
    assert list(first.rules) == list(second.rules)


def test_what_is_packed_is_unpacked_unchanged() -> None:
    from threatmodel.catalog.from_yaml import read_files

    shipped = data_folder("catalogs") / "radiology-ai"
    files = [
        shipped / "catalog.yaml",
        *sorted(shipped.glob("controls/*.yaml")),
        *sorted(shipped.glob("threats/*/*.yaml")),
    ]
    whole, _ = read_files(shipped, files)
    again = compiled.unpack(compiled.pack(whole))
    assert again is not None
    assert again == whole
    for one, other in zip(whole.threats, again.threats, strict=True):
        assert [type(getattr(one[1], part.name)) for part in dataclasses.fields(one[1])] == [
            type(getattr(other[1], part.name)) for part in dataclasses.fields(other[1])
        ]


def test_a_change_of_a_file_is_seen(folder: Path) -> None:
    before = read_catalog(write(folder))
    write(folder, {FIRST: THREAT.replace("severity: 3", "severity: 4")})
    after = read_catalog(folder)
    assert (before.rules["DAT-01"].threat.harm.severity, after.rules["DAT-01"].threat.harm.severity) == (3, 4)
    assert before.origins[0].digest != after.origins[0].digest


def test_a_file_renamed_is_a_change(folder: Path) -> None:
    before = read_catalog(write(folder))
    (folder / FIRST).rename(folder / "threats/data/DAT-01-other.yaml")
    after = read_catalog(folder)
    assert after.rules["DAT-01"].file == "threats/data/DAT-01-other.yaml"
    assert before.origins[0].digest != after.origins[0].digest


def test_a_file_that_was_spoilt_after_it_was_cached_is_told(folder: Path) -> None:
    read_catalog(write(folder))
    write(folder, {FIRST: THREAT.replace("[I]", "[X]")})
    assert told(folder)[0][:2] == (FIRST, 2)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b'{"manifest": {"id": 1}}',
        b'{"manifest": [], "families": {}, "threats": 5}',
    ],
)
def test_a_cache_that_means_nothing_is_read_past(folder: Path, cache: Path, body: bytes) -> None:
    first = read_catalog(write(folder))
    (kept,) = cache.iterdir()
    assert write_cached(kept.name, body)  # with a sound checksum: as another build would have left it
    assert read_catalog(folder) == first


def test_a_cache_made_by_a_build_with_other_facts_is_read_past(folder: Path, cache: Path) -> None:
    first = read_catalog(write(folder))
    (kept,) = cache.iterdir()
    plain = json.loads(kept.read_bytes()[32:])
    for _, threat in plain["threats"]:
        threat["applies"] = {"a_fact_of_the_future": True}
    assert write_cached(kept.name, json.dumps(plain).encode())
    assert read_catalog(folder) == first


def test_a_cut_or_altered_cache_is_read_past(folder: Path, cache: Path) -> None:
    first = read_catalog(write(folder))
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()
    for damage in (whole[:-1], whole[:20], whole.replace(b"Encryption", b"Decryption")):
        kept.write_bytes(damage)
        assert read_catalog(folder) == first


def test_without_a_place_for_the_cache_all_is_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_catalog(write(folder))
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    assert read_catalog(folder) == first


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_cannot_be_written_is_no_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(mode=0o500)
    assert read_catalog(write(folder)) == read_catalog(folder)
