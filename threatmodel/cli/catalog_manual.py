"""``threatmodel catalog show``, ``manual`` and ``coverage``: a catalog as its readers want it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.lint import Remark
from threatmodel.catalog.reasons import Reason, read_reasons
from threatmodel.cli.loading import CATALOGS, load_catalog, loud
from threatmodel.cli.writing import write
from threatmodel.errors import UsageError, nearest_or_all
from threatmodel.reports.manual_words import LANGUAGES, Language

_LANGUAGE = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Of the entries and of what is written around them.",
)


@click.command("show", short_help="Show a threat or a control.")
@CATALOGS
@_LANGUAGE
@click.argument("entry")
def show(catalogs: tuple[Path, ...], language: Language, entry: str) -> None:
    """Show a threat or a control by its id."""
    from threatmodel.catalog.concerns import concern_of
    from threatmodel.cli.catalog_showing import print_control, print_threat
    from threatmodel.cli.console import Page
    from threatmodel.cli.showing import print_retired_control, print_shelved
    from threatmodel.reports.view_manual_entries import Entries
    from threatmodel.reports.view_manual_references import references

    catalog = load_catalog(catalogs, Path.cwd())
    shelved = catalog.retired.get(entry) or catalog.out_of_use.get(entry)
    page, known = Page(), references(catalog)
    if entry in catalog.rules:
        entries = Entries(catalog, {entry: concern_of(catalog.rules[entry])}, language, known)
        print_threat(page, entries.threat_page(entry), entries.words)
    elif entry in catalog.controls:
        entries = Entries(catalog, {}, language, known)
        print_control(page, entries.control_page(entry), entries.words)
    elif shelved is not None:
        print_shelved(page, catalog, shelved, language)
    elif entry in catalog.retired_controls:
        print_retired_control(page, catalog.retired_controls[entry], language)
    else:
        kept = [*catalog.retired, *catalog.out_of_use, *catalog.retired_controls]
        hint = nearest_or_all(entry, [*catalog.rules, *catalog.controls, *kept])
        raise UsageError(f"no threat or control is called {entry!r}", None, hint)


@click.command("manual", short_help="Write the catalog as pages to browse.")
@CATALOGS
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("manual"), show_default=True, help="The folder."
)
@_LANGUAGE
@click.pass_context
def manual(context: click.Context, catalogs: tuple[Path, ...], output: Path, language: Language) -> None:
    """Write the manual of a catalog into a folder: a page for each threat and control, the words, the coverage."""
    from threatmodel.cli.main import tool_version
    from threatmodel.reports.manual import pages
    from threatmodel.reports.view_manual_build import build_manual
    from threatmodel.reports.view_manual_references import references

    catalog = load_catalog(catalogs, Path.cwd())
    whole = build_manual(catalog, _reasons(catalog) or (), tool_version(), language, references(catalog))
    written = [write(output / name, [text]) for name, text in pages(whole)]
    loud(context).say(f"wrote {len(written)} pages; open {output / 'index.html'}")


@click.command("coverage", short_help="Count the threats by kind, protocol and phase.")
@CATALOGS
@click.option("--matrix", type=click.Choice(["kinds", "protocols", "phases"]), help="This matrix alone.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def coverage(catalogs: tuple[Path, ...], matrix: str | None, form: str) -> None:
    """Count the threats for each kind, protocol and phase, and say why cells are empty."""
    from threatmodel.catalog import coverage as counted
    from threatmodel.cli.catalog_showing import plain_matrix, print_matrix
    from threatmodel.cli.console import Page

    catalog = load_catalog(catalogs, Path.cwd())
    reasons = _reasons(catalog) or ()
    found = [one for one in counted.coverage(catalog, reasons) if matrix in {None, one.name}]
    if form == "json":
        told = {"schema": "threatmodel-coverage/1", "matrices": [plain_matrix(one) for one in found]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in found:
        print_matrix(Page(), one, [reason for reason in reasons if reason.matrix == one.name])


COMMANDS = (show, manual, coverage)
"""What the group takes over."""


def remarks_on_coverage(catalog: Catalog) -> list[Remark]:
    """What is wrong with the reasons for empty cells that a catalog gives; nothing where it gives none.

    Of several catalogs together nothing is told: a cell that one leaves empty may be filled by another.
    """
    from threatmodel.catalog.coverage import lint_reasons

    reasons = _reasons(catalog) if len(catalog.origins) == 1 else None
    return lint_reasons(catalog, reasons) if reasons is not None else []


def _reasons(catalog: Catalog) -> tuple[Reason, ...] | None:
    """The reasons for empty cells, of all catalogs that give any; None where none does."""
    given = [read_reasons(Path(origin.folder)) for origin in catalog.origins]
    if all(one is None for one in given):
        return None
    return tuple(reason for one in given if one is not None for reason in one)
