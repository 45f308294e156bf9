"""The matrices of what a catalog covers, and the reasons for their empty cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalog.written import THREAT, write
from tests.properties.strategies import shipped
from threatmodel.catalog.concerns import ROLE_KINDS
from threatmodel.catalog.coverage import Matrix, coverage, lint_reasons, wanting
from threatmodel.catalog.read import read_catalog
from threatmodel.catalog.reasons import Reason, read_reasons
from threatmodel.errors import CatalogError
from threatmodel.resources import data_folder

FOLDER = data_folder("catalogs") / "radiology-ai"
ABOUT_TIME = (
    THREAT.replace("DAT-01", "DAT-03")
    .replace("about: flow", "about: component")
    .replace("    - protocol: {in: [dimse, dicomweb]}\n    - crosses_boundary: true", "    - kind: time")
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def matrices(folder: Path, files: dict[str, str], reasons: tuple[Reason, ...] = ()) -> dict[str, Matrix]:
    return {one.name: one for one in coverage(read_catalog(write(folder, files)), reasons)}


def cell(matrix: Matrix, row: str, column: str) -> tuple[str, ...]:
    found = next(one for one in matrix.rows if one.name == row)
    return found.cells[matrix.columns.index(column)].threats


def test_threats_are_counted_where_they_belong(tmp_path: Path) -> None:
    found = matrices(tmp_path / "catalog", {"threats/data/DAT-03-time.yaml": ABOUT_TIME})
    assert cell(found["kinds"], "time", "I") == ("DAT-03",)
    assert cell(found["kinds"], "time", "S") == ()
    assert cell(found["protocols"], "dimse", "I") == ("DAT-01", "DAT-02")
    assert cell(found["protocols"], "sql", "I") == ()
    assert cell(found["phases"], "data", "stranger") == ("DAT-01", "DAT-02", "DAT-03")
    assert cell(found["phases"], "training", "stranger") == ()


def test_a_row_tells_what_is_particular_and_what_is_found_there_too(tmp_path: Path) -> None:
    found = matrices(tmp_path / "catalog", {"threats/data/DAT-03-time.yaml": ABOUT_TIME})["kinds"]
    assert [row.name for row in found.rows] == list(ROLE_KINDS)
    time = next(row for row in found.rows if row.name == "time")
    assert time.particular == ("DAT-03",)
    assert time.beside == ("DAT-01", "DAT-02")
    assert time in wanting(found)


def test_a_retired_threat_covers_nothing(tmp_path: Path) -> None:
    retired = ABOUT_TIME.replace("stride:", "status: retired\nretired_because: It said the same as DAT-01.\nstride:")
    catalog = read_catalog(write(tmp_path / "catalog", {"threats/data/DAT-03-time.yaml": retired}))
    found = {one.name: one for one in coverage(catalog, ())}
    assert cell(found["kinds"], "time", "I") == ()
    assert cell(found["phases"], "data", "stranger") == ("DAT-01", "DAT-02")
    told = [remark.says for remark in lint_reasons(catalog, (Reason("kinds", ("time",), ("I",), "See DAT-03."),))]
    assert "a reason names DAT-03, which is no threat in use" in told


def test_reasons_are_read_with_their_cells(tmp_path: Path) -> None:
    folder = write(tmp_path / "catalog")
    assert read_reasons(folder) is None
    text = "kinds:\n  - {kinds: [time, pki], letters: [R, I], because: Nothing to deny.}\n"
    (folder / "coverage.yaml").write_text(text, encoding="utf-8")
    (reason,) = read_reasons(folder) or ()
    assert reason == Reason("kinds", ("time", "pki"), ("R", "I"), "Nothing to deny.")
    assert reason.covers("pki", "I")
    assert not reason.covers("pki", "S")
    found = coverage(read_catalog(folder), (reason,))[0]
    row = next(row for row in found.rows if row.name == "pki")
    assert [one.reason for one in row.cells] == [None, None, "Nothing to deny.", "Nothing to deny.", None, None]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("kinds:\n  - kinds: [pcas]\n    letters: [R]\n    because: So.\n", 2, "no kind is called 'pcas'"),
        (
            "protocols:\n  - protocols: [ntp, dimes]\n    letters: [R]\n    because: So.\n",
            2,
            "no protocol is called 'dimes'",
        ),
        ("kinds:\n  - kinds: [pacs]\n    letters: [X]\n    because: So.\n", 3, "'X'"),
        ("phases:\n  - phases: [data]\n    actors: [burglar]\n    because: So.\n", 3, "'burglar'"),
        ("kinds:\n  - kinds: [pacs]\n    letter: [R]\n    because: So.\n", 3, "'letter' is not known here"),
        ("kind: []\n", 1, "'kind' is not known here"),
        ("kinds:\n  - kinds: [pacs]\n    letters: [R]\n", 2, "because is missing"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    folder = write(tmp_path / "catalog")
    (folder / "coverage.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as error:
        read_reasons(folder)
    told = [(getattr(one.where, "line", 0), one.what) for one in error.value.problems]
    assert any(at == line and says in what for at, what in told), told


def test_lint_tells_what_is_wrong_with_reasons(tmp_path: Path) -> None:
    catalog = read_catalog(write(tmp_path / "catalog", {"threats/data/DAT-03-time.yaml": ABOUT_TIME}))
    reasons = (
        Reason("kinds", ("time",), ("I", "S"), "Not so, see DAT-03."),
        Reason("kinds", ("time",), ("S",), "Twice, see DAT-77."),
    )
    says = [remark.says for remark in lint_reasons(catalog, reasons)]
    assert "kinds: time × I has a reason for being empty, and DAT-03" in says
    assert "kinds: time × S has 2 reasons" in says
    assert "kinds: time × T is empty and has no reason" in says
    assert "a reason names DAT-77, which is no threat in use" in says
    assert not any("DAT-03, which" in one for one in says)
    assert not any("time × I is empty" in one for one in says)


def test_every_empty_cell_of_the_shipped_catalog_has_its_reason_and_no_other_cell_has_one() -> None:
    reasons = read_reasons(FOLDER)
    assert reasons
    assert [remark.says for remark in lint_reasons(shipped(), reasons)] == []


def test_every_kind_is_met_by_enough_threats_that_are_particular_to_its_role() -> None:
    kinds = coverage(shipped(), ())[0]
    assert {row.name: row.particular for row in wanting(kinds)} == {}


def test_the_matrices_of_the_shipped_catalog_hold_every_threat() -> None:
    """Each is under its phase; and each that asks for a kind is in the row of that kind."""
    kinds, _, phases = coverage(shipped(), ())
    assert {name for row in phases.rows for name in row.threats} == set(shipped().rules)
    assert "IMP-18" in next(row for row in kinds.rows if row.name == "inference").particular
    assert "GEN-34" in next(row for row in kinds.rows if row.name == "time").particular
