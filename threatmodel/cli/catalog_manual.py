"""``threatmodel catalog show``, ``manual`` and ``coverage``: a catalog as its readers want it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.lint import Remark
from threatmodel.catalog.read import read_catalog
from threatmodel.catalog.reasons import Reason, read_reasons
from threatmodel.cli.loading import load_catalog, loud
from threatmodel.cli.writing import write
from threatmodel.errors import UsageError, nearest_or_all
from threatmodel.reports.manual_words import LANGUAGES, Language
from threatmodel.resources import data_folder

_FOLDER = click.option(
    "--catalog",
    "folder",
    type=click.Path(path_type=Path),
    help="A catalog folder; the one that is shipped unless given.",
)
_LANGUAGE = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Of the entries and of what is written around them.",
)


@click.command("show", short_help="Show a threat or a control.")
@_FOLDER
@_LANGUAGE
@click.argument("entry")
def show(folder: Path | None, language: Language, entry: str) -> None:
    """Show a threat or a control by its id."""
    from threatmodel.catalog.concerns import concern_of
    from threatmodel.cli.catalog_showing import print_control, print_threat
    from threatmodel.cli.console import Page
    from threatmodel.reports.view_manual_entries import Entries

    catalog = _catalog(folder)
    if entry in catalog.rules:
        entries = Entries(catalog, {entry: concern_of(catalog.rules[entry])}, language)
        print_threat(Page(), entries.threat_page(entry), entries.words)
    elif entry in catalog.controls:
        entries = Entries(catalog, {}, language)
        print_control(Page(), entries.control_page(entry), entries.words)
    else:
        known = nearest_or_all(entry, [*catalog.rules, *catalog.controls])
        raise UsageError(f"no threat or control is called {entry!r}", None, known)


@click.command("manual", short_help="Write the catalog as pages to browse.")
@_FOLDER
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("manual"), show_default=True, help="The folder."
)
@_LANGUAGE
@click.pass_context
def manual(context: click.Context, folder: Path | None, output: Path, language: Language) -> None:
    """Write the manual of a catalog into a folder: a page for each threat and control, the words, the coverage."""
    from threatmodel.cli.main import tool_version
    from threatmodel.reports.manual import pages
    from threatmodel.reports.view_manual_build import build_manual

    whole = build_manual(_catalog(folder), _reasons(folder) or (), tool_version(), language)
    written = [write(output / name, [text]) for name, text in pages(whole)]
    loud(context).say(f"wrote {len(written)} pages; open {output / 'index.html'}")


@click.command("coverage", short_help="Count the threats by kind, protocol and phase.")
@_FOLDER
@click.option("--matrix", type=click.Choice(["kinds", "protocols", "phases"]), help="This matrix alone.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def coverage(folder: Path | None, matrix: str | None, form: str) -> None:
    """Count the threats for each kind, protocol and phase, and say why cells are empty."""
    from threatmodel.catalog import coverage as counted
    from threatmodel.cli.catalog_showing import plain_matrix, print_matrix
    from threatmodel.cli.console import Page

    reasons = _reasons(folder) or ()
    found = [one for one in counted.coverage(_catalog(folder), reasons) if matrix in {None, one.name}]
    if form == "json":
        told = {"schema": "threatmodel-coverage/1", "matrices": [plain_matrix(one) for one in found]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in found:
        print_matrix(Page(), one, [reason for reason in reasons if reason.matrix == one.name])


COMMANDS = (show, manual, coverage)
"""What the group takes over."""


def remarks_on_coverage(folder: Path | None, catalog: Catalog) -> list[Remark]:
    """What is wrong with the reasons for empty cells that a catalog gives; nothing where it gives none."""
    from threatmodel.catalog.coverage import lint_reasons

    reasons = _reasons(folder)
    return lint_reasons(catalog, reasons) if reasons is not None else []


def _catalog(folder: Path | None) -> Catalog:
    return read_catalog(folder) if folder is not None else load_catalog()


def _reasons(folder: Path | None) -> tuple[Reason, ...] | None:
    return read_reasons(folder if folder is not None else data_folder("catalogs") / "radiology-ai")
