"""Finding: a threat at a place, its state, and everything that the state rests on."""

from __future__ import annotations

from typing import Literal, NamedTuple

from threatmodel.analysis.answer import Reason
from threatmodel.model.holding import HeldControl
from threatmodel.source import Source

State = Literal["open", "addressed", "accepted", "transferred", "not-applicable", "question"]
PlaceType = Literal["component", "flow", "zone", "model", "chain"]
Role = Literal["primary", "supporting"]


class PlaceRef(NamedTuple):
    """A place that a finding is about: type, id, title, and the zone it lies in (of a flow or chain, where it starts).

    Of a chain, ``path`` holds the ids of its flows in order, ``parts`` those of its components, and ``others`` how many
    more starts lead to the same end.
    """

    type: PlaceType
    id: str
    name: str
    zone: str | None
    path: tuple[str, ...] = ()
    others: int = 0
    parts: tuple[str, ...] = ()


class ControlAt(NamedTuple):
    """A control that the threat names, its role, and what is stated of it at the place; None when nothing is."""

    id: str
    role: Role
    held: HeldControl | None

    @property
    def state(self) -> str:
        """The state in a word."""
        return self.held.state if self.held is not None else "unstated"


class Finding(NamedTuple):
    """A threat at a place.

    ``confirmed`` is False for an open finding whose exposure nobody stated either way. ``why`` holds the facts by
    which the threat concerns the place and is or is not closed there.
    """

    id: str
    threat: str
    place: PlaceRef
    state: State
    confirmed: bool
    why: tuple[Reason, ...]
    controls: tuple[ControlAt, ...]
    source: Source | None
