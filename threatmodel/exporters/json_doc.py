"""The assessment as JSON, schema ``threatmodel-assessment/1``: fields are added, never changed, inside a version.

One finding and one question a line, so that two assessments can be compared by ``diff``; written in pieces, so that
a large one needs little memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring as _text
from typing import TypeVar

from threatmodel.analysis.answer import Reason
from threatmodel.analysis.finding import ControlAt, PlaceRef
from threatmodel.analysis.questions import Question
from threatmodel.analysis.remarks import remarks
from threatmodel.assessment import Assessment, Rated
from threatmodel.catalog.catalog import Catalog, Origin
from threatmodel.catalog.threats import Threat
from threatmodel.risk.score import Rating
from threatmodel.source import Source

SCHEMA = "threatmodel-assessment/1"
_S = TypeVar("_S", bound=tuple[object, ...])
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(", ", ": "))


def pieces(assessment: Assessment, *, paths: bool = False) -> Iterator[str]:
    """The document in pieces, in order; joined they are the whole, with a line end.

    With ``paths`` it tells also the easiest ways to what matters.
    """
    encode = _ENCODER.encode
    system = assessment.system
    model = {"id": system.id, "title": system.title, "version": system.version, "digest": system.digest}
    catalogs = [_catalog(assessment.catalog, one) for one in assessment.catalog.origins]
    summary = {"by_state": assessment.by_state, "by_level": assessment.by_level, "questions": len(assessment.questions)}
    yield f'{{"schema": {encode(SCHEMA)},\n "model": {encode(model)},\n "catalogs": {encode(catalogs)},\n'
    yield f' "summary": {encode(summary)},\n "findings": ['
    encoded = _Encoded(assessment)
    before = "\n  "
    for rated in assessment.findings:
        yield before + encoded.finding(rated)
        before = ",\n  "
    yield '],\n "questions": ['
    before = "\n  "
    for question in assessment.questions:
        yield before + _question(question)
        before = ",\n  "
    yield '],\n "notes": ['
    before = "\n  "
    for remark in remarks(assessment.context):
        yield before + encode({"place": remark.place, "says": remark.says, "source": str(remark.source or "") or None})
        before = ",\n  "
    yield f'],\n "attack_paths": {encode(_attack_paths(assessment))}}}\n' if paths else "]}\n"


def _attack_paths(assessment: Assessment) -> dict[str, object]:
    """The easiest ways to what matters, and what was not searched."""
    from threatmodel.attacking.paths import attack_paths  # asked for by few

    found = attack_paths(assessment)
    told = [
        {
            "target": path.target,
            "kind": path.kind,
            "by": path.by,
            "cost": path.cost,
            "hops": [
                {
                    "from": hop.source,
                    "to": hop.target,
                    "flow": hop.flow,
                    "cost": hop.cost,
                    "finding": hop.finding,
                    "breaks": hop.breaks,
                    "gains": hop.gains,
                }
                for hop in path.hops
            ],
        }
        for path in found.paths
    ]
    return {
        "paths": told,
        "unreached": [{"kind": kind, "target": part} for kind, part in found.unreached],
        "cut": found.cut,
        "left_out": dict(found.left_out),
    }


def _catalog(catalog: Catalog, origin: Origin) -> dict[str, object]:
    """Which catalog was used; and, where there is any, what it changes in others and what it takes out of use."""
    told: dict[str, object] = {"id": origin.id, "version": origin.version, "digest": origin.digest}
    changes = [
        {"threat": name, "what": one.what, "before": one.before, "after": one.after, "because": one.because}
        for name, rule in catalog.rules.items()
        for one in rule.changes
        if one.catalog == origin.id
    ]
    out_of_use = [
        {"threat": name, "title": one.threat.en.title, "catalog": one.catalog, "because": one.because}
        for name, one in catalog.out_of_use.items()
        if one.by == origin.id
    ]
    told |= {"changes": changes} if changes else {}
    return told | ({"out_of_use": out_of_use} if out_of_use else {})


class _Encoded:
    """Findings as JSON objects; what many of them share is encoded once."""

    def __init__(self, assessment: Assessment) -> None:
        rules = assessment.catalog.rules.items()
        self._heads = {name: _inside(_head(rule.threat)) for name, rule in rules}
        self._tails = {name: _inside(_tail(rule.threat)) for name, rule in rules}
        self._shared: dict[tuple[object, ...], str] = {}
        self._sources: dict[int, str] = {}  # by identity, as are the lists: the assessment keeps them all alive
        self._lists: dict[int, str] = {}
        self._places: dict[tuple[str, str, tuple[str, ...]], str] = {}

    def finding(self, rated: Rated) -> str:
        """A finding as a JSON object."""
        name, threat, place, state, confirmed, why, controls, source = rated.finding
        own = f'{self._place(place)}, "state": "{state}", "confirmed": {"true" if confirmed else "false"}'
        inherent, residual = self._rating(rated.inherent), self._shared_text(_rating, rated.residual)
        reasons = ", ".join([self._reason(reason) for reason in why])
        return (
            f'{{"id": {_text(name)}, {self._heads[threat]}, {own}, "inherent": {inherent}, "residual": {residual}, '
            f'"why": [{reasons}], "controls": {self._controls(controls)}, {self._tails[threat]}, '
            f'"source": {_source(source)}}}'
        )

    def _place(self, place: PlaceRef) -> str:
        """The place of a finding and the way that it consists of, as fields."""
        key = (place.type, place.id, place.path)
        text = self._places.get(key)
        if text is None:
            told = {"type": place.type, "id": place.id, "name": place.name, "zone": place.zone}
            text = self._places[key] = _inside({"place": told, "path": place.path})
        return text

    def _reason(self, reason: Reason) -> str:
        """A fact that a finding rests on, as a JSON object."""
        fact, answer, because, source, _, _ = reason
        told = self._sources.get(id(source))
        if told is None:
            told = self._sources[id(source)] = "null" if source is None else _text(str(source))
        return f'{{"fact": {_text(fact)}, "answer": "{answer}", "because": {_text(because)}, "source": {told}}}'

    def _controls(self, controls: tuple[ControlAt, ...]) -> str:
        """The controls of a finding, as a JSON array; many findings of a threat have the very same."""
        text = self._lists.get(id(controls))
        if text is None:
            told = ", ".join([self._shared_text(_control, control) for control in controls])
            text = self._lists[id(controls)] = f"[{told}]"
        return text

    def _shared_text(self, told: Callable[[_S], dict[str, object]], value: _S) -> str:
        """What is told of a value, as JSON."""
        text = self._shared.get(value)
        if text is None:
            text = self._shared[value] = _ENCODER.encode(told(value))
        return text

    def _rating(self, rating: Rating) -> str:
        points = ", ".join([_text(point) for point in rating.points])
        return f'{self._shared_text(_numbers, rating[:-1])[:-1]}, "points": [{points}]}}'


def _inside(value: dict[str, object]) -> str:
    """The fields of an object, without its braces."""
    return _ENCODER.encode(value)[1:-1]


def _head(threat: Threat) -> dict[str, object]:
    return {"threat": threat.id, "title": threat.en.title, "stride": threat.stride, "phase": threat.phase}


def _tail(threat: Threat) -> dict[str, object]:
    harm = {"property": threat.harm.property, "privacy": threat.harm.privacy, "continuity": threat.harm.continuity}
    return {"harm": harm, "references": threat.references}


def _numbers(rating: tuple[object, ...]) -> dict[str, object]:
    """A rating without its points."""
    return dict(zip(Rating._fields, rating, strict=False))


def _rating(rating: Rating) -> dict[str, object]:
    return rating._asdict()


def _control(control: ControlAt) -> dict[str, object]:
    said: dict[str, object] = {"id": control.id, "role": control.role, "state": control.state}
    held = control.held
    if held is not None:
        said["at"] = held.at
        said.update(
            {name: value for name, value in (("evidence", held.evidence), ("by", held.by), ("on", held.on)) if value}
        )
    return said


def _question(question: Question) -> str:
    findings = ", ".join([_text(finding) for finding in question.findings])
    return (
        f'{{"id": {_text(question.id)}, "to": {_text(question.to)}, "place": {_text(question.place)}, '
        f'"asks": {_text(question.asks)}, "findings": [{findings}]}}'
    )


def _source(source: Source | None) -> str:
    return "null" if source is None else f'{{"file": {_text(source.file)}, "line": {source.line}}}'
