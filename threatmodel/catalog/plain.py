"""A condition in plain words: sentences about "it", with what they ask of other places below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from threatmodel.catalog import plain_words as known
from threatmodel.catalog.catalog import Ways
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test
from threatmodel.catalog.facts import FACTS
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID

_COMPOUND = re.compile(r"[,:]|\b(?:and|or)\b")
"""What a phrase must not hold if it is to stand in one sentence with another."""
_ONE_PLACE = frozenset({"source", "target", "client", "server", "first", "last"})


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, the controls that it ends with, and what belongs below it."""

    text: str
    controls: tuple[str, ...] = ()
    parts: tuple[Told, ...] = ()


def told(condition: Condition) -> tuple[Told, ...]:
    """The sentences that must all hold for a condition to hold."""
    return _all_of(condition, True)


def told_ways(ways: Ways) -> tuple[Told, ...]:
    """What marks out the ways of a threat about chains."""
    data = joined([known.VALUES["carries"].get(name, name) for name in DATA_CLASS_BY_ID if name in ways.carrying], "or")
    found = [
        _below("of the component where it starts this is true:", told(ways.start)),
        _below("of the component where it ends this is true:", told(ways.end)),
        Told(f"on it travel, from the start, {data}, or what they are turned into"),
    ]
    if ways.avoiding is not None:
        found.append(_below("it passes no component of which this is true:", told(ways.avoiding)))
    return tuple(found)


def joined(words: Sequence[str], last: str) -> str:
    """Words as a list in a sentence."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _all_of(condition: Condition, wanted: bool) -> tuple[Told, ...]:
    """The sentences that must all hold, for a condition that must hold, or must not."""
    if isinstance(condition, Not):
        return _all_of(condition.part, not wanted)
    if isinstance(condition, All | Any) and (isinstance(condition, All) == wanted or len(condition.parts) == 1):
        return tuple(sentence for part in condition.parts for sentence in _all_of(part, wanted))
    return _spread(condition, wanted, every=True) or (_one(condition, wanted),)


def _some_of(condition: Condition, wanted: bool) -> tuple[Told, ...]:
    """The sentences of which one must hold, for a condition that must hold, or must not."""
    if isinstance(condition, Not):
        return _some_of(condition.part, not wanted)
    if isinstance(condition, All | Any) and (isinstance(condition, Any) == wanted or len(condition.parts) == 1):
        return tuple(sentence for part in condition.parts for sentence in _some_of(part, wanted))
    return _spread(condition, wanted, every=False) or (_one(condition, wanted),)


def _spread(condition: Condition, wanted: bool, *, every: bool) -> tuple[Told, ...]:
    """A test of several traits as a sentence each, where it is all of them (or some one of them) that must hold."""
    if not isinstance(condition, Test) or condition.fact != "trait" or wanted != (condition.quantity != "none"):
        return ()
    return tuple(Told(one) for one in _does(condition)) if (condition.quantity == "all") == every else ()


def _one(condition: Condition, wanted: bool) -> Told:
    """A condition that must hold, or must not, as one sentence."""
    if isinstance(condition, Not):
        return _one(condition.part, not wanted)
    if isinstance(condition, All | Any):
        if len(condition.parts) == 1:
            return _one(condition.parts[0], wanted)
        if isinstance(condition, All) == wanted:
            return Told("all of this holds:", parts=_all_of(condition, wanted))
        return Told("at least one of these holds:", parts=_some_of(condition, wanted))
    if isinstance(condition, Elsewhere):
        return _elsewhere(condition, wanted)
    if condition.fact == "lacks":
        return _lacks(condition, wanted)
    return _trait(condition, wanted) if condition.fact == "trait" else Told(_test(condition, wanted))


def _elsewhere(condition: Elsewhere, wanted: bool) -> Told:
    there = known.THERE.get(condition.fact, known.Phrase(f"{FACTS[condition.fact].meaning}:"))
    if condition.fact in _ONE_PLACE:  # not true of the one place there is: the opposite is true of it
        return _below(there.yes, _all_of(condition.part, wanted))
    if not wanted:
        return Told(there.no or f"there is none such: {there.yes}", parts=_all_of(condition.part, True))
    return _below(there.yes, _all_of(condition.part, True))


def _below(head: str, sentences: tuple[Told, ...]) -> Told:
    """Sentences below a head; a single one that has none below it stands beside the head."""
    if len(sentences) > 1 or sentences[0].parts:
        return Told(head, parts=sentences)
    return Told(f"{head} {sentences[0].text}", sentences[0].controls)


def _lacks(test: Test, wanted: bool) -> Told:
    if len(test.words) == 1:
        return Told("this is not in place:" if wanted else "this is in place:", test.words)
    if test.quantity == "all":
        return Told("none of these is in place:" if wanted else "at least one of these is in place:", test.words)
    return Told("at least one of these is not in place:" if wanted else "all of these are in place:", test.words)


def _test(test: Test, wanted: bool) -> str:
    phrase = known.PHRASES.get(test.fact, known.Phrase(f"{FACTS[test.fact].meaning}: {{words}}"))
    if not test.words:
        text = phrase.yes if test.truth == wanted else phrase.no or _turned(phrase.yes)
        return text.removesuffix(": {words}")
    yes = wanted == (test.quantity != "none")
    names = known.VALUES.get(test.fact, {})
    words = [names.get(word, word) for word in test.words]
    said = phrase.yes if yes else phrase.no or _turned(phrase.yes)
    return said.format(words=joined(words, "and" if test.quantity == "all" else "or"))


def _trait(test: Test, wanted: bool) -> Told:
    does = _does(test)
    every, yes = test.quantity == "all", wanted == (test.quantity != "none")
    if len(does) == 1:
        return Told(does[0] if yes else _turned(does[0]))
    if len(does) == 2 and yes and not any(_COMPOUND.search(one) for one in does):
        return Told(f"{does[0]} {'and' if every else 'or'} {does[1].removeprefix('it ')}")
    if every:
        head = "all of this is true of it:" if yes else "not all of this is true of it:"
    else:
        head = "at least one of these is true of it:" if yes else "none of these is true of it:"
    return Told(head, parts=tuple(Told(one) for one in does))


def _does(test: Test) -> list[str]:
    return [f"it {known.TRAITS.get(word, f'has the trait {word}')}" for word in test.words]


def _turned(sentence: str) -> str:
    """The opposite of a sentence whose second word is its verb: "it is", "it keeps"."""
    subject, verb, *rest = sentence.split(" ")
    negated = ["is", "not"] if verb == "is" else ["does", "not", verb.removesuffix("s")]
    return " ".join([subject, *negated, *rest])
