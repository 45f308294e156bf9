# ruff: noqa: E501 - one row of a table a line
"""A catalog of one's own: what it adds, what it says otherwise and shows for it, and what it may not."""

import os
import re
from pathlib import Path

import pytest

from tests.catalog.own import OVERRIDES, OWN_CONTROLS, OWN_MANIFEST, OWN_THREAT, both, read_both, write_own
from tests.catalog.written import CONTROLS, MANIFEST, THREAT, write
from threatmodel.catalog.catalog import Change, told_shelved
from threatmodel.catalog.read import read_catalog, read_catalogs
from threatmodel.errors import CatalogError, Problem
from threatmodel.resources import data_folder
from threatmodel.source import Source


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def refused(tmp_path: Path, own: dict[str, str] | None = None, base: dict[str, str] | None = None) -> list[Problem]:
    with pytest.raises(CatalogError) as error:
        read_both(tmp_path, own, base)
    return list(error.value.problems)


def only(
    tmp_path: Path, own: dict[str, str] | None = None, base: dict[str, str] | None = None
) -> tuple[str, int, str, str]:
    """The one mistake: file from the test's folder, line, what, hint."""
    (problem,) = refused(tmp_path, own, base)
    assert isinstance(problem.where, Source)
    file = Path(problem.where.file).relative_to(tmp_path).as_posix()
    return file, problem.where.line, problem.what, problem.hint or ""


# -- what it adds ------------------------------------------------------------------------------------------------


def test_it_adds_threats_and_controls_under_its_own_name(tmp_path: Path) -> None:
    found = read_both(tmp_path)
    assert [(origin.id, origin.version, origin.extends) for origin in found.origins] == [
        ("small", "1.0.0", ()),
        ("chu", "2.1.0", ("small",)),
    ]
    assert list(found.rules) == ["DAT-01", "chu/DAT-01"]
    assert list(found.controls) == ["chu/double-key", "segmentation", "tls"]
    assert found.rules["chu/DAT-01"].catalog == "chu"
    assert found.control_catalogs == {"chu/double-key": "chu", "segmentation": "small", "tls": "small"}


def test_the_order_in_which_folders_are_named_does_not_count(tmp_path: Path) -> None:
    base, own = both(tmp_path)
    assert read_catalogs([base, own]) == read_catalogs([own, base]) == read_catalogs([own, base, own])


def test_what_it_extends_is_found_among_the_shipped_ones(tmp_path: Path) -> None:
    files = {"catalog.yaml": OWN_MANIFEST.replace("small", "radiology-ai"), "overrides.yaml": ""}
    threat = OWN_THREAT.replace("tls", "tls-bcp195")
    found = read_catalog(write_own(tmp_path / "own", {**files, "threats/data/DAT-01-here.yaml": threat}))
    assert [origin.id for origin in found.origins] == ["radiology-ai", "chu"]
    assert [origin.shipped for origin in found.origins] == [True, False]
    shipped = read_catalog(data_folder("catalogs") / "radiology-ai")
    assert found.rules.keys() == shipped.rules.keys() | {"chu/DAT-01"}


def test_a_catalog_of_overrides_alone_is_one(tmp_path: Path) -> None:
    left_out = {"controls/double-key.yaml": "", "threats/data/DAT-01-here.yaml": ""}
    assert list(read_both(tmp_path, left_out).rules) == ["DAT-01"]


def test_it_comes_from_the_cache_as_it_was_read(tmp_path: Path) -> None:
    folders = both(tmp_path)
    first = read_catalogs(folders)
    assert len(list((tmp_path / "cache" / "threatmodel").iterdir())) == 2
    assert read_catalogs(folders) == first


