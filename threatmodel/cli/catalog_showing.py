"""What ``catalog show`` and ``catalog coverage`` print: a threat, a control, a coverage matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from threatmodel.catalog.coverage import COUNTED, ENOUGH, Cell, Matrix, Row, wanting
from threatmodel.catalog.reasons import Reason
from threatmodel.cli.console import Page
from threatmodel.reports.view_manual import (
    ControlLine,
    ControlPage,
    Life,
    Link,
    Reference,
    Sentence,
    ThreatLine,
    ThreatPage,
)

_NAME_WIDTH = 20
_MOST_NAMES = 16
"""How many kinds are named before they are only counted."""


def print_threat(page: Page, threat: ThreatPage, word: Mapping[str, str]) -> None:
    """A threat with its conditions in plain words, its controls, its rating and what it rests on."""
    letters = ", ".join(name for _, name in threat.letters)
    tags = f"{letters} · {word[f'phase.{threat.line.phase}']} · {word[f'about.{threat.about}']}"
    _head(page, threat.line, tags, threat.life, word)
    for name, text in (("what", threat.what), ("harm", threat.harm), ("remedy", threat.remedy)):
        _section(page, word[name])
        page.line(text, indent=2)
    if word["english_only"]:
        _section(page, word["when"])
        page.line((word["english_only"], "dim"), indent=2)
    if threat.ways:
        _section(page, word["ways"])
        _sentences(page, threat.ways)
        _section(page, word["applies_chain"])
    else:
        _section(page, word["applies"].format(about=word[f"about.{threat.about}"]))
    _sentences(page, threat.applies)
    _section(page, word["exposed"])
    _sentences(page, threat.exposed)
    for name, controls in (("primary", threat.primary), ("supporting", threat.supporting)):
        if controls:
            _section(page, f"{word['controls']} · {word[name]}")
            _controls(page, controls)
    _section(page, word["rating"])
    for name, told in threat.rating:
        page.line((f"{name}: ", "dim"), told, indent=2)
    if threat.concerns or threat.protocols:
        _section(page, word["concerns"])
    for group in threat.concerns:
        page.line((f"{group.head}: ", "dim"), _names(group.links), indent=2)
    if threat.protocols:
        page.line((f"{word['protocols_asked']}: ", "dim"), _names(threat.protocols), indent=2)
    _section(page, word["evidence"])
    page.line(threat.attested, indent=2)
    page.line(threat.review, indent=2)
    _references(page, threat.references)
    page.gap()
    page.line((threat.file, "dim"))


def print_control(page: Page, control: ControlPage, word: Mapping[str, str]) -> None:
    """A control with how one sees that it is there, what it takes, and the threats that name it."""
    family = word.get(f"family.{control.family}", control.family)
    _head(page, control.line, f"{word['family']} {family}", control.life, word)
    for name, text in (("is", control.what), ("verify", control.verify), ("ask", control.ask)):
        _section(page, word[name])
        page.line(text, indent=2)
    _section(page, word["at_a_glance"])
    for name, told in control.facts:
        page.line((f"{name}: ", "dim"), told, indent=2)
    for scheme, places in control.mappings:
        page.line((f"{scheme}: ", "dim"), ", ".join(_reference(place) for place in places), indent=2)
    for name, threats in (("stops", control.primary), ("weakens", control.supporting)):
        if threats:
            _section(page, word[name])
            for line in threats:
                page.line((f"{line.id:8}", "id"), f" {line.title}", indent=2)
    if not control.primary and not control.supporting:
        _section(page, word["no_threat"])
    if control.references:
        _section(page, word["references"])
        _references(page, control.references)


def print_matrix(page: Page, matrix: Matrix, reasons: Iterable[Reason]) -> None:
    """A coverage matrix, then its empty cells with their reasons."""
    titles = {"kinds": "Kinds × STRIDE", "protocols": "Protocols × STRIDE", "phases": "Phases × actors"}
    own = matrix.name != "phases"
    page.line((titles[matrix.name], "head"))
    page.line((COUNTED[matrix.name], "dim"))
    page.gap()
    widths = [max(len(column), 5) + 2 for column in matrix.columns]
    heads = "".join(f"{column:>{width}}" for column, width in zip(matrix.columns, widths, strict=True))
    page.line((f"{'':{_NAME_WIDTH}}{heads}{'all':>7}" + (f"{'own':>5}{'beside':>8}" if own else ""), "dim"))
    for row in matrix.rows:
        cells = "".join(f"{_cell(cell):>{width}}" for cell, width in zip(row.cells, widths, strict=True))
        tail = f"{len(row.threats):>7}" + (f"{len(row.particular):>5}{len(row.beside):>8}" if own else "")
        page.line(f"{row.name:{_NAME_WIDTH}}{cells}{tail}")
    page.gap()
    if own:
        page.line(("9·4: nine threats, four of them particular (own); –: none; beside: found there too", "dim"))
    _empty(page, matrix, reasons)
    few = wanting(matrix) if matrix.name == "kinds" else ()
    if few:
        _section(page, f"Kinds with fewer than {ENOUGH} threats of their own")
        page.line(", ".join(f"{row.name} ({len(row.particular)})" for row in few), indent=2)
    page.gap()


def plain_matrix(matrix: Matrix) -> dict[str, object]:
    """A coverage matrix as plain data."""
    return {"name": matrix.name, "columns": list(matrix.columns), "rows": [_plain(matrix, row) for row in matrix.rows]}


def _plain(matrix: Matrix, row: Row) -> dict[str, object]:
    cells = {
        column: {"threats": list(cell.threats), "particular": list(cell.particular)}
        | ({"reason": cell.reason} if not cell.threats else {})
        for column, cell in zip(matrix.columns, row.cells, strict=True)
    }
    return {"name": row.name, "cells": cells, "particular": list(row.particular), "beside": list(row.beside)}


def _empty(page: Page, matrix: Matrix, reasons: Iterable[Reason]) -> None:
    """The empty cells: those that are meant to be, by reason, and those for which none is given."""
    empty = {
        (row.name, column): cell
        for row in matrix.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
        if not cell.threats
    }
    for reason in reasons:
        told: dict[str, list[str]] = {}
        for row, column in empty:
            if reason.covers(row, column):
                told.setdefault(row, []).append(column)
        if told:
            page.gap()
            cells = "; ".join(f"{row} {_together(columns)}" for row, columns in told.items())
            page.line((cells, "id"), indent=2)
            page.line(reason.because, indent=4)
    without = [f"{row} {column}" for (row, column), cell in empty.items() if cell.reason is None]
    if without:
        _section(page, "Empty, and no reason is given")
        page.line((", ".join(without), "high"), indent=2)


def _together(columns: list[str]) -> str:
    return "".join(columns) if all(len(one) == 1 for one in columns) else ", ".join(columns)


def _cell(cell: Cell) -> str:
    if not cell.threats:
        return "–"
    return f"{len(cell.threats)}·{len(cell.particular)}" if cell.particular else str(len(cell.threats))


def _head(page: Page, line: ThreatLine | ControlLine, tags: str, life: Life, word: Mapping[str, str]) -> None:
    page.line((line.id, "id"), "  ", (line.title, "head"))
    page.line((tags, "dim"))
    if life.status:
        because = f": {life.because}" if life.because else ""
        page.line((f"{word[life.status]}{because}", "medium"))
    if life.replaced_by:
        page.line((f"{word['replaced']}: {', '.join(one.id for one in life.replaced_by)}", "medium"))
    if life.changes:
        _section(page, word["otherwise"])
    for told in life.changes:
        page.line(told, indent=2)


def _section(page: Page, name: str) -> None:
    page.gap()
    page.line((name, "head"))


def _sentences(page: Page, sentences: Iterable[Sentence], depth: int = 0) -> None:
    for one in sentences:
        controls = ", ".join(f"{control.title} ({control.id})" for control in one.controls)
        page.line(f"– {one.text}" + (f" {controls}" if controls else ""), indent=2 + 2 * depth)
        _sentences(page, one.parts, depth + 1)


def _controls(page: Page, controls: Iterable[ControlLine]) -> None:
    for control in controls:
        page.line((control.id, "id"), f"  {control.title} ", (f"({control.effort_told})", "dim"), indent=2)


def _names(links: tuple[Link, ...]) -> str:
    """Titles in a line; of many, the first ones and how many more."""
    named = " · ".join(link.title for link in links[:_MOST_NAMES])
    return named if len(links) <= _MOST_NAMES else f"{named} … {len(links)}"


def _references(page: Page, references: Iterable[Reference]) -> None:
    for one in references:
        page.line(_reference(one), (f"  {one.address}", "dim") if one.address else "", indent=2)


def _reference(one: Reference) -> str:
    return f"{one.id} {one.name}" if one.name and one.name.lower() != one.id.lower() else one.id
