"""Components as an author holds them, and the flows that they send and pull."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Unpack

from threatmodel.dsl.controls import Saying
from threatmodel.dsl.flow import Data, Flow
from threatmodel.dsl.scope import (
    OPEN,
    Declared,
    Keeping,
    author_line,
    check_words,
    keep,
    listed,
    told_in_full,
    words_of,
)
from threatmodel.errors import Problem, nearest_or_all
from threatmodel.model.kind import Kind
from threatmodel.model.kinds import KINDS, properties_for
from threatmodel.model.properties import FLOW_PROPERTIES, ComponentStated, FlowStated
from threatmodel.model.vocabulary import Protocol
from threatmodel.source import Source

_FLOW_WORDS = ("over", "carries", "both_ways", "controls")


class Component(Declared):
    """A place where data are made, changed, kept or read. Use the word for its kind; this one is what they share."""

    kind: ClassVar[str] = "process"

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        id: str | None = None,
        stores: Sequence[Data] | None = None,
        runs_on: Component | None = None,
        controls: Sequence[Saying] = (),
        **stated: Unpack[ComponentStated],
    ) -> None:
        """Declares a component in the open zone.

        Args:
            name: What it is called.
            id: What other files call it; the slug of the name unless given.
            stores: The data at rest; an empty list says that it keeps none.
            runs_on: The component that hosts it, whose fate it shares.
            controls: What is said of controls on it.
            **stated: Any property that a component of its kind has.
        """
        self._declare(name, id, stores, None, runs_on, controls, dict(stated), None)

    def _declare(
        self,
        name: str,
        own_id: str | None,
        stores: Sequence[Data] | None,
        trained_on: Sequence[Data] | None,
        runs_on: Component | None,
        controls: Sequence[Saying],
        stated: dict[str, object],
        own_kind: tuple[str, str] | None,
    ) -> None:
        self.source = author_line()
        self.name, self.id, self.stores, self.trained_on = name, own_id, stores, trained_on
        self.runs_on = runs_on
        self.controls: tuple[object, ...] = ()
        self.stated: dict[str, object] = {}
        self._known_kind = own_kind[0] if own_kind is not None else self.kind
        self.own_kind = self._own_kind(own_kind)
        self.model: Keeping | None = None
        self.zone: Declared | None = None
        current = OPEN.get()
        if current is None:
            hint = "put it inside: with Model(…) as model: and with Zone(…):"
            keep(Problem(f"{name!r} is not inside a model", self.source, hint))
            return
        self.model, zones = current
        self.zone = zones[-1] if zones else None
        if self.zone is None:
            keep(Problem(f"{name!r} lies in no zone", self.source, "put it inside: with Zone(…):"))
        base = self._base_kind()
        what = f"{type(self).__name__} {name!r}"
        self.controls = listed(what, "controls", controls, self.source)
        if base is not None:
            words = words_of(type(self).__init__)
            self.stated = check_words(what, stated, properties_for(base), self.source, also=words)
        self.model.declared.append(self)

    def _own_kind(self, given: tuple[str, str] | None) -> tuple[str, str] | None:
        """The kind of one's own and the known kind that it is a special case of; None when the kind is a known one."""
        if given is not None:
            return given if given[0] != given[1] else (None if given[0] in KINDS else given)
        if self.kind in KINDS:
            return None
        return self.kind, next(
            word.kind for word in type(self).__mro__ if issubclass(word, Component) and word.kind in KINDS
        )

    def _base_kind(self) -> Kind | None:
        name: object = self.own_kind[1] if self.own_kind is not None else self.kind_id
        known = KINDS.get(name) if isinstance(name, str) else None
        if known is None:
            hint = nearest_or_all(str(name), KINDS)
            if isinstance(name, type) and issubclass(name, Component):
                hint = f"write its id: {name.kind!r}"
            keep(Problem(f"no kind is called {name!r}", self.source, hint))
        return known

    @property
    def kind_id(self) -> str:
        """The id of its kind."""
        return self.own_kind[0] if self.own_kind is not None else self._known_kind

    @told_in_full
    def sends(
        self,
        label: str,
        *,
        to: Component,
        over: Protocol | None = None,
        carries: Sequence[Data] | None = None,
        both_ways: bool = False,
        controls: Sequence[Saying] = (),
        **stated: Unpack[FlowStated],
    ) -> Flow:
        """Declares that this component opens a connection to another and sends it data.

        Args:
            label: What the flow is called; with its two ends it makes the flow's id.
            to: The component that the data reach.
            over: The protocol, from ``threatmodel.protocols``.
            carries: The data, from ``threatmodel.data`` or assets of one's own.
            both_ways: Whether the reply carries data of its own.
            controls: What is said of controls on the flow.
            **stated: Any property of a flow.
        """
        return self._flow(label, "to", to, both_ways, over, carries, controls, dict(stated))

    @told_in_full
    def pulls(
        self,
        label: str,
        *,
        from_: Component,
        over: Protocol | None = None,
        carries: Sequence[Data] | None = None,
        both_ways: bool = False,
        controls: Sequence[Saying] = (),
        **stated: Unpack[FlowStated],
    ) -> Flow:
        """Declares that this component opens a connection to another and gets data from it; see ``sends``."""
        return self._flow(label, "from_", from_, both_ways, over, carries, controls, dict(stated))

    def _flow(
        self,
        label: str,
        word: str,
        other: object,
        both_ways: bool,
        over: Protocol | None,
        carries: Sequence[Data] | None,
        controls: Sequence[Saying],
        stated: dict[str, object],
    ) -> Flow:
        line, what = author_line(), f"the flow {label!r}"
        known = check_words(what, stated, tuple(FLOW_PROPERTIES), line, self.model, (word, *_FLOW_WORDS))
        flow = Flow(
            label,
            self,
            other if isinstance(other, Component) else self,
            pulled=word == "from_",
            both_ways=both_ways,
            over=over,
            carries=carries,
            controls=listed(what, "controls", controls, line, self.model),
            stated=known,
        )
        flow.model = self.model
        wrong = self._no_end(other, what, word, line)
        if wrong is not None:
            keep(wrong, self.model)
        elif self.model is not None:
            self.model.declared.append(flow)
        return flow

    def _no_end(self, other: object, what: str, word: str, line: Source) -> Problem | None:
        """Why something cannot be the other end of a flow of this component, or None."""
        if not isinstance(other, Component):
            hint = "pass the component itself, not its name"
            return Problem(f"{what}: {word} must be a component, not {other!r}", line, hint)
        if other.model is not self.model:
            whose = f"another model, {other.model.title!r}" if other.model is not None else "no model"
            told = f"{what} ends at {other.name!r}, which belongs to {whose} ({other.source})"
            return Problem(told, line, "declare that component in this model too")
        return None
