"""The bare parts of a data-flow diagram, and components of a kind of one's own.

``Process("Dose server", kind="dose-monitor", is_a="postproc")`` declares a component of a kind that the model adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Unpack

from threatmodel.dsl.controls import Saying
from threatmodel.dsl.flow import Data
from threatmodel.dsl.handles import Component
from threatmodel.dsl.scope import author_line, keep, told_in_full
from threatmodel.errors import Problem, nearest
from threatmodel.model.kinds import KINDS
from threatmodel.model.properties import AnyComponentStated


class _Bare(Component):
    """A part of a data-flow diagram whose kind the author may name."""

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        kind: str | None = None,
        is_a: str | None = None,
        id: str | None = None,
        stores: Sequence[Data] | None = None,
        trained_on: Sequence[Data] | None = None,
        runs_on: Component | None = None,
        controls: Sequence[Saying] = (),
        **stated: Unpack[AnyComponentStated],
    ) -> None:
        """Declares a component in the open zone.

        Args:
            name: What it is called.
            kind: A kind of one's own; the bare kind unless given.
            is_a: The known kind that it is a special case of, whose traits it takes over.
            id: What other files call it; the slug of the name unless given.
            stores: The data at rest.
            trained_on: The data that its models were trained on.
            runs_on: The component that hosts it.
            controls: What is said of controls on it.
            **stated: Any property that a component of the known kind has.
        """
        known = kind is None or kind in KINDS
        if not known and is_a is None:
            near = nearest(str(kind), KINDS)
            hint = f"{f'{near} or ' if near else ''}say which known kind it is a special case of: is_a='…'"
            keep(Problem(f"no kind is called {kind!r}", author_line(), hint))
        base = is_a or (kind if kind is not None and known else type(self).kind)
        own = (kind or base, base)
        self._declare(name, id, stores, trained_on, runs_on, controls, dict(stated), own)


class Process(_Bare):
    """A process: something that works on data."""

    kind: ClassVar[str] = "process"


class Store(_Bare):
    """A store: something that keeps data."""

    kind: ClassVar[str] = "store"


class External(_Bare):
    """An outside body or system."""

    kind: ClassVar[str] = "external"


class Person(_Bare):
    """A person in a role that has no word of its own."""

    kind: ClassVar[str] = "person"
