"""Findings, groups of findings and questions as the View shows them."""

from __future__ import annotations

from collections.abc import Iterable

from threatmodel.analysis.answer import Reason
from threatmodel.analysis.closing import closing
from threatmodel.analysis.context import Context
from threatmodel.analysis.finding import Finding
from threatmodel.analysis.questions import Question, question_text
from threatmodel.assessment import Assessment, Rated
from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.threats import Threat
from threatmodel.reports.view import (
    ControlLine,
    FindingView,
    Group,
    HopLine,
    PlaceLine,
    QuestionGroup,
    RatingView,
    ThreatText,
    WhyLine,
)
from threatmodel.reports.view_system import data_names, encryption_told, protocol_told
from threatmodel.risk.scale import EXPLOITABILITY_NAMES, SEVERITY_NAMES, rank
from threatmodel.risk.score import Rating

STRIDE_NAMES = {
    "S": "spoofing",
    "T": "tampering",
    "R": "repudiation",
    "I": "information disclosure",
    "D": "denial of service",
    "E": "elevation of privilege",
}
ATTESTED = {
    "demonstrated": "demonstrated in a published attack",
    "observed": "observed in an incident or advisory",
    "plausible": "plausible; no published case is cited",
}
STATE_TOLD = {
    "open": "open: the exposure is stated",
    "unconfirmed": "open, unconfirmed: nobody stated whether it is closed, so it counts at its worst",
    "question": "question: not enough is stated to tell whether it concerns this place",
    "addressed": "addressed: a control is in place",
    "not-applicable": "not applicable: the model says why",
    "accepted": "accepted",
    "transferred": "transferred",
}
ELSEWHERE_TOLD = {
    "some_hop": "flow on the way",
    "some_between": "component on the way",
    "some_flow_in": "flow into it",
    "some_flow_out": "flow out of it",
    "some_client": "connection to it",
    "some_component": "component in it",
    "some_flow": "flow inside it",
    "some_upstream": "component upstream",
    "some_downstream": "component downstream",
}
"""How facts that lead to other places are called in reasons."""
_FIRST = {"open": 0, "question": 1, "addressed": 2, "accepted": 3, "transferred": 4, "not-applicable": 5}


def threat_text(threat: Threat) -> ThreatText:
    """What the catalog says of a threat, in English."""
    fact = threat.review.fact
    review = f"Kelly et al. 2023, {threat.review.phase} (its phase)"
    if fact is not None:
        review = f"Kelly et al. 2023, {threat.review.phase}, resting on a statement of the review (no. {fact})"
    text = threat.en
    return ThreatText(
        threat.id,
        text.title,
        text.what,
        text.harm,
        text.remedy,
        threat.stride,
        tuple(STRIDE_NAMES[one] for one in threat.stride),
        threat.phase,
        threat.harm.property,
        threat.harm.privacy,
        threat.harm.continuity,
        ATTESTED[threat.attested],
        review,
        threat.references,
    )


def finding_view(assessment: Assessment, rated: Rated, text: ThreatText) -> FindingView:
    """A finding in full."""
    finding = rated.finding
    catalog = assessment.catalog
    controls = tuple(
        ControlLine(
            control.id,
            catalog.controls[control.id].en.title,
            control.role,
            control.state,
            _control_told(control.held.because, control.held.evidence, control.held.by, control.held.reason)
            if control.held
            else "",
            str(control.held.source) if control.held is not None and control.held.source is not None else "",
        )
        for control in finding.controls
    )
    why = tuple(
        WhyLine(fact_told(reason.fact), reason.answer, reason.because, str(reason.source or ""))
        for reason in finding.why
    )
    return FindingView(
        finding.id,
        text,
        _place(assessment, rated),
        finding.state,
        state_told(finding),
        finding.confirmed,
        _rating(rated.inherent),
        _rating(rated.residual),
        why,
        controls,
        closes(finding, catalog),
        tuple(_hop(assessment, hop) for hop in finding.place.path),
        finding.place.others,
    )


