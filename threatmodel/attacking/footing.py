"""Which open finding lets somebody take a step: onto a component, over one flow, or from outside.

A finding counts when its threat is an attack that gets somebody a hold (``_holds``), and when this very step is where
it happens: the flow is one that the rule speaks of, or what it carries is what has to be opened, or whoever stands at
its start may connect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.verdicts import all_of, any_of
from threatmodel.assessment import Assessment, Rated
from threatmodel.attacking.standing import EntryKind
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, named_facts
from threatmodel.catalog.threats import Threat
from threatmodel.model.parts import Component, Flow

_TECHNIQUES = ("CAPEC-", "ATTACK-", "AML.", "NISTAML.")
"""Beginnings of references to what attackers do; weaknesses (CWE) also stand where nothing but a mishap happens."""
_NOBODY_IN_PARTICULAR = frozenset({None, "none"})
_BY_HAND = frozenset({"media", "physical-port"})


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


class Footing:
    """The open findings of one assessment that give somebody a hold, by place."""

    def __init__(self, assessment: Assessment) -> None:
        """Sorts the findings of an assessment."""
        self._context = assessment.context
        self._rules = assessment.catalog.rules
        self._regard = _Regard(Evaluator(assessment.context))
        self._there: dict[str, list[Rated]] = defaultdict(list)
        self._leaving: dict[str, list[Rated]] = defaultdict(list)
        for rated in assessment.findings:
            finding = rated.finding
            if finding.state == "open" and _holds(self._rules[finding.threat].threat):
                self._there[finding.place.id].append(rated)
                rule = self._rules[finding.threat]
                if {"T", "E"} <= set(rule.threat.stride) and "some_flow_out" in named_facts(rule.applies):
                    self._leaving[finding.place.id].append(rated)
        self._human = {part.id for part in self._context.all_components if self._has_logins(part)}

    def step(self, step: Step) -> Rated | None:
        """The finding that makes a step easiest; None when none makes it possible."""
        found = [rated for rated in self._there.get(step.flow.id, ()) if self._on_the_way(rated, step)]
        loose = []
        for rated in self._there.get(step.target.id, ()):
            rests = self._regard.into(self._conditions(rated), step)
            if rests is not None and self._lets_in(rated, step, rests):
                (found if rests else loose).append(rated)
        for rated in self._leaving.get(step.source.id, ()):
            if self._regard.out_of(self._conditions(rated), step):
                found.append(rated)
        return _easiest(found, loose)

    def entry(self, part: Component, by: EntryKind) -> Rated | None:
        """The finding by which somebody outside begins at a component; None when none makes it possible."""
        found = []
        for rated in self._there.get(part.id, ()):
            threat = self._rules[rated.finding.threat].threat
            facts = named_facts(self._rules[rated.finding.threat].applies)
            if threat.exploitability.privilege not in _NOBODY_IN_PARTICULAR or "some_flow_out" in facts:
                continue
            if by != "visitor" and "physical_access" in facts:
                continue
            if by == "removable-media":
                brought = [flow for flow in self._context.spread.flows_in.get(part.id, ()) if flow.over in _BY_HAND]
                steps = [Step(self._context.component(flow.data_source), part, flow) for flow in brought]
                if not any(self._regard.into(self._conditions(rated), step) for step in steps):
                    continue
            found.append(rated)
        return _easiest(found, ())

    def _conditions(self, rated: Rated) -> tuple[Condition, Condition]:
        rule = self._rules[rated.finding.threat]
        return rule.applies, rule.exposed

    def _on_the_way(self, rated: Rated, step: Step) -> bool:
        """Whether a finding about the flow helps along this step, and not only against it."""
        threat = self._rules[rated.finding.threat].threat
        return "E" in threat.stride or (step.brings and not threat.exploitability.needs_human_act)

    def _lets_in(self, rated: Rated, step: Step, rests: bool) -> bool:
        """Whether a finding at the end of a step lets in who stands at its start."""
        threat = self._rules[rated.finding.threat].threat
        facts = named_facts(self._rules[rated.finding.threat].applies)
        privilege = threat.exploitability.privilege
        known = step.source.id in self._human or step.flow.over == "remote-admin"
        if rests:
            return privilege in _NOBODY_IN_PARTICULAR or known or "S" not in threat.stride
        if "some_flow_out" in facts or "physical_access" in facts:
            return False  # it is about what leaves the place, or about who walks up to it
        if threat.exploitability.needs_human_act:
            return step.brings and "I" not in threat.stride  # somebody opens what came in
        if not step.opens:
            return False
        return privilege in _NOBODY_IN_PARTICULAR or known or (privilege == "user" and "S" not in threat.stride)

    def _has_logins(self, part: Component) -> bool:
        kind = self._context.kind(part)
        return kind.dfd == "person" or "remote-way-in" in kind.traits


def _holds(threat: Threat) -> bool:
    """Whether a threat is an attack that gets somebody a hold on a place, or has it take false data for true.

    Elevation of privilege always does. Spoofing, and on a flow tampering, do where the catalog names a technique of
    attackers for it: a mix-up of patients or an image out of scope needs no attacker and gives none a foothold.
    """
    if threat.about not in {"component", "flow"} or threat.harm.property == "accountability":
        return False
    if "E" in threat.stride:
        return True
    false = "S" in threat.stride or (threat.about == "flow" and "T" in threat.stride)
    return false and any(name.startswith(_TECHNIQUES) for name in threat.references)


def _easiest(first: Iterable[Rated], then: Iterable[Rated]) -> Rated | None:
    """The easiest finding; of equally easy ones a confirmed one, then one that speaks of the step itself."""
    ranked = [
        (-rated.residual.exploitability, not rated.finding.confirmed, loose, rated.finding.id, rated)
        for loose, several in enumerate((first, then))
        for rated in several
    ]
    return min(ranked, key=lambda entry: entry[:4])[4] if ranked else None


class _Regard:
    """Conditions about a component asked with regard to one flow: is this flow what they speak of?"""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def into(self, conditions: tuple[Condition, ...], step: Step) -> bool | None:
        """Whether the conditions rest on the flow by which a step comes in; None where they do not hold for it."""
        answers = [self._asked(condition, step, step.target, self._comes_in) for condition in conditions]
        return None if any(answer == NO for answer, _ in answers) else any(rests for _, rests in answers)

    def out_of(self, conditions: tuple[Condition, ...], step: Step) -> bool:
        """Whether the conditions hold for the source of a step and rest on the flow by which it leaves."""
        answers = [self._asked(condition, step, step.source, _leaves) for condition in conditions]
        return all(answer != NO for answer, _ in answers) and any(rests for _, rests in answers)

    def _asked(
        self, condition: Condition, step: Step, part: Component, concerned: Callable[[str, Step], bool | None]
    ) -> tuple[Answer, bool]:
        """The verdict of a condition at an end of a step, and whether it rests on the flow of the step."""
        if isinstance(condition, All | Any):
            found = [self._asked(inner, step, part, concerned) for inner in condition.parts]
            verdict = (all_of if isinstance(condition, All) else any_of)(answer for answer, _ in found)
            return verdict, verdict != NO and any(rests for answer, rests in found if answer != NO)
        if isinstance(condition, Elsewhere):
            about_it = concerned(condition.fact, step)
            if about_it is not None:
                return (self._evaluator.compile(condition.part)(step.flow), True) if about_it else (NO, False)
        elif not isinstance(condition, Not) and condition.fact == "receives" and condition.quantity == "any":
            return self._received(frozenset(condition.words), step)
        return self._evaluator.compile(condition)(part), False

    def _received(self, words: frozenset[str], step: Step) -> tuple[Answer, bool]:
        """Whether a flow brings one of some classes of data."""
        if not step.brings:
            return NO, False
        if step.flow.carries is None:
            return UNKNOWN, True
        carried = self._evaluator.context.spread.classes(step.flow.carries)
        return (YES, True) if carried & words else (NO, False)

    @staticmethod
    def _comes_in(fact: str, step: Step) -> bool | None:
        """Whether a fact about flows is about the flow of a step that comes in; None for any other fact."""
        if fact == "some_flow_in":
            return step.brings
        if fact == "some_client":
            return step.opens
        return False if fact == "some_flow_out" else None


def _leaves(fact: str, step: Step) -> bool | None:
    """Whether a fact about flows is about the flow by which a step leaves; None for any other fact."""
    return step.brings if fact == "some_flow_out" else None
