"""The exit codes."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
"""Done; nothing beyond the gate."""
GATE: Final = 1
"""The gate failed."""
USAGE: Final = 2
"""Wrong usage."""
INPUT: Final = 3
"""The model, catalog or a decision file is wrong."""
OUTPUT: Final = 4
"""It could not be written or drawn."""
