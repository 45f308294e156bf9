"""What the entries of all catalog files share: how strictly they are read, their ids and texts, their life cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, StringConstraints

CatalogId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
ThreatId = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9-]*/)?[A-Z]{3,8}-[0-9]{2,3}$")]
ControlId = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9-]*/)?[a-z0-9]+(-[a-z0-9]+)*$")]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Sentence = Annotated[str, StringConstraints(min_length=3, max_length=1100)]
Status = Literal["draft", "stable", "retired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that a catalog file holds; checked against its annotations when it is read, and by nothing after."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Living(Entry):
    """An entry with a life cycle: its id is used once, and stays taken after the entry is retired."""

    status: Annotated[
        Status, Field(description="draft: under review · stable · retired: kept for its id, never asked any more")
    ] = "stable"
    since: Annotated[Version, Field(description="the version of the catalog that brought it")] = "1.0.0"
    replaced_by: Annotated[tuple[str, ...], Field(description="of a retired entry: what took its place")] = ()
    retired_because: Annotated[Sentence | None, Field(description="of a retired entry: why")] = None
