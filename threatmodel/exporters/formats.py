"""Which writer a path gets when a system is converted."""

from __future__ import annotations

from collections.abc import Callable

from threatmodel.exporters import system_doc
from threatmodel.model.system import System

WRITERS: dict[str, Callable[[System], str]] = {
    ".yaml": system_doc.as_yaml,
    ".yml": system_doc.as_yaml,
    ".json": system_doc.as_json,
}
