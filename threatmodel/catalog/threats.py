"""A threat: what may go wrong, where it concerns, when a place is open to it, how bad it is, and what closes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from threatmodel.catalog.entry import ControlId, Entry, Living, Sentence, ThreatId
from threatmodel.catalog.facts import About

Stride = Literal["S", "T", "R", "I", "D", "E"]
Phase = Literal["general", "data", "training", "implementation", "auditability"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(Entry):
    """What a reader is told of a threat, in one language."""

    title: Annotated[str, StringConstraints(min_length=3, max_length=110)]
    what: Annotated[Sentence, Field(description="what happens, and how")]
    harm: Annotated[Sentence, Field(description="what it does to patients, to their privacy or to care")]
    remedy: Annotated[Sentence, Field(description="what to do, in order of effect")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatControls(Entry):
    """What closes the threat: primary controls stop it, supporting ones make it harder or smaller."""

    primary: Annotated[tuple[ControlId, ...], Field(min_length=1)]
    supporting: tuple[ControlId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploitability(Entry):
    """What an attacker needs (scheme ExS-5)."""

    knowledge: Annotated[
        Literal[0, 1, 2], Field(description="2 a public tool or documented weakness, 1 skill, 0 research made for it")
    ]
    needs_human_act: Annotated[bool, Field(description="whether somebody inside has to do something first")]
    privilege: Annotated[
        Literal["none", "user", "role", "admin"] | None,
        Field(description="what the attacker must be by the nature of the threat; read off the place when left out"),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm(Entry):
    """What is at stake (scheme ExS-5)."""

    property: Literal["confidentiality", "integrity", "availability", "accountability"]
    severity: Annotated[Literal[1, 2, 3, 4, 5], Field(description="clinical harm, 1 negligible to 5 catastrophic")]
    spread: Annotated[
        Literal["one", "all"], Field(description="whether one act hits one patient, or all who hang on the place")
    ] = "all"
    privacy: Annotated[Literal[1, 2, 3, 4] | None, Field(description="harm to privacy, 1 to 4; a score of its own")] = (
        None
    )
    continuity: Annotated[Literal[1, 2, 3, 4] | None, Field(description="harm to continuity of service, 1 to 4")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Entry):
    """Which part of Kelly et al. 2023 it rests on: a fact by number, or its phase alone."""

    phase: Phase
    fact: Annotated[int, Field(ge=1, le=32)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Along(Entry):
    """Which ways a threat about chains is about: where they start and end, which data go along them, what ends them."""

    start: Annotated[dict[str, object], Field(description="a condition on the component where a chain starts")]
    end: Annotated[dict[str, object], Field(description="a condition on the component where it ends")]
    carrying: Annotated[tuple[str, ...], Field(min_length=1, description="the data that are followed from the start")]
    avoiding: Annotated[
        dict[str, object] | None,
        Field(description="a condition on components: a way through one of them is no such chain"),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat(Living):
    """A threat of a catalog, as its file says it."""

    id: ThreatId
    stride: Annotated[tuple[Stride, ...], Field(min_length=1)]
    phase: Phase
    about: About
    along: Annotated[Along | None, Field(description="the ways that a threat about chains is about")] = None
    applies: Annotated[dict[str, object], Field(description="a condition: whether the threat concerns a place at all")]
    exposed: Annotated[dict[str, object], Field(description="a condition: whether the place is open to it")]
    controls: ThreatControls
    exploitability: Exploitability
    harm: Harm
    attested: Annotated[
        Literal["demonstrated", "observed", "plausible"],
        Field(description="in a published attack, in an incident or advisory, or neither"),
    ]
    review: Review
    references: Annotated[tuple[str, ...], Field(min_length=1)]
    en: Texts
    fr: Texts | None = None
