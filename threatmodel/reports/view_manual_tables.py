"""The facts, kinds, protocols, data and matrices of the manual of a catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from threatmodel.catalog.actors import ACTORS
from threatmodel.catalog.catalog import Rule
from threatmodel.catalog.concerns import ROLES
from threatmodel.catalog.conditions import named_facts
from threatmodel.catalog.coverage import COUNTED, Matrix, Row, wanting
from threatmodel.catalog.facts import FACTS, About, Fact
from threatmodel.catalog.reasons import Reason
from threatmodel.model.kind import TRAITS
from threatmodel.model.kinds import KINDS
from threatmodel.model.kinds_ai import AI_KINDS
from threatmodel.model.kinds_imaging import IMAGING_KINDS
from threatmodel.model.kinds_it import BARE_KINDS, IT_KINDS, PEOPLE
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, DATA_CLASSES, PROTOCOLS
from threatmodel.reports.view_manual import (
    DataLine,
    FactLine,
    Group,
    KindLine,
    Link,
    MatrixCell,
    MatrixReason,
    MatrixRow,
    MatrixTable,
    ProtocolLine,
)
from threatmodel.reports.view_manual_entries import Entries, kind_link, protocol_link

_TAKES = {
    "truth": "true or false",
    "word": "a word, or in: [words]",
    "words": "any, all or none of a list",
    "control": "a control, or any or all of a list",
    "place": "a condition",
}


def facts(entries: Entries) -> tuple[tuple[str, tuple[FactLine, ...]], ...]:
    """The words for conditions, by the first thing that each is about, in order of name."""
    asked: dict[str, list[str]] = {}
    for name, rule in entries.catalog.rules.items():
        for fact in _asked(rule):
            asked.setdefault(fact, []).append(name)
    return tuple(
        (
            about,
            tuple(
                _fact(fact, entries, asked.get(name, ()))
                for name, fact in sorted(FACTS.items())
                if fact.about[0] == about
            ),
        )
        for about in get_args(About)
    )


def _asked(rule: Rule) -> set[str]:
    found = named_facts(rule.applies) | named_facts(rule.exposed)
    if rule.ways is not None:
        found |= named_facts(rule.ways.start) | named_facts(rule.ways.end)
        found |= named_facts(rule.ways.avoiding) if rule.ways.avoiding is not None else set()
    return found


def _fact(fact: Fact, entries: Entries, asked_by: Iterable[str]) -> FactLine:
    takes = _TAKES[fact.shape] + (f" about a {fact.leads_to}" if fact.leads_to is not None else "")
    return FactLine(fact.name, ", ".join(fact.about), takes, fact.meaning, fact.values, entries.lines(asked_by))


def kinds(entries: Entries) -> tuple[tuple[str, tuple[KindLine, ...]], ...]:
    """The kinds by group, in the order of their tables."""
    groups = (
        ("imaging", IMAGING_KINDS),
        ("ai", AI_KINDS),
        ("it", IT_KINDS),
        ("people", PEOPLE),
        ("bare", BARE_KINDS),
    )
    return tuple((name, tuple(_kind(kind.id, entries) for kind in table)) for name, table in groups)


def _kind(name: str, entries: Entries) -> KindLine:
    kind = KINDS[name]
    used = list(entries.concern.values())
    by_role = {role: [one.threat for one in used if role in one.roles(name)] for role in ROLES}
    concerned = {threat for threats in by_role.values() for threat in threats}
    return KindLine(
        id=name,
        name=kind.name,
        dfd=kind.dfd,
        parent=KINDS[kind.parent].name if kind.parent is not None else "",
        traits=tuple((trait, meaning) for trait, meaning in TRAITS.items() if trait in kind.traits),
        data=tuple(data_link(one) for one in kind.data),
        serves=kind.serves,
        concerned=tuple(
            Group(entries.words[f"role.{role}"], entries.lines(threats)) for role, threats in by_role.items() if threats
        ),
        particular=frozenset(one.threat for one in used if one.particular(name)),
        count=len(concerned),
        near=entries.lines(one.threat for one in used if name in one.near),
        beside=entries.lines(one.threat for one in used if name in one.possible and one.threat not in concerned),
    )


def protocols(entries: Entries) -> tuple[ProtocolLine, ...]:
    """The protocols, in the order of their table."""
    found = []
    for one in PROTOCOLS:
        brings = ", ".join(entries.controls[name].title for name in one.implies if name in entries.controls)
        encryption = brings or ("encryption.can" if one.offers_encryption else "encryption.never")
        asked_by = entries.lines(name for name, concern in entries.concern.items() if one.id in concern.protocols)
        found.append(
            ProtocolLine(one.id, one.name, one.usual_port, entries.words.get(encryption, encryption), asked_by)
        )
    return tuple(found)


def data() -> tuple[DataLine, ...]:
    """The classes of data, in the order of their table, with the kinds that usually have them."""
    return tuple(
        DataLine(
            one.id,
            one.name,
            one.confidentiality,
            one.integrity,
            one.availability,
            one.identifies,
            tuple(kind_link(kind) for kind, known in KINDS.items() if one.id in known.data),
        )
        for one in DATA_CLASSES
    )


def data_link(name: str) -> Link:
    """Where the manual tells of a class of data."""
    return Link(name, DATA_CLASS_BY_ID[name].name, f"data.html#data.{name}")


def matrices(entries: Entries, found: Iterable[Matrix], reasons: Iterable[Reason]) -> tuple[MatrixTable, ...]:
    """The coverage matrices, each with the reasons for its empty cells numbered below it."""
    given = tuple(reasons)
    return tuple(_matrix(entries, one, [reason for reason in given if reason.matrix == one.name]) for one in found)


def _matrix(entries: Entries, matrix: Matrix, reasons: list[Reason]) -> MatrixTable:
    wants = {row.name for row in wanting(matrix)} if matrix.name == "kinds" else set()
    return MatrixTable(
        name=matrix.name,
        title=entries.words[f"matrix.{matrix.name}"],
        counted=COUNTED[matrix.name],
        columns=tuple((column, _column(entries, matrix, column)) for column in matrix.columns),
        rows=tuple(_row(entries, matrix, row, reasons, row.name in wants) for row in matrix.rows),
        reasons=tuple(
            MatrixReason(number, _cells(entries, matrix, reason), _linked(entries, reason.because))
            for number, reason in enumerate(reasons, 1)
        ),
        particulars=matrix.name != "phases",
    )


def _row(entries: Entries, matrix: Matrix, row: Row, reasons: list[Reason], few: bool) -> MatrixRow:
    cells = []
    for column, cell in zip(matrix.columns, row.cells, strict=True):
        note = next((number for number, reason in enumerate(reasons, 1) if reason.covers(row.name, column)), 0)
        count = len(cell.threats)
        cells.append(MatrixCell(count, len(cell.particular), _weight(count), 0 if count else note))
    name, href = _named(entries, matrix, row.name)
    return MatrixRow(name, href, tuple(cells), len(row.threats), len(row.particular), len(row.beside), few)


def _weight(count: int) -> int:
    return sum(count >= step for step in (1, 4, 10))


def _named(entries: Entries, matrix: Matrix, row: str) -> tuple[str, str]:
    """The title of a row and where the manual tells of it."""
    if matrix.name == "phases":
        return entries.words[f"phase.{row}"], f"index.html#phase.{row}"
    link = kind_link(row) if matrix.name == "kinds" else protocol_link(row)
    return link.title, link.href


def _column(entries: Entries, matrix: Matrix, column: str) -> str:
    actors: dict[str, str] = {str(actor): meaning for actor, meaning in ACTORS.items()}
    return actors[column] if matrix.name == "phases" else entries.words[f"stride.{column}"]


def _cells(entries: Entries, matrix: Matrix, reason: Reason) -> str:
    """The cells that a reason is given for, in words."""
    rows = ", ".join(_named(entries, matrix, row)[0] for row in reason.rows)
    return f"{rows} × {', '.join(reason.columns)}"


def _linked(entries: Entries, text: str) -> tuple[tuple[str, str], ...]:
    """A text in pieces; those that are the id of a threat with the address of its page."""
    pieces = re.split(r"\b([A-Z]{3,8}-[0-9]{2,3})\b", text)
    return tuple((one, entries.threats[one].href if one in entries.threats else "") for one in pieces if one)
