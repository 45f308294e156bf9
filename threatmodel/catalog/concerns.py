"""Which kinds and protocols a threat concerns by what they are, read off its conditions.

A threat concerns a kind where it can be about a place of that kind, and could not be about a plain process, store,
outside body or person in its stead: it asks for the kind by name, by a trait or by the data that the kind usually has.
What any place of that shape has to fear is told of the plain parts themselves. In the same way a threat concerns a
protocol where it could not be about a flow over a protocol that no condition names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from threatmodel.catalog.catalog import Catalog, Rule
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test
from threatmodel.catalog.possible import End, Sort, Usual, alike, at_flow, at_kind, tests_of
from threatmodel.model.kinds import KINDS
from threatmodel.model.kinds_it import BARE_KINDS
from threatmodel.model.vocabulary import PROTOCOL_BY_ID

Role = Literal["place", "source", "target", "start", "end", "inside"]
"""What a kind is to a threat: the place itself; where the data of a flow leave or arrive; where a chain starts or ends;
what lies in a zone or in the model."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)

BARE: Final = tuple(kind.id for kind in BARE_KINDS)
"""The plain parts of a data-flow diagram."""
ROLE_KINDS: Final = tuple(kind for kind in KINDS if kind not in BARE)
"""The kinds that have a role of their own, in the order of their tables."""

_NO_DATA_OR_ANY: Final[tuple[Usual, ...]] = (None, "nothing")
_OTHER_ENDS: Final = frozenset({"source", "target", "client", "server", "some_upstream", "some_downstream"})

FEW: Final = 12
"""A threat is particular to a kind when it concerns at most so many kinds in the same way.

The traits fall into two groups: those that at most twelve kinds share (holds models, holds research data, is run by
others) and those that sixteen or more do (reads DICOM, has a web interface, listens on the network).
"""
FEW_PROTOCOLS: Final = 6
"""The same for protocols: the families (DICOM, HL7, file and object access) have at most so many."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What one threat concerns."""

    threat: str
    kinds: dict[Role, frozenset[str]]
    """By what they are to it; without the plain parts."""
    possible: frozenset[str]
    """Every kind, plain ones included, at which it can be found: as its place, or at an end of its flow or chain."""
    protocols: frozenset[str]
    possible_protocols: frozenset[str]
    """Every protocol of a flow that it can be about; empty for a threat that is not about flows."""
    near: frozenset[str] = frozenset()
    """The kinds that it asks for around a component, at the other end of a flow or farther off: it concerns the
    component and not them, and they are not counted."""

    def roles(self, kind: str) -> tuple[Role, ...]:
        """What a kind is to it."""
        return tuple(role for role in ROLES if kind in self.kinds.get(role, ()))

    def particular(self, kind: str) -> bool:
        """Whether it concerns few other kinds in the same way."""
        return any(len(self.kinds[role]) <= FEW for role in self.roles(kind))

    def particular_protocol(self, protocol: str) -> bool:
        """Whether it concerns this and few other protocols."""
        return protocol in self.protocols and len(self.protocols) <= FEW_PROTOCOLS


def concerns(catalog: Catalog) -> dict[str, Concern]:
    """What each threat of a catalog concerns, in the order of their ids."""
    return {name: concern_of(rule) for name, rule in catalog.rules.items()}


def concern_of(rule: Rule) -> Concern:
    """What one threat concerns."""
    name, about, asked = rule.threat.id, rule.threat.about, rule.applies
    beside = frozenset(_protocols_beside(asked))
    if about == "component":
        places = frozenset(kind for kind in KINDS if at_kind(asked, kind).hold)
        near = frozenset(_near(asked))
        return Concern(name, _told({"place": _by_role(asked)}), places, beside, frozenset(), near)
    if about == "flow":
        sorts = _Sorts(asked)
        ends: dict[Role, frozenset[str]] = {"source": sorts.at("source"), "target": sorts.at("target")}
        return Concern(name, _told(ends), sorts.possible, beside | sorts.protocols, sorts.possible_protocols)
    if rule.ways is not None:
        sorts = _Sorts(All((Elsewhere("first", rule.ways.start), Elsewhere("last", rule.ways.end), asked)))
        chain: dict[Role, frozenset[str]] = {"start": sorts.at("source"), "end": sorts.at("target")}
        return Concern(name, _told(chain), sorts.possible, beside, frozenset())
    return Concern(name, _told({"inside": frozenset(_inside(asked))}), frozenset(), beside, frozenset())


def _told(kinds: dict[Role, frozenset[str]]) -> dict[Role, frozenset[str]]:
    return {role: found for role, found in kinds.items() if found}


def _bare(kind: str) -> str:
    """The plain part of the same shape."""
    return str(KINDS[kind].dfd)


def _by_role(condition: Condition) -> frozenset[str]:
    """The kinds for which a condition about components can hold, and could not for the plain part."""
    return frozenset(
        kind
        for kind in ROLE_KINDS
        for usual in (False, True)
        if at_kind(condition, kind, usual=usual).hold and not at_kind(condition, _bare(kind), usual=usual).hold
    )


