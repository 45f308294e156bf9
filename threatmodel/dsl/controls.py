"""What an author says of a control: its state, on whose word, on what evidence."""

from __future__ import annotations

from dataclasses import dataclass

from threatmodel.dsl.scope import author_line, told_in_full
from threatmodel.model.vocabulary import ControlState
from threatmodel.source import Source


@dataclass(frozen=True, slots=True)
class Saying:
    """A state of a control as an author writes it, and the line where it stands."""

    id: str
    state: ControlState
    source: Source
    by: str | None = None
    evidence: str | None = None
    on: str | None = None
    because: str | None = None


@told_in_full
def absent(control: str) -> Saying:
    """Says that a control is not there."""
    return Saying(control, "absent", author_line())


@told_in_full
def planned(control: str, *, by: str | None = None) -> Saying:
    """Says that a control will be there; it counts as absent until it is."""
    return Saying(control, "planned", author_line(), by)


@told_in_full
def declared(control: str, *, by: str | None = None, evidence: str | None = None) -> Saying:
    """Says that a supplier states a control to be there; weaker than ``implemented``."""
    return Saying(control, "declared", author_line(), by, evidence)


@told_in_full
def implemented(control: str, *, by: str | None = None, evidence: str | None = None) -> Saying:
    """Says that a control is there."""
    return Saying(control, "implemented", author_line(), by, evidence)


@told_in_full
def verified(control: str, *, evidence: str, on: str | None = None, by: str | None = None) -> Saying:
    """Says that a control is there and somebody has seen it work.

    Args:
        control: Its id.
        evidence: What shows it: a test report, a drill, a configuration export.
        on: The day of the evidence, ``YYYY-MM-DD``; evidence more than a year old counts as ``implemented``.
        by: Who saw it.
    """
    return Saying(control, "verified", author_line(), by, evidence, on)


@told_in_full
def not_applicable(control: str, *, because: str) -> Saying:
    """Says that a control need not be there, and why."""
    return Saying(control, "not-applicable", author_line(), because=because)
