"""Catalog: all threats and controls of one or several catalog folders, their conditions read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from threatmodel.catalog.conditions import Condition
from threatmodel.catalog.controls import Control
from threatmodel.catalog.frameworks import Framework
from threatmodel.catalog.threats import Threat


class Ways(NamedTuple):
    """What marks out the chains of a threat: conditions on their ends and on what they pass, and the data followed."""

    start: Condition
    end: Condition
    carrying: frozenset[str]
    avoiding: Condition | None


class Change(NamedTuple):
    """What a catalog of one's own says otherwise of a threat: of what, the old and the new value, and why."""

    what: str
    """``severity``, ``knowledge``, ``remedy (en)`` or ``remedy (fr)``."""
    before: str
    after: str
    catalog: str
    """The id of the catalog that says it."""
    because: str


class Rule(NamedTuple):
    """A threat with its conditions ready to be asked, and where it comes from; ``ways`` for one about chains.

    ``threat`` is what holds here; ``changes`` says what the catalog that brought it has otherwise.
    """

    threat: Threat
    applies: Condition
    exposed: Condition
    file: str
    ways: Ways | None = None
    catalog: str = ""
    """The id of the catalog that brought it."""
    changes: tuple[Change, ...] = ()


class Shelved(NamedTuple):
    """A threat that is never asked: retired by its own catalog, or taken out of use by one that extends it."""

    threat: Threat
    file: str
    catalog: str
    """The id of the catalog that brought it."""
    by: str
    """The id of the catalog that shelved it."""
    because: str
    rule: Rule | None = None
    """How it would be asked, of one that is out of use."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which catalog: its id, version, title, and a SHA-256 over its files; what it extends; where it was read."""

    id: str
    version: str
    title: str
    digest: str
    extends: tuple[str, ...] = ()
    folder: str = field(default="", compare=False)
    shipped: bool = False
    """Whether it came with the program."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Threats and controls by id, in the order of their ids, and where they come from.

    ``rules`` and ``controls`` are those in force. ``retired``, ``out_of_use`` and ``retired_controls`` hold the rest:
    kept to be told, never asked.
    """

    origins: tuple[Origin, ...]
    rules: dict[str, Rule]
    controls: dict[str, Control]
    families: dict[str, str]
    """The family of each control, retired ones too."""
    retired: dict[str, Shelved] = field(default_factory=dict)
    out_of_use: dict[str, Shelved] = field(default_factory=dict)
    retired_controls: dict[str, Control] = field(default_factory=dict)
    control_catalogs: dict[str, str] = field(default_factory=dict)
    """The id of the catalog that brought each control, retired ones too."""
    frameworks: tuple[Framework, ...] = ()
    framework_catalogs: dict[str, str] = field(default_factory=dict)
    """The id of the catalog that brought each framework."""

    def told_origin(self, name: str) -> str:
        """A catalog by its id and version."""
        return next((f"{one.id} {one.version}" for one in self.origins if one.id == name), name)

    def successors(self) -> dict[str, str]:
        """For each retired control, what to state instead, in words."""
        return {name: told_successors(control) for name, control in self.retired_controls.items()}


def told_shelved(shelved: Shelved) -> str:
    """Why a threat is never asked, in words."""
    if shelved.threat.status == "retired":
        return f"retired, {told_successors(shelved.threat)}"
    return f"out of use by {shelved.by}: {shelved.because}"


def told_successors(entry: Threat | Control) -> str:
    """What took the place of a retired entry, and why it was retired."""
    instead = f"replaced by {' and '.join(entry.replaced_by)}" if entry.replaced_by else "nothing took its place"
    return f"{instead}: {entry.retired_because}" if entry.retired_because else instead
