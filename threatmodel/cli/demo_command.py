"""``threatmodel demo``: a sample model, the whole job on it, and what to open."""

from __future__ import annotations

from pathlib import Path

import click

from threatmodel.cli.loading import load, loud
from threatmodel.cli.writing import write
from threatmodel.errors import UsageError
from threatmodel.resources import data_folder

_SAMPLE = "chest-xray-triage"


@click.command("demo", short_help="Write a sample model, run the whole job on it, say what to open.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("threatmodel-demo"))
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Write the sample chest-xray-triage into FOLDER, assess it, and write its report and its picture beside it.

    Files of an earlier demo are written anew; a model.py that was edited since is left alone, and the demo stops.
    """
    from threatmodel.cli.console import Page
    from threatmodel.cli.main import tool_version
    from threatmodel.cli.report_command import write_reports
    from threatmodel.cli.summary import print_summary
    from threatmodel.exporters.json_doc import pieces
    from threatmodel.reports.view_build import build_view

    noise = loud(context)
    sample = (data_folder("samples") / _SAMPLE / "model.py").read_text(encoding="utf-8")
    model = folder / "model.py"
    if model.exists() and model.read_text(encoding="utf-8", errors="replace") != sample:
        raise UsageError("the model there was edited since", str(model), "name another folder: threatmodel demo FOLDER")
    write(model, [sample])
    assessment = load(model, None, noise)
    written = [model, *write_reports(assessment, folder, ("html", "markdown"), noise)]
    written.append(write(folder / "findings.json", pieces(assessment)))
    page = Page()
    print_summary(page, build_view(assessment, tool_version()), everything=False)
    page.gap()
    page.line(("Written", "head"))
    for path in written:
        page.line(f"{path}  {_TOLD[path.name]}", indent=2)
    page.gap()
    page.line(f"Open {folder / 'report.html'} in a browser. Then edit {model} and run: threatmodel check {model}")


_TOLD = {
    "model.py": "the model: edit it",
    "report.html": "the report, with picture, threats, mitigations, questions",
    "diagram.svg": "the picture",
    "report.md": "the report for a git forge",
    "findings.json": "the findings for other programs",
}
