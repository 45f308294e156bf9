"""The open model and zone, the line that the author is on, and where mistakes are kept until the model is frozen."""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from threatmodel.errors import ModelError, Problem, nearest, nearest_or_all
from threatmodel.source import Source

P = ParamSpec("P")
R = TypeVar("R")

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_DATA = os.path.join(_PACKAGE, "_data") + os.sep
"""Where a wheel keeps the samples: inside the package, and still an author's files."""


class Declared:
    """Something that an author declared: its name, and the line where it stands."""

    name: str
    source: Source


class Keeping:
    """What declarations and mistakes are kept in: a model."""

    def __init__(self, title: str) -> None:
        """Nothing declared yet."""
        self.title = title
        self.source = author_line()
        self.declared: list[Declared] = []
        self.mistakes: list[Problem] = []


OPEN: ContextVar[tuple[Keeping, tuple[Declared, ...]] | None] = ContextVar("threatmodel_open_model", default=None)
"""The model whose ``with`` block is running, and its zones from the outside in."""


def author_line() -> Source:
    """The nearest line on the way here that is not this package's: the author's."""
    frame = sys._getframe(1)
    while frame.f_back is not None and is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    file = frame.f_code.co_filename
    return Source(file if os.path.isabs(file) else os.path.abspath(file), frame.f_lineno)


@functools.cache
def is_ours(file: str) -> bool:
    """Whether a file is one of this package's own, the samples that it brings left out."""
    return file.startswith(_PACKAGE) and not file.startswith(_DATA)


def keep(problem: Problem, model: Keeping | None = None) -> None:
    """Keeps a mistake with its model, the open one unless given; without one it is raised.

    Raises:
        ModelError: When no model is open to keep it.
    """
    if model is None:
        current = OPEN.get()
        model = current[0] if current is not None else None
    if model is None:
        raise ModelError(problem.what, problem.where, problem.hint)
    model.mistakes.append(problem)


def check_words(
    what: str,
    given: dict[str, object],
    known: tuple[str, ...],
    source: Source,
    model: Keeping | None = None,
    also: tuple[str, ...] = (),
) -> dict[str, object]:
    """The keyword arguments that are known; each of the others is kept as a mistake with the nearest known name.

    ``also`` are names that the call takes otherwise: they may be what was meant.
    """
    for name in given:
        if name not in known:
            keep(Problem(f"{what} has nothing called {name!r}", source, nearest_or_all(name, (*known, *also))), model)
    return {name: value for name, value in given.items() if name in known}


def listed(what: str, word: str, value: object, source: Source, model: Keeping | None = None) -> tuple[object, ...]:
    """The items of an argument that takes a list; anything else is kept as a mistake."""
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        return tuple(value)
    keep(Problem(f"{what}: {word} takes a list, not {value!r}", source, f"write {word}=[…]"), model)
    return () if value is None or isinstance(value, bytes | Mapping) else (value,)


def told_in_full(call: Callable[P, R]) -> Callable[P, R]:
    """Makes a call with an argument too few or too many say so at the author's line, not with a bare TypeError."""

    @functools.wraps(call)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except TypeError as error:
            signature = inspect.signature(call)
            misfit = _misfit(signature, args, kwargs)
            if misfit is None or (error.__traceback__ is not None and error.__traceback__.tb_next is not None):
                raise  # the arguments fit; something inside the call went wrong
            made = call.__name__ == "__init__"
            name = type(args[0]).__name__ if made else call.__name__
            raise ModelError(f"{name}: {misfit}", author_line(), _takes(name, signature, kwargs)) from None

    return checked


def _misfit(signature: inspect.Signature, args: tuple[object, ...], kwargs: dict[str, object]) -> str | None:
    """What is wrong with the arguments of a call; None when they fit."""
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        return str(error)
    return None


@functools.cache
def words_of(call: Callable[..., object]) -> tuple[str, ...]:
    """The names of the arguments that a call takes, those that it takes by any name left out."""
    return tuple(
        parameter.name
        for parameter in inspect.signature(call).parameters.values()
        if parameter.name != "self" and parameter.kind is not inspect.Parameter.VAR_KEYWORD
    )


def _takes(name: str, signature: inspect.Signature, given: Mapping[str, object]) -> str:
    """The word that was meant by one that the call does not take, else all that it takes."""
    known = {
        parameter.name: f"{parameter.name}{'' if parameter.default is inspect.Parameter.empty else '=…'}"
        for parameter in signature.parameters.values()
        if parameter.name != "self" and parameter.kind is not inspect.Parameter.VAR_KEYWORD
    }
    near = (nearest(word, known) for word in given if word not in known)
    return next((hint for hint in near if hint), f"{name} takes {', '.join(known.values())}")
