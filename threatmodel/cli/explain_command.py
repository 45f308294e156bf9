"""``threatmodel explain``: why a finding was raised, or why not, and what would close it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from threatmodel.analysis.match import place_ref, why_not
from threatmodel.analysis.place import Place
from threatmodel.assessment import Assessment
from threatmodel.catalog.catalog import Rule, told_shelved
from threatmodel.cli.loading import CATALOGS, MODEL, TODAY, WHAT_IF, load, loud
from threatmodel.errors import UsageError, nearest_or_all


@click.command("explain", short_help="Say why a finding was raised, or why not, and what would close it.")
@MODEL
@click.argument("finding")
@WHAT_IF
@CATALOGS
@TODAY
@click.pass_context
def command(
    context: click.Context,
    model: Path,
    finding: str,
    what_if: tuple[str, ...],
    catalogs: tuple[Path, ...],
    today: date | None,
) -> None:
    """Explain FINDING of MODEL: an id such as DAT-01@pacs, of a finding that was raised or of one that was not.

    A threat alone (DAT-01) lists where it was raised; a place alone (pacs) lists what was raised there.
    """
    from threatmodel.cli.console import Page
    from threatmodel.cli.explaining import print_finding, print_list, print_silence
    from threatmodel.reports.view_findings import finding_view, threat_text

    assessment = load(model, today, loud(context), what_if, catalogs)
    rated = assessment.by_id.get(finding)
    page = Page()
    if rated is not None:
        text = threat_text(assessment.catalog.rules[rated.finding.threat].threat)
        print_finding(page, finding_view(assessment, rated, text))
        return
    threat, _, place = finding.partition("@")
    if not place:
        found = [one for one in assessment.findings if finding in {one.finding.threat, one.finding.place.id}]
        catalog = assessment.catalog
        if not found and finding not in catalog.rules and finding not in _places(assessment):
            _refuse_shelved(assessment, finding)
            known = [*catalog.rules, *_places(assessment)]
            raise UsageError(f"no finding, threat or place is called {finding!r}", None, nearest_or_all(finding, known))
        views = [
            finding_view(assessment, one, threat_text(assessment.catalog.rules[one.finding.threat].threat))
            for one in found
        ]
        print_list(page, finding, views)
        return
    rule = _rule(assessment, threat)
    where = _place(assessment, rule, place)
    print_silence(
        page, finding, rule.threat.en.title, assessment.context.title(place), why_not(assessment.context, rule, where)
    )


def _places(assessment: Assessment) -> list[str]:
    system = assessment.system
    return [system.id, *system.zone_by_id, *system.component_by_id, *system.flow_by_id]


def _refuse_shelved(assessment: Assessment, threat: str) -> None:
    """Says so where a threat is never asked, and why."""
    shelved = assessment.catalog.retired.get(threat) or assessment.catalog.out_of_use.get(threat)
    if shelved is not None:
        raise UsageError(f"{threat} is not asked: {told_shelved(shelved)}", None, f"threatmodel catalog show {threat}")


def _rule(assessment: Assessment, threat: str) -> Rule:
    _refuse_shelved(assessment, threat)
    rule = assessment.catalog.rules.get(threat)
    if rule is None:
        raise UsageError(f"no threat is called {threat!r}", None, nearest_or_all(threat, assessment.catalog.rules))
    return rule


def _place(assessment: Assessment, rule: Rule, name: str) -> Place:
    """The place of an id, if it is of the sort that the threat is about."""
    known = _places(assessment)
    if name not in known:
        raise UsageError(f"the model has no place {name!r}", None, nearest_or_all(name, known))
    place = assessment.context.place(name)
    sort = place_ref(assessment.context, place).type
    if sort != rule.threat.about:
        raise UsageError(
            f"{rule.threat.id} is about a {rule.threat.about}; {name!r} is a {sort}",
            None,
            f"threatmodel catalog show {rule.threat.id}",
        )
    return place
