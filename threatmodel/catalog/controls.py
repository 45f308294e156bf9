"""A control: what it is, how one sees that it is there, who puts it in place, and what it limits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from threatmodel.catalog.threats import ControlId, Entry, Sentence

On = Literal["component", "flow", "zone", "model"]
Limit = Literal["exploitability", "harm", "spread"]


class ControlTexts(Entry):
    """What a reader is told of a control, in one language."""

    title: Annotated[str, StringConstraints(min_length=3, max_length=80)]
    what: Sentence
    verify: Sentence = Field(description="the check that makes it verified")
    ask: Sentence = Field(description="the question to whoever runs the place; {place} stands for it")


class Control(Entry):
    """A control of a catalog, as its family file says it."""

    id: ControlId
    on: tuple[On, ...] = Field(min_length=1, description="where it acts")
    effort: Literal[1, 2, 3] = Field(description="1 a setting or a form, 2 a project of weeks, 3 a programme of months")
    owner: tuple[Literal["hospital", "vendor", "integrator", "cloud", "research"], ...] = Field(min_length=1)
    limits: tuple[Limit, ...] = Field(min_length=1)
    authenticates: bool = Field(default=False, description="whether it makes a peer or person prove who they are")
    mappings: dict[Literal["fda", "iec62443", "mds2", "csf2", "iso27002"], tuple[str, ...]] = Field(default_factory=dict)
    references: tuple[str, ...] = ()
    en: ControlTexts
    fr: ControlTexts | None = None


class Family(Entry):
    """A file of controls of one family."""

    family: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    controls: tuple[Control, ...] = Field(min_length=1)
