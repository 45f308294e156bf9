"""All kinds that the language knows, by id; and how a kind of one's own takes after the nearest one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from threatmodel.model.kind import Kind
from threatmodel.model.kinds_ai import AI_KINDS
from threatmodel.model.kinds_imaging import IMAGING_KINDS
from threatmodel.model.kinds_it import BARE_KINDS, IT_KINDS, PEOPLE
from threatmodel.model.parts import OwnKind
from threatmodel.model.properties import COMPONENT_PROPERTIES

KINDS: dict[str, Kind] = {kind.id: kind for kind in (*IMAGING_KINDS, *AI_KINDS, *IT_KINDS, *PEOPLE, *BARE_KINDS)}


def with_own(kinds: Iterable[OwnKind]) -> dict[str, Kind]:
    """The kinds that a model adds, with what each takes over from the kind that it is a special case of.

    Their order does not count; a kind whose chain ends at no known kind is left out.
    """
    waiting = {own.id: own for own in kinds}
    found: dict[str, Kind] = {}
    settled = True
    while settled:
        settled = False
        for own in list(waiting.values()):
            parent = found.get(own.is_a) or (None if own.is_a in waiting else KINDS.get(own.is_a))
            if parent is not None:
                found[own.id] = _after(parent, own)
                del waiting[own.id]
                settled = True
    return found


def _after(parent: Kind, own: OwnKind) -> Kind:
    dfd = own.dfd or parent.dfd
    nature = "human" if dfd == "person" else "machine"
    traits = (parent.traits - {"human", "machine"}) | {*own.traits, nature}
    return Kind(own.id, own.name, dfd, traits, own.data or parent.data, own.serves or parent.serves, own.is_a)


def lineage(kind: Kind, own: dict[str, Kind]) -> tuple[str, ...]:
    """A kind's id and the ids of the kinds that it is a special case of, nearest first."""
    names = [kind.id]
    while kind.parent is not None and kind.parent not in names:
        kind = own.get(kind.parent) or KINDS[kind.parent]
        names.append(kind.id)
    return tuple(names)


@cache
def properties_for(kind: Kind) -> tuple[str, ...]:
    """The properties that may be stated of a component of this kind, in the order they are declared."""
    return tuple(
        name
        for name, (_, stated) in COMPONENT_PROPERTIES.items()
        if not stated.only or kind.traits.intersection(stated.only)
    )
