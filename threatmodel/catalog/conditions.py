"""A condition: a tree of ``all``, ``any``, ``not`` and tests of facts, read strictly from plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from threatmodel.catalog.facts import FACTS, About, Fact
from threatmodel.errors import nearest_or_all

Path = tuple[str | int, ...]
Quantity = Literal["any", "all", "none"]


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Holds when some part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Test:
    """A fact compared with words: one that is in a list, or any, all or none of a list; a truth with yes or no."""

    fact: str
    quantity: Quantity
    words: tuple[str, ...]
    truth: bool = True


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A condition asked of other places: the ends of a flow, the flows of a component, the components of a zone."""

    fact: str
    part: Condition


Condition = All | Any | Not | Test | Elsewhere


@dataclass(slots=True)
class Misread:
    """A mistake in a condition: what, at which path of the plain data, and the hint."""

    what: str
    path: Path
    hint: str | None = None


def read_condition(data: object, about: About, path: Path, mistakes: list[Misread]) -> Condition | None:
    """The condition that plain data stand for.

    Args:
        data: A mapping with one key: ``all``, ``any``, ``not``, or the name of a fact.
        about: What it is asked of; facts about other things are refused.
        path: Where the data stand in their file, for the mistakes.
        mistakes: Gets every mistake found.

    Returns:
        The condition, or None where a mistake stands at its root.
    """
    if not isinstance(data, dict) or len(data) != 1:
        mistakes.append(Misread("a condition is a mapping with one key: all, any, not, or a fact", path))
        return None
    ((key, value),) = data.items()
    inner = (*path, key)
    if key in {"all", "any"}:
        if not isinstance(value, list) or not value:
            mistakes.append(Misread(f"{key} takes a list of conditions", inner))
            return None
        read = [read_condition(part, about, (*inner, index), mistakes) for index, part in enumerate(value)]
        parts = tuple(part for part in read if part is not None)
        return All(parts) if key == "all" else Any(parts)
    if key == "not":
        part = read_condition(value, about, inner, mistakes)
        return None if part is None else Not(part)
    fact = FACTS.get(str(key))
    if fact is None:
        mistakes.append(Misread(f"no fact is called {key!r}", path, nearest_or_all(str(key), FACTS)))
        return None
    if about not in fact.about:
        hint = (
            f"facts about a {about}: {', '.join(sorted(name for name, known in FACTS.items() if about in known.about))}"
        )
        mistakes.append(Misread(f"{key!r} says nothing about a {about}", path, hint))
        return None
    if fact.shape == "place":
        part = read_condition(value, fact.leads_to or about, inner, mistakes)
        return None if part is None else Elsewhere(fact.name, part)
    return _read_test(fact, value, inner, mistakes)


def _read_test(fact: Fact, value: object, path: Path, mistakes: list[Misread]) -> Test | None:
    if fact.shape == "truth":
        if isinstance(value, bool):
            return Test(fact.name, "any", (), value)
        mistakes.append(Misread(f"{fact.name} takes true or false", path))
        return None
    quantity, listed = _quantity(fact, value)
    if quantity is None or not listed or not all(isinstance(word, str) for word in listed):
        takes = {
            "word": "a word, or in: [words]",
            "words": "any: [words], all: [words] or none: [words]",
            "control": "a control, or any: [controls], or all: [controls]",
        }[fact.shape]
        mistakes.append(Misread(f"{fact.name} takes {takes}", path))
        return None
    for word in listed:
        if fact.values and word not in fact.values:
            mistakes.append(
                Misread(f"{word!r} is no value of {fact.name}", path, nearest_or_all(str(word), fact.values))
            )
    return Test(fact.name, quantity, tuple(str(word) for word in listed))


def _quantity(fact: Fact, value: object) -> tuple[Quantity | None, list[object]]:
    """How a value of a test is meant, and its words; None where the shape does not allow it."""
    if isinstance(value, str) and fact.shape in {"word", "control"}:
        return "any", [value]
    if isinstance(value, list) and fact.shape == "control" and len(value) == 1:
        return "any", value
    if isinstance(value, dict) and len(value) == 1:
        ((key, words),) = value.items()
        if isinstance(words, list):
            if fact.shape == "word" and key == "in":
                return "any", words
            if fact.shape == "words" and key in {"any", "all", "none"}:
                return key, words
            if fact.shape == "control" and key in {"any", "all"}:
                return key, words
    return None, []


def named_controls(condition: Condition) -> set[str]:
    """The controls that a condition asks for, at any depth."""
    if isinstance(condition, All | Any):
        return {name for part in condition.parts for name in named_controls(part)}
    if isinstance(condition, Not | Elsewhere):
        return named_controls(condition.part)
    return set(condition.words) if condition.fact == "lacks" else set()


def named_facts(condition: Condition) -> set[str]:
    """The facts that a condition asks for, at any depth."""
    if isinstance(condition, All | Any):
        return {name for part in condition.parts for name in named_facts(part)}
    if isinstance(condition, Not):
        return named_facts(condition.part)
    if isinstance(condition, Elsewhere):
        return {condition.fact} | named_facts(condition.part)
    return {condition.fact}


def written(condition: Condition, depth: int = 0) -> list[tuple[int, str]]:
    """A condition in lines of words, each with its depth."""
    if isinstance(condition, All | Any):
        head = "all of" if isinstance(condition, All) else "any of"
        return [(depth, head), *(line for part in condition.parts for line in written(part, depth + 1))]
    if isinstance(condition, Not):
        return [(depth, "not"), *written(condition.part, depth + 1)]
    if isinstance(condition, Elsewhere):
        return [(depth, f"{FACTS[condition.fact].meaning}:"), *written(condition.part, depth + 1)]
    return [(depth, f"{told_test(condition)}: {FACTS[condition.fact].meaning}")]


def told_condition(condition: Condition) -> str:
    """A condition on one line."""
    if isinstance(condition, All | Any):
        joint = " and " if isinstance(condition, All) else " or "
        inner = [told_condition(part) for part in condition.parts]
        return joint.join(f"({one})" if " or " in one or " and " in one else one for one in inner)
    if isinstance(condition, Not):
        return f"not ({told_condition(condition.part)})"
    if isinstance(condition, Elsewhere):
        return f"{condition.fact}: {told_condition(condition.part)}"
    return told_test(condition)


def told_test(test: Test) -> str:
    """A test as the catalog writes it, in one line."""
    if not test.words:
        return test.fact if test.truth else f"not {test.fact}"
    if len(test.words) == 1 and test.quantity == "any":
        return f"{test.fact} {test.words[0]}"
    return f"{test.fact} {test.quantity} of {', '.join(test.words)}"
