"""The part of the View that tells how somebody gets to what matters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PathHop:
    """A step of a way: where it leads, over which flow, how hard it is and why, and what would break it."""

    where: str
    by_flow: str
    """The title of the flow; an empty text where somebody begins, or goes from a host onto what runs there."""
    hard: str
    """The name of the step of exploitability, or ``misuse`` where no open finding makes it possible."""
    cost: int
    finding: str
    """The id of the finding that makes it possible, or an empty text."""
    told: str
    """The title of that finding's threat, or what the step takes where there is none."""
    confirmed: bool
    """False where nobody stated whether that finding is closed."""
    gains: str
    """What is gained, in words, where it is less than to act from there."""
    breaks: tuple[str, ...]
    """The controls, by title, that together stop it."""
    breaking: tuple[str, ...]
    """The ids of the controls whose titles ``breaks`` holds."""


@dataclass(frozen=True, slots=True)
class PathView:
    """A way: who takes it, how hard it is in all, and its steps."""

    by: str
    cost: int
    hops: tuple[PathHop, ...]


@dataclass(frozen=True, slots=True)
class TargetView:
    """A place that matters, why it does, and the easiest ways to it."""

    name: str
    kind: str
    paths: tuple[PathView, ...]


@dataclass(frozen=True, slots=True)
class PathsView:
    """How somebody gets to what matters; ``limits`` says in sentences what was not searched."""

    targets: tuple[TargetView, ...]
    unreached: tuple[str, ...]
    limits: tuple[str, ...]
