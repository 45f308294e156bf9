"""The waist: ``assess``, a pure function from a system and a catalog to everything that came out of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from threatmodel.analysis.context import Context
from threatmodel.analysis.finding import Finding
from threatmodel.analysis.match import match, place_of
from threatmodel.analysis.questions import Question, questions
from threatmodel.catalog.catalog import Catalog
from threatmodel.errors import ModelError
from threatmodel.model.system import System, unknown_controls, unmet_pins
from threatmodel.risk.residual import residual
from threatmodel.risk.scale import LEVELS, Level
from threatmodel.risk.score import Rating, Scorer


class Rated(NamedTuple):
    """A finding with its inherent and its residual rating."""

    finding: Finding
    inherent: Rating
    residual: Rating


@dataclass(frozen=True)
class Assessment:
    """All that came out: every finding in whatever state, rated, and the questions that are left."""

    system: System
    catalog: Catalog
    findings: tuple[Rated, ...]
    questions: tuple[Question, ...]
    context: Context

    @cached_property
    def by_id(self) -> dict[str, Rated]:
        """The findings by id."""
        return {rated.finding.id: rated for rated in self.findings}

    @cached_property
    def by_state(self) -> dict[str, int]:
        """How many findings there are in each state that occurs."""
        return dict(sorted(Counter(rated.finding.state for rated in self.findings).items()))

    @cached_property
    def by_level(self) -> dict[Level, int]:
        """How many open findings there are at each residual level, the worst first."""
        counted = Counter(rated.residual.level for rated in self.findings if rated.finding.state == "open")
        return {level: counted[level] for level in reversed(LEVELS)}


def assess(system: System, catalog: Catalog, today: date | None = None) -> Assessment:
    """Every threat of a catalog asked of a system, rated.

    Args:
        system: What the model declares.
        catalog: What may go wrong.
        today: The day on which the age of evidence is judged; without it evidence does not grow old.

    Raises:
        ModelError: When the system names things that are not there, controls that no catalog knows among them, or is
            made for other catalogs or other versions of them.
    """
    if not system.components:
        hint = "declare components inside a zone, with the words of threatmodel.imaging"
        raise ModelError("the model declares no component, so there is nothing to assess", system.source, hint)
    mistakes = [
        *system.mistakes,
        *unmet_pins(system, {origin.id: origin.version for origin in catalog.origins}),
        *unknown_controls(system, catalog.controls, catalog.successors()),
    ]
    if mistakes:
        raise ModelError.of(mistakes)
    context = Context(system)
    findings = match(context, catalog)
    scorer = Scorer(context, catalog)
    rated = []
    for finding in findings:
        place = place_of(context, finding)
        inherent = scorer.inherent(catalog.rules[finding.threat], place)
        rated.append(Rated(finding, inherent, residual(finding, inherent, catalog, today)))
    return Assessment(system, catalog, tuple(rated), tuple(questions(context, catalog, findings)), context)
