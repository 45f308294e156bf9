"""What ``explain`` prints: a finding in full, the findings of a threat or a place, or why a threat is silent."""

from __future__ import annotations

from collections.abc import Iterable

from threatmodel.analysis.answer import Reason
from threatmodel.cli.console import Page
from threatmodel.reports.view import FindingView, RatingView
from threatmodel.reports.view_findings import fact_told


def print_finding(page: Page, finding: FindingView) -> None:
    """A finding with every fact, control and point that it rests on."""
    threat = finding.threat
    page.line((finding.id, "id"))
    page.line((threat.title, "head"))
    page.line(
        f"{finding.place.name}" + (f", in {finding.place.zone}" if finding.place.zone else ""),
        (f"  {finding.place.source}", "dim"),
    )
    page.line((f" {finding.residual.level} ", finding.residual.level), f"  {finding.state_told}")
    _told(page, "What happens", threat.what)
    scores = (("privacy", threat.privacy), ("continuity of service", threat.continuity))
    beside = "".join(f" Harm to {name}: {score} of 4." for name, score in scores if score is not None)
    _told(page, "Harm", f"{threat.harm}{beside}")
    if finding.path:
        page.gap()
        page.line(("The way", "head"))
        for number, hop in enumerate(finding.path, 1):
            told = f"{', '.join(hop.data)}; {hop.protocol}, encryption: {hop.encryption}"
            page.line(
                f"{number}  {hop.source_name} → {hop.target_name}: {hop.name}", (f"  {hop.where}", "dim"), indent=2
            )
            page.line((told, "dim"), indent=5)
        if finding.others:
            page.line(f"{finding.others} more starts lead to the same end, by longer ways", indent=2)
    page.gap()
    page.line(("Why here", "head"))
    for reason in finding.why:
        mark = {"yes": "yes", "no": "no ", "unknown": "?  "}[reason.answer]
        source = (f"  {reason.source}", "dim") if reason.source else ""
        page.line(f"{mark}  {reason.because}", (f"  ({reason.fact})", "dim"), source, indent=2)
    page.gap()
    page.line(("Controls", "head"))
    for control in finding.controls:
        told = control.because or "nothing is stated"
        page.line((control.id, "id"), f"  {control.title}; {control.role}: {told}", indent=2)
    _rating(page, "Without controls", finding.inherent)
    _rating(page, "With what is in place", finding.residual)
    _told(page, "What closes it", finding.closes)
    _told(page, "What to do", threat.remedy)
    page.gap()
    page.line((f"STRIDE: {', '.join(threat.stride_names)} · {threat.attested}", "dim"))
    page.line((f"{threat.review} · {'; '.join(threat.references)}", "dim"))


def print_list(page: Page, asked: str, findings: list[FindingView]) -> None:
    """The findings of one threat or of one place, a line each."""
    if not findings:
        page.line(f"{asked}: nothing was raised. Name a threat and a place to see why not, as in DAT-01@{asked}.")
        return
    for finding in findings:
        mark = "" if finding.confirmed or finding.state != "open" else "?"
        told = f" {finding.residual.level}{mark} " if finding.state == "open" else f" {finding.state} "
        style = finding.residual.level if finding.state == "open" else "dim"
        page.line((told, style), " ", (finding.id, "id"), f"  {finding.threat.title}")


def print_silence(page: Page, asked: str, title: str, place: str, reasons: Iterable[Reason]) -> None:
    """Why a threat does not concern a place."""
    page.line((asked, "id"), " was not raised.")
    page.line((title, "head"))
    page.line(f"It does not concern {place!r}:")
    for reason in reasons:
        source = (f"  {reason.source}", "dim") if reason.source is not None else ""
        page.line(f"{reason.answer}  {reason.because}", (f"  ({fact_told(reason.fact)})", "dim"), source, indent=2)


def _told(page: Page, head: str, words: str) -> None:
    page.gap()
    page.line((head, "head"))
    page.line(words, indent=2)


def _rating(page: Page, head: str, rating: RatingView) -> None:
    page.gap()
    severity = f"severity {rating.effective_severity} ({rating.severity_name})"
    if rating.effective_severity != rating.severity:
        severity = f"severity {rating.severity} ({rating.severity_name}) counted as {rating.effective_severity}"
    page.line(
        (f"{head}: ", "head"),
        (f" {rating.level} ", rating.level),
        f"  exploitability {rating.exploitability} ({rating.exploitability_name}), {severity}",
    )
    for point in rating.points:
        page.line(point, indent=2)
