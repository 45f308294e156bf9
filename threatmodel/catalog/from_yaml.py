"""The files of a catalog folder against their schemas; loaded only when there is no compiled form to start from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from threatmodel.catalog.assemble import FRAMEWORKS, MANIFEST, OVERRIDES, Folder, further_mistakes, raise_all
from threatmodel.catalog.catalog import Origin
from threatmodel.catalog.controls import Family
from threatmodel.catalog.fitting import E, fitting
from threatmodel.catalog.frameworks import Framework, Frameworks
from threatmodel.catalog.overrides import Override, Overrides
from threatmodel.catalog.rules import Where
from threatmodel.catalog.threats import Threat
from threatmodel.catalog.whole import Manifest, Whole
from threatmodel.errors import CatalogError, Problem
from threatmodel.located_yaml import Document, read_file
from threatmodel.source import Source

_NOBODY = Manifest(id="unnamed", version="0.0.0", title="A catalog whose catalog.yaml cannot be read")


def read_files(folder: Path, files: Collection[Path]) -> tuple[Whole, Where]:
    """Every file against its schema, and where each value stands; raises with the mistakes of all of them."""
    reading = _Reading(folder)
    for file in files:
        reading.read(file)
    if reading.mistakes:
        whole = reading.whole(_NOBODY)
        manifest = whole.manifest
        named = reading.manifest is not None and not manifest.extends
        controls = sum(1 for file in files if file.relative_to(folder).parts[0] == "controls")
        origin = Origin(manifest.id, manifest.version, manifest.title, "", manifest.extends)
        complete = named and controls == len(reading.families)
        more = further_mistakes(Folder(whole, origin, reading.where), all_controls=complete)
        raise_all([*reading.mistakes, *more])
    if reading.manifest is None:
        raise CatalogError("catalog.yaml says nothing", Source(str(folder / MANIFEST)))
    return reading.whole(reading.manifest), reading.where


@dataclass(slots=True)
class _Reading:
    """What was read of a folder so far."""

    folder: Path
    mistakes: list[Problem] = field(default_factory=list)
    manifest: Manifest | None = None
    families: list[Family] = field(default_factory=list)
    threats: list[tuple[str, Threat]] = field(default_factory=list)
    frameworks: tuple[Framework, ...] = ()
    overrides: tuple[Override, ...] = ()
    documents: dict[str, Document] = field(default_factory=dict)

    def read(self, file: Path) -> None:
        """Adds a file, or its mistakes."""
        name = file.relative_to(self.folder).as_posix()
        try:
            document = read_file(file, CatalogError)
        except CatalogError as error:
            self.mistakes += error.problems
            return
        self.documents[name] = document
        if name == MANIFEST:
            self.manifest = self._valid(_MANIFEST, Manifest, document)
        elif name == FRAMEWORKS:
            listed = self._valid(_FRAMEWORKS, Frameworks, document)
            self.frameworks = listed.frameworks if listed is not None else ()
        elif name == OVERRIDES:
            said = self._valid(_OVERRIDES, Overrides, document)
            self.overrides = said.overrides if said is not None else ()
        elif name.startswith("controls/"):
            self._read_family(name, document)
        else:
            threat = self._valid(_THREAT, Threat, document)
            self.threats += [(name, threat)] if threat is not None else []

    def _read_family(self, name: str, document: Document) -> None:
        family = self._valid(_FAMILY, Family, document)
        if family is None:
            return
        self.families.append(family)
        if name != f"controls/{family.family}.yaml":
            hint = "one word, one thing: the file is called as its family is"
            what = f"the family {family.family!r} belongs into controls/{family.family}.yaml"
            self.mistakes.append(Problem(what, document.where(("family",)), hint))

    def whole(self, otherwise: Manifest) -> Whole:
        """What was read, in one piece."""
        return Whole(
            manifest=self.manifest if self.manifest is not None else otherwise,
            families=tuple(self.families),
            threats=tuple(self.threats),
            frameworks=self.frameworks,
            overrides=self.overrides,
        )

    def where(self, file: str, path: tuple[str | int, ...]) -> Source:
        """The place of a value in a file."""
        document = self.documents.get(file)
        return document.where(path) if document is not None else Source(str(self.folder / file))

    def _valid(self, schema: TypeAdapter[E], kind: type[E], document: Document) -> E | None:
        """The entry that a document holds, or None and its mistakes."""
        try:
            return fitting(document, kind, schema)
        except CatalogError as error:
            self.mistakes += error.problems
            return None


_MANIFEST: TypeAdapter[Manifest] = TypeAdapter(Manifest)
_FAMILY: TypeAdapter[Family] = TypeAdapter(Family)
_THREAT: TypeAdapter[Threat] = TypeAdapter(Threat)
_FRAMEWORKS: TypeAdapter[Frameworks] = TypeAdapter(Frameworks)
_OVERRIDES: TypeAdapter[Overrides] = TypeAdapter(Overrides)
