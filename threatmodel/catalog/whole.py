"""A catalog folder in one piece, as its files have it; ``assemble`` makes a catalog of one or several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from threatmodel.catalog.controls import Family
from threatmodel.catalog.entry import CatalogId, Entry, Version
from threatmodel.catalog.frameworks import Framework
from threatmodel.catalog.overrides import Override
from threatmodel.catalog.threats import Threat


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(Entry):
    """What a catalog folder says of itself, in ``catalog.yaml``."""

    id: CatalogId
    version: Version
    title: Annotated[str, StringConstraints(min_length=3, max_length=120)]
    extends: Annotated[tuple[CatalogId, ...], Field(description="the catalogs whose threats are asked, too")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Entry):
    """A catalog folder in one piece; each threat with the file that it came from."""

    manifest: Manifest
    families: tuple[Family, ...]
    threats: tuple[tuple[str, Threat], ...]
    frameworks: tuple[Framework, ...] = ()
    overrides: tuple[Override, ...] = ()
