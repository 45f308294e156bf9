"""Catalogs of one's own on the command line: which are used, what is shown of them, and how the list is narrowed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.catalog.own import OVERRIDES, OWN_THREAT, both
from tests.catalog.written import CONTROLS, THREAT, write
from threatmodel.catalog.picking import of_kind
from threatmodel.cli.catalog_folders import catalog_folders
from threatmodel.errors import CatalogError
from threatmodel.resources import data_folder

ROOT = Path(__file__).parents[2]
SHIPPED = data_folder("catalogs") / "radiology-ai"
MODEL = """\
from threatmodel import Model, Zone, implemented
from threatmodel.data import PHI_PIXEL
from threatmodel.imaging import Modality, Pacs
from threatmodel.protocols import DICOM
with Model("M"{pins}) as m:
    with Zone("A", exposure="internal", operator="hospital"):
        a = Modality("Scanner")
    with Zone("B", exposure="internal", operator="hospital"):
        b = Pacs("Archive", controls=[{stated}])
    a.sends("Store", to=b, over=DICOM, carries=[PHI_PIXEL], encryption="none")
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def run(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "threatmodel", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def model(folder: Path, pins: str = "", stated: str = "") -> Path:
    path = folder / "model.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MODEL.format(pins=pins, stated=stated), encoding="utf-8")
    return path


def folders(tmp_path: Path, own: dict[str, str] | None = None) -> tuple[str | Path, ...]:
    """The options that name the small catalog and the one of one's own."""
    base, mine = both(tmp_path, own)
    return "--catalog", base, "--catalog", mine


# -- which catalogs are used -------------------------------------------------------------------------------------


def test_the_shipped_one_unless_another_is_named(tmp_path: Path) -> None:
    assert catalog_folders([], tmp_path / "model.py") == [SHIPPED]
    assert catalog_folders([tmp_path], tmp_path / "model.py") == [tmp_path]


def test_a_settings_file_beside_the_model_names_them(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "threatmodel.toml").write_text('[catalogs]\npaths = ["ours"]\n[elsewhere]\nx = 1\n')
    assert catalog_folders([], tmp_path / "model.py") == [tmp_path / "ours"]
    assert catalog_folders([], tmp_path) == [tmp_path / "ours"]
    assert catalog_folders([SHIPPED], tmp_path / "model.py") == [SHIPPED]


def test_a_settings_file_counts_up_to_the_root_of_the_checkout(tmp_path: Path) -> None:
    deep = tmp_path / "repo" / "models" / "ct"
    deep.mkdir(parents=True)
    (tmp_path / "ours").mkdir()
    (tmp_path / "threatmodel.toml").write_text('[catalogs]\npaths = ["ours"]\n')
    assert catalog_folders([], deep / "model.py") == [SHIPPED]  # no checkout: only beside the model
    (tmp_path / "repo" / ".git").mkdir()
    assert catalog_folders([], deep / "model.py") == [SHIPPED]  # above its root
    (tmp_path / "repo" / "ours").mkdir()
    (tmp_path / "repo" / "threatmodel.toml").write_text('[catalogs]\npaths = ["ours"]\n')
    assert catalog_folders([], deep / "model.py") == [tmp_path / "repo" / "ours"]
    (deep / "threatmodel.toml").write_text("")
    assert catalog_folders([], deep / "model.py") == [SHIPPED]  # the nearest counts


@pytest.mark.parametrize(
    ("text", "line", "what", "hint"),
    [
        ("[catalogs]\npath = ['x']\n", 2, "[catalogs] knows no 'path'", "did you mean 'paths'?"),
        ("[catalogs]\npaths = 'x'\n", 2, "paths is a list of folders", 'write paths = ["our-catalog"]'),
        ("[catalogs]\npaths = ['']\n", 2, "paths is a list of folders", ""),
        ("\ncatalogs = ['x']\n", 2, "catalogs is a table", "write [catalogs]"),
        ("[catalogs]\n\npaths = ['nowhere']\n", 3, "there is no folder 'nowhere'", "told from the folder of this file"),
        ("[catalogs\n", 0, "the file is no TOML: ", ""),
    ],
)
def test_settings_that_are_refused(tmp_path: Path, text: str, line: int, what: str, hint: str) -> None:
    (tmp_path / "threatmodel.toml").write_text(text)
    with pytest.raises(CatalogError) as error:
        catalog_folders([], tmp_path)
    (problem,) = error.value.problems
    assert problem.what.startswith(what)
    assert str(problem.where) == str(tmp_path / "threatmodel.toml") + (f":{line}" if line else "")
    assert hint in (problem.hint or "")


def test_settings_in_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "threatmodel.toml").write_bytes("# é\n".encode("latin-1"))
    with pytest.raises(CatalogError, match="not UTF-8"):
        catalog_folders([], tmp_path)


