"""``threatmodel report``: the documents of a model."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from threatmodel.assessment import Assessment
from threatmodel.cli.loading import CATALOGS, MODEL, TODAY, Loud, load, loud
from threatmodel.cli.writing import write
from threatmodel.errors import OutputError


@click.command("report", short_help="Write the documents of a model: HTML in one file, Markdown.")
@MODEL
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("report"), show_default=True, help="The folder."
)
@click.option(
    "--format",
    "forms",
    type=click.Choice(["html", "markdown"]),
    multiple=True,
    help="Which documents; all unless given.",
)
@CATALOGS
@TODAY
@click.pass_context
def command(
    context: click.Context,
    model: Path,
    output: Path,
    forms: tuple[str, ...],
    catalogs: tuple[Path, ...],
    today: date | None,
) -> None:
    """Write the report of MODEL into a folder: threats with their reasons, mitigations, questions, the picture."""
    noise = loud(context)
    assessment = load(model, today, noise, catalogs=catalogs)
    for path in write_reports(assessment, output, forms or ("html", "markdown"), noise):
        noise.say(f"wrote {path}")


def write_reports(assessment: Assessment, folder: Path, forms: tuple[str, ...], noise: Loud) -> list[Path]:
    """Writes documents into a folder; gives their paths."""
    from threatmodel.cli.main import tool_version
    from threatmodel.reports.diagram import system_svg
    from threatmodel.reports.formats import FORMATS, PICTURE_FILE
    from threatmodel.reports.view_build import build_view

    view = build_view(assessment, tool_version(), paths=True)
    try:
        picture = system_svg(view)
    except OutputError as error:
        noise.say(f"the report goes without a picture: {error}")
        picture = ""
    written = []
    for form in FORMATS.values():
        if form.name not in forms:
            continue
        if picture and form.links_picture:
            written.append(write(folder / PICTURE_FILE, [picture]))
        written.append(write(folder / form.file, [form.render(view, picture)]))
    return written
