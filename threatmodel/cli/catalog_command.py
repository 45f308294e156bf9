"""``threatmodel catalog``: the threats and controls, listed, shown and linted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import get_args

import click

from threatmodel.catalog.catalog import Catalog, told_shelved
from threatmodel.catalog.controls import Control
from threatmodel.catalog.entry import Status
from threatmodel.catalog.facts import About
from threatmodel.catalog.picking import concerned
from threatmodel.catalog.threats import Phase, Threat
from threatmodel.cli import catalog_manual, exits
from threatmodel.cli.loading import CATALOGS, from_here, load_catalog
from threatmodel.errors import UsageError, nearest_or_all
from threatmodel.model.kinds import KINDS
from threatmodel.model.vocabulary import PROTOCOL_BY_ID
from threatmodel.reports.manual_words import words
from threatmodel.reports.view_manual_life import told_change


def _among(known: Collection[str], sort: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Lets one of many words pass; a misspelt one is told with the nearest."""

    def check(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
        if value is not None and value not in known:
            raise click.BadParameter(f"no {sort} is called {value!r}; {nearest_or_all(value, known)}")
        return value

    return check


@click.group("catalog", short_help="List, show and lint the threats and controls.")
def command() -> None:
    """The threats and controls that models are assessed against."""


@command.command("list")
@CATALOGS
@click.option("--controls", is_flag=True, help="List the controls instead of the threats.")
@click.option("--kind", callback=_among(KINDS, "kind"), help="Threats that can concern a component of this kind.")
@click.option("--protocol", callback=_among(PROTOCOL_BY_ID, "protocol"), help="Threats to flows over this protocol.")
@click.option("--stride", type=click.Choice(list("STRIDE")), help="Threats of this STRIDE letter.")
@click.option("--phase", type=click.Choice(get_args(Phase)), help="Of this phase.")
@click.option("--about", type=click.Choice(get_args(About)), help="About this sort of place.")
@click.option("--control", help="Threats that name this control.")
@click.option("--status", type=click.Choice(get_args(Status)), help="Entries of this status.")
@click.option("--all", "everything", is_flag=True, help="Retired entries, too.")
def list_entries(
    catalogs: tuple[Path, ...],
    controls: bool,
    kind: str | None,
    protocol: str | None,
    stride: str | None,
    phase: str | None,
    about: str | None,
    control: str | None,
    status: str | None,
    everything: bool,
) -> None:
    """List the threats, or the controls, a line each; the options narrow the list together.

    A threat is listed for a kind when what it asks can hold for a component of that kind; of threats about flows,
    zones, the model and chains, those count that ask for a component's nature.
    """
    catalog = load_catalog(catalogs, Path.cwd())
    if controls:
        _list_controls(catalog, status, everything=everything)
        return
    known = {*catalog.controls, *catalog.retired_controls}
    if control is not None and control not in known:
        raise UsageError(f"no control is called {control!r}", None, nearest_or_all(control, known))

    def wanted(threat: Threat) -> bool:
        named = {*threat.controls.primary, *threat.controls.supporting}
        return (
            (stride is None or stride in threat.stride)
            and phase in {None, threat.phase}
            and about in {None, threat.about}
            and status in {None, threat.status}
            and (control is None or control in named)
        )

    rules = [rule for rule in catalog.rules.values() if wanted(rule.threat) and concerned(rule, kind, protocol)]
    word = words("en")
    lines = [(rule.threat, "; ".join(told_change(catalog, rule, one, word) for one in rule.changes)) for rule in rules]
    for shelved in catalog.out_of_use.values():
        if wanted(shelved.threat) and shelved.rule is not None and concerned(shelved.rule, kind, protocol):
            lines.append((shelved.threat, told_shelved(shelved)))
    if (everything or status == "retired") and kind is None and protocol is None:
        retired = (one for one in catalog.retired.values() if wanted(one.threat))
        lines += [(shelved.threat, told_shelved(shelved)) for shelved in retired]
    width = max([8, *(len(threat.id) for threat, _ in lines)])
    for threat, mark in sorted(lines, key=lambda line: line[0].id):
        told = f"{threat.id:{width}} {''.join(threat.stride):6} {threat.phase:15} {threat.about:10} {threat.en.title}"
        draft = " [draft]" if threat.status == "draft" else ""
        click.echo(f"{told}{draft}{f' [{mark}]' if mark else ''}")


@command.command("lint")
@CATALOGS
@click.option("--notes", is_flag=True, help="Print what is good to know, too.")
@click.pass_context
def lint_catalog(context: click.Context, catalogs: tuple[Path, ...], notes: bool) -> None:
    """Read catalogs strictly and say what is wrong with them; exit with 3 when something is.

    Catalogs that are only extended are read as strictly, and linted when they are named themselves.
    """
    from threatmodel.catalog.glossary import read_glossary
    from threatmodel.catalog.lint import lint
    from threatmodel.catalog.placing import Placing
    from threatmodel.catalog.read import GLOSSARY

    catalog = load_catalog(catalogs, Path.cwd())
    files = (Path(origin.folder) / GLOSSARY for origin in catalog.origins)
    glossaries = [read_glossary(file) for file in files if file.is_file()]
    extended = {name for origin in catalog.origins for name in origin.extends}
    named = {origin.id for origin in catalog.origins} - extended
    named |= {origin.id for origin in catalog.origins if Path(origin.folder) in {path.absolute() for path in catalogs}}
    remarks = [remark for remark in lint(catalog, glossaries) if remark.catalog in named]
    remarks += catalog_manual.remarks_on_coverage(catalog)
    placing = Placing(catalog)
    errors = [remark for remark in remarks if remark.level == "error"]
    for remark in remarks:
        if remark.level == "error" or notes:
            where = placing.place(remark)
            told = f"{from_here(where)}: " if where is not None else ""
            click.echo(f"{told}{remark.entry}: {remark.level}: {remark.says}")
            if remark.hint:
                click.echo(f"    hint: {remark.hint}")
    counted = f"{len(errors)} errors, {len(remarks) - len(errors)} notes"
    click.echo(f"{len(catalog.rules)} threats, {len(catalog.controls)} controls, {counted}", err=True)
    if errors:
        context.exit(exits.INPUT)


def _list_controls(catalog: Catalog, status: str | None, *, everything: bool) -> None:
    hidden = status is None and not everything
    controls: dict[str, Control] = {**catalog.controls, **({} if hidden else catalog.retired_controls)}
    width = max([28, *(len(name) for name in controls)])
    for name, control in sorted(controls.items()):
        if status in {None, control.status}:
            mark = f" [{control.status}]" if control.status != "stable" else ""
            click.echo(f"{name:{width}} {catalog.families[name]:18} {control.en.title}{mark}")


for _command in catalog_manual.COMMANDS:
    command.add_command(_command)
