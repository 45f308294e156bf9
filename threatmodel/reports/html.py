"""The report as one HTML file: no network, no script but its own, readable without that.

The security policy of the page allows one style sheet and one script, each by its SHA-256, and images inside the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final
from xml.etree import ElementTree

from threatmodel.errors import OutputError
from threatmodel.reports.environment import SOURCE_LANGUAGE, fill, source
from threatmodel.reports.view import View
from threatmodel.reports.view_document import lay_out

_DRAWN: Final = frozenset(
    "svg g a title desc defs path polygon polyline ellipse circle rect line text tspan linearGradient radialGradient "
    "stop".split()
)
_NAMES_SPACE: Final = re.compile(r"\{[^}]*\}")


def render(view: View, picture: str, language: str = SOURCE_LANGUAGE) -> str:
    """The report of a view.

    Args:
        view: What to tell.
        picture: The data-flow diagram as an ``<svg>`` element; an empty text when none could be drawn: then the
            report says so.
        language: The language of the report's own text.

    Raises:
        OutputError: The picture is not a drawing, or holds more than one: scripts, links, foreign markup.
    """
    style, script = source("html/report.css"), source("html/report.js")
    return fill(
        "html/report.html.j2",
        language,
        view=view,
        doc=lay_out(view),
        picture=_drawing(picture),
        language=language,
        style=style,
        script=script,
        style_digest=digest(style),
        script_digest=digest(script),
    )


def digest(text: str) -> str:
    """The SHA-256 of an inline script or style, as a security policy names it (CSP level 3, section 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _drawing(picture: str) -> str:
    """The picture, once it is shown to be a drawing and nothing else."""
    if not picture.strip():
        return ""
    if "<!" in picture or "<?" in picture:
        raise OutputError(
            "the picture is not a bare <svg> element", "the diagram", "give the element alone, without prolog"
        )
    try:
        root = ElementTree.fromstring(picture)  # noqa: S314 - no document type, so no entities
    except ElementTree.ParseError as error:
        raise OutputError(f"the picture is not well-formed: {error}", "the diagram") from None
    for element in root.iter():
        name = _NAMES_SPACE.sub("", str(element.tag))
        acting = [
            key
            for key, value in element.attrib.items()
            if key.lower().startswith("on") or (key.lower().endswith("href") and not value.startswith("#"))
        ]
        if name not in _DRAWN or acting:
            raise OutputError(
                f"the picture holds more than a drawing: <{name}> {' '.join(acting)}".rstrip(), "the diagram"
            )
    return picture
