"""Model and Zone, the two ``with`` blocks of the language; assumptions and scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import Token
from types import TracebackType
from typing import Literal, Self, Unpack

from threatmodel.dsl.controls import Saying
from threatmodel.dsl.flow import Flow
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
from threatmodel.errors import Problem
from threatmodel.model.properties import ZONE_PROPERTIES, ZoneStated
from threatmodel.source import Source


class Model(Keeping):
    """A model of one system: everything declared inside its ``with`` block belongs to it."""

    @told_in_full
    def __init__(
        self,
        title: str,
        *,
        id: str | None = None,
        version: str | None = None,
        owner: str | None = None,
        jurisdictions: Sequence[str] = (),
        intended_use: str | None = None,
        description: str | None = None,
        catalogs: Mapping[str, str] | None = None,
        controls: Sequence[Saying] = (),
    ) -> None:
        """Opens a model.

        Args:
            title: What it is called.
            id: What other files call it; the slug of the title unless given.
            version: The version of the architecture that it describes.
            owner: Who answers for it.
            jurisdictions: ISO country codes (or EU) whose rules it must meet.
            intended_use: What the AI is for, in the words of its instructions for use.
            description: What a reader should know first.
            catalogs: The catalogs that it is made for, with their versions, such as ``{"radiology-ai": "1.0.0"}``;
                with any other version the assessment is refused.
            controls: What holds for the whole of it, such as an incident plan.
        """
        super().__init__(title)
        self.id, self.version, self.owner = id, version, owner
        self.intended_use, self.description = intended_use, description
        self.catalogs: object = catalogs
        what = f"the model {title!r}"
        self.jurisdictions = listed(what, "jurisdictions", jurisdictions, self.source, self)
        self.controls = listed(what, "controls", controls, self.source, self)
        self.assumptions: list[tuple[str, str | None, str | None, Source]] = []
        self.scenarios: list[tuple[str, str | None, tuple[object, ...], str | None, str | None, Source]] = []
        self._tokens: list[Token[tuple[Keeping, tuple[Declared, ...]] | None]] = []

    def __enter__(self) -> Self:
        """Makes this the model that declarations belong to."""
        self._tokens.append(OPEN.set((self, ())))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the model; flows and scenarios of its own parts may still be added."""
        OPEN.reset(self._tokens.pop())

    @told_in_full
    def assume(self, text: str, *, owner: str | None = None, review_by: str | None = None) -> None:
        """Writes down something taken for granted, whose it is, and the day (``YYYY-MM-DD``) to look at it again."""
        self.assumptions.append((text, owner, review_by, author_line()))

    @told_in_full
    def scenario(
        self,
        name: str,
        *,
        steps: Sequence[Flow],
        clinical_state: Literal["routine", "urgent", "emergency"] | None = None,
        id: str | None = None,
        note: str | None = None,
    ) -> None:
        """Writes down a use case: the flows in the order in which they happen."""
        source = author_line()
        flows = listed(f"the scenario {name!r}", "steps", steps, source, self)
        self.scenarios.append((name, id, flows, clinical_state, note, source))


class Zone(Declared):
    """A trust zone; what is made inside its ``with`` block lies in it, and zones may lie in zones."""

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        id: str | None = None,
        controls: Sequence[Saying] = (),
        **stated: Unpack[ZoneStated],
    ) -> None:
        """Declares a zone in the zone around it; what it states holds for all inside it that do not state their own."""
        self.source = author_line()
        self.name, self.id = name, id
        self.controls: tuple[object, ...] = ()
        self.stated: dict[str, object] = {}
        self.parent: Declared | None = None
        self.model: Keeping | None = None
        self._tokens: list[Token[tuple[Keeping, tuple[Declared, ...]] | None] | None] = []
        current = OPEN.get()
        if current is None:
            keep(
                Problem(
                    f"the zone {name!r} is not inside a model", self.source, "put it inside: with Model(…) as model:"
                )
            )
            return
        self.model, zones = current
        self.parent = zones[-1] if zones else None
        what, words = f"the zone {name!r}", words_of(Zone.__init__)
        self.controls = listed(what, "controls", controls, self.source)
        self.stated = check_words(what, dict(stated), tuple(ZONE_PROPERTIES), self.source, also=words)
        self.model.declared.append(self)

    def __enter__(self) -> Self:
        """Makes this the zone that declarations belong to."""
        current = OPEN.get()
        if current is None or self.model is None or current[0] is not self.model:
            hint = "open a zone where it is declared: with Zone(…):"
            keep(
                Problem(f"the zone {self.name!r} is opened outside the model it belongs to", author_line(), hint),
                self.model,
            )
            self._tokens.append(None)
            return self
        chain: list[Declared] = [self]
        at = self.parent
        while isinstance(at, Zone):
            chain.insert(0, at)
            at = at.parent
        self._tokens.append(OPEN.set((self.model, tuple(chain))))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Goes back to the zone around it."""
        token = self._tokens.pop()
        if token is not None:
            OPEN.reset(token)
