"""Reads catalog folders strictly: every mistake of every file, with its line and the known names, in one error.

What was read is kept in the user's cache, compiled, under the digest of the files; the YAML files are the truth.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import StringConstraints, TypeAdapter, ValidationError

from threatmodel.catalog.catalog import Catalog, Origin, Rule
from threatmodel.catalog.conditions import Condition, Misread, named_controls, read_condition
from threatmodel.catalog.controls import Control, Family
from threatmodel.catalog.threats import Entry, Threat
from threatmodel.errors import CatalogError, Problem, nearest_or_all
from threatmodel.located_yaml import Document, read_file
from threatmodel.mistakes import problems_of
from threatmodel.resources import read_cached, write_cached
from threatmodel.source import Source

_FORM = 1
"""Changes whenever the compiled form does."""

class Manifest(Entry):
    """What a catalog folder says of itself, in ``catalog.yaml``."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    title: str


class Whole(Entry):
    """A catalog folder in one piece: the compiled form."""

    manifest: Manifest
    families: tuple[Family, ...]
    threats: tuple[tuple[str, Threat], ...]
    """Each with the file that it came from."""


_E = TypeVar("_E", bound=Entry)
_WHOLE: TypeAdapter[Whole] = TypeAdapter(Whole)


def read_catalog(folder: Path) -> Catalog:
    """The catalog in a folder.

    Raises:
        CatalogError: With every mistake of every file; nothing is half-read.
    """
    if not (folder / "catalog.yaml").is_file():
        raise CatalogError("there is no catalog here", Source(str(folder)), "a catalog folder holds catalog.yaml, threats/ and controls/")
    files = sorted({folder / "catalog.yaml", *folder.glob("threats/**/*.yaml"), *folder.glob("controls/**/*.yaml")})
    digest = _digest(folder, files)
    kept_as = f"catalog-{_FORM}-{digest.removeprefix('sha256:')}.json"
    body = read_cached(kept_as)
    if body is not None:
        try:
            return _assemble(_WHOLE.validate_json(body), digest, {})
        except ValidationError:
            pass  # a cache of another build that happens to share the form's number: read the files
    documents, whole = _read_files(folder, files)
    catalog = _assemble(whole, digest, documents)
    write_cached(kept_as, _WHOLE.dump_json(whole))
    return catalog


def _digest(folder: Path, files: Iterable[Path]) -> str:
    """A SHA-256 over the names and contents of files."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return "sha256:" + total.hexdigest()


def _read_files(folder: Path, files: Iterable[Path]) -> tuple[dict[str, Document], Whole]:
    """Every file against its schema; raises with the mistakes of all of them."""
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
            manifest = _valid(Manifest, document, mistakes)
        elif name.startswith("controls/"):
            family = _valid(Family, document, mistakes)
            families += [family] if family else []
        else:
            threat = _valid(Threat, document, mistakes)
            threats += [(name, threat)] if threat else []
    if mistakes:
        mistakes += [problem for name, threat in threats for problem in _placed(name, threat, documents)]
        raise CatalogError.of(mistakes)
    if manifest is None:
        raise CatalogError("catalog.yaml says nothing", Source(str(folder / "catalog.yaml")))
    return documents, Whole(manifest=manifest, families=tuple(families), threats=tuple(threats))


def _valid(kind: type[_E], document: Document, mistakes: list[Problem]) -> _E | None:
    """The entry that a document holds, or None and its mistakes."""
    try:
        return kind.model_validate_json(json.dumps(document.data))
    except ValidationError as error:
        known = {"": list(kind.model_fields), "controls": list(Control.model_fields)} if kind is Family else {"": list(kind.model_fields)}
        mistakes += problems_of(error.errors(include_url=False), document.where, known)
        return None


def _assemble(whole: Whole, digest: str, documents: dict[str, Document]) -> Catalog:
    """The catalog of a whole whose files fit their schemas; raises with what does not fit together."""
    mistakes: list[Problem] = []
    controls: dict[str, Control] = {}
    families: dict[str, str] = {}
    for family in whole.families:
        for control in family.controls:
            if control.id in controls:
                where = Source(f"controls/{family.family}.yaml")
                mistakes.append(Problem(f"the control {control.id!r} is in {families[control.id]} already", where))
            controls[control.id] = control
            families[control.id] = family.family
    rules: dict[str, Rule] = {}
    for file, threat in whole.threats:
        mistakes += _placed(file, threat, documents)
        mistakes += _known_controls(file, threat, controls, documents)
        if threat.id in rules:
            mistakes.append(Problem(f"the threat {threat.id} is in {rules[threat.id].file} already", _where(file, ("id",), documents)))
        applies = _condition(threat.applies, "applies", file, threat, controls, documents, mistakes)
        exposed = _condition(threat.exposed, "exposed", file, threat, controls, documents, mistakes)
        if applies is not None and exposed is not None:
            rules[threat.id] = Rule(threat, applies, exposed, file)
    if mistakes:
        raise CatalogError.of(mistakes)
    manifest = whole.manifest
    origin = Origin(manifest.id, manifest.version, manifest.title, digest)
    return Catalog((origin,), dict(sorted(rules.items())), dict(sorted(controls.items())), dict(sorted(families.items())))


def _where(file: str, path: tuple[str | int, ...], documents: dict[str, Document]) -> Source:
    document = documents.get(file)
    return document.where(path) if document is not None else Source(file)


def _placed(file: str, threat: Threat, documents: dict[str, Document]) -> list[Problem]:
    """Whether a threat's file is where its id and phase say."""
    path = Path(file)
    found = []
    name = threat.id.rpartition("/")[2]
    if not (path.stem == name or path.stem.startswith(f"{name}-")):
        found.append(Problem(f"the file of {threat.id} must be called {name}-<words>.yaml", _where(file, ("id",), documents)))
    if path.parent.name != threat.phase:
        hint = f"move it to threats/{threat.phase}/, or mend the phase"
        found.append(Problem(f"{threat.id} is of the phase {threat.phase!r} but lies in {path.parent.name!r}", _where(file, ("phase",), documents), hint))
    return found


def _known_controls(
    file: str, threat: Threat, controls: dict[str, Control], documents: dict[str, Document]
) -> list[Problem]:
    found = []
    for role, names in (("primary", threat.controls.primary), ("supporting", threat.controls.supporting)):
        for index, name in enumerate(names):
            if name not in controls:
                where = _where(file, ("controls", role, index), documents)
                found.append(Problem(f"{threat.id}: no control is called {name!r}", where, nearest_or_all(name, controls)))
    return found


def _condition(
    data: dict[str, object],
    part: str,
    file: str,
    threat: Threat,
    controls: dict[str, Control],
    documents: dict[str, Document],
    mistakes: list[Problem],
) -> Condition | None:
    misread: list[Misread] = []
    condition = read_condition(data, threat.about, (part,), misread)
    for mistake in misread:
        mistakes.append(Problem(f"{threat.id}: {mistake.what}", _where(file, mistake.path, documents), mistake.hint))
    if condition is None or misread:
        return None
    for name in sorted(named_controls(condition) - controls.keys()):
        where = _where(file, (part,), documents)
        mistakes.append(Problem(f"{threat.id}: no control is called {name!r}", where, nearest_or_all(name, controls)))
    return condition
