"""What the threats of a catalog cover, as three matrices, and what is wrong with the reasons for their empty cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, get_args

from threatmodel.catalog.actors import ACTORS, actors
from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.concerns import FEW, FEW_PROTOCOLS, ROLE_KINDS, Concern, concerns
from threatmodel.catalog.lint import Remark
from threatmodel.catalog.reasons import FILE, MatrixName, Reason
from threatmodel.catalog.threats import Phase, Stride
from threatmodel.model.vocabulary import PROTOCOL_BY_ID

LETTERS: Final[tuple[str, ...]] = get_args(Stride)
PHASES: Final[tuple[str, ...]] = get_args(Phase)
ENOUGH: Final = 3
"""How many threats that are particular to it every kind should meet."""
_ID: Final = re.compile(r"\b[A-Z]{3,8}-[0-9]{2,3}\b")

COUNTED: Final[dict[MatrixName, str]] = {
    "kinds": "A threat counts for a kind when what is known of the kind decides that it can be about it: its condition "
    "can hold for a component of the kind (or at an end of its flow or chain, or in its zone or model), with all else "
    "unknown, and could not for a plain process, store, outside body or person in its stead. The kind's name, its "
    "traits and its usual data are known. A threat is particular to a kind when it concerns at most "
    f"{FEW} kinds in the same way.",
    "protocols": "A threat counts for a protocol when it asks for it: its condition can hold for a flow over it (or "
    "asks for such a flow of its place), with all else unknown, and could not for a flow over a protocol that no "
    f"condition names. It is particular to it when it asks for at most {FEW_PROTOCOLS} protocols.",
    "phases": "A threat counts under its phase and under every actor that its entry tells of. The first four follow "
    "from the privilege it needs, the fifth from whether somebody inside has to act first, the last two from what its "
    "conditions ask for and nothing else besides.",
}
"""How each matrix is counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The threats of a cell, those among them that are particular to the row, and the reason where there are none."""

    threats: tuple[str, ...]
    particular: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells in the order of the columns, and its threats whatever their column.

    ``beside`` are the threats that can be found there too, without asking for it: they can be found at any place of
    that shape, or it depends on what is stated.
    """

    name: str
    cells: tuple[Cell, ...]
    threats: tuple[str, ...]
    particular: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix by rows."""

    name: MatrixName
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def coverage(
    catalog: Catalog, reasons: Iterable[Reason], known: Mapping[str, Concern] | None = None
) -> tuple[Matrix, ...]:
    """The three matrices of a catalog.

    Args:
        catalog: Whose threats in force are counted.
        reasons: Why cells are meant to be empty.
        known: What each threat concerns, where that was worked out before.
    """
    given, concern = tuple(reasons), known if known is not None else concerns(catalog)
    rules = catalog.rules
    found = [concern[name] for name in rules]
    letters = {name: tuple(rule.threat.stride) for name, rule in rules.items()}
    kinds = {
        kind: _Members(
            {one.threat: one.particular(kind) for one in found if one.roles(kind)},
            tuple(one.threat for one in found if kind in one.possible and not one.roles(kind)),
        )
        for kind in ROLE_KINDS
    }
    protocols = {
        name: _Members(
            {one.threat: one.particular_protocol(name) for one in found if name in one.protocols},
            tuple(one.threat for one in found if name in one.possible_protocols - one.protocols),
        )
        for name in PROTOCOL_BY_ID
    }
    phases = {
        phase: _Members({name: False for name, rule in rules.items() if rule.threat.phase == phase}) for phase in PHASES
    }
    acting = {name: actors(rule) for name, rule in rules.items()}
    return (
        _matrix("kinds", kinds, LETTERS, letters, given),
        _matrix("protocols", protocols, LETTERS, letters, given),
        _matrix("phases", phases, tuple(ACTORS), acting, given),
    )


class _Members(NamedTuple):
    """The threats of a row, each with whether it is particular to it, and those beside."""

    threats: Mapping[str, bool]
    beside: tuple[str, ...] = ()


def _matrix(
    name: MatrixName,
    members: Mapping[str, _Members],
    columns: tuple[str, ...],
    columns_of: Mapping[str, tuple[str, ...]],
    reasons: Iterable[Reason],
) -> Matrix:
    """A matrix out of the members of each row and the columns of each threat."""
    own = [reason for reason in reasons if reason.matrix == name]
    rows = []
    for row, (threats, beside) in members.items():
        cells = []
        for column in columns:
            here = tuple(one for one in threats if column in columns_of[one])
            why = next((reason.because for reason in own if reason.covers(row, column)), None)
            cells.append(Cell(here, tuple(one for one in here if threats[one]), why))
        particular = tuple(one for one in threats if threats[one])
        rows.append(Row(row, tuple(cells), tuple(threats), particular, beside))
    return Matrix(name, columns, tuple(rows))


def wanting(matrix: Matrix) -> tuple[Row, ...]:
    """The rows with fewer threats that are particular to them than every kind should meet."""
    return tuple(row for row in matrix.rows if len(row.particular) < ENOUGH)


def lint_reasons(catalog: Catalog, reasons: tuple[Reason, ...]) -> list[Remark]:
    """What is wrong with the reasons for empty cells: one is missing, or one stands where none is needed."""
    found = []
    for matrix in coverage(catalog, reasons):
        for row in matrix.rows:
            for column, cell in zip(matrix.columns, row.cells, strict=True):
                found += _cell(matrix.name, row.name, column, cell, reasons)
    for name in sorted({name for reason in reasons for name in _ID.findall(reason.because)}):
        if name not in catalog.rules:
            found.append(Remark("error", FILE, f"a reason names {name}, which is no threat in use"))
    return sorted(found, key=lambda remark: remark.says)


def _cell(matrix: MatrixName, row: str, column: str, cell: Cell, reasons: Iterable[Reason]) -> list[Remark]:
    given = sum(1 for reason in reasons if reason.matrix == matrix and reason.covers(row, column))
    place = f"{matrix}: {row} × {column}"
    if not cell.threats and not given:
        return [Remark("error", FILE, f"{place} is empty and has no reason")]
    if cell.threats and given:
        return [Remark("error", FILE, f"{place} has a reason for being empty, and {', '.join(cell.threats[:3])}")]
    return [Remark("error", FILE, f"{place} has {given} reasons")] if given > 1 else []
