"""Which open findings let somebody take a step: onto a component over one flow, or from outside.

A finding counts when its threat is an attack that gets somebody a hold (``gain``), and when this very step is where it
happens: the flow is one that the rule speaks of (``_Regard``), or it carries what somebody has to open, or whoever
stands at its start may connect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.verdicts import all_of, any_of
from threatmodel.assessment import Assessment, Rated
from threatmodel.attacking.standing import EntryKind
from threatmodel.catalog.catalog import Rule
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, named_facts
from threatmodel.model.parts import Component, Flow

Gain = Literal["hold", "feed", "read"]
"""What an attack gets: a hold on the component, that it takes false data for true, or a sight of what it keeps."""
_TECHNIQUES = ("CAPEC-", "ATTACK-", "AML.", "NISTAML.")
"""How references to what attackers do begin; weaknesses (CWE) also stand where nothing but a mishap happens."""
_SUPPLY = ("ATTACK-T1195", "AML.T0010")
"""Compromise of the supply chain: it comes with what is delivered."""
_DELIVERED = frozenset({"software", "model-weights", "device-config", "config"})
"""Data that decide how what gets them behaves."""
_ANYBODY = frozenset({None, "none"})
_BY_HAND = frozenset({"media", "physical-port"})
_COMING_IN = frozenset({"some_flow_in", "receives"})


class Step(NamedTuple):
    """A step onto a component over a flow, from the component at the flow's other end."""

    source: Component
    target: Component
    flow: Flow

    @property
    def brings(self) -> bool:
        """Whether data move along with the step."""
        return self.flow.data_target == self.target.id or self.flow.both_ways

    @property
    def opens(self) -> bool:
        """Whether the start of the step opens the connection."""
        opener = self.flow.data_source if self.flow.opened_by == "source" else self.flow.data_target
        return opener == self.source.id


class Footholds(NamedTuple):
    """The easiest findings for a step; None where there is none.

    ``hold`` gets whoever acts from its start a hold on its end; ``infect`` does so by what is sent alone, so that it
    need only pass through its start; ``feed`` has its end take false data for true; ``read`` opens more of what its end
    keeps than is the start's to see.
    """

    hold: Rated | None
    infect: Rated | None
    feed: Rated | None
    read: Rated | None