def _hop(assessment: Assessment, name: str) -> HopLine:
    """A flow of a chain, with what is stated of it."""
    flow = assessment.system.flow_by_id[name]
    source, target = assessment.context.ends(flow)
    return HopLine(
        flow.id,
        flow.name,
        source.name,
        target.name,
        protocol_told(flow),
        data_names(assessment, flow.carries) if flow.carries is not None else ("not stated",),
        encryption_told(assessment, flow),
        str(flow.source) if flow.source is not None else "",
    )


def groups(assessment: Assessment, texts: dict[str, ThreatText], states: frozenset[str]) -> tuple[Group, ...]:
    """The findings in some states, those of one threat with one cause together, the worst first."""
    gathered: dict[tuple[str, str, str], list[Rated]] = {}
    for rated in assessment.findings:
        finding = rated.finding
        if finding.state in states:
            gathered.setdefault((finding.threat, _state_key(finding), cause(finding)), []).append(rated)
    found = []
    for (threat, state, told), members in gathered.items():
        members.sort(key=lambda rated: (-rank(rated.residual.level), rated.finding.id))
        first = members[0].finding
        places = tuple(_place(assessment, rated) for rated in members)
        key = f"{threat}.{state}.{first.place.id}"
        found.append(
            Group(
                key,
                texts[threat],
                first.state,
                state_told(first),
                first.confirmed,
                members[0].residual.level,
                told,
                places,
            )
        )
    found.sort(
        key=lambda group: (_FIRST[group.state], -rank(group.level), not group.confirmed, -len(group.places), group.key)
    )
    return tuple(found)


_WHOM = {
    "hospital": "the hospital",
    "vendor": "the vendor",
    "integrator": "the integrator",
    "cloud": "the cloud provider",
    "research": "the research group",
    "patient": "the patient",
    "unstated": "whoever runs it (nobody is stated to)",
}
"""Those who can answer, in words."""


def question_groups(assessment: Assessment) -> tuple[QuestionGroup, ...]:
    """The questions, those about the same thing to the same body together, those that settle most first."""
    flows = assessment.system.flow_by_id
    gathered: dict[tuple[str, bool, str, bool], list[Question]] = {}
    for question in assessment.questions:
        flow = question.place in flows and not question.control  # of a control the same words are asked everywhere
        gathered.setdefault((question.subject, question.control, question.to, flow), []).append(question)
    context = assessment.context
    found = []
    for (subject, control, to, flow), members in gathered.items():
        settled = sorted({finding for question in members for finding in question.findings})
        worst = max((assessment.by_id[name].residual.level for name in settled), key=rank)
        places = tuple(context.title(question.place) for question in members)
        sentence = members[0].asks
        if len(members) > 1:
            text = question_text(assessment.catalog, subject, control=control, flow=flow)
            sentence = text.replace("{place}", f"each of these {len(members)} places")
        found.append(
            QuestionGroup(
                f"{subject}.{to}" + (".flow" if flow else ""),
                to,
                _WHOM[to],
                sentence,
                places,
                tuple(question.id for question in members),
                len(settled),
                tuple(settled),
                worst,
            )
        )
    found.sort(key=lambda group: (-_weight(assessment, group), group.key))
    return tuple(found)


def _weight(assessment: Assessment, group: QuestionGroup) -> int:
    """How much hangs on a question: its findings, each counted by its level."""
    return sum(4 ** rank(assessment.by_id[name].residual.level) for name in group.findings)


def state_told(finding: Finding) -> str:
    """The state of a finding in words."""
    return STATE_TOLD[_state_key(finding)]


def cause(finding: Finding) -> str:
    """What the findings of a group have in common: the safeguards that are missing, not stated, or in place."""
    lacking = [reason for reason in finding.why if reason.fact.startswith("lacks ")]
    parts = []
    for answer, told in (("yes", "without"), ("unknown", "not stated"), ("no", "in place")):
        names = sorted({reason.fact.removeprefix("lacks ") for reason in lacking if reason.answer == answer})
        if names:
            parts.append(f"{told}: {', '.join(names)}")
    others = [reason for reason in finding.why if reason.answer == "unknown" and reason not in lacking]
    asked = sorted({ask.subject for reason in others for ask in reason.asks if not ask.control})
    if asked:
        parts.append(f"not stated: {', '.join(name.replace('_', ' ') for name in asked)}")
    return "; ".join(parts) or _last(finding.why)


