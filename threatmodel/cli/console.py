"""Text for terminals: colours where they are wanted, lines no longer than the window."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from rich.console import Console
from rich.text import Text

_STYLE = {
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "green",
    "head": "bold",
    "dim": "dim",
    "id": "cyan",
    "": "",
}
_SPACES = frozenset(" \u00a0\u202f")
"""The spaces that a text may hold: French sets a no-break space before a colon."""
PLAIN_WIDTH = 110
"""Columns where no terminal says how many it has."""


class Page:
    """Lines of a page: each a list of pieces with a style, wrapped to the width and indented on every line."""

    def __init__(self, stream: TextIO | None = None, *, colour: bool | None = None) -> None:
        """A page on standard output, or on a stream; ``NO_COLOR`` and pipes turn colours off."""
        target = stream if stream is not None else sys.stdout
        terminal = target.isatty()
        wanted = colour if colour is not None else terminal and "NO_COLOR" not in os.environ
        self._console = Console(
            file=target,
            force_terminal=wanted,
            no_color=not wanted,
            width=None if terminal else PLAIN_WIDTH,
            highlight=False,
            emoji=False,
            markup=False,
            soft_wrap=False,
            color_system="auto" if wanted else None,
        )

    def line(self, *pieces: str | tuple[str, str], indent: int = 0) -> None:
        """A line of texts, or of texts with a style (``critical`` … ``low``, ``head``, ``dim``, ``id``)."""
        text = Text(overflow="fold")
        for piece in pieces:
            words, style = piece if isinstance(piece, tuple) else (piece, "")
            text.append(_visible(words), style=_STYLE[style])
        for part in text.wrap(self._console, max(20, self._console.width - indent)):
            part.rstrip()
            self._console.print(Text(" " * indent).append_text(part), soft_wrap=True)

    def gap(self) -> None:
        """An empty line."""
        self._console.print()


def plain_page() -> tuple[Page, io.StringIO]:
    """A page without colours into a text, for tests and files."""
    stream = io.StringIO()
    return Page(stream, colour=False), stream


def _visible(words: str) -> str:
    """A text with its control characters shown, so that a name cannot steer the terminal."""
    return "".join(letter if letter.isprintable() or letter in _SPACES else f"\\x{ord(letter):02x}" for letter in words)