class Footing:
    """The open findings of one assessment that get somebody a hold, by place."""

    def __init__(self, assessment: Assessment) -> None:
        """Sorts the findings of an assessment."""
        self._context = assessment.context
        self._regard = _Regard(Evaluator(assessment.context))
        self._attacks = {name: _Attack(rule) for name, rule in assessment.catalog.rules.items()}
        self._there: dict[str, list[Rated]] = defaultdict(list)
        for rated in assessment.findings:
            if rated.finding.state == "open" and self._attacks[rated.finding.threat].gain is not None:
                self._there[rated.finding.place.id].append(rated)

    def step(self, step: Step) -> Footholds:
        """The findings that make a step easiest."""
        found: dict[str, list[tuple[bool, Rated]]] = {"hold": [], "infect": [], "feed": [], "read": []}
        for rated in self._there.get(step.flow.id, ()):
            if self._on_the_way(self._attacks[rated.finding.threat], step):
                found[str(self._attacks[rated.finding.threat].gain)].append((True, rated))
        for rated in self._there.get(step.target.id, ()):
            attack = self._attacks[rated.finding.threat]
            rests = self._regard.into(attack, step)
            if rests is not None and self._lets_in(attack, step, rests):
                found[str(attack.gain)].append((bool(rests), rated))
                comes_with_data = rests & _COMING_IN or (not rests and attack.needs_human_act)
                if attack.gain == "hold" and step.brings and comes_with_data:
                    found["infect"].append((bool(rests), rated))
        for rated in self._there.get(step.source.id, ()):
            attack = self._attacks[rated.finding.threat]
            if attack.turns_what_leaves and self._regard.out_of(attack, step):
                delivered = _DELIVERED & self._context.spread.classes(step.flow.carries or ())
                found["hold" if delivered else "feed"].append((True, rated))
        return Footholds(*(_easiest(found[gain]) for gain in Footholds._fields))

    def entry(self, part: Component, by: EntryKind) -> Footholds:
        """The findings by which somebody outside begins at a component."""
        found: dict[str, list[tuple[bool, Rated]]] = {"hold": [], "feed": [], "read": []}
        for rated in self._there.get(part.id, ()):
            attack = self._attacks[rated.finding.threat]
            if attack.privilege not in _ANYBODY or "some_flow_out" in attack.facts:
                continue
            if by != "visitor" and "physical_access" in attack.facts:
                continue
            if by == "removable-media":
                brought = [flow for flow in self._context.spread.flows_in.get(part.id, ()) if flow.over in _BY_HAND]
                steps = [Step(self._context.component(flow.data_source), part, flow) for flow in brought]
                if not any(self._regard.into(attack, step) for step in steps):
                    continue
            walks_up = by == "visitor" and "physical_access" in attack.facts
            found["hold" if walks_up else str(attack.gain)].append((walks_up, rated))
        return Footholds(_easiest(found["hold"]), None, _easiest(found["feed"]), None)

    def _on_the_way(self, attack: _Attack, step: Step) -> bool:
        """Whether a finding about the flow helps along this step, and not only against it.

        What may be forged on the way is no gain to a person, who may enter what they like in any case.
        """
        by_machine = step.brings and self._context.kind(step.source).dfd != "person"
        return attack.gain == "hold" or (by_machine and not attack.needs_human_act)

    def _lets_in(self, attack: _Attack, step: Step, rests: frozenset[str]) -> bool:
        """Whether a finding at the end of a step lets in who stands at its start."""
        has_login = step.flow.over == "remote-admin" or self._has_logins(step.source)
        if rests:
            return attack.privilege in _ANYBODY or has_login or "S" not in attack.stride
        if "some_flow_out" in attack.facts or "physical_access" in attack.facts:
            return False  # it is about what leaves the place, or about who walks up to it
        if attack.comes_by_supply and not self._delivers(step):
            return False
        if attack.needs_human_act:
            return "I" not in attack.stride and self._opened(attack, step)
        if not step.opens:
            return False
        return attack.privilege in _ANYBODY or has_login or (attack.privilege == "user" and "S" not in attack.stride)

    def _opened(self, attack: _Attack, step: Step) -> bool:
        """Whether a flow brings what somebody at the end of a step opens: data that the rule names, if it names any."""
        carried = step.flow.carries
        brought = attack.data & self._context.spread.classes(carried or ())
        return step.brings and (not attack.data or carried is None or bool(brought))

    def _delivers(self, step: Step) -> bool:
        """Whether a step brings what decides behaviour, or begins at another organisation."""
        carried = self._context.spread.classes(step.flow.carries or ())
        return (step.brings and bool(carried & _DELIVERED)) or "external-party" in self._context.kind(
            step.source
        ).traits

    def _has_logins(self, part: Component) -> bool:
        kind = self._context.kind(part)
        return kind.dfd == "person" or "remote-way-in" in kind.traits


class _Attack:
    """What the catalog says of a threat as a step of an attack."""

    def __init__(self, rule: Rule) -> None:
        threat = rule.threat
        self.conditions = (rule.applies, rule.exposed)
        self.facts = named_facts(rule.applies)
        self.data = frozenset(word for condition in self.conditions for word in _data_named(condition))
        self.stride = frozenset(threat.stride)
        self.privilege = threat.exploitability.privilege
        self.needs_human_act = threat.exploitability.needs_human_act
        self.comes_by_supply = any(name.startswith(_SUPPLY) for name in threat.references)
        self.gain = self._gain(rule)
        self.turns_what_leaves = {"T", "E"} <= self.stride and "some_flow_out" in self.facts

    def _gain(self, rule: Rule) -> Gain | None:
        """What an attacker gets by it, if it is an attack that gets anything that a way can go on from.

        Elevation of privilege is a hold; where it only shows a user more than is theirs, a sight of it. Spoofing, and
        on a flow tampering, count where the catalog names a technique of attackers for it: a mix-up of patients or an
        image out of scope needs no attacker and gives none a foothold. To pass for a user is a hold; to pass for a
        machine that sends data has these taken for true.
        """
        threat = rule.threat
        if threat.about not in {"component", "flow"} or threat.harm.property == "accountability":
            return None
        if "E" in self.stride:
            only_seen = threat.harm.property == "confidentiality" and not self.stride & {"S", "T"}
            return "read" if only_seen and self.privilege not in _ANYBODY else "hold"
        if not any(name.startswith(_TECHNIQUES) for name in threat.references):
            return None
        if threat.about == "flow":
            return "feed" if self.stride & {"S", "T"} else None
        if "S" not in self.stride:
            return None
        return "feed" if "T" in self.stride or self.data else "hold"


