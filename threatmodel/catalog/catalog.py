"""Catalog: all threats and controls of one or several catalog folders, their conditions read."""

from __future__ import annotations

from dataclasses import dataclass

from threatmodel.catalog.conditions import Condition
from threatmodel.catalog.controls import Control
from threatmodel.catalog.threats import Threat


@dataclass(frozen=True, slots=True)
class Ways:
    """What marks out the chains of a threat: conditions on their ends and on what they pass, and the data followed."""

    start: Condition
    end: Condition
    carrying: frozenset[str]
    avoiding: Condition | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A threat with its conditions ready to be asked, and the file that it came from; ``ways`` for one about chains."""

    threat: Threat
    applies: Condition
    exposed: Condition
    file: str
    ways: Ways | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Which catalog: its id, version, title, and a SHA-256 over its files."""

    id: str
    version: str
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """Threats and controls by id, in the order of their ids, and where they come from."""

    origins: tuple[Origin, ...]
    rules: dict[str, Rule]
    controls: dict[str, Control]
    families: dict[str, str]
    """The family of each control."""
