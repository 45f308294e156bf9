"""Which documents there are: their file, and who writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from threatmodel.reports import html, markdown
from threatmodel.reports.view import View

PICTURE_FILE = "diagram.svg"
"""The file of the picture, beside the documents that link to it."""


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """A kind of document."""

    name: str
    file: str
    """The file it is written to, inside the folder of the report."""
    links_picture: bool
    """Whether it needs the picture as a file beside it; otherwise it holds it."""
    render: Callable[[View, str], str]
    """From the View and the picture as SVG (an empty text when there is none) to the document."""


FORMATS: dict[str, DocumentFormat] = {
    one.name: one
    for one in (
        DocumentFormat("html", "report.html", False, html.render),
        DocumentFormat(
            "markdown",
            "report.md",
            True,
            lambda view, picture: markdown.render(view, PICTURE_FILE if picture else None),
        ),
    )
}
"""The documents by the name that ``report --format`` takes."""