def _data_named(condition: Condition) -> set[str]:
    """The classes of data that a condition speaks of, at any depth."""
    if isinstance(condition, All | Any):
        return {word for part in condition.parts for word in _data_named(part)}
    if isinstance(condition, Not | Elsewhere):
        return _data_named(condition.part)
    return set(condition.words) if condition.fact in {"carries", "receives"} else set()


def _easiest(found: Iterable[tuple[bool, Rated]]) -> Rated | None:
    """The easiest finding; of equally easy ones a confirmed one, then one that speaks of the step itself."""
    ranked = [
        (-rated.residual.exploitability, not rated.finding.confirmed, not rests, rated.finding.id, rated)
        for rests, rated in found
    ]
    return min(ranked, key=lambda entry: entry[:4])[4] if ranked else None


class _Regard:
    """Conditions about a component asked with regard to one flow: is this flow what they speak of?"""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def into(self, attack: _Attack, step: Step) -> frozenset[str] | None:
        """The facts by which a threat rests on the flow that a step comes in by; None where it does not hold for it."""
        return self._rests(attack, step, step.target, coming_in=True)

    def out_of(self, attack: _Attack, step: Step) -> bool:
        """Whether a threat holds for the source of a step and rests on the flow by which it leaves."""
        return bool(self._rests(attack, step, step.source, coming_in=False))

    def _rests(self, attack: _Attack, step: Step, part: Component, *, coming_in: bool) -> frozenset[str] | None:
        found: frozenset[str] = frozenset()
        for condition in attack.conditions:
            answer, rests = self._asked(condition, step, part, coming_in)
            if answer == NO:
                return None
            found |= rests
        return found

    def _asked(
        self, condition: Condition, step: Step, part: Component, coming_in: bool
    ) -> tuple[Answer, frozenset[str]]:
        """The verdict of a condition at an end of a step, and the facts by which it rests on the flow of the step."""
        nothing: frozenset[str] = frozenset()
        if isinstance(condition, All | Any):
            found = [self._asked(inner, step, part, coming_in) for inner in condition.parts]
            verdict = (all_of if isinstance(condition, All) else any_of)(answer for answer, _ in found)
            return verdict, nothing.union(*(rests for answer, rests in found if answer != NO))
        if isinstance(condition, Elsewhere):
            about_it = _about(condition.fact, step) if coming_in else _leaving(condition.fact, step)
            if about_it is not None:
                asked = self._evaluator.compile(condition.part)
                return (asked(step.flow), frozenset({condition.fact})) if about_it else (NO, nothing)
        elif coming_in and not isinstance(condition, Not) and condition.fact == "receives":
            return self._received(frozenset(condition.words), step), frozenset({"receives"})
        return self._evaluator.compile(condition)(part), nothing

    def _received(self, words: frozenset[str], step: Step) -> Answer:
        """Whether a flow brings one of some classes of data."""
        if not step.brings:
            return NO
        if step.flow.carries is None:
            return UNKNOWN
        return YES if self._evaluator.context.spread.classes(step.flow.carries) & words else NO


def _about(fact: str, step: Step) -> bool | None:
    """Whether a fact about flows is about the flow by which a step comes in; None for any other fact."""
    if fact == "some_flow_in":
        return step.brings
    if fact == "some_client":
        return step.opens
    return False if fact == "some_flow_out" else None


def _leaving(fact: str, step: Step) -> bool | None:
    """Whether a fact about flows is about the flow by which a step leaves; None for any other fact."""
    return step.brings if fact == "some_flow_out" else None
