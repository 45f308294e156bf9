"""The scale of ExS-5: five steps of exploitability, five of severity, four levels, and the matrix between them."""

from __future__ import annotations

from typing import Literal

Level = Literal["low", "medium", "high", "critical"]
LEVELS: tuple[Level, ...] = ("low", "medium", "high", "critical")
"""From the least to the worst."""

EXPLOITABILITY_NAMES = ("", "theoretical", "difficult", "feasible", "easy", "trivial")
SEVERITY_NAMES = ("", "negligible", "minor", "serious", "critical", "catastrophic")

_MATRIX: tuple[tuple[Level, ...], ...] = (
    ("low", "low", "low", "medium", "medium"),
    ("low", "low", "medium", "medium", "high"),
    ("low", "medium", "medium", "high", "high"),
    ("low", "medium", "high", "high", "critical"),
    ("medium", "high", "high", "critical", "critical"),
)


def level_of(exploitability: int, severity: int) -> Level:
    """The level for an exploitability of 1 to 5 and an effective severity of 1 to 5."""
    return _MATRIX[exploitability - 1][severity - 1]


def exploitability_of(points: int) -> int:
    """The exploitability, 1 to 5, for 0 to 10 points."""
    return 1 if points <= 2 else 2 if points <= 4 else 3 if points <= 6 else 4 if points <= 8 else 5


def rank(level: str) -> int:
    """The place of a level in the scale, 0 for low; −1 for an empty text."""
    return LEVELS.index(level) if level in LEVELS else -1
