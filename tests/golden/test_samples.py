"""Every sample against its golden files: what a reader of the repository sees is what the program makes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path.name for path in (ROOT / "samples").iterdir() if (path / "model.py").is_file())
GOLDEN: dict[str, list[str]] = {
    "check.txt": ["check", "{model}", "--all", "-o", "{out}"],
    "findings.json": ["check", "{model}", "--format", "json", "-o", "{out}"],
    "diagram.dot": ["diagram", "{model}", "-o", "{out}"],
    "diagram.svg": ["diagram", "{model}", "-o", "{out}"],
    "model.yaml": ["convert", "{model}", "{out}"],
}
"""The golden files of a sample, and the command that makes each."""
IN_FULL = ("chest-xray-triage", "orthanc-ohif")
"""The samples whose every output is kept; of the larger ones ``check.txt`` says the same in fewer lines."""
SHORT = ("check.txt", "model.yaml")
KEPT = [(sample, name) for sample in SAMPLES for name in GOLDEN if sample in IN_FULL or name in SHORT]


def run(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """The program on some arguments, in the repository, under a hash seed."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "threatmodel", "--quiet", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def made(sample: str, name: str, folder: Path, seed: str = "0") -> str:
    """A golden file made anew."""
    out = folder / f"{seed}-{name}"
    arguments = [part.format(model=f"samples/{sample}/model.py", out=out) for part in GOLDEN[name]]
    done = run(*arguments, seed=seed)
    assert done.returncode == 0, done.stderr
    return out.read_text(encoding="utf-8")


@pytest.mark.parametrize(("sample", "name"), KEPT)
def test_a_golden_file_is_what_the_program_makes(sample: str, name: str, tmp_path: Path, refresh_golden: bool) -> None:
    """Byte for byte; ``--refresh-golden`` rewrites it, and git shows what changed."""
    golden = Path(__file__).parent / sample / name
    text = made(sample, name, tmp_path)
    if refresh_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["findings.json", "check.txt", "diagram.svg"])
def test_hash_seeds_change_no_byte(name: str, tmp_path: Path) -> None:
    """The same input gives the same bytes, whatever order a run's sets and dictionaries come in."""
    assert made("chest-xray-triage", name, tmp_path, "1") == made("chest-xray-triage", name, tmp_path, "2")


@pytest.mark.parametrize("sample", SAMPLES)
def test_reports_are_the_same_under_any_hash_seed(sample: str, tmp_path: Path) -> None:
    """The HTML and Markdown reports too."""
    for seed in ("1", "2"):
        done = run("report", f"samples/{sample}", "-o", str(tmp_path / seed), seed=seed)
        assert done.returncode == 0, done.stderr
    for file in ("report.html", "report.md"):
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes()


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_yaml_form_of_a_sample_says_the_same(sample: str, tmp_path: Path) -> None:
    """A model and its YAML and JSON forms have the same digest and the same findings."""
    forms = [f"samples/{sample}/model.py", str(tmp_path / "model.yaml"), str(tmp_path / "model.json")]
    for form in forms[1:]:
        assert run("convert", forms[0], form).returncode == 0
    texts = []
    for index, form in enumerate(forms):
        out = tmp_path / f"{index}.txt"
        done = run("explain", form, "GEN-06")
        assert done.returncode == 0, done.stderr
        out.write_text(done.stdout, encoding="utf-8")
        texts.append(done.stdout)
    assert texts[0] == texts[1] == texts[2]
