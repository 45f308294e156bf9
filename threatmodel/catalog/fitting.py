"""A document against the schema of an entry; loaded only where YAML is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from threatmodel.catalog.entry import Entry
from threatmodel.errors import CatalogError
from threatmodel.located_yaml import Document
from threatmodel.mistakes import problems_of

E = TypeVar("E", bound=Entry)


def fitting(document: Document, kind: type[E], schema: TypeAdapter[E]) -> E:
    """The entry that a document holds.

    Args:
        document: What was read.
        kind: The kind of entry.
        schema: Its schema, built once by whoever reads many.

    Raises:
        CatalogError: With every mistake, its line and the known keys.
    """
    try:
        return schema.validate_json(json.dumps(document.data))
    except ValidationError as error:
        complaints = error.errors(include_url=False)
        raise CatalogError.of(problems_of(complaints, document.where, dict(_keys(kind, ())))) from None


def _keys(kind: type[Entry], path: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """The keys that an entry takes, and those of the entries inside it, by the path of each."""
    hints: dict[str, Any] = get_type_hints(kind)
    yield ".".join(path), [part.name for part in fields(kind)]
    for part in fields(kind):
        for inner in (hints[part.name], *get_args(hints[part.name])):
            if isinstance(inner, type) and issubclass(inner, Entry):
                yield from _keys(inner, (*path, part.name))
