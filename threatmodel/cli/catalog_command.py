"""``threatmodel catalog``: the threats and controls, listed, shown and linted."""

from __future__ import annotations

from pathlib import Path

import click

from threatmodel.catalog.catalog import Catalog, Rule
from threatmodel.catalog.conditions import written
from threatmodel.catalog.controls import Control
from threatmodel.catalog.lint import lint
from threatmodel.catalog.read import read_catalog
from threatmodel.cli import catalog_manual, exits
from threatmodel.cli.console import Page
from threatmodel.cli.loading import load_catalog
from threatmodel.errors import UsageError, nearest_or_all
from threatmodel.reports.view_findings import threat_text

_FOLDER = click.option(
    "--catalog",
    "folder",
    type=click.Path(path_type=Path),
    help="A catalog folder; the one that is shipped unless given.",
)


@click.group("catalog", short_help="List, show and lint the threats and controls.")
def command() -> None:
    """The threats and controls that models are assessed against."""


@command.command("list")
@_FOLDER
@click.option("--controls", is_flag=True, help="List the controls instead of the threats.")
@click.option("--stride", type=click.Choice(list("STRIDE")), help="Threats of this STRIDE letter.")
@click.option(
    "--phase",
    type=click.Choice(["general", "data", "training", "implementation", "auditability"]),
    help="Of this phase.",
)
@click.option(
    "--about", type=click.Choice(["component", "flow", "zone", "model", "chain"]), help="About this sort of place."
)
def list_entries(folder: Path | None, controls: bool, stride: str | None, phase: str | None, about: str | None) -> None:
    """List the threats, or the controls, a line each."""
    catalog = _catalog(folder)
    if controls:
        for name, control in catalog.controls.items():
            click.echo(f"{name:28} {catalog.families[name]:18} {control.en.title}")
        return
    for name, rule in catalog.rules.items():
        threat = rule.threat
        if (
            (stride is None or stride in threat.stride)
            and phase in {None, threat.phase}
            and about in {None, threat.about}
        ):
            click.echo(f"{name:8} {''.join(threat.stride):6} {threat.phase:15} {threat.about:10} {threat.en.title}")


@command.command("show")
@_FOLDER
@click.argument("entry")
def show(folder: Path | None, entry: str) -> None:
    """Show a threat or a control by its id."""
    catalog = _catalog(folder)
    page = Page()
    rule, control = catalog.rules.get(entry), catalog.controls.get(entry)
    if rule is not None:
        _show_threat(page, catalog, rule)
    elif control is not None:
        _show_control(page, catalog, control)
    else:
        raise UsageError(
            f"no threat or control is called {entry!r}",
            None,
            nearest_or_all(entry, [*catalog.rules, *catalog.controls]),
        )


@command.command("lint")
@_FOLDER
@click.option("--notes", is_flag=True, help="Print what is good to know, too.")
@click.pass_context
def lint_catalog(context: click.Context, folder: Path | None, notes: bool) -> None:
    """Read a catalog strictly and say what is wrong with it; exit with 3 when something is."""
    catalog = _catalog(folder)
    remarks = lint(catalog) + catalog_manual.remarks_on_coverage(folder, catalog)
    errors = [remark for remark in remarks if remark.level == "error"]
    for remark in remarks:
        if remark.level == "error" or notes:
            click.echo(f"{remark.entry}: {remark.level}: {remark.says}")
    counted = f"{len(errors)} errors, {len(remarks) - len(errors)} notes"
    click.echo(f"{len(catalog.rules)} threats, {len(catalog.controls)} controls, {counted}", err=True)
    if errors:
        context.exit(exits.INPUT)


def _catalog(folder: Path | None) -> Catalog:
    return read_catalog(folder) if folder is not None else load_catalog()


def _show_threat(page: Page, catalog: Catalog, rule: Rule) -> None:
    threat, text = rule.threat, threat_text(rule.threat)
    page.line((threat.id, "id"), "  ", (text.title, "head"))
    page.line(
        (f"{', '.join(text.stride_names)} · phase {text.phase} · about a {threat.about} · {text.attested}", "dim")
    )
    for head, words in (("What happens", text.what), ("Harm", text.harm), ("What to do", text.remedy)):
        page.gap()
        page.line((head, "head"))
        page.line(words, indent=2)
    for head, condition in (("Concerns a place when", rule.applies), ("A place is open to it when", rule.exposed)):
        page.gap()
        page.line((head, "head"))
        for depth, words in written(condition):
            page.line(words, indent=2 + 2 * depth)
    page.gap()
    page.line(("Controls", "head"))
    for role, names in (("primary", threat.controls.primary), ("supporting", threat.controls.supporting)):
        for name in names:
            page.line((name, "id"), f"  {catalog.controls[name].en.title} ({role})", indent=2)
    page.gap()
    harm = f"severity {threat.harm.severity} of 5, {threat.harm.property}"
    harm += "".join(
        f", {name} {value} of 4"
        for name, value in (("privacy", threat.harm.privacy), ("continuity", threat.harm.continuity))
        if value
    )
    page.line(f"Rated: {harm}; knowledge {threat.exploitability.knowledge} of 2")
    page.line((f"{text.review} · {'; '.join(text.references)}", "dim"))
    page.line((rule.file, "dim"))


def _show_control(page: Page, catalog: Catalog, control: Control) -> None:
    page.line((control.id, "id"), "  ", (control.en.title, "head"))
    limits = ", ".join(control.limits)
    page.line(
        (
            f"{catalog.families[control.id]} · effort {control.effort} of 3 · {', '.join(control.owner)} · "
            f"limits {limits}",
            "dim",
        )
    )
    for head, words in (
        ("What it is", control.en.what),
        ("How one sees that it is there", control.en.verify),
        ("The question", control.en.ask.replace("{place}", "this place")),
    ):
        page.gap()
        page.line((head, "head"))
        page.line(words, indent=2)
    page.gap()
    page.line(("Threats that it closes or makes harder", "head"))
    for name, rule in catalog.rules.items():
        threat = rule.threat
        for role, names in (("primary", threat.controls.primary), ("supporting", threat.controls.supporting)):
            if control.id in names:
                page.line((name, "id"), f"  {threat.en.title} ({role})", indent=2)
    known = [
        *control.references,
        *(f"{scheme}: {', '.join(places)}" for scheme, places in sorted(control.mappings.items())),
    ]
    if known:
        page.gap()
        page.line(("; ".join(known), "dim"))


for _command in catalog_manual.COMMANDS:
    command.add_command(_command)
