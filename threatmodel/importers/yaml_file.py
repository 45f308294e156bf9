"""Reads the YAML and JSON forms of a system; runs nothing, and tells the line of each mistake."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from pydantic import ValidationError

from threatmodel.errors import ModelError, Problem
from threatmodel.located_yaml import Document, read_file
from threatmodel.mistakes import problems_of, told_path
from threatmodel.model import parts
from threatmodel.model.system import EXCHANGED, System, problems, unknown_controls
from threatmodel.source import Source

_PARTS: dict[str, type[parts.Part]] = {
    "assumptions": parts.Assumption,
    "catalogs": parts.CatalogPin,
    "kinds": parts.OwnKind,
    "data": parts.DataAsset,
    "zones": parts.Zone,
    "components": parts.Component,
    "flows": parts.Flow,
    "scenarios": parts.Scenario,
    **{f"{owner}controls": parts.StatedControl for owner in ("", "zones.", "components.", "flows.")},
}


_FLOW_DEPTH = 3
"""The length of the path of a property of a flow: ``flows``, its position, the property."""


def read(path: Path, known_controls: Collection[str] | None, retired: Mapping[str, str] | None = None) -> System:
    """The system in a YAML or JSON file.

    Raises:
        ModelError: With every mistake of the file.
    """
    return from_document(read_file(path, ModelError), path.name, known_controls, retired)


def from_document(
    document: Document,
    name: str,
    known_controls: Collection[str] | None,
    retired: Mapping[str, str] | None = None,
) -> System:
    """The system in a document; ``name`` is how its places are told."""
    if not isinstance(document.data, dict):
        hint = "it begins with schema: threatmodel-system/1, id and title"
        raise ModelError("the file is no model: it holds no mapping", document.where(()), hint)
    mistakes = list(_sources(document))
    try:
        system = EXCHANGED.validate_json(json.dumps(document.data))
    except ValidationError as error:
        complaints = (told for told in error.errors(include_url=False) if "source" not in told["loc"])
        mistakes += problems_of(complaints, document.where, _names())
        raise ModelError.of(sorted(mistakes, key=_line)) from None
    except ValueError as error:
        raise ModelError(f"the file is no model: {error}", document.where(())) from None
    located = _located(system, document, document.file)
    mistakes += problems(located)
    if known_controls is not None:
        mistakes += unknown_controls(located, known_controls, retired)
    if mistakes:
        raise ModelError.of(sorted(mistakes, key=_line))
    return _located(system, document, name)


def _names() -> dict[str, list[str]]:
    """The keys that the whole and each of its parts take, by the path of each."""
    schema = EXCHANGED.json_schema()
    told = {kind: schema["$defs"][kind.__name__] for kind in {*_PARTS.values()}}
    return {"": list(schema["properties"])} | {path: list(told[kind]["properties"]) for path, kind in _PARTS.items()}


def _sources(document: Document) -> Iterable[Problem]:
    """A ``source`` is where a thing was read; nobody writes one."""
    for path in document.lines:
        if path and path[-1] == "source":
            of_flow = path[0] == "flows" and len(path) == _FLOW_DEPTH
            hint = "a flow goes from: and to:" if of_flow else "leave it out: the line is taken from the file"
            yield Problem(
                f"'source' is not known here ({told_path(path[:-1]) or 'top level'})", document.where(path), hint
            )


def _located(system: System, document: Document, name: str) -> System:
    """The system with the line of each of its parts."""

    def at(path: tuple[str | int, ...]) -> Source:
        return Source(name, document.where(path).line)

    def placed(part: parts.P, path: tuple[str | int, ...]) -> parts.P:
        changes: dict[str, object] = {"source": at(path)}
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, tuple) and value and isinstance(value[0], parts.Part):
                inside = (placed(inner, (*path, field.name, index)) for index, inner in enumerate(value))
                changes[field.name] = tuple(inside)
        return parts.changed(part, **changes)

    return placed(system, ())


def _line(problem: Problem) -> int:
    return problem.where.line if isinstance(problem.where, Source) else 0