def closes(finding: Finding, catalog: Catalog) -> str:
    """What would close a finding, or what does, in a sentence."""
    if finding.state == "open":
        sets = closing(catalog.rules[finding.threat], finding)
        asks = any(reason.fact.startswith("lacks ") and reason.answer == "unknown" for reason in finding.why)
        return _settled(catalog, sets) if asks and not finding.confirmed else _closed_by(catalog, sets)
    if finding.state == "question":
        return "Settled by an answer to the questions it leaves."
    held = [reason.because for reason in finding.why if reason.fact.startswith("lacks ") and reason.answer == "no"]
    return f"Closed, since {'; '.join(dict.fromkeys(held))}." if held else f"Closed, since {_last(finding.why)}."


def controls_told(catalog: Catalog, sets: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Sets of controls by title, each in a text."""
    return tuple(" + ".join(catalog.controls[name].en.title for name in names) for names in sets)


def _closed_by(catalog: Catalog, sets: tuple[tuple[str, ...], ...]) -> str:
    if len(sets) > 1:
        return f"Closed by any of these, one is enough: {'; '.join(controls_told(catalog, sets))}."
    told = _each_told(catalog, sets)
    return f"Closed by all of these together: {'; '.join(told)}." if len(told) > 1 else f"Closed by: {''.join(told)}."


def _settled(catalog: Catalog, sets: tuple[tuple[str, ...], ...]) -> str:
    """What to say so that an unconfirmed finding is settled."""
    if len(sets) > 1:
        told = "; ".join(controls_told(catalog, sets))
        return f"Settled by saying whether any of these is there, one is enough: {told}."
    told_each = _each_told(catalog, sets)
    whether = "these are there, it takes them all" if len(told_each) > 1 else "this is there"
    return f"Settled by saying whether {whether}: {'; '.join(told_each)}."


def _each_told(catalog: Catalog, sets: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(catalog.controls[name].en.title for names in sets for name in names)


def fact_told(fact: str) -> str:
    """A fact as a reason names it, in words where it leads to other places."""
    bare, denied = fact.removeprefix("not "), fact.startswith("not ")
    name, _, asked = bare.partition(": ")
    if name not in ELSEWHERE_TOLD:
        return fact
    kind = f"for which {asked}" if asked else "of this sort"
    return f"{'no' if denied else 'some'} {ELSEWHERE_TOLD[name]} {kind}"


def _last(why: Iterable[Reason]) -> str:
    reasons = list(why)
    return reasons[-1].because if reasons else "nothing is stated"


def _state_key(finding: Finding) -> str:
    return "unconfirmed" if finding.state == "open" and not finding.confirmed else finding.state


def _place(assessment: Assessment, rated: Rated) -> PlaceLine:
    finding = rated.finding
    zone = assessment.system.zone_by_id[finding.place.zone].name if finding.place.zone is not None else ""
    return PlaceLine(
        finding.id,
        finding.place.id,
        place_title(assessment.context, finding),
        finding.place.type,
        zone,
        rated.residual.level,
        str(finding.source) if finding.source is not None else "",
    )


def place_title(context: Context, finding: Finding) -> str:
    """How the place of a finding is called; a flow with its two ends."""
    return finding.place.name if finding.place.type in {"model", "chain"} else context.title(finding.place.id)


def _rating(rating: Rating) -> RatingView:
    return RatingView(
        rating.exploitability,
        EXPLOITABILITY_NAMES[rating.exploitability],
        rating.severity,
        SEVERITY_NAMES[rating.severity],
        rating.effective_severity,
        rating.multi_patient,
        rating.level,
        rating.points,
    )


def _control_told(because: str, evidence: str | None, by: str | None, reason: str | None) -> str:
    told = because
    if by:
        told += f", by {by}"
    if evidence:
        told += f"; evidence: {evidence}"
    if reason:
        told += f", because {reason}"
    return told
