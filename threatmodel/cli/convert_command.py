"""``threatmodel convert``: a model from one form into another."""

from __future__ import annotations

from pathlib import Path

import click

from threatmodel.cli.loading import CATALOGS, load_catalog, load_model, loud
from threatmodel.cli.writing import write
from threatmodel.errors import UsageError
from threatmodel.exporters.formats import WRITERS


@click.command("convert", short_help="Convert a model between Python, YAML and JSON.")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@CATALOGS
@click.pass_context
def command(context: click.Context, source: Path, target: Path, catalogs: tuple[Path, ...]) -> None:
    """Convert the model SOURCE (.py, .yaml, .json) into TARGET (.yaml, .json), without loss.

    What a Python model computes is written out; its comments, functions and loops stay in the Python file.
    """
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        hint = "a Python model is written by hand" if target.suffix == ".py" else f"known: {', '.join(WRITERS)}"
        raise UsageError(f"no writer knows the ending {target.suffix!r}", str(target), hint)
    system = load_model(source, load_catalog(catalogs, source))
    loud(context).say(f"wrote {write(target, [writer(system)])}")
