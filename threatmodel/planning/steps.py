"""What to do first: the controls by how much residual risk each removes, one on top of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from threatmodel.assessment import Assessment, Rated
from threatmodel.planning.again import Running, tied_words
from threatmodel.risk.scale import level_of, rank

Order = Literal["risk", "effort"]
"""By the risk that a control removes, or by that for each step of its effort."""


@dataclass(frozen=True, slots=True)
class Step:
    """A control to put in place: where, how much of the weight it removes, and which findings are no longer open."""

    control: str
    places: tuple[str, ...]
    effort: int
    removed: int
    left: int
    closes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in order. ``weight`` is that of all open findings before: 1 for low, 4 medium, 16 high, 64 critical."""

    weight: int
    steps: tuple[Step, ...]


def plan(assessment: Assessment, steps: int, today: date | None = None, by: Order = "risk") -> Plan:
    """The controls that remove most, one after the other, each tried on top of those before.

    Where two remove as much, the one of less effort comes first, then the first by name.
    """
    found: list[Step] = []
    now = Running.of(assessment, today)
    while len(found) < steps:
        best = _best(now, by)
        if best is None:
            break
        step, now = best
        found.append(step)
    return Plan(weight_of(assessment.findings), tuple(found))


def weight_of(findings: Iterable[Rated]) -> int:
    """How much is open, counted by residual level."""
    return sum(_weight(rated) for rated in findings)


class _Candidate(NamedTuple):
    """A control that open findings lack, where, and how much it can remove at best."""

    control: str
    places: tuple[str, ...]
    effort: int
    bound: int


def _best(now: Running, by: Order) -> tuple[Step, Running] | None:
    """The control that removes most, and what is open with it in place; None when no control removes anything.

    The controls that can remove most at best are tried first, so that most need not be tried at all.
    """
    before = weight_of(now.findings)
    best: tuple[tuple[Fraction, int, str], Step, Running] | None = None
    candidates = sorted(_candidates(now), key=lambda one: _order(by, one.bound, one.effort, one.control))
    for control, places, effort, bound in candidates:
        if best is not None and _order(by, bound, effort, control) > best[0]:
            break
        after = now.with_control(control, places)
        removed = before - weight_of(after.findings)
        order = _order(by, removed, effort, control)
        if removed > 0 and (best is None or order < best[0]):
            best = order, Step(control, places, effort, removed, before - removed, _closed(now, after)), after
    return (best[1], best[2]) if best is not None else None


def _order(by: Order, removed: int, effort: int, control: str) -> tuple[Fraction, int, str]:
    """What comes first: the most that is removed, or that for each step of effort; then less effort; then the name."""
    return Fraction(-removed, effort if by == "effort" else 1), effort, control


def _closed(before: Running, after: Running) -> tuple[str, ...]:
    still = {rated.finding.id for rated in after.findings if rated.finding.state == "open"}
    opened = (rated.finding.id for rated in before.findings if rated.finding.state == "open")
    return tuple(name for name in opened if name not in still)


def _candidates(now: Running) -> list[_Candidate]:
    """The controls whose lack open findings rest on, each with the places and with the most that it can remove."""
    places: dict[str, set[str]] = defaultdict(set)
    bounds: dict[str, int] = defaultdict(int)
    bound_up = 0
    tied = tied_words(now.system)
    for rated in now.findings:
        finding = rated.finding
        if finding.state != "open":
            continue
        for reason in finding.why:
            if reason.fact.startswith("lacks ") and reason.answer != "no":
                places[reason.fact.removeprefix("lacks ")].add(reason.place)
        bound_up += 0 if now.naming.words[finding.threat].isdisjoint(tied) else _weight(rated)
        for control in now.naming.deciding[finding.threat]:
            bounds[control] += _weight(rated)
        helped = _weight(rated) - _eased(rated)
        for control in now.naming.helping[finding.threat] if helped else ():
            bounds[control] += helped
    controls = now.catalog.controls
    return [
        _Candidate(name, tuple(sorted(places[name])), controls[name].effort, bound_up if name in tied else bounds[name])
        for name in sorted(places)
    ]


def _eased(rated: Rated) -> int:
    """What a finding would weigh at least if a supporting control made it harder."""
    rating = rated.residual
    return int(4 ** rank(level_of(max(1, rating.exploitability - 1), rating.effective_severity)))


def _weight(rated: Rated) -> int:
    return int(4 ** rank(rated.residual.level)) if rated.finding.state == "open" else 0
