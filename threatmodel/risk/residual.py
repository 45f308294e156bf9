"""The residual rating: what the controls that are in place take off, by how well they are shown to be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from threatmodel.analysis.finding import ControlAt, Finding
from threatmodel.catalog.catalog import Catalog
from threatmodel.risk.scale import level_of
from threatmodel.risk.score import Rating

EVIDENCE_MAX_AGE_DAYS = 365


@dataclass(frozen=True, slots=True)
class _Standing:
    """A control with what its state is worth on the day of the assessment."""

    control: ControlAt
    verified: bool
    implemented: bool
    declared: bool


def residual(finding: Finding, inherent: Rating, catalog: Catalog, today: date | None) -> Rating:
    """The rating with the controls that are in place, each counted once.

    ``today`` lets evidence grow old: a verified control whose evidence is dated more than a year before counts as
    implemented.
    """
    standings = [_standing(control, today) for control in finding.controls if control.held is not None]
    if not standings and finding.state != "addressed":
        return _rated(
            inherent, inherent.exploitability, inherent.effective_severity, ("−0: no primary control is in place",)
        )
    points, told = _reduction(finding, standings)
    exploitability = max(1, inherent.exploitability - points)
    effective, harm_told = _bounded(inherent, standings, catalog)
    return _rated(inherent, exploitability, effective, (told, *harm_told))


def _rated(inherent: Rating, exploitability: int, effective: int, points: tuple[str, ...]) -> Rating:
    level = level_of(exploitability, effective)
    return Rating(exploitability, inherent.severity, effective, inherent.multi_patient, level, points)


def _standing(control: ControlAt, today: date | None) -> _Standing:
    held = control.held
    if held is None:
        return _Standing(control, False, False, False)
    fresh = True
    if today is not None and held.on is not None:
        fresh = 0 <= (today - date.fromisoformat(held.on)).days <= EVIDENCE_MAX_AGE_DAYS  # none is from tomorrow
    verified = held.state == "verified" and fresh
    return _Standing(control, verified, held.state in {"verified", "implemented"}, held.state == "declared")


def _reduction(finding: Finding, standings: list[_Standing]) -> tuple[int, str]:
    primary = [standing for standing in standings if standing.control.role == "primary"]
    supporting = [standing for standing in standings if standing.control.role == "supporting"]
    for standing in primary:
        if standing.verified:
            at = standing.control.held.at if standing.control.held is not None else ""
            for other in standings:
                if (
                    other is not standing
                    and other.verified
                    and other.control.held is not None
                    and other.control.held.at != at
                ):
                    beside = f"{other.control.id} verified independently at {other.control.held.at}"
                    return 3, f"−3: {standing.control.id} verified, and {beside}"
    verified = next((standing for standing in primary if standing.verified), None)
    if verified is not None:
        return 2, f"−2: {verified.control.id} verified"
    implemented = next((standing for standing in primary if standing.implemented), None)
    helping = [standing for standing in supporting if standing.implemented]
    if implemented is not None and len(helping) >= 2:
        names = " and ".join(standing.control.id for standing in helping[:2])
        return 2, f"−2: {implemented.control.id} implemented, supported by {names}"
    if implemented is not None:
        return 1, f"−1: {implemented.control.id} implemented, not verified"
    declared = next((standing for standing in primary if standing.declared), None)
    if declared is not None and helping:
        return 1, f"−1: {declared.control.id} declared, supported by {helping[0].control.id}"
    if declared is not None:
        return 0, f"−0: {declared.control.id} is only declared, and nothing beside it is implemented"
    if finding.state == "addressed":
        closing = helping[0].control.id if helping else "what is stated of the place"
        return 1, f"−1: closed by {closing}"
    return 0, "−0: no primary control is in place"


def _bounded(inherent: Rating, standings: list[_Standing], catalog: Catalog) -> tuple[int, tuple[str, ...]]:
    """The severity, one step less where a verified control limits harm."""
    for standing in standings:
        control = catalog.controls.get(standing.control.id)
        if control is not None and "harm" in control.limits and standing.verified and inherent.effective_severity > 1:
            return inherent.effective_severity - 1, (f"severity −1: {standing.control.id} verified bounds the harm",)
    return inherent.effective_severity, ()
