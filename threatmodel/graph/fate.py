"""What components share, so that one event takes them together: a host, a person, a company, a source of updates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Bond = Literal["host", "administrator", "supplier", "update-channel", "credential"]
BONDS: tuple[Bond, ...] = ("host", "administrator", "supplier", "update-channel", "credential")


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """A component tied to whatever it shares: a host, a person, a company, a source of updates, a sign-in service."""

    part: str
    bond: Bond
    to: str


class Fellows(NamedTuple):
    """The components that share one thing: by what bond, which thing, and who they are, in order of id."""

    bond: Bond
    to: str
    parts: tuple[str, ...]


def groups(ties: Iterable[Tie]) -> tuple[Fellows, ...]:
    """The things that at least two components share."""
    found: dict[tuple[Bond, str], set[str]] = defaultdict(set)
    for tie in ties:
        found[tie.bond, tie.to].add(tie.part)
    return tuple(
        Fellows(bond, to, tuple(sorted(parts))) for (bond, to), parts in sorted(found.items()) if len(parts) > 1
    )


def by_part(found: Iterable[Fellows]) -> Mapping[str, tuple[Fellows, ...]]:
    """For each component what it shares with others."""
    known: dict[str, list[Fellows]] = defaultdict(list)
    for fellows in found:
        for part in fellows.parts:
            known[part].append(fellows)
    return {part: tuple(shared) for part, shared in known.items()}
