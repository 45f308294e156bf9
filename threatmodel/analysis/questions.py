"""The questions that are left: what somebody has to say so that findings can be settled, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from threatmodel.analysis.answer import Ask
from threatmodel.analysis.context import Context
from threatmodel.analysis.finding import Finding
from threatmodel.catalog.catalog import Catalog
from threatmodel.model.properties import COMPONENT_PROPERTIES, FLOW_PROPERTIES, ZONE_PROPERTIES, Stated

_OWN_QUESTIONS = {
    "protocol": "Which protocol does {place} use?",
    "carries": "Which data does {place} carry?",
    "stores": "Which data does {place} store?",
    "trained_on": "Which data were the models of {place} trained on?",
}


@dataclass(frozen=True, slots=True)
class Question:
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
    waiting: dict[Ask, dict[str, None]] = {}
    for finding in findings:
        for reason in finding.why:
            for ask in reason.asks:
                waiting.setdefault(ask, {})[finding.id] = None
    found = [
        Question(
            f"{ask.subject}@{ask.place}", ask.subject, ask.control, _whom(context, ask.place), ask.place,
            _sentence(context, catalog, ask), tuple(ids),
        )
        for ask, ids in waiting.items()
    ]  # fmt: skip
    return sorted(found, key=lambda question: question.id)


def question_text(catalog: Catalog, subject: str, *, control: bool) -> str:
    """The sentence of a question, with ``{place}`` where the place goes."""
    if control:
        known = catalog.controls.get(subject)
        return known.en.ask if known is not None else f"Is {subject} in place on {{place}}?"
    if subject in _OWN_QUESTIONS:
        return _OWN_QUESTIONS[subject]
    tables: tuple[dict[str, tuple[object, Stated]], ...] = (COMPONENT_PROPERTIES, FLOW_PROPERTIES, ZONE_PROPERTIES)
    return next(table[subject][1].ask for table in tables if subject in table)


def _sentence(context: Context, catalog: Catalog, ask: Ask) -> str:
    return question_text(catalog, ask.subject, control=ask.control).replace("{place}", f"“{context.title(ask.place)}”")


def _whom(context: Context, place: str) -> str:
    """Who runs a place: its operator, for a flow that of the end that answers; ``unstated`` when nobody says."""
    flow = context.system.flow_by_id.get(place)
    if flow is not None:
        source, target = context.ends(flow)
        place = (target if flow.opened_by == "source" else source).id
    part = context.system.component_by_id.get(place)
    if part is not None:
        held = context.holding.value(part, "operator")
    else:
        held = context.holding.zone_value(place, "operator") if place in context.system.zone_by_id else None
    return str(held.value) if held is not None else "unstated"
