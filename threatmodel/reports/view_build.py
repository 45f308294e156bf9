"""Builds the View of an assessment."""

from __future__ import annotations

from threatmodel.analysis.remarks import remarks
from threatmodel.assessment import Assessment
from threatmodel.reports import view_system
from threatmodel.reports.view import CatalogView, Count, Remark, View
from threatmodel.reports.view_findings import finding_view, groups, question_groups, threat_text
from threatmodel.reports.view_manual_life import otherwise
from threatmodel.reports.view_paths_build import paths_view
from threatmodel.risk.scale import rank

_NOTES = (
    "Levels follow the scheme ExS-5: exploitability times severity of clinical harm. They order work; they are not "
    "probabilities.",
    "What the model does not state counts at its worst and is asked as a question; it is never taken for yes or no.",
    "Privacy and continuity of service are scores of their own and do not enter the level.",
    "Phases are those of Kelly et al. 2023, European Radiology, doi 10.1007/s00330-023-09860-1. Only where a finding "
    "says so does it rest on a statement of that review; the substance of the others rests on the references given.",
)


def build_view(assessment: Assessment, tool_version: str, *, paths: bool = False) -> View:
    """All that templates, diagrams and the terminal may see; the ways to what matters only where they are asked for."""
    system, catalog = assessment.system, assessment.catalog
    texts = {name: threat_text(rule.threat) for name, rule in catalog.rules.items()}
    findings = [finding_view(assessment, rated, texts[rated.finding.threat]) for rated in assessment.findings]
    order = {"open": 0, "question": 1, "addressed": 2}
    findings.sort(key=lambda one: (order.get(one.state, 3), -rank(one.residual.level), not one.confirmed, one.id))
    open_ones = [one for one in findings if one.state == "open"]
    worst = next((level.name for level in _levels(assessment) if level.count), "none")
    return View(
        title=system.title,
        id=system.id,
        version=system.version or "not stated",
        owner=system.owner or "not stated",
        jurisdictions=", ".join(system.jurisdictions) or "not stated",
        intended_use=system.intended_use or "not stated",
        description=system.description or "",
        digest=system.digest,
        tool_version=tool_version,
        catalogs=tuple(CatalogView(one.id, one.version, one.title, one.digest) for one in catalog.origins),
        levels=_levels(assessment),
        states=tuple(Count(state, count) for state, count in assessment.by_state.items()),
        open_count=len(open_ones),
        unconfirmed_count=sum(not one.confirmed for one in open_ones),
        question_count=len(assessment.questions),
        groups=groups(assessment, texts, frozenset({"open"})),
        undecided=groups(assessment, texts, frozenset({"question"})),
        closed=groups(assessment, texts, frozenset({"addressed", "accepted", "transferred", "not-applicable"})),
        findings=tuple(findings),
        questions=question_groups(assessment),
        mitigations=view_system.mitigations(assessment),
        zones=view_system.zones(assessment),
        components=view_system.components(assessment),
        flows=view_system.flows(assessment),
        data=view_system.data(assessment),
        assumptions=view_system.assumptions(assessment),
        notes=(*_NOTES, *otherwise(catalog)),
        picture_alt=(
            f"Data-flow diagram of {system.title}: {len(system.components)} components in {len(system.zones)} zones, "
            f"{len(system.flows)} flows; the worst open level is {worst}"
        ),
        remarks=tuple(Remark(one.says, str(one.source or "")) for one in remarks(assessment.context)),
        paths=paths_view(assessment) if paths else None,
    )


def _levels(assessment: Assessment) -> tuple[Count, ...]:
    return tuple(Count(level, count) for level, count in assessment.by_level.items())
