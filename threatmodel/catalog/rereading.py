"""Conditions out of a compiled form: found right when it was made, and read again without looking twice."""

from __future__ import annotations

import hashlib
from typing import Any as Data

from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test
from threatmodel.catalog.facts import FACTS


def words_stamp() -> str:
    """A short digest of the words that conditions may use: a compiled form made with other words is another one."""
    told = repr([(fact.name, fact.about, fact.shape, fact.values, fact.leads_to) for fact in FACTS.values()])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def reread(data: Data) -> Condition:
    """The condition that plain data stand for, which ``read_condition`` took before.

    Raises:
        KeyError, ValueError, AttributeError, TypeError: When it could not have taken them.
    """
    ((key, value),) = data.items()
    if key == "all":
        return All(tuple([reread(part) for part in value]))
    if key == "any":
        return Any(tuple([reread(part) for part in value]))
    if key == "not":
        return Not(reread(value))
    if FACTS[key].shape == "place":
        return Elsewhere(key, reread(value))
    if isinstance(value, bool):
        return Test(key, "any", (), value)
    if isinstance(value, str):
        return Test(key, "any", (value,))
    if isinstance(value, list):
        return Test(key, "any", tuple(value))
    ((quantity, words),) = value.items()
    return Test(key, "any" if quantity == "in" else quantity, tuple(words))
