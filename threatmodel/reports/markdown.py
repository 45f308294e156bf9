"""The report as Markdown: to be read in a git forge or as plain text."""

from __future__ import annotations

import re
from typing import Final

from threatmodel.reports.environment import SOURCE_LANGUAGE, fill
from threatmodel.reports.view import View
from threatmodel.reports.view_document import lay_out

_BLANKS: Final = re.compile(r"\n{3,}")  # a template leaves more blank lines than a reader wants


def render(view: View, picture_file: str | None, language: str = SOURCE_LANGUAGE) -> str:
    """The report of a view.

    Args:
        view: What to tell.
        picture_file: The picture's file, told from where the report stands; None when there is no picture.
        language: The language of the report's own text.
    """
    text = fill("markdown/report.md.j2", language, view=view, doc=lay_out(view), picture_file=picture_file)
    return _BLANKS.sub("\n\n", text).strip() + "\n"
