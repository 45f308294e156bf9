"""The files of a catalog folder against their schemas; loaded only when there is no compiled form to start from."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import fields
from pathlib import Path
from typing import TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from threatmodel.catalog.assemble import Where, further_mistakes, raise_all
from threatmodel.catalog.compiled import Manifest, Whole
from threatmodel.catalog.controls import Family
from threatmodel.catalog.entry import Entry
from threatmodel.catalog.threats import Threat
from threatmodel.errors import CatalogError, Problem
from threatmodel.located_yaml import Document, read_file
from threatmodel.mistakes import problems_of
from threatmodel.source import Source

_E = TypeVar("_E", bound=Entry)
_MANIFEST, _FAMILY, _THREAT = TypeAdapter(Manifest), TypeAdapter(Family), TypeAdapter(Threat)


def read_files(folder: Path, files: Collection[Path]) -> tuple[Whole, Where]:
    """Every file against its schema, and where each value stands; raises with the mistakes of all of them."""
    mistakes: list[Problem] = []
    documents: dict[str, Document] = {}
    manifest: Manifest | None = None
    families: list[Family] = []
    threats: list[tuple[str, Threat]] = []
    for file in files:
        name = file.relative_to(folder).as_posix()
        try:
            document = read_file(file, CatalogError)
        except CatalogError as error:
            mistakes += error.problems
            continue
        documents[name] = document
        if name == "catalog.yaml":
            manifest = _valid(_MANIFEST, Manifest, document, mistakes)
        elif name.startswith("controls/"):
            family = _valid(_FAMILY, Family, document, mistakes)
            families += [family] if family else []
            if family is not None and name != f"controls/{family.family}.yaml":
                hint = "one word, one thing: the file is called as its family is"
                what = f"the family {family.family!r} belongs into controls/{family.family}.yaml"
                mistakes.append(Problem(what, document.where(("family",)), hint))
        else:
            threat = _valid(_THREAT, Threat, document, mistakes)
            threats += [(name, threat)] if threat else []

    def where(file: str, path: tuple[str | int, ...]) -> Source:
        return documents[file].where(path) if file in documents else Source(str(folder / file))

    if mistakes:
        read = sum(1 for file in files if file.relative_to(folder).parts[0] == "controls") == len(families)
        raise_all([*mistakes, *further_mistakes(families, threats, where, all_controls=read)])
    if manifest is None:
        raise CatalogError("catalog.yaml says nothing", Source(str(folder / "catalog.yaml")))
    return Whole(manifest=manifest, families=tuple(families), threats=tuple(threats)), where


def _valid(schema: TypeAdapter[_E], kind: type[_E], document: Document, mistakes: list[Problem]) -> _E | None:
    """The entry that a document holds, or None and its mistakes."""
    try:
        return schema.validate_json(json.dumps(document.data))
    except ValidationError as error:
        mistakes += problems_of(error.errors(include_url=False), document.where, dict(_known(kind, ())))
        return None


def _known(kind: type[Entry], path: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """The keys that an entry takes, and those of the entries inside it, by the path of each."""
    hints = get_type_hints(kind)
    yield ".".join(path), [part.name for part in fields(kind)]
    for part in fields(kind):
        for inner in (hints[part.name], *get_args(hints[part.name])):
            if isinstance(inner, type) and issubclass(inner, Entry):
                yield from _known(inner, (*path, part.name))
