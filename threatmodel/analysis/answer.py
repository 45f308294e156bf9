"""An answer: yes, no or unknown, with the reason: which fact, which value, stated where, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from threatmodel.source import Source

Answer = Literal["yes", "no", "unknown"]
YES: Final = "yes"
NO: Final = "no"
UNKNOWN: Final = "unknown"


class Ask(NamedTuple):
    """What to ask to settle an unknown answer: a property or control (``control``), of which place."""

    subject: str
    place: str
    control: bool = False


class Value(NamedTuple):
    """What is known of a fact at a place.

    ``words`` are the values that hold; ``complete`` is False when there may be more of them. ``because`` says it in
    words, ``source`` where it was stated, ``asks`` what would complete it. ``among`` are the words that one may be of
    which only one holds, when it is not settled which.
    """

    words: frozenset[str]
    complete: bool
    because: str
    source: Source | None = None
    asks: tuple[Ask, ...] = ()
    among: frozenset[str] | None = None


class Reason(NamedTuple):
    """A fact that an answer rests on, or several that follow from the same.

    A tuple, since a large model has hundreds of thousands of them.
    """

    fact: str
    answer: Answer
    because: str
    source: Source | None
    place: str
    asks: tuple[Ask, ...] = ()


AND: Final = "; "
"""Between the facts of a reason that all follow from what it says."""
TRUE_WORDS: Final = frozenset({"yes"})
FALSE_WORDS: Final = frozenset({"no"})


def negated(answer: Answer) -> Answer:
    """The answer to the opposite question."""
    return NO if answer == YES else YES if answer == NO else UNKNOWN


def carrying(flows: Iterable[str]) -> tuple[Ask, ...]:
    """What to ask of flows that do not say what they carry."""
    return tuple(Ask("carries", flow) for flow in sorted(set(flows)))
