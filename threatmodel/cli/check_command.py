"""``threatmodel check``: findings on the terminal or as JSON, and the gate."""

from __future__ import annotations

import sys
from datetime import date
from io import TextIOWrapper
from pathlib import Path

import click

from threatmodel.assessment import Assessment
from threatmodel.cli import exits
from threatmodel.cli.loading import CATALOGS, MODEL, TODAY, WHAT_IF, load, loud
from threatmodel.cli.writing import write
from threatmodel.risk.scale import LEVELS


@click.command("check", short_help="Assess a model: findings on the terminal or as JSON, and the gate.")
@MODEL
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead of standard output.")
@click.option("--all", "everything", is_flag=True, help="Print every group, place and question, and what is closed.")
@click.option("--paths", is_flag=True, help="Also tell the easiest ways by which somebody gets to what matters.")
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="Exit with 1 when a finding is open at this level or above, unconfirmed ones included.",
)
@WHAT_IF
@CATALOGS
@TODAY
@click.pass_context
def command(
    context: click.Context,
    model: Path,
    form: str,
    output: Path | None,
    everything: bool,
    paths: bool,
    fail_on: str | None,
    what_if: tuple[str, ...],
    catalogs: tuple[Path, ...],
    today: date | None,
) -> None:
    """Assess MODEL (a .py, .yaml or .json file, or a folder with one) against the catalog.

    The gate counts open findings by their residual level. What nobody stated counts at its worst, and is asked as a
    question.
    """
    noise = loud(context)
    assessment = load(model, today, noise, what_if, catalogs)
    if form == "json":
        from threatmodel.exporters.json_doc import pieces

        if output is not None:
            write(output, pieces(assessment, paths=paths))
        else:
            if isinstance(sys.stdout, TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", newline="\n")
            sys.stdout.writelines(pieces(assessment, paths=paths))
    else:
        _print(assessment, everything, paths, output)
    if fail_on is not None:
        beyond = _beyond(assessment, fail_on)
        if beyond:
            noise.say(f"gate: {beyond} open {'finding' if beyond == 1 else 'findings'} at {fail_on} or above")
            context.exit(exits.GATE)
        noise.say(f"gate: no open finding at {fail_on} or above")


def _print(assessment: Assessment, everything: bool, paths: bool, output: Path | None) -> None:
    from threatmodel.cli.console import Page, plain_page
    from threatmodel.cli.main import tool_version
    from threatmodel.cli.summary import print_summary
    from threatmodel.reports.view_build import build_view

    view = build_view(assessment, tool_version(), paths=paths)
    if output is None:
        print_summary(Page(), view, everything=everything)
        return
    page, text = plain_page()
    print_summary(page, view, everything=everything)
    write(output, [text.getvalue()])


def _beyond(assessment: Assessment, level: str) -> int:
    """How many findings are open at a level or above."""
    worst = LEVELS[LEVELS.index(level) :]
    return sum(count for name, count in assessment.by_level.items() if name in worst)
