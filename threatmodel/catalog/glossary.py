"""French texts held against a glossary: words not to write, terms of art, and the spaces of French typography."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from threatmodel.catalog.entry import Entry
from threatmodel.catalog.fitting import fitting
from threatmodel.errors import CatalogError
from threatmodel.located_yaml import read_file

Words = Annotated[str, StringConstraints(min_length=2, max_length=80)]
"""Words as they stand in a text, whatever their capitals; a word that ends in ``*`` stands for all that begin so."""
_Several = Annotated[tuple[Words, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden(Entry):
    """French words that are not written here, what is written instead, and why."""

    words: _Several
    write: Words
    because: Annotated[str, StringConstraints(min_length=3, max_length=300)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Entry):
    """A term of art: where the English text has one of its words, the French text has one of the others."""

    en: _Several
    fr: _Several
    unless: Annotated[tuple[Words, ...], Field(description="English words in which the term means something else")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary(Entry):
    """The file ``glossary.yaml`` of a catalog."""

    forbidden: tuple[Forbidden, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a French text departs from the glossary: in which of its parts, what, and what to write."""

    part: str
    says: str
    hint: str | None = None


def read_glossary(file: Path) -> Glossary:
    """The glossary in a file.

    Raises:
        CatalogError: With every mistake of the file.
    """
    return fitting(read_file(file, CatalogError), Glossary, TypeAdapter(Glossary))


_PLAIN_SPACE = re.compile(r"(?:[\w.…)»\"'’{}]) (?P<mark>[:;!?»%])|(?P<open>«) ")
"""An ordinary space, where a line may break, at a mark that keeps a no-break space (U+00A0 or U+202F)."""


def departures(glossary: Glossary, en: Mapping[str, str], fr: Mapping[str, str]) -> Iterator[Departure]:
    """Where the French parts of an entry depart from a glossary; ``en`` and ``fr`` are its texts by part."""
    for part, text in fr.items():
        yield from _in_words(glossary, part, text)
    french = " ".join(fr.values())
    for term in glossary.terms:
        for part, text in en.items():
            used = next((words for words in term.en if _pattern(words).search(_without(text, term.unless))), None)
            if used is not None and not any(_pattern(words).search(french) for words in term.fr):
                told = " or ".join(repr(words) for words in term.fr)
                yield Departure(part, f"English says {used!r}, and French nowhere says {told}")
                break


def typography(fr: Mapping[str, str]) -> Iterator[Departure]:
    """Where French texts have a space that may break where it must not (rules of the Imprimerie nationale)."""
    for part, text in fr.items():
        for found in _PLAIN_SPACE.finditer(text):
            mark = found["mark"] or found["open"]
            side = "after" if found["open"] else "before"
            near = text[max(0, found.start() - 12) : found.end() + 12].strip()
            hint = "write a no-break space there (U+00A0 or U+202F)"
            yield Departure(part, f"an ordinary space stands {side} {mark!r}: “{near}”", hint)


def _in_words(glossary: Glossary, part: str, text: str) -> Iterator[Departure]:
    for one in glossary.forbidden:
        for words in one.words:
            found = _pattern(words).search(text)
            if found is not None:
                yield Departure(part, f"{found[0]!r} is not written here: {one.because}", f"write {one.write}")


def _without(text: str, words: Iterable[str]) -> str:
    for one in words:
        text = _pattern(one).sub(" ", text)
    return text


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """What finds words in a text: whole words, or those that begin so."""
    stem = words.removesuffix("*")
    end = r"\w*" if words.endswith("*") else ""
    inner = r"[\s\u00a0\u202f]+".join(re.escape(word).replace("'", "['’]") for word in stem.split())
    return re.compile(rf"(?<![\w-]){inner}{end}(?![\w-])", re.IGNORECASE)
