"""``threatmodel diagram``: the data-flow diagram of a model."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import click

from threatmodel.cli.loading import CATALOGS, MODEL, TODAY, load, loud
from threatmodel.cli.writing import write


@click.command("diagram", short_help="Draw the data-flow diagram of a model.")
@MODEL
@click.option("--view", type=click.Choice(["system"]), default="system", show_default=True, help="What to draw.")
@click.option("--format", "form", type=click.Choice(["svg", "dot"]), help="The form; by the ending of -o, else svg.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead of standard output.")
@click.option(
    "--engine",
    type=click.Choice(["embedded", "system"]),
    default="embedded",
    show_default=True,
    help="Lay out with the embedded Graphviz (the same everywhere) or with the dot program of this system.",
)
@CATALOGS
@TODAY
@click.pass_context
def command(
    context: click.Context,
    model: Path,
    view: str,
    form: str | None,
    output: Path | None,
    engine: Literal["embedded", "system"],
    catalogs: tuple[Path, ...],
    today: date | None,
) -> None:
    """Draw MODEL: zones as nested boundaries, flows in the direction of the data, the worst open level of each."""
    from threatmodel.cli.main import tool_version
    from threatmodel.reports.diagram import system_dot, system_svg
    from threatmodel.reports.view_build import build_view

    noise = loud(context)
    shown = build_view(load(model, today, noise, catalogs=catalogs), tool_version())
    if form is None:
        form = "dot" if output is not None and output.suffix in {".dot", ".gv"} else "svg"
    text = system_dot(shown) if form == "dot" else system_svg(shown, engine)
    if output is None:
        click.echo(text, nl=False)
    else:
        noise.say(f"wrote {write(output, [text])}")
