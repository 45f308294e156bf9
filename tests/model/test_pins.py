"""Catalogs that a model pins, and controls of a catalog of one's own or of the past."""

import pytest

from tests.model.written import system, told
from threatmodel.model.ids import is_control_id
from threatmodel.model.system import System, unknown_controls, unmet_pins

GOOD = """\
zones:
  - {id: imaging, name: Imaging network, controls: [{id: segmentation, state: implemented}]}
components:
  - {id: pacs, name: PACS, kind: pacs, zone: imaging, stores: []}
"""
PINNED = GOOD + "catalogs: [{id: radiology-ai, version: 1.0.0}, {id: chu, version: 2.1.0}]\n"


def test_a_model_says_which_catalogs_it_is_made_for() -> None:
    read = system(PINNED)
    assert [(pin.id, pin.version) for pin in read.catalogs] == [("radiology-ai", "1.0.0"), ("chu", "2.1.0")]
    assert read.plain()["catalogs"] == [{"id": "radiology-ai", "version": "1.0.0"}, {"id": "chu", "version": "2.1.0"}]
    assert "catalogs" not in system(GOOD).plain()
    assert read.digest != system(GOOD).digest


def test_pins_that_are_met_are_no_mistake() -> None:
    assert unmet_pins(system(PINNED), {"radiology-ai": "1.0.0", "chu": "2.1.0", "more": "3.0.0"}) == []
    assert unmet_pins(system(GOOD), {}) == []


@pytest.mark.parametrize(
    ("used", "what", "hint"),
    [
        (
            {"radiology-ai": "1.0.0"},
            "the model is made for the catalog 'chu' 2.1.0, which is not in use",
            "name its folder with --catalog or in threatmodel.toml; in use: radiology-ai 1.0.0",
        ),
        (
            {"radiology-ai": "1.0.0", "chu": "2.2.0"},
            "the model is made for 'chu' 2.1.0, and 2.2.0 is in use",
            "use that version, or read what changed and write 'chu': '2.2.0'",
        ),
    ],
)
def test_pins_that_are_not_met_are_told(used: dict[str, str], what: str, hint: str) -> None:
    (problem,) = unmet_pins(system(PINNED), used)
    assert (problem.what, problem.hint) == (what, hint)
    assert problem.where is not None


@pytest.mark.parametrize(
    ("good", "wrong", "what"),
    [
        ("id: chu, version: 2.1.0", "id: radiology-ai, version: 2.1.0", "the catalog 'radiology-ai' is pinned twice"),
        ("version: 2.1.0", "version: latest", "catalogs[1].version is 'latest', which is not of the form"),
        ("version: 2.1.0", "version: 2.1", "catalogs[1].version must be a text, not 2.1"),
        (", version: 2.1.0", "", "catalogs[1].version is missing"),
        ("id: chu", "id: CHU", "catalogs[1].id is 'CHU', which is not of the form"),
        ("{id: chu, version: 2.1.0}", "chu", "catalogs[1] must be a mapping"),
    ],
)
def test_pins_that_are_refused(good: str, wrong: str, what: str) -> None:
    assert PINNED.count(good) == 1
    assert [said for _, said in told(PINNED.replace(good, wrong)) if said.startswith(what)]


@pytest.mark.parametrize(
    ("name", "fits"),
    [("mfa", True), ("our-hospital/double-key", True), ("a/b/c", False), ("/b", False), ("a/", False), ("A/b", False)],
)
def test_the_id_of_a_control_may_name_its_catalog(name: str, fits: bool) -> None:
    assert is_control_id(name) is fits


def stating(name: str) -> System:
    return system(GOOD.replace("segmentation", name))


def test_a_control_of_a_catalog_that_is_not_in_use_is_told_with_its_catalog() -> None:
    (problem,) = unknown_controls(stating("chu/double-key"), ["mfa"])
    assert problem.what == "no catalog knows the control 'chu/double-key'"
    assert problem.hint == "it is of the catalog 'chu': name its folder with --catalog or in threatmodel.toml"
    (problem,) = unknown_controls(stating("chu/doubl-key"), ["chu/double-key"])
    assert problem.hint == "did you mean 'chu/double-key'?"
    assert unknown_controls(stating("chu/double-key"), ["chu/double-key"]) == []


def test_a_retired_control_is_told_with_what_took_its_place() -> None:
    (problem,) = unknown_controls(stating("old"), ["mfa"], {"old": "replaced by mfa: it is weak"})
    assert (problem.what, problem.hint) == ("the control 'old' is retired", "replaced by mfa: it is weak")
