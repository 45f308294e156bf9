"""What ``catalog show`` prints of entries that are kept and never asked."""

from __future__ import annotations

from threatmodel.catalog.catalog import Catalog, Shelved, told_shelved, told_successors
from threatmodel.catalog.controls import Control
from threatmodel.cli.console import Page
from threatmodel.reports.manual_words import Language, words


def print_shelved(page: Page, catalog: Catalog, shelved: Shelved, language: Language) -> None:
    """A threat that is never asked, and why."""
    threat, word = shelved.threat, words(language)
    text = threat.fr if language == "fr" and threat.fr is not None else threat.en
    page.line((threat.id, "id"), "  ", (text.title, "head"))
    page.line((f"{word[f'phase.{threat.phase}']} · {word[f'about.{threat.about}']}", "dim"))
    page.line(("not asked", "medium"), f": {told_shelved(shelved)}")
    for name, told in (("what", text.what), ("harm", text.harm), ("remedy", text.remedy)):
        _section(page, word[name], told)
    page.gap()
    page.line((f"{catalog.told_origin(shelved.catalog)} · {shelved.file}", "dim"))


def print_retired_control(page: Page, control: Control, language: Language) -> None:
    """A control that is not stated any more, and what took its place."""
    word = words(language)
    text = control.fr if language == "fr" and control.fr is not None else control.en
    page.line((control.id, "id"), "  ", (text.title, "head"))
    page.line(("not asked", "medium"), f": retired, {told_successors(control)}")
    _section(page, word["is"], text.what)
    _section(page, word["verify"], text.verify)


def _section(page: Page, head: str, text: str) -> None:
    page.gap()
    page.line((head, "head"))
    page.line(text, indent=2)