def test_a_base_that_changed_after_it_was_cached_is_seen(tmp_path: Path) -> None:
    base, own = both(tmp_path)
    read_catalogs([base, own])
    write(base, {"controls/network.yaml": CONTROLS.replace("id: tls", "id: tls-new")})
    for name in ("DAT-01-read", "DAT-02-also"):
        (base / f"threats/data/{name}.yaml").write_text(THREAT.replace("DAT-01", name[:6]).replace("tls", "tls-new"))
    with pytest.raises(CatalogError) as error:
        read_catalogs([base, own])
    told = {(Path(str(one.where).rpartition(":")[0]).name, one.what) for one in error.value.problems}
    assert told == {("DAT-01-here.yaml", "chu/DAT-01: no control is called 'tls'")}


# -- what it says otherwise ----------------------------------------------------------------------------------------


def test_what_is_overridden_holds_and_shows(tmp_path: Path) -> None:
    rule = read_both(tmp_path).rules["DAT-01"]
    because = "Our links leave the building."
    assert rule.threat.harm.severity == 4
    assert rule.threat.exploitability.knowledge == 1
    assert rule.threat.en.remedy == "Encrypt by our rule 7."
    assert rule.catalog == "small"
    assert rule.changes == (
        Change("severity", "3", "4", "chu", because),
        Change("knowledge", "2", "1", "chu", because),
        Change("remedy (en)", "Encrypt.", "Encrypt by our rule 7.", "chu", because),
    )


def test_what_is_out_of_use_is_kept_and_tells_why(tmp_path: Path) -> None:
    found = read_both(tmp_path)
    assert "DAT-02" not in found.rules
    shelved = found.out_of_use["DAT-02"]
    assert (shelved.catalog, shelved.by, shelved.because) == ("small", "chu", "The network team owns it.")
    assert told_shelved(shelved) == "out of use by chu: The network team owns it."
    assert shelved.rule is not None


def test_an_override_that_says_the_same_changes_nothing(tmp_path: Path) -> None:
    same = "overrides:\n  - {id: DAT-01, severity: 3, because: As before.}\n"
    assert read_both(tmp_path, {"overrides.yaml": same}).rules["DAT-01"].changes == ()


def test_a_catalog_overrides_what_the_one_it_extends_has_overridden(tmp_path: Path) -> None:
    base, own = both(tmp_path)
    ward = tmp_path / "ward"
    manifest = "id: ward\nversion: 1.0.0\ntitle: The ward\nextends: [chu]\n"
    said = "overrides:\n  - {id: DAT-01, severity: 5, because: It is the stroke unit.}\n"
    ward.mkdir()
    (ward / "catalog.yaml").write_text(manifest)
    (ward / "overrides.yaml").write_text(said)
    rule = read_catalogs([base, own, ward]).rules["DAT-01"]
    assert rule.threat.harm.severity == 5
    severities = [(change.catalog, change.before, change.after) for change in rule.changes if change.what == "severity"]
    assert severities == [("chu", "3", "4"), ("ward", "4", "5")]


def test_two_catalogs_that_do_not_know_each_other_may_not_override_the_same(tmp_path: Path) -> None:
    base, own = both(tmp_path)
    other = write_own(
        tmp_path / "other",
        {
            "catalog.yaml": OWN_MANIFEST.replace("chu", "other"),
            "threats/data/DAT-01-here.yaml": "",
            "controls/double-key.yaml": "",
        },
    )
    with pytest.raises(CatalogError) as error:
        read_catalogs([base, own, other])
    assert [problem.what for problem in error.value.problems] == [
        "DAT-01 is overridden by chu, too, and neither catalog extends the other",
        "DAT-02 is overridden by chu, too, and neither catalog extends the other",
    ]


