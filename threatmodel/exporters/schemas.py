"""The JSON Schemas (draft 2020-12) of what is read and written."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import TypeAdapter

from threatmodel.catalog.controls import Family
from threatmodel.catalog.frameworks import Frameworks
from threatmodel.catalog.glossary import Glossary
from threatmodel.catalog.overrides import Overrides
from threatmodel.catalog.reasons import Reasons
from threatmodel.catalog.threats import Threat
from threatmodel.catalog.whole import Manifest
from threatmodel.model.system import EXCHANGED

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string"}
_RATING = {
    "type": "object",
    "properties": {
        "exploitability": {"type": "integer", "minimum": 1, "maximum": 5},
        "severity": {"type": "integer", "minimum": 1, "maximum": 5},
        "effective_severity": {"type": "integer", "minimum": 1, "maximum": 5},
        "multi_patient": {"type": "boolean"},
        "level": {"enum": ["low", "medium", "high", "critical"]},
        "points": {"type": "array", "items": _TEXT},
    },
    "required": ["exploitability", "severity", "effective_severity", "multi_patient", "level", "points"],
}


def system_schema() -> dict[str, object]:
    """Of a model in YAML or JSON."""
    return {"$schema": _DIALECT, "$id": "threatmodel-system/1", **EXCHANGED.json_schema(by_alias=True)}


def catalog_schema() -> dict[str, object]:
    """Of the files of a catalog: a threat, a family of controls, and the files beside them."""
    kinds: tuple[type, ...] = (Threat, Family, Manifest, Frameworks, Overrides, Glossary, Reasons)
    schemas, shared = TypeAdapter.json_schemas([(kind, "validation", TypeAdapter(kind)) for kind in kinds])
    return {
        "$schema": _DIALECT,
        "$id": "threatmodel-catalog/1",
        "title": "A file of a catalog",
        "oneOf": list(schemas.values()),
        "$defs": shared["$defs"],
    }


def assessment_schema() -> dict[str, object]:
    """Of ``check --format json``; fields may be added inside the version, so others are allowed."""
    return {
        "$schema": _DIALECT,
        "$id": "threatmodel-assessment/1",
        "title": "Assessment",
        "type": "object",
        "properties": {
            "schema": {"const": "threatmodel-assessment/1"},
            "model": _object({"id": _TEXT, "title": _TEXT, "version": _nullable(_TEXT), "digest": _TEXT}),
            "catalogs": _list(_catalog()),
            "summary": _object(
                {"by_state": _counts(), "by_level": _counts(), "questions": {"type": "integer", "minimum": 0}}
            ),
            "findings": _list(_finding()),
            "questions": _list(
                _object({"id": _TEXT, "to": _TEXT, "place": _TEXT, "asks": _TEXT, "findings": _list(_TEXT)})
            ),
            "notes": _list(_object({"place": _TEXT, "says": _TEXT, "source": _nullable(_TEXT)})),
            "attack_paths": _attack_paths(),
        },
        "required": ["schema", "model", "catalogs", "summary", "findings", "questions"],
    }


def _attack_paths() -> dict[str, object]:
    """How somebody gets to what matters; there only when it was asked for."""
    hop = {
        "from": _nullable(_TEXT),
        "to": _TEXT,
        "flow": _nullable(_TEXT),
        "cost": {"type": "integer", "minimum": 1},
        "finding": _nullable(_TEXT),
        "breaks": _list(_TEXT),
        "gains": {"enum": ["held", "fed", "read"]},
    }
    path = {
        "target": _TEXT,
        "kind": _TEXT,
        "by": _TEXT,
        "cost": {"type": "integer", "minimum": 1},
        "hops": _list(_object(hop)),
    }
    return _object(
        {
            "paths": _list(_object(path)),
            "unreached": _list(_object({"kind": _TEXT, "target": _TEXT})),
            "cut": _list(_TEXT),
            "left_out": _counts(),
        }
    )


def _catalog() -> dict[str, object]:
    """A catalog in use; what it changes and takes out of use is left out where it does neither."""
    change: dict[str, object] = dict.fromkeys(("threat", "what", "before", "after", "because"), _TEXT)
    shelved: dict[str, object] = dict.fromkeys(("threat", "title", "catalog", "because"), _TEXT)
    optional: dict[str, object] = {"changes": _list(_object(change)), "out_of_use": _list(_object(shelved))}
    return _object({"id": _TEXT, "version": _TEXT, "digest": _TEXT}, optional)


def _finding() -> dict[str, object]:
    place = {
        "type": {"enum": ["component", "flow", "zone", "model", "chain"]},
        "id": _TEXT,
        "name": _TEXT,
        "zone": _nullable(_TEXT),
    }
    why = {
        "fact": _TEXT,
        "answer": {"enum": ["yes", "no", "unknown"]},
        "because": _TEXT,
        "source": _nullable(_TEXT),
    }
    control = {"id": _TEXT, "role": {"enum": ["primary", "supporting"]}, "state": _TEXT}
    return _object(
        {
            "id": _TEXT,
            "threat": _TEXT,
            "title": _TEXT,
            "stride": _list({"enum": list("STRIDE")}),
            "phase": {"enum": ["general", "data", "training", "implementation", "auditability"]},
            "place": _object(place),
            "path": _list(_TEXT),
            "state": {"enum": ["open", "addressed", "accepted", "transferred", "not-applicable", "question"]},
            "confirmed": {"type": "boolean"},
            "inherent": _RATING,
            "residual": _RATING,
            "why": _list(_object(why)),
            "controls": _list(_object(control)),
            "references": _list(_TEXT),
            "source": _nullable(_object({"file": _TEXT, "line": {"type": "integer", "minimum": 0}})),
        }
    )


def _object(properties: dict[str, object], optional: dict[str, object] | None = None) -> dict[str, object]:
    return {"type": "object", "properties": properties | (optional or {}), "required": list(properties)}


def _list(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


def _nullable(schema: object) -> dict[str, object]:
    return {"anyOf": [schema, {"type": "null"}]}


def _counts() -> dict[str, object]:
    return {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}


SCHEMAS: dict[str, Callable[[], dict[str, object]]] = {
    "system": system_schema,
    "assessment": assessment_schema,
    "catalog": catalog_schema,
}
