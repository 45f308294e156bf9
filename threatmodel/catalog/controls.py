"""A control: what it is, how one sees that it is there, who puts it in place, and what it limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from threatmodel.catalog.entry import ControlId, Entry, Living, Sentence

On = Literal["component", "flow", "zone", "model"]
Limit = Literal["exploitability", "harm", "spread"]
Scheme = Literal["fda", "iec62443", "mds2", "csf2", "iso27002"]
"""What controls are mapped to; frameworks of these ids name the places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTexts(Entry):
    """What a reader is told of a control, in one language."""

    title: Annotated[str, StringConstraints(min_length=3, max_length=100)]
    what: Sentence
    verify: Annotated[Sentence, Field(description="the check that makes it verified")]
    ask: Annotated[Sentence, Field(description="the question to whoever runs the place; {place} stands for it")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Living):
    """A control of a catalog, as its family file says it."""

    id: ControlId
    on: Annotated[tuple[On, ...], Field(min_length=1, description="where it acts")]
    effort: Annotated[
        Literal[1, 2, 3], Field(description="1 a setting or a form, 2 a project of weeks, 3 a programme of months")
    ]
    owner: Annotated[tuple[Literal["hospital", "vendor", "integrator", "cloud", "research"], ...], Field(min_length=1)]
    limits: Annotated[tuple[Limit, ...], Field(min_length=1)]
    authenticates: Annotated[bool, Field(description="whether it makes a peer or person prove who they are")] = False
    mappings: dict[Scheme, tuple[str, ...]] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    en: ControlTexts
    fr: ControlTexts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(Entry):
    """A file of controls of one family."""

    family: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    controls: Annotated[tuple[Control, ...], Field(min_length=1)]
