"""Every rule of a catalog asked at every place that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from threatmodel.analysis.answer import AND, NO, UNKNOWN, YES, Answer, Reason
from threatmodel.analysis.chain import Chains
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator, Reasoning
from threatmodel.analysis.finding import ControlAt, Finding, PlaceRef, PlaceType, Role, State
from threatmodel.analysis.narrowing import Narrowing
from threatmodel.analysis.place import Chain, Place
from threatmodel.analysis.verdicts import Verdict
from threatmodel.catalog.catalog import Catalog, Rule, Ways
from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System

_ROLES: tuple[tuple[Role, Callable[[Rule], tuple[str, ...]]], ...] = (
    ("primary", lambda rule: rule.threat.controls.primary),
    ("supporting", lambda rule: rule.threat.controls.supporting),
)


def match(context: Context, catalog: Catalog) -> list[Finding]:
    """All findings of a system, in order of their ids; nothing that a threat concerns is left out."""
    evaluator = Evaluator(context)
    narrowing = Narrowing(context)
    found: list[Finding] = []
    refs: dict[str, PlaceRef] = {}
    asked: dict[int, tuple[Sequence[Place], list[tuple[Verdict | None, _Raised]]]] = {}
    for rule in catalog.rules.values():
        raised = _Raised(evaluator, rule, refs)
        for places, left in narrowing.sorts(rule):
            applies = evaluator.compile(left) if not isinstance(left, str) else None
            asked.setdefault(id(places), (places, []))[1].append((applies, raised))
        if rule.ways is not None:
            found += _along(raised, rule.ways)
    for places, rules in asked.values():
        for place in places:
            for applies, raised in rules:
                concerned = applies(place) if applies is not None else YES
                if concerned != NO:
                    found.append(raised.finding(place, concerned, ()))
    found.sort(key=lambda finding: finding.id)
    return found


def _along(raised: _Raised, marks: Ways) -> Iterator[Finding]:
    """The findings of a threat about chains."""
    evaluator, rule = raised.evaluator, raised.rule
    applies = evaluator.compile(rule.applies)
    chains = Chains(evaluator, marks)
    for candidate in chains.candidates():
        chain = candidate.chain
        concerned = applies(chain)
        if concerned != NO:
            concerned = concerned if candidate.verdict == YES else UNKNOWN
            yield raised.finding(chain, concerned, chains.reasons(chain))


def why_not(context: Context, rule: Rule, place: Place) -> tuple[Reason, ...]:
    """The facts by which a threat does not concern a place."""
    return Evaluator(context).reasons(rule.applies, place)[1]


def place_ref(context: Context, place: Place) -> PlaceRef:
    """How a finding names a place."""
    if isinstance(place, System):
        return PlaceRef("model", place.id, place.title, None)
    if isinstance(place, Chain):
        return PlaceRef(
            "chain", place.id, place.name, context.component(place.first).zone, place.hops, place.others, place.parts
        )
    kind: PlaceType = "component" if isinstance(place, Component) else "flow" if isinstance(place, Flow) else "zone"
    if isinstance(place, Component):
        zone: str | None = place.zone
    else:
        zone = context.component(place.data_source).zone if isinstance(place, Flow) else place.parent
    return PlaceRef(kind, place.id, place.name, zone)


def place_of(context: Context, finding: Finding) -> Place:
    """The place that a finding is about."""
    ref = finding.place
    if ref.type == "chain":
        return Chain(ref.id, ref.name, ref.parts, ref.path, ref.others, finding.source)
    return context.system if ref.type == "model" else context.place(ref.id)


class _Raised:
    """Puts the findings of one rule together; what that takes is made ready when there is a first one."""

    def __init__(self, evaluator: Evaluator, rule: Rule, refs: dict[str, PlaceRef]) -> None:
        self.evaluator, self.rule, self._refs = evaluator, rule, refs

    @cached_property
    def _applies(self) -> Reasoning:
        return self.evaluator.reasoning(self.rule.applies)

    @cached_property
    def _exposed(self) -> Reasoning:
        return self.evaluator.reasoning(self.rule.exposed)

    @cached_property
    def _open(self) -> Verdict:
        return self.evaluator.compile(self.rule.exposed)

    @cached_property
    def _unstated(self) -> tuple[ControlAt, ...]:
        """The controls that the threat names, as where nothing is stated of them."""
        return tuple(ControlAt(name, role, None) for role, names in _ROLES for name in names(self.rule))

    @cached_property
    def _stated(self) -> bool:
        """Whether anything is stated anywhere of a control that the threat names."""
        return any(control.id in self.evaluator.context.holding.controls_stated for control in self._unstated)

    def finding(self, place: Place, concerned: Answer, way: Iterable[Reason]) -> Finding:
        """The finding at a place that the threat concerns or may concern, with the reasons of the way to it first."""
        why = [*way, *self._applies(place)[1]]
        reasons: tuple[Reason, ...] = ()
        if concerned == YES or self._open(place) == NO:
            open_to, reasons = self._exposed(place)
        else:
            open_to = UNKNOWN
        controls = self._controls(place, reasons) if self._stated else self._unstated
        state: State = "question" if concerned != YES else "open"
        if open_to == NO:  # whether it concerns the place or not, nothing is open there
            ended = {reason.fact.removeprefix("lacks ") for reason in reasons if reason.fact.startswith("lacks ")}
            closing = [control for control in controls if control.id in ended and control.held is not None]
            waived = closing and all(control.state == "not-applicable" for control in closing)
            state = "not-applicable" if waived else "addressed"
        return Finding(
            f"{self.rule.threat.id}@{place.id}",
            self.rule.threat.id,
            self._ref(place),
            state,
            concerned == YES and open_to != UNKNOWN,
            _told_once([*why, *reasons]),
            controls,
            place.source,
        )

    def _ref(self, place: Place) -> PlaceRef:
        """How findings name a place, put together once for all of them."""
        if isinstance(place, Chain | System):  # which may be called as a component is
            return place_ref(self.evaluator.context, place)
        ref = self._refs.get(place.id)
        if ref is None:
            ref = self._refs[place.id] = place_ref(self.evaluator.context, place)
        return ref

    def _controls(self, place: Place, reasons: Iterable[Reason]) -> tuple[ControlAt, ...]:
        """The controls with what holds at the place, or at the end or neighbour that decided the exposure."""
        evaluator = self.evaluator
        stated = evaluator.context.holding.controls_stated
        decided: dict[str, str] | None = None
        found = []
        for unstated in self._unstated:
            name = unstated.id
            held = evaluator.control(name, place) if name in stated else None
            if held is None and name in stated:
                if decided is None:
                    decided = {reason.fact.removeprefix("lacks "): reason.place for reason in reasons}
                elsewhere = decided.get(name, place.id)
                if elsewhere != place.id:
                    held = evaluator.control(name, evaluator.context.place(elsewhere))
            found.append(unstated if held is None else ControlAt(name, unstated.role, held))
        return tuple(found)


def _told_once(reasons: list[Reason]) -> tuple[Reason, ...]:
    """What is known of a place once, with all the facts that follow from it; of a control, as its rule asks for it."""
    found: dict[tuple[str, str, str], Reason] = {}
    for reason in reasons:
        fact, answer, because, _, place, asks = reason
        key = (because, place, fact if "lacks " in fact else answer)
        first = found.setdefault(key, reason)
        if first is not reason and fact not in first.fact.split(AND):
            every = first.asks if first.asks == asks else tuple(dict.fromkeys((*first.asks, *asks)))
            found[key] = Reason(f"{first.fact}{AND}{fact}", answer, because, first.source, place, every)
    return tuple(found.values())
