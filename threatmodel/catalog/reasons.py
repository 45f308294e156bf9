"""Why cells of the coverage matrices are meant to be empty: the file ``coverage.yaml`` of a catalog folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from threatmodel.catalog.actors import Actor
from threatmodel.catalog.concerns import ROLE_KINDS
from threatmodel.catalog.entry import Entry, Sentence
from threatmodel.catalog.threats import Phase, Stride
from threatmodel.errors import CatalogError, Problem, nearest_or_all
from threatmodel.located_yaml import Document, read_file
from threatmodel.mistakes import problems_of
from threatmodel.model.vocabulary import PROTOCOL_BY_ID

FILE: Final = "coverage.yaml"
MatrixName = Literal["kinds", "protocols", "phases"]
_KindId = Annotated[str, Field(json_schema_extra={"enum": list(ROLE_KINDS)})]
_ProtocolId = Annotated[str, Field(json_schema_extra={"enum": list(PROTOCOL_BY_ID)})]
"""Names that the schema lists for editors; a wrong one is told with the nearest known name instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindReason(Entry):
    """Why no threat with these letters concerns these kinds by what they are."""

    kinds: Annotated[tuple[_KindId, ...], Field(min_length=1)]
    letters: Annotated[tuple[Stride, ...], Field(min_length=1)]
    because: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolReason(Entry):
    """Why no threat with these letters asks for these protocols."""

    protocols: Annotated[tuple[_ProtocolId, ...], Field(min_length=1)]
    letters: Annotated[tuple[Stride, ...], Field(min_length=1)]
    because: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseReason(Entry):
    """Why no threat of these phases is brought about by these actors."""

    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    actors: Annotated[tuple[Actor, ...], Field(min_length=1)]
    because: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons(Entry):
    """The file ``coverage.yaml`` of a catalog."""

    kinds: tuple[KindReason, ...] = ()
    protocols: tuple[ProtocolReason, ...] = ()
    phases: tuple[PhaseReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some cells of a matrix are empty."""

    matrix: MatrixName
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    because: str

    def covers(self, row: str, column: str) -> bool:
        """Whether it is given for a cell."""
        return row in self.rows and column in self.columns


_SCHEMA: Final = TypeAdapter(Reasons)
_KEYS: Final = {
    "": ["kinds", "protocols", "phases"],
    "kinds": ["kinds", "letters", "because"],
    "protocols": ["protocols", "letters", "because"],
    "phases": ["phases", "actors", "because"],
}


def read_reasons(folder: Path) -> tuple[Reason, ...] | None:
    """The reasons of a catalog folder, in the order of the file; None where it gives none.

    Raises:
        CatalogError: With every mistake of the file.
    """
    if not (folder / FILE).is_file():
        return None
    document = read_file(folder / FILE, CatalogError)
    try:
        whole = _SCHEMA.validate_json(json.dumps(document.data))
    except ValidationError as error:
        raise CatalogError.of(problems_of(error.errors(include_url=False), document.where, _KEYS)) from None
    named: dict[str, list[tuple[str, ...]]] = {
        "kinds": [one.kinds for one in whole.kinds],
        "protocols": [one.protocols for one in whole.protocols],
    }
    mistakes = [mistake for key, lists in named.items() for mistake in _unknown(document, key, lists)]
    if mistakes:
        raise CatalogError.of(mistakes)
    return (
        *(Reason("kinds", one.kinds, one.letters, one.because) for one in whole.kinds),
        *(Reason("protocols", one.protocols, one.letters, one.because) for one in whole.protocols),
        *(Reason("phases", one.phases, one.actors, one.because) for one in whole.phases),
    )


def _unknown(document: Document, key: str, lists: list[tuple[str, ...]]) -> Iterator[Problem]:
    """The names of a part of the file that the language does not know."""
    known = ROLE_KINDS if key == "kinds" else tuple(PROTOCOL_BY_ID)
    for at, names in enumerate(lists):
        for index, name in enumerate(names):
            if name not in known:
                what = f"no {key.removesuffix('s')} is called {name!r}"
                yield Problem(what, document.where((key, at, key, index)), nearest_or_all(name, known))
