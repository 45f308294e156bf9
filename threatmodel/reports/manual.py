"""The manual of a catalog as static HTML pages: no network, no script, linked by relative addresses.

The security policy of each page allows its one style sheet, by SHA-256, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Final

from threatmodel.reports.environment import SOURCE_LANGUAGE, fill, source
from threatmodel.reports.manual_words import words
from threatmodel.reports.view_manual import Manual

_TABLES: Final = ("index", "kinds", "facts", "data", "coverage")
"""The pages that are there once, each in a file of its name."""


def pages(manual: Manual) -> Iterator[tuple[str, str]]:
    """Every page of a manual: its file, told from the folder of the manual, and its text."""
    style = source("manual/manual.css")
    shared: dict[str, object] = {
        "manual": manual,
        "w": words(manual.language),
        "style": style,
        "style_digest": f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}",
    }
    for name in _TABLES:
        yield f"{name}.html", fill(f"manual/{name}.html.j2", SOURCE_LANGUAGE, **shared, root="", here=name)
    for threat in manual.threats:
        text = fill("manual/threat.html.j2", SOURCE_LANGUAGE, **shared, root="../", here="", page=threat)
        yield threat.line.href, text
    for control in manual.controls:
        text = fill("manual/control.html.j2", SOURCE_LANGUAGE, **shared, root="../", here="", page=control)
        yield control.line.href, text