@pytest.mark.parametrize(
    ("good", "wrong", "line", "what", "hint"),
    [
        ("id: DAT-01\n", "id: DAT-11\n", 2, "no catalog that this one extends has the threat 'DAT-11'", "did you mean 'DAT-01'?"),
        ("id: DAT-01\n", "id: chu/DAT-01\n", 2, "chu/DAT-01 is a threat of this catalog", "change it in its own file"),
        ("id: DAT-01\n", "id: tls\n", 2, "tls is a control; only threats are overridden", "state in the model"),
        ("id: DAT-02", "id: DAT-01", 7, "DAT-01 is overridden twice", "say it all in one place"),
        ("    because: Our links leave the building.\n", "", 2, "overrides[0].because is missing", ""),
        ("    because: The network team owns it.\n", "", 7, "overrides[1].because is missing", ""),
        ("severity: 4", "severity: 6", 3, "overrides[0].severity is 6; it may be 1, 2, 3, 4 or 5", ""),
        ("severity: 4", "severty: 4", 3, "'severty' is not known here (overrides[0])", "did you mean 'severity'?"),
        ("out_of_use: true", "out_of_use: false", 7, "the override of DAT-02 changes nothing", "add severity"),
        ("out_of_use: true", "out_of_use: true\n    severity: 1", 8, "DAT-02 is out of use and changed at once", "keep one"),
        ("{en: Encrypt by our rule 7.}", "{fr: Chiffrer.}", 2, "DAT-01 has no French text whose remedy could be changed", "leave fr out"),
        ("{en: Encrypt by our rule 7.}", "{de: Verschlüsseln.}", 5, "'de' is not known here (overrides[0].remedy)", ""),
    ],
)  # fmt: skip
def test_overrides_that_are_refused(tmp_path: Path, good: str, wrong: str, line: int, what: str, hint: str) -> None:
    assert OVERRIDES.count(good) == 1
    said = only(tmp_path, {"overrides.yaml": OVERRIDES.replace(good, wrong)})
    assert said[:2] == ("own/overrides.yaml", line)
    assert said[2].startswith(what)
    assert hint in said[3]


def test_a_threat_of_a_catalog_that_is_not_extended_is_not_overridden(tmp_path: Path) -> None:
    alone = {
        "catalog.yaml": OWN_MANIFEST.replace("extends: [small]\n", ""),
        "overrides.yaml": OVERRIDES.split("  - id: DAT-02")[0],
    }
    files = {
        **alone,
        "controls/double-key.yaml": CONTROLS.replace("family: network", "family: double-key").replace(
            "id: ", "id: chu/"
        ),
        "threats/data/DAT-01-here.yaml": OWN_THREAT.replace("[tls]", "[chu/tls]")
        .replace("lacks: tls", "lacks: chu/tls")
        .replace("chu/double-key", "chu/segmentation"),
    }
    said = only(tmp_path, files)
    assert said[2:] == ("DAT-01 is of the catalog small, which this one does not extend", "add small to extends")


# -- what it may not ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "good", "wrong", "line", "what", "hint"),
    [
        ("threats/data/DAT-01-here.yaml", "id: chu/DAT-01", "id: DAT-03", 1, "the id 'DAT-03' does not say of which catalog it is", "write chu/DAT-03"),
        ("threats/data/DAT-01-here.yaml", "id: chu/DAT-01", "id: small/DAT-01", 1, "the id 'small/DAT-01' is of the catalog 'small'", "write chu/DAT-01"),
        ("controls/double-key.yaml", "id: chu/double-key", "id: double-key", 3, "the id 'double-key' does not say", "write chu/double-key"),
        ("catalog.yaml", "extends: [small]", "extends: [smal]", 4, "the catalog 'smal', which this one extends, is not there", "did you mean 'small'?"),
        ("catalog.yaml", "extends: [small]", "extends: small", 4, "extends must be a list", ""),
        ("catalog.yaml", "id: chu", "id: small", 1, "the catalog 'small' is in two folders", "give one another id"),
    ],
)  # fmt: skip
def test_names_that_are_refused(
    tmp_path: Path, file: str, good: str, wrong: str, line: int, what: str, hint: str
) -> None:
    text = {
        "threats/data/DAT-01-here.yaml": OWN_THREAT,
        "controls/double-key.yaml": OWN_CONTROLS,
        "catalog.yaml": OWN_MANIFEST,
    }[file]
    assert text.count(good) == 1
    found = refused(tmp_path, {file: text.replace(good, wrong), "overrides.yaml": ""})
    first = next(problem for problem in found if problem.what.startswith(what))
    assert str(first.where) == f"{tmp_path / 'own' / file}:{line}"
    assert hint in (first.hint or "")


