"""The View laid out as a document: what comes first, what places have in common, which findings belong to a threat.

In: a View. Out: a ``Document``, which templates see beside it. Nothing is left out; what a list does not show is
counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from threatmodel.reports.view import (
    ControlLine,
    FindingView,
    Group,
    HopLine,
    Mitigation,
    QuestionGroup,
    RatingView,
    ThreatText,
    View,
    ZoneView,
)

WORST = 10
FIRST_QUESTIONS = 5
PLACES = 8
"""So many places are named before the rest is counted."""
LARGE = 300
"""From so many findings on, long lists start closed."""
_WIDTH = 1000


class Bar(NamedTuple):
    """A level's part of the bar of all open findings; ``start`` and ``width`` in thousandths."""

    level: str
    findings: int
    start: int
    width: int


class Leading(NamedTuple):
    """A group of the worst, with as many of its places as fit on a line or two."""

    group: Group
    shown: tuple[tuple[str, str], ...]
    """Finding id and name of the place."""
    left: int
    closes: str
    """What closes it at its first place: the same at all, since they have one cause."""


class Because(NamedTuple):
    """A fact at a place; ``fact`` is empty where the case tells it for all its places."""

    fact: str
    answer: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class PlaceFinding:
    """A finding in full, without what its case tells for all its places."""

    id: str
    place: str
    type: str
    zone: str
    level: str
    source: str
    why: tuple[Because, ...]
    controls: tuple[ControlLine, ...]
    inherent: RatingView | None
    """None where all places of the case have the same."""
    residual: RatingView | None
    """None too where it is the inherent one: nothing was taken off."""
    points: tuple[str, ...]
    residual_points: tuple[str, ...]
    path: tuple[HopLine, ...]
    """Of a chain, its flows in order."""
    others: int