@pytest.mark.parametrize("command", ["check", "explain", "plan", "report", "diagram", "convert"])
def test_every_command_that_reads_a_model_takes_catalogs(tmp_path: Path, command: str) -> None:
    path = model(tmp_path / "here", stated='implemented("chu/double-key")')
    rest = {"explain": ["chu/DAT-01"], "report": ["-o", tmp_path / "out"], "convert": [tmp_path / "m.yaml"]}.get(
        command, []
    )
    done = run(command, path, *rest, *folders(tmp_path))
    assert done.returncode == 0, done.stderr
    done = run(command, path, *rest)
    assert done.returncode == 3
    assert "no catalog knows the control 'chu/double-key'" in done.stderr
    assert "it is of the catalog 'chu': name its folder with --catalog or in threatmodel.toml" in done.stderr
    done = run(command, path, *rest, "--catalog", tmp_path / "nowhere")
    assert done.returncode == 3
    assert "there is no catalog here" in done.stderr


def test_the_settings_file_is_used_without_any_option(tmp_path: Path) -> None:
    path = model(tmp_path)
    both(tmp_path)
    (tmp_path / "threatmodel.toml").write_text('[catalogs]\npaths = ["base", "own"]\n')
    document = json.loads(run("check", path, "--format", "json").stdout)
    assert [one["id"] for one in document["catalogs"]] == ["small", "chu"]
    assert "DAT-01 " in run("catalog", "list", cwd=tmp_path).stdout.splitlines()[0]


# -- what is told of them ----------------------------------------------------------------------------------------


def test_the_assessment_says_which_catalogs_were_used_and_what_they_change(tmp_path: Path) -> None:
    done = run("check", model(tmp_path / "here"), "--format", "json", *folders(tmp_path))
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(json.loads(run("schema", "assessment").stdout)).validate(document)
    small, chu = document["catalogs"]
    assert (small["id"], small["version"], set(small)) == ("small", "1.0.0", {"id", "version", "digest"})
    assert chu["changes"][0] == {
        "threat": "DAT-01",
        "what": "severity",
        "before": "3",
        "after": "4",
        "because": "Our links leave the building.",
    }
    assert chu["out_of_use"] == [
        {"threat": "DAT-02", "title": "Read on the way", "catalog": "small", "because": "The network team owns it."}
    ]
    found = {finding["threat"]: finding for finding in document["findings"]}
    assert set(found) == {"DAT-01", "chu/DAT-01"}
    assert (found["DAT-01"]["inherent"]["severity"], found["chu/DAT-01"]["inherent"]["severity"]) == (4, 3)


def test_show_says_what_is_otherwise_here_and_why(tmp_path: Path) -> None:
    used = folders(tmp_path)
    flat = " ".join(run("catalog", "show", "DAT-01", *used).stdout.split())
    assert "severity 4 here (3 in small 1.0.0), because: Our links leave the building." in flat
    assert "remedy (en) of chu here, because" in flat
    assert "small 1.0.0 says: Encrypt." in flat
    assert "Encrypt by our rule 7." in flat
    gone = " ".join(run("catalog", "show", "DAT-02", *used).stdout.split())
    assert "not asked: out of use by chu: The network team owns it." in gone


def test_the_list_tells_changes_and_what_is_out_of_use(tmp_path: Path) -> None:
    lines = run("catalog", "list", *folders(tmp_path)).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["DAT-01", "DAT-02", "chu/DAT-01"]
    assert "severity 4 here (3 in small 1.0.0)" in lines[0]
    assert lines[1].endswith("[out of use by chu: The network team owns it.]")


def test_explain_says_that_a_threat_is_not_asked_and_why(tmp_path: Path) -> None:
    path = model(tmp_path / "here")
    for finding in ("DAT-02", "DAT-02@scanner.store.archive"):
        done = run("explain", path, finding, *folders(tmp_path))
        assert done.returncode == 2
        assert "DAT-02 is not asked: out of use by chu: The network team owns it." in done.stderr


