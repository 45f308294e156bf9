"""The assessment as JSON, schema ``threatmodel-assessment/1``: fields are added, never changed, inside a version.

One finding and one question a line, so that two assessments can be compared by ``diff``; written in pieces, so that
a large one needs little memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from threatmodel.analysis.answer import Reason
from threatmodel.analysis.finding import ControlAt
from threatmodel.analysis.questions import Question
from threatmodel.assessment import Assessment, Rated
from threatmodel.catalog.threats import Threat
from threatmodel.risk.score import Rating
from threatmodel.source import Source

SCHEMA = "threatmodel-assessment/1"
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(", ", ": "))


def pieces(assessment: Assessment) -> Iterator[str]:
    """The document in pieces, in order; joined they are the whole, with a line end."""
    encode = _ENCODER.encode
    system = assessment.system
    model = {"id": system.id, "title": system.title, "version": system.version, "digest": system.digest}
    catalogs = [{"id": one.id, "version": one.version, "digest": one.digest} for one in assessment.catalog.origins]
    summary = {"by_state": assessment.by_state, "by_level": assessment.by_level, "questions": len(assessment.questions)}
    yield f'{{"schema": {encode(SCHEMA)},\n "model": {encode(model)},\n "catalogs": {encode(catalogs)},\n'
    yield f' "summary": {encode(summary)},\n "findings": ['
    constant = {name: _Constant(rule.threat) for name, rule in assessment.catalog.rules.items()}
    before = "\n  "
    for rated in assessment.findings:
        yield before + constant[rated.finding.threat].finding(rated)
        before = ",\n  "
    yield '],\n "questions": ['
    before = "\n  "
    for question in assessment.questions:
        yield before + encode(_question(question))
        before = ",\n  "
    yield "]}\n"


class _Constant:
    """What all findings of a threat have in common, encoded once."""

    def __init__(self, threat: Threat) -> None:
        said = {"threat": threat.id, "title": threat.en.title, "stride": threat.stride, "phase": threat.phase}
        harm = {"property": threat.harm.property, "privacy": threat.harm.privacy, "continuity": threat.harm.continuity}
        self._head = _ENCODER.encode(said)[1:-1]
        self._tail = _ENCODER.encode({"harm": harm, "references": threat.references})[1:-1]

    def finding(self, rated: Rated) -> str:
        """A finding as a JSON object."""
        encode = _ENCODER.encode
        finding = rated.finding
        place = finding.place
        own = {
            "place": {"type": place.type, "id": place.id, "name": place.name, "zone": place.zone},
            "path": place.path,
            "state": finding.state,
            "confirmed": finding.confirmed,
            "inherent": _rating(rated.inherent),
            "residual": _rating(rated.residual),
            "why": [_reason(reason) for reason in finding.why],
            "controls": [_control(control) for control in finding.controls],
        }
        source = encode(_source(finding.source))
        middle = encode(own)[1:-1]
        return f'{{"id": {encode(finding.id)}, {self._head}, {middle}, {self._tail}, "source": {source}}}'


def _rating(rating: Rating) -> dict[str, object]:
    return {
        "exploitability": rating.exploitability,
        "severity": rating.severity,
        "effective_severity": rating.effective_severity,
        "multi_patient": rating.multi_patient,
        "level": rating.level,
        "points": rating.points,
    }


def _reason(reason: Reason) -> dict[str, object]:
    told = str(reason.source) if reason.source is not None else None
    return {"fact": reason.fact, "answer": reason.answer, "because": reason.because, "source": told}


def _control(control: ControlAt) -> dict[str, object]:
    said: dict[str, object] = {"id": control.id, "role": control.role, "state": control.state}
    held = control.held
    if held is not None:
        said["at"] = held.at
        said.update(
            {name: value for name, value in (("evidence", held.evidence), ("by", held.by), ("on", held.on)) if value}
        )
    return said


def _question(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "to": question.to,
        "place": question.place,
        "asks": question.asks,
        "findings": question.findings,
    }


def _source(source: Source | None) -> dict[str, object] | None:
    return {"file": source.file, "line": source.line} if source is not None else None
