"""What the documents say, held against the tree: commands, paths, the example, the head of the demo."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [path for path in ROOT.rglob("*.md") if not {".venv", "node_modules", ".git"} & set(path.parts)]


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


def test_the_two_commands_are_run_by_ci_as_the_readme_has_them() -> None:
    """Letter for letter, each on a line of its own."""
    commands = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)
    assert len(commands) == 2
    script = [line.strip() for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
    for command in commands:
        assert command in script


def test_every_command_is_in_the_readme_and_has_help() -> None:
    """The table of commands in the program and in the README name the same ones."""
    from threatmodel.cli.main import COMMANDS

    told = set(re.findall(r"^\| `threatmodel (\w+)", README, re.MULTILINE))
    assert told == set(COMMANDS)
    for name in COMMANDS:
        done = run(name, "--help")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Usage: ")


def test_the_example_of_the_readme_is_a_model(tmp_path: Path) -> None:
    """It runs, and finds what a reader would expect of a clear DICOM link."""
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example is not None
    path = tmp_path / "model.py"
    path.write_text(example.group(1), encoding="utf-8")
    done = run("explain", str(path), "DAT-04")
    assert done.returncode == 0, done.stderr
    assert "DAT-04@dx-room-1.hand-radiograph.bone-age-ai" in done.stdout


HEAD_LINES = 33
"""How many lines of the demo the README quotes: the counts and the worst groups."""


def test_the_head_of_the_demo_is_what_the_demo_prints(tmp_path: Path, refresh_golden: bool) -> None:
    """The README quotes the first lines of the demo, unchanged; ``--refresh-golden`` writes them anew."""
    printed = run("demo", "x", cwd=tmp_path).stdout.splitlines()[:HEAD_LINES]
    block = re.compile(r"<!-- demo: begin -->\n```text\n(.*?)```\n<!-- demo: end -->", re.DOTALL)
    if refresh_golden:
        lines = "".join(f"{line}\n" for line in printed)
        told = f"<!-- demo: begin -->\n```text\n{lines}```\n<!-- demo: end -->"
        (ROOT / "README.md").write_text(block.sub(lambda _: told, README), encoding="utf-8")
    quoted = block.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert quoted is not None
    assert quoted.group(1).splitlines() == printed


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link of every document."""
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target):
                assert (document.parent / target).exists(), f"{document.relative_to(ROOT)}: {target}"


def test_every_path_that_a_walk_names_exists() -> None:
    """CONTRIBUTING names files and folders of the tree; ``<…>`` stands for a name of one's own."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:threatmodel|catalogs|tests|samples|templates|benchmarks|locales)/[^`\s]*)`", text)
    assert named
    for path in named:
        fixed = path.split("<")[0]
        assert (ROOT / fixed).exists() or (ROOT / Path(fixed).parent).is_dir(), path


def test_samples_are_in_the_readme() -> None:
    """Each sample has a README of its own and a line in the README."""
    for folder in (ROOT / "samples").iterdir():
        if folder.is_dir() and (folder / "model.py").is_file():
            assert (folder / "README.md").is_file()
            assert f"samples/{folder.name}/README.md" in README


def test_finding_ids_that_documents_name_are_raised() -> None:
    """A README that promises a finding keeps its word."""
    for folder in sorted((ROOT / "samples").iterdir()):
        readme = folder / "README.md"
        if not readme.is_file():
            continue
        named = set(re.findall(r"`([A-Z]{3}-\d{2,3}@[a-z0-9.~-]+)`", readme.read_text(encoding="utf-8")))
        if named:
            raised = run("check", str(folder), "--format", "json").stdout
            for finding in sorted(named):
                assert f'"id": "{finding}"' in raised, f"{folder.name}: {finding}"
