"""The questions that are left: what somebody has to say so that findings can be settled, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from threatmodel.analysis.answer import Ask
from threatmodel.analysis.context import Context
from threatmodel.analysis.finding import Finding
from threatmodel.catalog.catalog import Catalog
from threatmodel.model.properties import COMPONENT_PROPERTIES, FLOW_PROPERTIES

_OWN_QUESTIONS = {
    "protocol": "Which protocol does {place} use?",
    "carries": "Which data does {place} carry?",
    "stores": "Which data does {place} store?",
    "trained_on": "Which data were the models of {place} trained on?",
    "jurisdictions": "Which countries' rules must {place} meet?",
}


class Question(NamedTuple):
    """What to ask: of whom (the operator), of which place, in a sentence, and the findings that it settles."""

    id: str
    subject: str
    control: bool
    to: str
    place: str
    asks: str
    findings: tuple[str, ...]


def questions(context: Context, catalog: Catalog, findings: Iterable[Finding]) -> list[Question]:
    """Every question that an open or undecided finding leaves, each once, in order of id."""
    waiting: dict[Ask, list[str]] = {}
    for finding in findings:
        for reason in finding.why if finding.state in {"open", "question"} else ():
            for ask in reason.asks:
                ids = waiting.get(ask)
                if ids is None:
                    waiting[ask] = [finding.id]
                elif ids[-1] != finding.id:
                    ids.append(finding.id)
    found = [
        Question(
            f"{ask.subject}@{ask.place}",
            ask.subject,
            ask.control,
            _whom(context, catalog, ask),
            ask.place,
            _sentence(context, catalog, ask),
            tuple(ids),
        )
        for ask, ids in waiting.items()
    ]
    return sorted(found, key=lambda question: question.id)


def question_text(catalog: Catalog, subject: str, *, control: bool, flow: bool) -> str:
    """The sentence of a question about a flow or another place, with ``{place}`` where the place goes."""
    if control:
        return catalog.controls[subject].en.ask
    if subject in _OWN_QUESTIONS:
        return _OWN_QUESTIONS[subject]
    return (FLOW_PROPERTIES if flow else COMPONENT_PROPERTIES)[subject][1].ask


def _sentence(context: Context, catalog: Catalog, ask: Ask) -> str:
    text = question_text(catalog, ask.subject, control=ask.control, flow=ask.place in context.system.flow_by_id)
    return text.replace("{place}", f"“{context.title(ask.place)}”")


_BUYERS = frozenset({"governance", "clinical-safety"})
"""Families of controls that are whoever buys or reads to give, whoever runs the place."""

_SUPPLIERS = frozenset({"vendor", "integrator", "cloud"})


def _whom(context: Context, catalog: Catalog, ask: Ask) -> str:
    """Who can answer: whoever runs the place (of a flow, the end that answers), or the buyer where it is theirs to say.

    A control that no supplier puts in place is asked of its owner where a supplier runs the place. ``unstated`` when
    nobody says who runs it.
    """
    system, place = context.system, ask.place
    owner = catalog.controls[ask.subject].owner[0] if ask.control else "unstated"
    if ask.control and catalog.families[ask.subject] in _BUYERS:
        return owner
    flow = system.flow_by_id.get(place)
    if flow is not None:
        source, target = context.ends(flow)
        place = (target if flow.opened_by == "source" else source).id
    part = system.component_by_id.get(place)
    if part is not None:
        held = context.holding.value(part, "operator")
    elif place in system.zone_by_id:
        held = context.holding.zone_value(place, "operator")
    else:
        return owner
    runs = str(held.value) if held is not None else "unstated"
    if ask.control and runs in _SUPPLIERS and _SUPPLIERS.isdisjoint(catalog.controls[ask.subject].owner):
        return owner
    return runs
