"""``threatmodel plan``: which controls to add first, what each removes, and what cuts every way to a place."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import click

from threatmodel.assessment import Assessment
from threatmodel.cli.console import Page
from threatmodel.cli.loading import CATALOGS, MODEL, TODAY, WHAT_IF, load, loud
from threatmodel.cli.summary import print_paths
from threatmodel.errors import UsageError, nearest_or_all
from threatmodel.planning.cutting import Ways, ways_to
from threatmodel.planning.steps import Order, Plan, Step, plan
from threatmodel.reports.view_paths_build import paths_view

_PLACES = 6
_LARGE = 20_000
"""Findings from which on a plan takes a minute or longer."""


@click.command("plan", short_help="Say which controls to add first, and what cuts every way to a place.")
@MODEL
@click.option("--first", type=click.IntRange(1, 20), default=3, show_default=True, help="How many controls to name.")
@click.option(
    "--by",
    type=click.Choice(["risk", "effort"]),
    default="risk",
    show_default=True,
    help="Order by the risk that a control removes, or by that for each step of its effort.",
)
@click.option("--target", metavar="COMPONENT", help="Tell what cuts every unproven way there, and the easiest ways.")
@WHAT_IF
@CATALOGS
@TODAY
@click.pass_context
def command(
    context: click.Context,
    model: Path,
    first: int,
    by: Order,
    target: str | None,
    what_if: tuple[str, ...],
    catalogs: tuple[Path, ...],
    today: date | None,
) -> None:
    """Say what to do first about MODEL: each control is tried on top of those before, by assessing the model again.

    With --target, what cuts every way to a component on which nobody proves who they are, and the easiest ways to it.

    The weight of an open finding is 1 for low, 4 for medium, 16 for high, 64 for critical.
    """
    noise = loud(context)
    assessment = load(model, today, noise, what_if, catalogs)
    page = Page()
    if target is not None:
        if target not in assessment.system.component_by_id:
            hint = nearest_or_all(target, assessment.system.component_by_id)
            raise UsageError(f"the model has no component {target!r}", None, hint)
        _print_ways(page, assessment, ways_to(assessment, target))
        print_paths(page, paths_view(assessment, target))
        return
    if len(assessment.findings) > _LARGE:
        noise.say("a large model: each control is tried on all of it, which takes a while")
    _print_plan(page, assessment, plan(assessment, first, today, by))


def _print_plan(page: Page, assessment: Assessment, made: Plan) -> None:
    if not made.steps:
        page.line(("No control that is missing would remove anything.", "head"))
        return
    told = "one thing, do this" if len(made.steps) == 1 else f"{len(made.steps)} things, do these"
    page.line((f"If you can do {told}", "head"), f"  (open now: weight {made.weight})")
    for number, step in enumerate(made.steps, 1):
        page.gap()
        _print_step(page, assessment, number, step, made.weight)


def _print_step(page: Page, assessment: Assessment, number: int, step: Step, weight: int) -> None:
    control = assessment.catalog.controls[step.control]
    page.line(f"{number}  ", (step.control, "id"), f"  {control.en.title}")
    share = round(100 * step.removed / weight)
    page.line(
        f"removes {step.removed} ({share} % of all), leaves {step.left}; effort {step.effort} of 3, so "
        f"{round(step.removed / step.effort)} for each step of effort; {', '.join(control.owner)}",
        indent=3,
    )
    page.line(f"closes {_closed_told(step)}", indent=3)
    names = [assessment.context.title(place) for place in step.places]
    more = f"; and {len(names) - _PLACES} more" if len(names) > _PLACES else ""
    page.line(f"at {'; '.join(names[:_PLACES])}{more}", indent=3)
    page.line((f"seen by: {control.en.verify}", "dim"), indent=3)


def _closed_told(step: Step) -> str:
    """How many findings a step closes, and of which threats, those with most findings first."""
    if not step.closes:
        return "none, but makes some harder to exploit"
    counted = Counter(name.partition("@")[0] for name in step.closes)
    ranked = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
    told = [f"{threat} at {count} places" if count > 1 else threat for threat, count in ranked[:_PLACES]]
    more = f", and {len(ranked) - _PLACES} more" if len(ranked) > _PLACES else ""
    findings = "1 finding" if len(step.closes) == 1 else f"{len(step.closes)} findings"
    return f"{findings}: {', '.join(told)}{more}"


def _print_ways(page: Page, assessment: Assessment, ways: Ways) -> None:
    name = assessment.context.title(ways.target)
    if not ways.entries:
        page.line(
            ("No place is stated to be exposed to the internet or to a partner, so no way begins anywhere.", "head")
        )
        return
    if not ways.cut.flows:
        page.line((f"No way on which nobody proves who they are leads to {name!r} from outside.", "head"))
        return
    flows = "flow" if len(ways.cut.flows) == 1 else "flows"
    page.line((f"Protecting {len(ways.cut.flows)} {flows} cuts every unproven way to {name!r}", "head"))
    page.line(f"from: {', '.join(assessment.context.title(entry) for entry in ways.entries)}", indent=2)
    for flow, control in ways.controls:
        page.gap()
        source = assessment.system.flow_by_id[flow].source
        page.line(assessment.context.title(flow), (f"  {source}", "dim"), indent=2)
        page.line((control, "id"), f"  {assessment.catalog.controls[control].en.title}", indent=4)
        page.line((f"--what-if implemented:{control}@{flow}", "dim"), indent=4)
