"""Random conditions, for hypothesis, and their plain form."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.properties.strategies import telling_controls
from threatmodel.catalog import conditions as read
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not
from threatmodel.catalog.facts import FACTS, About, Fact


def of_fact(fact: Fact) -> st.SearchStrategy[Condition]:
    """The tests of one fact."""
    if fact.shape == "truth":
        return st.booleans().map(lambda truth: read.Test(fact.name, "any", (), truth))
    if fact.shape == "control":
        names = st.lists(st.sampled_from(telling_controls()), min_size=1, max_size=3, unique=True)
        return st.builds(
            lambda words, some: read.Test(fact.name, some, tuple(words)), names, st.sampled_from(["any", "all"])
        )
    words = st.lists(st.sampled_from(fact.values or ("FR", "IE")), min_size=1, max_size=3, unique=True)
    some = st.just("any") if fact.shape == "word" else st.sampled_from(["any", "all", "none"])
    return st.builds(lambda listed, quantity: read.Test(fact.name, quantity, tuple(listed)), words, some)


def conditions(about: About, depth: int = 3) -> st.SearchStrategy[Condition]:
    """Conditions that may be asked of a place of a sort."""
    known = [fact for fact in FACTS.values() if about in fact.about]
    simple = st.sampled_from([fact for fact in known if fact.shape != "place"]).flatmap(of_fact)
    if depth == 0:
        return simple
    inner = st.deferred(lambda: conditions(about, depth - 1))
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    found: list[st.SearchStrategy[Condition]] = [simple, simple, parts.map(All), parts.map(Any), inner.map(Not)]
    leading = [(fact.name, fact.leads_to) for fact in known if fact.leads_to is not None]
    if leading:
        found.append(
            st.sampled_from(leading).flatmap(
                lambda pair: conditions(pair[1], depth - 1).map(lambda part: Elsewhere(pair[0], part))
            )
        )
    return st.one_of(found)


def plain_of(condition: Condition) -> dict[str, object]:
    """A condition as a catalog file writes it."""
    if isinstance(condition, All | Any):
        return {"all" if isinstance(condition, All) else "any": [plain_of(part) for part in condition.parts]}
    if isinstance(condition, Not):
        return {"not": plain_of(condition.part)}
    if isinstance(condition, Elsewhere):
        return {condition.fact: plain_of(condition.part)}
    if not condition.words:
        return {condition.fact: condition.truth}
    if FACTS[condition.fact].shape == "word":
        return {condition.fact: {"in": list(condition.words)}}
    return {condition.fact: {condition.quantity: list(condition.words)}}
