"""``catalog show``, ``manual`` and ``coverage`` as a reader of the catalog types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.test_commands import run
from threatmodel.resources import data_folder

SHIPPED = data_folder("catalogs") / "radiology-ai"


def test_a_threat_is_shown_in_plain_words() -> None:
    """Its texts, its conditions as sentences, its controls with their effort, its rating, what it rests on."""
    done = run("catalog", "show", "IMP-09")
    assert done.returncode == 0, done.stderr
    heads = [line for line in done.stdout.splitlines() if line and not line.startswith(" ")]
    assert heads[0] == "IMP-09  An AI result may be filed under another study or another patient"
    assert heads[2:7] == [
        "What happens",
        "Harm",
        "What to do",
        "It concerns a flow when",
        "Such a place is open to it when",
    ]
    assert "– it carries model output or AI results as DICOM objects" in done.stdout
    assert "Results tied to input, model and version (result-binding)" in " ".join(done.stdout.split())
    assert "Clinical severity: 4 of 5, critical" in done.stdout
    assert "CWE-345" in done.stdout


def test_a_threat_is_shown_in_french() -> None:
    """With the no-break spaces that French sets, and a word on what is English still."""
    shown = run("catalog", "show", "IMP-09", "--lang", "fr").stdout
    assert "Ce qui se passe" in shown
    assert "L'établissement" in shown or "Le fournisseur" in shown
    assert "Cette partie n'existe qu'en anglais." in shown
    assert "\\xa0" not in shown
    assert "Plausible\u00a0; aucun cas publié n'est cité." in shown


def test_a_control_is_shown_with_the_threats_that_name_it() -> None:
    shown = run("catalog", "show", "result-binding", "--lang", "fr").stdout
    assert "Comment on voit qu'elle est en place" in shown
    assert "IMP-09" in shown
    assert "{place}" not in shown


def test_the_manual_is_written_page_by_page(tmp_path: Path) -> None:
    done = run("catalog", "manual", "-o", str(tmp_path / "manual"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    pages = list((tmp_path / "manual").rglob("*.html"))
    assert f"wrote {len(pages)} pages; open " in done.stderr
    assert (tmp_path / "manual" / "threats" / "DAT-01.html").is_file()
    assert (tmp_path / "manual" / "controls" / "tls-bcp195.html").is_file()
    assert run("catalog", "manual", "-o", "/proc/nowhere").returncode == 4


def test_coverage_prints_the_matrices_and_the_reasons() -> None:
    shown = run("catalog", "coverage").stdout
    for head in ("Kinds × STRIDE", "Protocols × STRIDE", "Phases × actors"):
        assert head in shown
    assert "Empty, and no reason is given" not in shown
    assert "A link has no rights that could be widened" in shown
    assert all(line == line.rstrip() for line in shown.splitlines())
    alone = run("catalog", "coverage", "--matrix", "phases").stdout
    assert "Kinds × STRIDE" not in alone


def test_coverage_as_plain_data_names_every_threat_of_a_cell() -> None:
    told = json.loads(run("catalog", "coverage", "--format", "json").stdout)
    assert told["schema"] == "threatmodel-coverage/1"
    kinds = next(one for one in told["matrices"] if one["name"] == "kinds")
    row = next(one for one in kinds["rows"] if one["name"] == "time")
    assert row["cells"]["S"] == {"threats": row["cells"]["S"]["threats"], "particular": ["GEN-34", "GEN-94"]}
    assert "GEN-34" in row["cells"]["S"]["threats"]
    empty = [cell for one in kinds["rows"] for cell in one["cells"].values() if not cell["threats"]]
    assert empty
    assert all(cell["reason"] for cell in empty)


def test_lint_refuses_a_catalog_whose_empty_cells_lack_their_reason(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    shutil.copytree(SHIPPED, folder)
    text = (folder / "coverage.yaml").read_text(encoding="utf-8")
    (folder / "coverage.yaml").write_text(text[: text.index("phases:\n")], encoding="utf-8")
    done = run("catalog", "lint", "--catalog", str(folder))
    assert done.returncode == 3
    assert "coverage.yaml: error: phases: training × at-hand is empty and has no reason" in done.stdout
    (folder / "coverage.yaml").unlink()
    assert "coverage.yaml" not in run("catalog", "lint", "--catalog", str(folder)).stdout
