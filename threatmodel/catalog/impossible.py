"""Whether a condition can hold of anything at all: a small check that is silent wherever it is not sure.

A condition is taken apart into the ways in which it may hold, each a list of tests that all have to. A way is ruled
out when two of its tests contradict each other whatever is stated of a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test, told_test
from threatmodel.catalog.facts import FACTS
from threatmodel.model.kinds import KINDS, lineage

MOST_WAYS = 512
"""With more ways than these, a condition is left alone."""
ONE_PLACE = frozenset({"source", "target", "client", "server", "first", "last"})
"""The facts that lead to exactly one place, so that what is asked of it twice is asked of the same."""
_MADE_BY_FORM = frozenset({"human", "machine"})
"""The traits that a kind of one's own may have otherwise than the kind that it is a special case of."""

_Part = tuple[Test | Elsewhere, bool]
"""A test or a condition on another place, and whether it has to hold or must not."""
_Way = tuple[_Part, ...]


def never(condition: Condition) -> str | None:
    """Why a condition can hold of nothing, in words; None where it may hold, or where that is not sure."""
    ways = _ways(condition, holds=True)
    if ways is None:
        return None
    first: str | None = None
    for way in ways:
        reason = _clash(way)
        if reason is None:
            return None
        first = first or reason
    return first


def _ways(condition: Condition, *, holds: bool) -> list[_Way] | None:
    """The ways in which a condition holds (or does not); None when they are too many."""
    if isinstance(condition, Not):
        return _ways(condition.part, holds=not holds)
    if not isinstance(condition, All | Any):
        return [((condition, holds),)]
    inner = [_ways(part, holds=holds) for part in condition.parts]
    found: list[_Way] = [()] if isinstance(condition, All) == holds else []
    for ways in inner:
        if ways is None:
            return None
        together = isinstance(condition, All) == holds
        found = [(*one, *other) for one in found for other in ways] if together else [*found, *ways]
        if len(found) > MOST_WAYS:
            return None
    return found


def _clash(way: _Way) -> str | None:
    """Why the parts of a way cannot hold together; None when nothing is found."""
    tests: dict[str, list[tuple[Test, bool]]] = {}
    places: dict[str, list[tuple[Condition, bool]]] = {}
    for part, holds in way:
        if isinstance(part, Test):
            tests.setdefault(part.fact, []).append((part, holds))
        else:
            places.setdefault(part.fact, []).append((part.part, holds))
    reasons = (_of_fact(fact, asked) for fact, asked in tests.items())
    found = next((reason for reason in reasons if reason is not None), None)
    found = found or _of_kinds(tests.get("kind", []), tests.get("trait", []))
    return found or next((reason for fact, asked in places.items() if (reason := _of_places(fact, asked))), None)


def _of_fact(fact: str, asked: list[tuple[Test, bool]]) -> str | None:
    """Why tests of one fact cannot hold together."""
    shape = FACTS[fact].shape
    if shape == "truth":
        wanted = {test.truth == holds for test, holds in asked}
        return f"{fact} would have to be true and false" if len(wanted) > 1 else None
    if shape == "word":
        return None if fact == "kind" else _of_one_word(fact, asked)
    return _of_words(fact, asked)


def _of_one_word(fact: str, asked: list[tuple[Test, bool]]) -> str | None:
    """Of a fact with one value."""
    allowed: set[str] | None = set(FACTS[fact].values) or None
    for test, holds in asked:
        if holds:
            allowed = set(test.words) if allowed is None else allowed & set(test.words)
    for test, holds in asked:
        if not holds and allowed is not None:
            allowed = allowed - set(test.words)
    return f"no value of {fact} is left by {_told(asked)}" if allowed is not None and not allowed else None


def _of_words(fact: str, asked: list[tuple[Test, bool]]) -> str | None:
    """Of a fact with several values: what has to be among them and what must not."""
    there: set[str] = set()
    absent: set[str] = set()
    for test, holds in asked:
        if test.quantity == "all" and holds:
            there.update(test.words)
        elif (test.quantity == "none") == holds and test.quantity != "all":
            absent.update(test.words)
    both = there & absent
    if both:
        return f"{sorted(both)[0]} would have to be among {fact} and not among them"
    for test, holds in asked:
        some = test.quantity != "all" and (test.quantity == "any") == holds
        if some and absent.issuperset(test.words):
            return f"nothing is left of {fact} by {_told(asked)}"
        if test.quantity == "all" and not holds and there.issuperset(test.words):
            return f"{fact} would have to have all of {', '.join(test.words)}, and not all"
    return None


def _of_kinds(kinds: list[tuple[Test, bool]], traits: list[tuple[Test, bool]]) -> str | None:
    """Why no kind is left; a kind that a model adds has the lineage and the traits of a known one, and perhaps more."""
    if not kinds:
        return None
    left = [
        kind
        for name, kind in KINDS.items()
        if all((not _lineages()[name].isdisjoint(test.words)) == holds for test, holds in kinds)
    ]
    if not left:
        return f"no kind is left by {_told(kinds)}"
    if all(_ruled_out(kind.traits - _MADE_BY_FORM, traits) for kind in left):
        return f"no kind that is left by {_told(kinds)} can have {_told(traits)}"
    return None


@cache
def _lineages() -> dict[str, frozenset[str]]:
    """What each known kind is a special case of, itself among them."""
    return {name: frozenset(lineage(kind, {})) for name, kind in KINDS.items()}


def _ruled_out(fixed: frozenset[str], traits: list[tuple[Test, bool]]) -> bool:
    """Whether traits that a kind has for certain contradict what is asked of its traits."""
    for test, holds in traits:
        if test.quantity == "all":
            if not holds and fixed.issuperset(test.words):
                return True
        elif (test.quantity == "none") == holds and not fixed.isdisjoint(test.words):
            return True
    return False


def _of_places(fact: str, asked: list[tuple[Condition, bool]]) -> str | None:
    """Why what is asked of other places cannot hold."""
    if fact in ONE_PLACE:
        together = tuple(part if holds else Not(part) for part, holds in asked)
        reason = never(All(together))
        return f"{fact}: {reason}" if reason is not None else None
    wanted = [part for part, holds in asked if holds]
    for part in wanted:
        reason = never(part)
        if reason is not None:
            return f"{fact}: {reason}"
        if any(part == other for other, holds in asked if not holds):
            return f"{fact} is asked to be there and not to be there"
    return None


def _told(asked: Iterable[tuple[Test, bool]]) -> str:
    return " and ".join(_in_words(asked))


def _in_words(asked: Iterable[tuple[Test, bool]]) -> Iterator[str]:
    for test, holds in asked:
        yield told_test(test) if holds else f"not ({told_test(test)})"
