"""``threatmodel catalog``: the threats and controls, listed, shown and linted."""

from __future__ import annotations

from pathlib import Path

import click

from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.lint import lint
from threatmodel.catalog.read import read_catalog
from threatmodel.cli import catalog_manual, exits
from threatmodel.cli.loading import load_catalog

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


for _command in catalog_manual.COMMANDS:
    command.add_command(_command)
