"""The error tree: what went wrong in the user's words, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar, NamedTuple, Self


class Problem(NamedTuple):
    """One mistake: what is wrong, where it stands, and the next action."""

    what: str
    where: object | None = None  # anything that prints as "file:line"; the layer above owns the type
    hint: str | None = None

    def __str__(self) -> str:
        """The problem on one line, or two where there is a hint."""
        place = f"{self.where}: " if self.where is not None else ""
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{place}{self.what}{hint}"


class ThreatModelError(Exception):
    """Everything this package raises on purpose; holds one problem or several of the same file."""

    exit_code: ClassVar[int] = 3

    def __init__(self, what: str, where: object | None = None, hint: str | None = None) -> None:
        """One problem, in the user's words."""
        self.problems: tuple[Problem, ...] = (Problem(what, where, hint),)
        super().__init__(what)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Self:
        """One error that carries every problem of a file, in the order given; equal ones once."""
        gathered = tuple(dict.fromkeys(problems))
        first = gathered[0]
        error = cls(first.what, first.where, first.hint)
        error.problems = gathered
        return error

    def __str__(self) -> str:
        """All problems, each with its place and hint."""
        return "\n".join(str(problem) for problem in self.problems)


class UsageError(ThreatModelError):
    """The command was called with something that it does not take."""

    exit_code = 2


class ModelError(ThreatModelError):
    """The model says something that cannot be."""


class CatalogError(ThreatModelError):
    """A catalog cannot be read; the run stops, since a shorter catalog would be a false all-clear."""


class OutputError(ThreatModelError):
    """A result could not be written or drawn."""

    exit_code = 4


def nearest(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the known word most like this one, or None when nothing is like it."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6) or get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else None


def nearest_or_all(word: str, known: Iterable[str]) -> str:
    """A hint: the nearest known word, or the list of all (at most forty) when none is near."""
    names = sorted(known)
    hint = nearest(word, names)
    if hint:
        return hint
    more = f" … and {len(names) - 40} more" if len(names) > 40 else ""
    return f"known: {', '.join(names[:40])}{more}"
