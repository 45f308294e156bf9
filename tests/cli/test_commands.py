"""Every command as a user types it: what it prints, where it writes, how it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = "samples/chest-xray-triage/model.py"


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The program on some arguments."""
    return subprocess.run(
        [sys.executable, "-m", "threatmodel", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def model(folder: Path, body: str) -> Path:
    """A model file with some lines in it."""
    path = folder / "model.py"
    path.write_text(body, encoding="utf-8")
    return path


EVERYTHING_OPEN = """
from threatmodel import Model, Zone, absent
from threatmodel.data import PHI_PIXEL
from threatmodel.imaging import Modality, Pacs
from threatmodel.protocols import DICOM
with Model("M") as m:
    with Zone("A", exposure="internet", operator="hospital"):
        a = Modality("Scanner", default_credentials=True)
    with Zone("B", exposure="internal", operator="hospital"):
        b = Pacs("Archive", controls=[absent("audit-atna")])
    a.sends("Store", to=b, over=DICOM, carries=[PHI_PIXEL], encryption="none")
"""
NOTHING_THERE = """
from threatmodel import Model, Zone
from threatmodel.imaging import Patient
with Model("M", controls=[]) as m:
    with Zone("A", exposure="internal", operator="hospital"):
        Patient("Somebody")
"""


def test_check_prints_the_answer_first() -> None:
    """The counts, then the worst, then the questions; nothing on standard error."""
    done = run("check", SAMPLE)
    assert done.returncode == 0
    assert done.stderr == ""
    heads = [line for line in done.stdout.splitlines() if line and not line.startswith(" ")]
    assert heads[0].startswith("Chest X-ray triage")
    assert " open: " in heads[1]
    assert done.stdout.index(" open: ") < done.stdout.index("worst") < done.stdout.index("would settle most")
    assert all(line == line.rstrip() for line in done.stdout.splitlines())


def test_check_says_what_it_left_out_and_all_shows_it() -> None:
    """Nothing is dropped in silence: every finding's place is in ``--all``."""
    short, everything = run("check", SAMPLE).stdout, run("check", SAMPLE, "--all").stdout
    assert "Not shown:" in short
    assert "Not shown:" not in everything
    findings = json.loads(run("check", SAMPLE, "--format", "json").stdout)["findings"]
    flat = " ".join(everything.split())
    for finding in findings:
        assert finding["threat"] in flat
        assert finding["place"]["name"] in flat


def test_the_json_is_valid_by_its_own_schema() -> None:
    """What ``check --format json`` prints is what ``schema assessment`` says."""
    document = json.loads(run("check", SAMPLE, "--format", "json").stdout)
    schema = json.loads(run("schema", "assessment").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document["schema"] == "threatmodel-assessment/1"


def test_a_converted_model_is_valid_by_the_schema_of_systems(tmp_path: Path) -> None:
    """Editors that use ``schema system`` accept what ``convert`` writes."""
    schema = json.loads(run("schema", "system").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    for sample in ("chest-xray-triage", "orthanc-ohif", "menagerie"):
        out = tmp_path / f"{sample}.json"
        assert run("convert", f"samples/{sample}", str(out)).returncode == 0
        jsonschema.Draft202012Validator(schema).validate(json.loads(out.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("body", "level", "code"),
    [(EVERYTHING_OPEN, "low", 1), (EVERYTHING_OPEN, "high", 1), (NOTHING_THERE, "critical", 0)],
)
def test_the_gate(tmp_path: Path, body: str, level: str, code: int) -> None:
    """``--fail-on`` ends with 1 when something is open at the level or above, and says so on standard error."""
    done = run("check", str(model(tmp_path, body)), "--fail-on", level)
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("gate: ")


def test_without_a_gate_findings_are_no_failure(tmp_path: Path) -> None:
    """Findings alone end with 0."""
    assert run("check", str(model(tmp_path, EVERYTHING_OPEN))).returncode == 0


def test_a_model_where_nothing_is_open_says_so(tmp_path: Path) -> None:
    """The page says what it means, not nothing."""
    done = run("check", str(model(tmp_path, NOTHING_THERE)))
    assert done.returncode == 0
    assert "open" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["chekc", "x.py"], 2, "did you mean 'check'?"),
        (["check"], 2, "Missing argument"),
        (["check", "nowhere.py"], 3, "there is no such file"),
        (["check", "model.txt"], 2, "no reader knows the ending '.txt'"),
        (["check", SAMPLE, "--fail-on", "severe"], 2, "severe"),
        (["check", SAMPLE, "--today", "soon"], 2, "is no day"),
        (["explain", SAMPLE, "DAT-99@pacs"], 2, "no threat is called 'DAT-99'"),
        (["explain", SAMPLE, "DAT-01@pcas"], 2, "did you mean 'pacs'?"),
        (["explain", SAMPLE, "DAT-01@pacs"], 2, "is about a flow"),
        (["explain", SAMPLE, "pcas"], 2, "did you mean 'pacs'?"),
        (["convert", SAMPLE, "out.py"], 2, "no writer knows the ending '.py'"),
        (["catalog", "show", "DAT-999"], 2, "no threat or control is called"),
        (["catalog", "lint", "--catalog", "samples"], 3, "there is no catalog here"),
        (["report", SAMPLE, "-o", "README.md"], 4, "cannot be written"),
        (["diagram", SAMPLE, "-o", "/proc/nowhere/x.svg"], 4, "cannot be written"),
    ],
)
def test_mistakes_end_with_their_code_and_a_hint(arguments: list[str], code: int, says: str) -> None:
    """Never a traceback; the code and the words that help."""
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_every_mistake_of_a_model_is_told_with_its_line(tmp_path: Path) -> None:
    """A misspelt argument and a misspelt control in one go, each with a path that an editor opens."""
    path = model(
        tmp_path,
        "from threatmodel import Model, Zone, implemented\n"
        "from threatmodel.imaging import Pacs\n"
        'with Model("M") as m:\n'
        '    with Zone("Z", exposure="internal"):\n'
        '        Pacs("A", os_suported=True)\n'
        '        Pacs("B", controls=[implemented("segmentatoin")])\n',
    )
    done = run("check", "model.py", cwd=tmp_path)
    assert done.returncode == 3
    assert "model.py:5: error: Pacs 'A' has nothing called 'os_suported'" in done.stderr
    assert "did you mean 'os_supported'?" in done.stderr
    assert "model.py:6: error: no catalog knows the control 'segmentatoin'" in done.stderr
    assert "did you mean 'segmentation'?" in done.stderr
    assert path.exists()


def test_demo_names_the_files_it_wrote(tmp_path: Path) -> None:
    """It ends by saying what to open; a second run is the same; an edited model is left alone."""
    done = run("demo", "here", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("model.py", "report.html", "report.md", "diagram.svg", "findings.json"):
        assert (tmp_path / "here" / name).is_file()
        assert f"here/{name}" in done.stdout
    assert "Open here/report.html" in done.stdout
    assert run("demo", "here", cwd=tmp_path).stdout == done.stdout
    (tmp_path / "here" / "model.py").write_text("# mine", encoding="utf-8")
    again = run("demo", "here", cwd=tmp_path)
    assert again.returncode == 2
    assert (tmp_path / "here" / "model.py").read_text(encoding="utf-8") == "# mine"


def test_explain_tells_a_finding_its_facts_and_what_closes_it() -> None:
    """The reasons with their lines, the controls, the points of the rating."""
    done = run("explain", SAMPLE, "DAT-04@dx-room-2.store-study.dicom-router")
    assert done.returncode == 0
    flat = " ".join(done.stdout.split())
    assert "encryption is stated as none (lacks mtls-node-auth) model.py:30" in flat
    assert "What closes it" in flat
    assert "sum 7 of 10 gives exploitability 4" in flat


def test_explain_tells_why_a_threat_was_not_raised() -> None:
    """The answer that ended it, with its line."""
    done = run("explain", SAMPLE, "DAT-01@dx-room-2.store-study.dicom-router")
    assert done.returncode == 0
    assert "was not raised" in done.stdout
    assert "'Store study' stays inside one zone" in done.stdout


def test_explain_lists_a_place_and_a_threat() -> None:
    """A place alone, a threat alone."""
    assert "AUD-01@pacs" in run("explain", SAMPLE, "pacs").stdout
    assert "DAT-04@dx-room-2.store-study.dicom-router" in run("explain", SAMPLE, "DAT-04").stdout


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Control characters in a name are shown, not sent."""
    body = EVERYTHING_OPEN.replace('"Archive"', '"Ar\\x1b[2Jchive"')
    done = run("check", str(model(tmp_path, body)))
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout


def test_the_yaml_form_runs_no_code(tmp_path: Path) -> None:
    """Tags that build Python objects are refused."""
    path = tmp_path / "model.yaml"
    path.write_text(
        "schema: threatmodel-system/1\nid: m\ntitle: !!python/object/apply:os.system [echo]\n", encoding="utf-8"
    )
    done = run("check", str(path))
    assert done.returncode == 3
    assert "tags" in done.stderr


def test_a_closed_pipe_is_no_error() -> None:
    """``threatmodel check … | head -1`` ends quietly."""
    command = f"{sys.executable} -m threatmodel check {SAMPLE} --format json | head -c 10"
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr


def test_verbose_and_quiet(tmp_path: Path) -> None:
    """Notes only on request; with ``--quiet`` nothing but errors."""
    assert "catalog: " in run("--verbose", "check", SAMPLE).stderr
    out = str(tmp_path / "m.yaml")
    assert "wrote" in run("convert", SAMPLE, out).stderr
    assert run("--quiet", "convert", SAMPLE, out).stderr == ""


def test_completion_scripts() -> None:
    """Each shell gets a script, and completing a command's name works."""
    for shell in ("bash", "zsh", "fish"):
        assert "_THREATMODEL_COMPLETE" in run("completion", shell).stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["completion", "bash"]])
def test_help_version_and_completion_load_click_alone(arguments: list[str]) -> None:
    """The start-up budget: neither networkx, pydantic nor jinja2, nor rich, yaml, wasmtime."""
    program = (
        "import sys\n"
        "from threatmodel.cli.main import application\n"
        f"try:\n    application.main({arguments!r}, standalone_mode=False)\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'networkx', 'pydantic', 'jinja2', 'rich', 'yaml', 'wasmtime', 'graphviz'} & set(sys.modules)\n"
        "sys.exit(f'loaded {sorted(heavy)}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_catalog_is_listed_and_shown() -> None:
    """A line for each threat and control; narrowed by letter, phase and place; an entry in full, with its condition."""
    threats = run("catalog", "list").stdout.splitlines()
    assert any(line.startswith("DAT-01 ") for line in threats)
    assert len(threats) > 40
    narrowed = run(
        "catalog", "list", "--stride", "E", "--phase", "training", "--about", "component"
    ).stdout.splitlines()
    assert any(line.startswith("TRN-06 ") for line in narrowed)
    assert not any(line.startswith("DAT-") for line in narrowed)
    assert any(line.startswith("tls-bcp195 ") for line in run("catalog", "list", "--controls").stdout.splitlines())
    shown = run("catalog", "show", "DAT-01").stdout
    assert "It concerns a flow when" in shown
    assert "– its ends lie in different zones" in shown
    control = run("catalog", "show", "tls-bcp195").stdout
    assert "How one sees that it is there" in control
    assert "DAT-01" in control


def test_a_broken_catalog_is_told_with_its_line(tmp_path: Path) -> None:
    """``catalog lint`` of a folder of one's own."""
    (tmp_path / "catalog.yaml").write_text("id: own\nversion: 1.0.0\ntitle: Our own\nversoin: 2\n", encoding="utf-8")
    done = run("catalog", "lint", "--catalog", str(tmp_path))
    assert done.returncode == 3
    assert "catalog.yaml:4: error: 'versoin' is not known here" in done.stderr


def test_plan_names_controls_and_what_cuts_every_way() -> None:
    """The steps with what each removes; the flows to protect, each with the supposition that tries it."""
    done = run("plan", SAMPLE, "--first", "2")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("If you can do 2 things, do these")
    assert "removes " in done.stdout
    assert re.search(r"closes \d+ findings: [A-Z]{3}-\d+", done.stdout)
    by_effort = run("plan", SAMPLE, "--first", "1", "--by", "effort").stdout
    assert re.search(r"effort 1 of 3, so \d+ for each step of effort", by_effort)
    cut = run("plan", SAMPLE, "--target", "pacs").stdout
    assert "Protecting 1 flow cuts every unproven way to 'PACS'" in cut
    supposed = "implemented:mtls-node-auth@dicom-router.archive-study.pacs"
    assert f"--what-if {supposed}" in cut
    after = run("plan", SAMPLE, "--target", "pacs", "--what-if", supposed).stdout
    assert "No way on which nobody proves who they are leads to 'PACS'" in after
    assert "did you mean 'pacs'?" in run("plan", SAMPLE, "--target", "pasc").stderr


def test_what_if_leaves_the_model_as_it_is(tmp_path: Path) -> None:
    """The assessment changes, the file does not; what cannot be supposed is told."""
    path = model(tmp_path, EVERYTHING_OPEN)
    before = path.read_bytes()
    plain = run("check", str(path), "--format", "json").stdout
    supposed = run("check", str(path), "--format", "json", "--what-if", "verified:audit-atna@archive").stdout
    assert '"id": "AUD-01@archive"' in plain
    states = {one["id"]: one["state"] for one in json.loads(supposed)["findings"]}
    assert states["AUD-01@archive"] == "addressed"
    assert path.read_bytes() == before
    assert run("check", str(path), "--what-if", "verified:audit-atna@archve").returncode == 2


def test_the_diagram_as_svg_and_dot(tmp_path: Path) -> None:
    """The form by the ending of the file, by ``--format``, or SVG on standard output."""
    out = tmp_path / "x.dot"
    assert run("diagram", SAMPLE, "-o", str(out)).returncode == 0
    assert out.read_text(encoding="utf-8").startswith("digraph")
    assert run("diagram", SAMPLE).stdout.startswith("<svg")
    assert run("diagram", SAMPLE, "--format", "dot").stdout.startswith("digraph")