@dataclass(frozen=True, slots=True)
class Case:
    """The findings of one threat in one state for one cause, and what they have in common."""

    key: str
    state: str
    """``unconfirmed`` for an open finding that nobody confirmed."""
    state_told: str
    level: str
    cause: str
    closes: str
    """Empty where it is not the same at all places; then each finding's reasons tell."""
    facts: tuple[str, ...]
    controls: tuple[ControlLine, ...]
    unstated: tuple[str, ...]
    """The titles of the controls of which nothing is stated at any of the places."""
    inherent: RatingView | None
    residual: RatingView | None
    points: tuple[str, ...]
    residual_points: tuple[str, ...]
    findings: tuple[PlaceFinding, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A threat with all its findings."""

    threat: ThreatText
    worst: str
    """The worst level of its open findings, or an empty text."""
    open: int
    unconfirmed: int
    question: int
    addressed: int
    others: int
    cases: tuple[Case, ...]


class ClosedLine(NamedTuple):
    """A finding that is not open, on a line."""

    finding: str
    threat: str
    title: str
    place: str
    zone: str
    state: str
    level: str
    told: str
    source: str


class ZoneLine(NamedTuple):
    """A zone with the zones around it, the outermost first."""

    zone: ZoneView
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A View in the order in which it is read."""

    digest: str
    """The first twelve digits of the model's digest."""
    large: bool
    bars: tuple[Bar, ...]
    findings: int
    confirmed: int
    worst: tuple[Leading, ...]
    groups_left: int
    first_questions: tuple[QuestionGroup, ...]
    dossiers: tuple[Dossier, ...]
    to_add: tuple[Mitigation, ...]
    in_place: tuple[Mitigation, ...]
    """The controls that stand somewhere, those of ``to_add`` too."""
    addressed: tuple[ClosedLine, ...]
    decided: tuple[ClosedLine, ...]
    """Accepted and transferred."""
    not_applicable: tuple[ClosedLine, ...]
    undecided: tuple[Leading, ...]
    undecided_count: int
    zones: tuple[ZoneLine, ...]
    phases: tuple[str, ...]
    """The phases that occur, for the filter."""


def lay_out(view: View) -> Document:
    """The view in the order in which it is read."""
    by_id = {finding.id: finding for finding in view.findings}
    closed = [_closed_line(finding) for finding in view.findings if finding.state not in {"open", "question"}]
    return Document(
        digest=view.digest.removeprefix("sha256:")[:12],
        large=len(view.findings) > LARGE,
        bars=_bars(view),
        findings=len(view.findings),
        confirmed=view.open_count - view.unconfirmed_count,
        worst=tuple(_leading(group, by_id) for group in view.groups[:WORST]),
        groups_left=max(0, len(view.groups) - WORST),
        first_questions=view.questions[:FIRST_QUESTIONS],
        dossiers=_dossiers((*view.groups, *view.undecided, *view.closed), by_id),
        to_add=tuple(one for one in view.mitigations if one.closes),
        in_place=tuple(one for one in view.mitigations if one.in_place_at),
        addressed=tuple(line for line in closed if line.state == "addressed"),
        decided=tuple(line for line in closed if line.state in {"accepted", "transferred"}),
        not_applicable=tuple(line for line in closed if line.state == "not-applicable"),
        undecided=tuple(_leading(group, by_id) for group in view.undecided),
        undecided_count=sum(finding.state == "question" for finding in view.findings),
        zones=_zones(view.zones),
        phases=tuple(dict.fromkeys(sorted(finding.threat.phase for finding in view.findings))),
    )


def _bars(view: View) -> tuple[Bar, ...]:
    """The parts of the bar; each ends where the next begins, so that rounding leaves no gap."""
    found, passed = [], 0
    for level in view.levels:
        start = passed * _WIDTH // max(1, view.open_count)
        passed += level.count
        if level.count:
            found.append(Bar(level.name, level.count, start, passed * _WIDTH // view.open_count - start))
    return tuple(found)


def _leading(group: Group, by_id: dict[str, FindingView]) -> Leading:
    shown = group.places if len(group.places) <= PLACES + 1 else group.places[:PLACES]
    places = tuple((place.finding, place.name) for place in shown)
    return Leading(group, places, len(group.places) - len(shown), by_id[group.places[0].finding].closes)


def _dossiers(groups: Iterable[Group], by_id: dict[str, FindingView]) -> tuple[Dossier, ...]:
    """The threats in the order in which their first group comes; groups come the worst first."""
    gathered: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        gathered[group.threat.id].append(group)
    return tuple(_dossier(members, by_id) for members in gathered.values())


def _dossier(members: Sequence[Group], by_id: dict[str, FindingView]) -> Dossier:
    count: Counter[str] = Counter()
    for group in members:
        count[_state(group)] += len(group.places)
    first = members[0]
    return Dossier(
        threat=first.threat,
        worst=first.level if first.state == "open" else "",
        open=count["open"] + count["unconfirmed"],
        unconfirmed=count["unconfirmed"],
        question=count["question"],
        addressed=count["addressed"],
        others=count["accepted"] + count["transferred"] + count["not-applicable"],
        cases=tuple(_case(group, [by_id[place.finding] for place in group.places]) for group in members),
    )


def _case(group: Group, findings: Sequence[FindingView]) -> Case:
    first = findings[0]
    facts = tuple(why.fact for why in first.why)
    facts_shared = len(findings) > 1 and all(tuple(why.fact for why in one.why) == facts for one in findings)
    stated = [{_held(control) for control in one.controls} for one in findings]
    shared = stated[0].intersection(*stated)
    controls = tuple(one for one in first.controls if _held(one) in shared)
    points = _common([one.inherent.points for one in findings])
    residual_points = _common([one.residual.points for one in findings])
    rated = len({(_numbers(one.inherent), _numbers(one.residual)) for one in findings}) == 1
    return Case(
        key=group.key,
        state=_state(group),
        state_told=group.state_told,
        level=group.level,
        cause=group.cause,
        closes=first.closes if len({one.closes for one in findings}) == 1 else "",
        facts=facts if facts_shared else (),
        controls=tuple(one for one in controls if one.state != "unstated"),
        unstated=tuple(one.title for one in controls if one.state == "unstated"),
        inherent=first.inherent if rated else None,
        residual=first.residual if rated and _lowered(first) else None,
        points=points,
        residual_points=residual_points,
        findings=tuple(
            PlaceFinding(
                one.id, one.place.name, one.place.type, one.place.zone, one.place.level, one.place.source,
                tuple(Because("" if facts_shared else w.fact, w.answer, w.because, w.source) for w in one.why),
                tuple(control for control in one.controls if _held(control) not in shared),
                None if rated else one.inherent, one.residual if _lowered(one) and not rated else None,
                tuple(point for point in one.inherent.points if point not in points),
                tuple(point for point in one.residual.points if point not in residual_points),
                one.path, one.others,
            )
            for one in findings
        ),
    )  # fmt: skip


def _common(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The texts that all lists hold, in the order of the first."""
    shared = set(lists[0]).intersection(*lists[1:])
    return tuple(text for text in lists[0] if text in shared)


def _held(control: ControlLine) -> tuple[str, str, str, str]:
    return control.id, control.state, control.because, control.source


def _numbers(rating: RatingView) -> tuple[int, int, int]:
    return rating.exploitability, rating.severity, rating.effective_severity


def _lowered(finding: FindingView) -> bool:
    return _numbers(finding.inherent) != _numbers(finding.residual)


def _state(group: Group) -> str:
    return "unconfirmed" if group.state == "open" and not group.confirmed else group.state


def _closed_line(finding: FindingView) -> ClosedLine:
    return ClosedLine(
        finding.id, finding.threat.id, finding.threat.title, finding.place.name, finding.place.zone, finding.state,
        finding.residual.level, finding.closes, finding.place.source,
    )  # fmt: skip


def _zones(zones: Sequence[ZoneView]) -> tuple[ZoneLine, ...]:
    by_id = {zone.id: zone for zone in zones}
    found = []
    for zone in zones:
        around: list[str] = []
        parent = by_id.get(zone.parent)
        while parent is not None:
            around.insert(0, parent.name)
            parent = by_id.get(parent.parent)
        found.append(ZoneLine(zone, tuple(around)))
    return tuple(found)
