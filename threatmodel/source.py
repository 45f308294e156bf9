"""Source: the file and line where a thing was written."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file; lines count from 1, and 0 stands for the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        """The place as editors and terminals understand it: ``file:line``."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def relative_to(self, folder: str) -> Source:
        """The same place, its file told from a folder (with forward slashes), for output that any machine repeats.

        A file outside the folder keeps its name alone.
        """
        if not os.path.isabs(self.file):
            return self
        told = os.path.relpath(self.file, folder)
        if told == os.pardir or told.startswith(os.pardir + os.sep):
            told = os.path.basename(self.file)
        return Source(told.replace(os.sep, "/"), self.line)