RETIRED = THREAT.replace(
    "id: DAT-01\n", "id: DAT-01\nstatus: retired\nretired_because: It said nothing new.\nreplaced_by: [DAT-02]\n"
)
OLD = """\
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


def test_retired_entries_are_hidden_unless_asked_for(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "base", {"threats/data/DAT-01-read.yaml": RETIRED, "controls/network.yaml": CONTROLS + OLD}
    )
    used = ("--catalog", folder)
    ids = [line.split()[0] for line in run("catalog", "list", *used).stdout.splitlines()]
    assert ids == ["DAT-02"]
    for option in (["--all"], ["--status", "retired"]):
        lines = run("catalog", "list", *used, *option).stdout.splitlines()
        assert any(
            line.startswith("DAT-01 ") and "[retired, replaced by DAT-02: It said nothing new.]" in line
            for line in lines
        )
    assert "old-tls" not in run("catalog", "list", "--controls", *used).stdout
    assert "[retired]" in run("catalog", "list", "--controls", "--all", *used).stdout
    assert "not asked: retired, replaced by DAT-02" in " ".join(run("catalog", "show", "DAT-01", *used).stdout.split())
    assert "not asked: retired, replaced by tls" in " ".join(run("catalog", "show", "old-tls", *used).stdout.split())
    path = model(tmp_path / "here", stated='implemented("old-tls")')
    done = run("check", path, *used)
    assert done.returncode == 3
    assert "model.py:9: error: the control 'old-tls' is retired" in done.stderr
    assert "hint: replaced by tls: TLS 1.0 is no protection." in done.stderr


def test_pins_are_held_against_the_catalogs_in_use(tmp_path: Path) -> None:
    used = folders(tmp_path)
    met = model(tmp_path / "met", ', catalogs={"small": "1.0.0", "chu": "2.1.0"}')
    assert run("check", met, *used).returncode == 0
    other = run("check", model(tmp_path / "other", ', catalogs={"small": "0.9.0", "ward": "1.0.0"}'), *used)
    assert other.returncode == 3
    assert "model.py:5: error: the model is made for 'small' 0.9.0, and 1.0.0 is in use" in other.stderr
    assert "model.py:5: error: the model is made for the catalog 'ward' 1.0.0, which is not in use" in other.stderr
    assert "in use: chu 2.1.0, small 1.0.0" in other.stderr


# -- the list, narrowed ------------------------------------------------------------------------------------------


def listed(*options: str | Path) -> set[str]:
    done = run("catalog", "list", *options)
    assert done.returncode == 0, done.stderr
    return {line.split()[0] for line in done.stdout.splitlines()}


def test_filters_narrow_the_list_together() -> None:
    from tests.properties.strategies import shipped

    rules = shipped().rules
    pacs = listed("--kind", "pacs")
    assert pacs == {name for name, rule in rules.items() if of_kind(rule, "pacs")}
    tampering = listed("--kind", "pacs", "--stride", "T")
    assert tampering == {name for name in pacs if "T" in rules[name].threat.stride}
    assert tampering
    assert tampering < pacs
    both_filters = listed("--kind", "pacs", "--stride", "T", "--phase", "data", "--about", "component")
    assert both_filters == {
        name for name in tampering if (rules[name].threat.phase, rules[name].threat.about) == ("data", "component")
    }
    named = listed("--control", "tls-bcp195")
    assert named == {
        name
        for name, rule in rules.items()
        if "tls-bcp195" in (*rule.threat.controls.primary, *rule.threat.controls.supporting)
    }
    assert listed("--protocol", "dimse", "--about", "flow") < listed("--about", "flow")
    assert listed("--status", "stable") | listed("--status", "draft") == listed()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--kind", "pcas"], "did you mean 'pacs'?"),
        (["--protocol", "dmse"], "did you mean 'dimse'?"),
        (["--control", "tls-bcp19"], "did you mean 'tls-bcp195'?"),
        (["--status", "new"], "'new' is not one of"),
    ],
)
def test_words_that_are_not_known_are_told_with_the_nearest(options: list[str], says: str) -> None:
    done = run("catalog", "list", *options)
    assert done.returncode == 2
    assert says in done.stderr


# -- lint --------------------------------------------------------------------------------------------------------


def test_lint_tells_file_line_and_hint_of_the_catalog_that_is_named(tmp_path: Path) -> None:
    threat = OWN_THREAT.replace("stride: [I]", "stride: [I, I]")
    base, own = both(
        tmp_path,
        {"threats/data/DAT-01-here.yaml": threat},
        {"threats/data/DAT-02-also.yaml": THREAT.replace("DAT-01", "DAT-02").replace("[I]", "[D, D]")},
    )
    done = run("catalog", "lint", "--catalog", own, "--catalog", base, cwd=tmp_path)
    assert done.returncode == 3
    assert "own/threats/data/DAT-01-here.yaml:2: chu/DAT-01: error: a STRIDE letter stands twice" in done.stdout
    assert "base/threats/data/DAT-02-also.yaml:2: DAT-02: error: a STRIDE letter stands twice" in done.stdout
    (own / "catalog.yaml").write_text((own / "catalog.yaml").read_text().replace("small", "radiology-ai"))
    (own / "overrides.yaml").unlink()
    (own / "threats/data/DAT-01-here.yaml").write_text(threat.replace("tls", "tls-bcp195"))
    done = run("catalog", "lint", "--catalog", own, "--notes", cwd=tmp_path)
    assert {line.split(":")[0] for line in done.stdout.splitlines() if not line.startswith(" ")} <= {
        "own/threats/data/DAT-01-here.yaml",
        "own/controls/double-key.yaml",
        "own/catalog.yaml",
    }


def test_a_broken_override_is_told_with_its_line(tmp_path: Path) -> None:
    used = folders(tmp_path, {"overrides.yaml": OVERRIDES.replace("DAT-02", "DAT-20")})
    done = run("catalog", "lint", *used, cwd=tmp_path)
    assert done.returncode == 3
    assert "own/overrides.yaml:7: error: no catalog that this one extends has the threat 'DAT-20'" in done.stderr