def _near(condition: Condition, wanted: bool = True) -> Iterator[str]:
    """The kinds that a condition about a component asks for around it, by name or trait."""
    for inner, still in _parts(condition, wanted):
        yield from _near(inner, still)
    if isinstance(condition, Elsewhere) and wanted:
        part = condition.part
        if condition.fact in _OTHER_ENDS:
            yield from (kind for kind in ROLE_KINDS if at_kind(part, kind).hold and not at_kind(part, _bare(kind)).hold)
        yield from _near(part, wanted)


def _inside(condition: Condition, wanted: bool = True) -> Iterator[str]:
    """The kinds that a condition about a zone or the model asks for in it."""
    for inner, still in _parts(condition, wanted):
        yield from _inside(inner, still)
    if isinstance(condition, Elsewhere) and wanted:
        if condition.fact == "some_component":
            yield from _by_role(condition.part)
        elif condition.fact == "some_flow":
            sorts = _Sorts(condition.part)
            yield from sorts.at("source") | sorts.at("target")


def _protocols_beside(condition: Condition, wanted: bool = True) -> Iterator[str]:
    """The protocols that a condition asks for at flows other than the place itself."""
    for inner, still in _parts(condition, wanted):
        yield from _protocols_beside(inner, still)
    if isinstance(condition, Elsewhere) and wanted:
        if any(isinstance(test, Test) and test.fact == "protocol" for test in tests_of(condition.part)):
            yield from _Sorts(condition.part).protocols
        yield from _protocols_beside(condition.part, wanted)


def _parts(condition: Condition, wanted: bool) -> Iterator[tuple[Condition, bool]]:
    """The parts of a condition, each with whether it is asked for or excluded."""
    if isinstance(condition, All | Any):
        yield from ((part, wanted) for part in condition.parts)
    elif isinstance(condition, Not):
        yield condition.part, not wanted


class _Sorts:
    """At which sorts of flow, or chain, a condition can hold; kinds and protocols it cannot tell apart are one sort."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        asked = [test for test in tests_of(condition) if isinstance(test, Test) and test.fact == "protocol"]
        words = {word for test in asked for word in test.words}
        self._kind_of: dict[str, str] = {}
        """For each kind the first one that the condition cannot tell from it."""
        first: dict[tuple[object, ...], str] = {}
        for kind in KINDS:
            self._kind_of[kind] = first.setdefault(alike(condition, kind), kind)
        self._kinds = tuple(dict.fromkeys(self._kind_of.values()))
        self._protocols = (*sorted(words), "")
        self._found: dict[Sort, bool] = {}

    def at(self, end: End) -> frozenset[str]:
        """The kinds that it asks for at an end."""
        found = {
            kind: any(self._asks_for(kind, end, usual) for usual in (None, end))
            for kind in {(self._kind_of[kind], _bare(kind)) for kind in ROLE_KINDS}
        }
        return frozenset(kind for kind in ROLE_KINDS if found[self._kind_of[kind], _bare(kind)])

    @property
    def possible(self) -> frozenset[str]:
        """The kinds that can be at an end."""
        can = {kind for sort in self._all(None) if self._holds(sort) for kind in (sort.source, sort.target)}
        return frozenset(kind for kind in KINDS if self._kind_of[kind] in can)

    @property
    def protocols(self) -> frozenset[str]:
        """The protocols that it asks for."""
        every = [sort for usual in _NO_DATA_OR_ANY for sort in self._all(usual) if sort.protocol]
        return frozenset(
            sort.protocol for sort in every if self._holds(sort) and not self._holds(sort._replace(protocol=""))
        )

    @property
    def possible_protocols(self) -> frozenset[str]:
        """The protocols over which it can hold."""
        can = {sort.protocol for sort in self._all(None) if self._holds(sort)}
        named = set(self._protocols)
        return frozenset(one for one in PROTOCOL_BY_ID if (one if one in named else "") in can)

    def _asks_for(self, kind: tuple[str, str], end: End, usual: End | None) -> bool:
        name, plain = kind[0], self._kind_of[kind[1]]
        for sort in self._all(usual):
            here = sort.source if end == "source" else sort.target
            instead = sort._replace(source=plain) if end == "source" else sort._replace(target=plain)
            if here == name and self._holds(sort) and not self._holds(instead):
                return True
        return False

    def _all(self, usual: Usual) -> Iterator[Sort]:
        for source in self._kinds:
            for target in self._kinds:
                for protocol in self._protocols:
                    yield Sort(source, target, protocol, "source", usual)
                    yield Sort(source, target, protocol, "target", usual)

    def _holds(self, sort: Sort) -> bool:
        known = self._found.get(sort)
        if known is None:
            known = self._found[sort] = at_flow(self._condition, sort).hold
        return known
