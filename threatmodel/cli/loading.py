"""A model and the catalog from the paths that a command was given, and mistakes as a terminal shows them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from threatmodel.assessment import Assessment, assess
from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.read import read_catalogs
from threatmodel.cli.catalog_folders import catalog_folders
from threatmodel.errors import ThreatModelError
from threatmodel.importers.formats import read_model
from threatmodel.model.system import System
from threatmodel.source import Source

MODEL = click.argument("model", type=click.Path(path_type=Path))
"""The model file, or the folder that holds it."""
CATALOGS = click.option(
    "--catalog",
    "catalogs",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Use the catalog in this folder and those that it extends; may be repeated. Without it, what threatmodel.toml "
    "names, else the catalog that is shipped.",
)
TODAY = click.option(
    "--today",
    metavar="YYYY-MM-DD",
    callback=lambda _context, _parameter, value: _day(value),
    help="The day on which the age of evidence is judged; without it evidence does not grow old.",
)
WHAT_IF = click.option(
    "--what-if",
    multiple=True,
    metavar="STATE:CONTROL@PLACE",
    help="Assess as if this were stated, for example implemented:mtls-node-auth@imaging-network; may be repeated.",
)


class Loud(NamedTuple):
    """How much to say on standard error."""

    level: int

    def note(self, text: str) -> None:
        """A line for who asked for ``--verbose``."""
        if self.level > 1:
            click.echo(text, err=True)

    def say(self, text: str) -> None:
        """A line unless ``--quiet`` was asked for."""
        if self.level > 0:
            click.echo(text, err=True)


def loud(context: click.Context) -> Loud:
    """How much this call may say."""
    return Loud(int(context.obj if context.obj is not None else 1))


def load_catalog(named: Sequence[Path], beside: Path) -> Catalog:
    """The catalogs in use, as one: those named, else what a ``threatmodel.toml`` names, else the shipped one."""
    return read_catalogs(catalog_folders(named, beside))


def load_model(path: Path, catalog: Catalog) -> System:
    """The system of a model file, its controls known to the catalogs in use."""
    return read_model(path, catalog.controls, catalog.successors())


def load(
    path: Path, today: date | None, noise: Loud, what_if: tuple[str, ...] = (), catalogs: Sequence[Path] = ()
) -> Assessment:
    """The assessment of a model file, with what is supposed in force, against the catalogs in use."""
    catalog = load_catalog(catalogs, path)
    noise.note(f"catalog: {len(catalog.rules)} threats, {len(catalog.controls)} controls")
    for origin in catalog.origins:
        noise.note(f"    {origin.id} {origin.version}, {origin.folder}")
    system = load_model(path, catalog)
    noise.note(f"model: {len(system.zones)} zones, {len(system.components)} components, {len(system.flows)} flows")
    if what_if:
        from threatmodel.model.supposing import read_supposition, supposing

        supposed = [read_supposition(text, system, catalog.controls) for text in what_if]
        for one in supposed:
            noise.say(f"supposing {one}")
        system = supposing(system, supposed)
    return assess(system, catalog, today)


def told(error: ThreatModelError) -> str:
    """An error as a terminal shows it: each problem with a path from here and its hint, and the count of several."""
    lines = []
    for problem in error.problems:
        where = f"{from_here(problem.where)}: " if problem.where is not None else ""
        lines.append(f"{where}error: {problem.what}")
        lines += [f"    hint: {line}" for line in (problem.hint or "").splitlines() if line.strip()]
    if len(error.problems) > 1:
        lines.append(f"{len(error.problems)} mistakes; nothing was assessed")
    return "\n".join(lines)


def from_here(where: object) -> str:
    """A place with a path from here, as a terminal shows it."""
    if not isinstance(where, Source):
        return str(where)
    file = where.file
    if os.path.isabs(file):
        near = os.path.relpath(file)
        file = file if near.startswith(os.pardir + os.sep + os.pardir) else near
    return str(Source(file, where.line))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write it as 2026-11-23") from None
