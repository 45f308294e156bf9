"""How data are told in reasons, and whether some of them name or show a person."""

from __future__ import annotations

from collections.abc import Sequence

from threatmodel.analysis.answer import FALSE_WORDS, TRUE_WORDS, Value
from threatmodel.analysis.context import Context
from threatmodel.model.parts import Component, Flow
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID

IDENTIFYING = frozenset(name for name, known in DATA_CLASS_BY_ID.items() if known.identifies)


def identified(place: Component | Flow, verb: str, value: Value) -> Value:
    """Whether some of the data of a value name or show a person."""
    named = value.words & IDENTIFYING
    if named:
        return Value(
            TRUE_WORDS, True, f"{place.name!r} {verb} {listed(named)}, which name or show a person", value.source
        )
    return Value(
        FALSE_WORDS if value.complete else frozenset(), value.complete, value.because, value.source, value.asks
    )


def listed(classes: frozenset[str]) -> str:
    """The classes of data in a sentence, in order."""
    return ", ".join(sorted(classes)) if classes else "nothing that is stated"


def named(context: Context, parts: Sequence[str], most: int) -> str:
    """The names of components in a sentence, the first so many."""
    names = ", ".join(repr(context.component(name).name) for name in parts[:most])
    return f"{names} and {len(parts) - most} more" if len(parts) > most else names
