"""The open model and zone, the line that the author is on, and where mistakes are kept until the model is frozen."""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from threatmodel.errors import ModelError, Problem, nearest_or_all
from threatmodel.source import Source

P = ParamSpec("P")
R = TypeVar("R")

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


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
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return Source(os.path.abspath(frame.f_code.co_filename), frame.f_lineno)


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
    what: str, given: dict[str, object], known: tuple[str, ...], source: Source, model: Keeping | None = None
) -> dict[str, object]:
    """The keyword arguments that are known; each of the others is kept as a mistake with the nearest known name."""
    for name in given:
        if name not in known:
            keep(Problem(f"{what} has nothing called {name!r}", source, nearest_or_all(name, known)), model)
    return {name: value for name, value in given.items() if name in known}


def told_in_full(call: Callable[P, R]) -> Callable[P, R]:
    """Makes a call with an argument too few or too many say so at the author's line, not with a bare TypeError."""
    signature = inspect.signature(call)

    @functools.wraps(call)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except TypeError:
            misfit = _misfit(signature, args, kwargs)
            if misfit is None:
                raise
            name = call.__qualname__.removesuffix(".__init__")
            hint = f"{name} takes {', '.join(_parameters(signature))}"
            raise ModelError(f"{name}: {misfit}", author_line(), hint) from None

    return checked


def _misfit(signature: inspect.Signature, args: tuple[object, ...], kwargs: dict[str, object]) -> str | None:
    """What is wrong with the arguments of a call; None when they fit and something inside the call raised."""
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        return str(error)
    return None


def _parameters(signature: inspect.Signature) -> list[str]:
    return [
        f"{parameter.name}{'' if parameter.default is inspect.Parameter.empty else '=…'}"
        for parameter in signature.parameters.values()
        if parameter.name != "self" and parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]