def test_catalogs_that_extend_each_other_are_told_with_the_whole_circle(tmp_path: Path) -> None:
    manifest = MANIFEST + "extends: [chu]\n"
    said = only(tmp_path, None, {"catalog.yaml": manifest})
    assert said[2] == "catalogs extend each other in a circle: chu → small → chu"


def test_two_catalogs_with_the_same_threat_are_told(tmp_path: Path) -> None:
    base = write(tmp_path / "base")
    twin = write(tmp_path / "twin", {"catalog.yaml": MANIFEST.replace("small", "twin")})
    with pytest.raises(CatalogError) as error:
        read_catalogs([base, twin])
    told = [problem.what for problem in error.value.problems]
    assert told == [
        "the control 'tls' is in the catalog small already",
        "the control 'segmentation' is in the catalog small already",
        "the threat DAT-01 is in the catalog small already",
        "the threat DAT-02 is in the catalog small already",
    ]


def test_controls_of_a_catalog_that_is_not_extended_are_unknown(tmp_path: Path) -> None:
    base, own = both(tmp_path)
    stray = write_own(
        tmp_path / "stray",
        {
            "catalog.yaml": "id: stray\nversion: 1.0.0\ntitle: Stray\nextends: [small]\n",
            "overrides.yaml": "",
            "controls/double-key.yaml": "",
            "threats/data/DAT-01-here.yaml": OWN_THREAT.replace("id: chu/", "id: stray/"),
        },
    )
    with pytest.raises(CatalogError) as error:
        read_catalogs([base, own, stray])
    assert [problem.what for problem in error.value.problems] == ["stray/DAT-01: no control is called 'chu/double-key'"]


@pytest.mark.parametrize(
    "name", ["override.yaml", "overrides.yml", "framework.yaml", "Overrides.yaml", "glossary.json"]
)
def test_a_file_that_only_looks_like_one_of_its_files_is_not_passed_over(tmp_path: Path, name: str) -> None:
    said = only(tmp_path, {name: OVERRIDES})
    assert said[0] == f"own/{name}"
    assert said[2] == "this file is not read"
    assert said[3].startswith("did you mean '")


def test_mistakes_of_all_folders_are_told_at_once(tmp_path: Path) -> None:
    found = refused(tmp_path, {"overrides.yaml": "overrides: 3\n"}, {"catalog.yaml": MANIFEST.replace("1.0.0", "one")})
    assert [os.path.basename(str(problem.where).rpartition(":")[0]) for problem in found] == [
        "catalog.yaml",
        "overrides.yaml",
    ]


def test_the_catalog_that_the_readme_shows_is_read(tmp_path: Path) -> None:
    text = (data_folder("catalogs") / "README.md").read_text(encoding="utf-8")
    own = text.partition("## A catalog of one's own")[2].partition("\n## ")[0]
    manifest, overrides = re.findall(r"```yaml\n(.*?)```", own, re.S)
    folder = write_own(tmp_path / "own", {"catalog.yaml": manifest, "overrides.yaml": overrides, **NOTHING_ELSE})
    read = read_catalog(folder)
    assert [origin.id for origin in read.origins] == ["radiology-ai", "chu-example"]
    assert {change.what for change in read.rules["DAT-01"].changes} == {"severity", "remedy (en)", "remedy (fr)"}
    assert list(read.out_of_use) == ["GEN-11"]


NOTHING_ELSE = {"controls/double-key.yaml": "", "threats/data/DAT-01-here.yaml": ""}
