"""Reads catalog folders strictly: every mistake of every file, with its line and the known names, in one error."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from threatmodel.catalog import compiled
from threatmodel.catalog.assemble import FRAMEWORKS, MANIFEST, OVERRIDES, Folder, assemble, raise_all
from threatmodel.catalog.catalog import Catalog, Origin
from threatmodel.catalog.rereading import words_stamp
from threatmodel.catalog.whole import Whole
from threatmodel.errors import CatalogError, Problem, nearest, nearest_or_all
from threatmodel.resources import data_folder, read_cached, write_cached
from threatmodel.source import Source

LARGEST_BYTES = 2_000_000
"""More than this is no file of a catalog: an entry has a few thousand bytes, a family some ten thousand."""
GLOSSARY = "glossary.yaml"
_PARTS = ("controls", "threats")
_SIDES = (FRAMEWORKS, OVERRIDES)


def read_catalog(folder: Path) -> Catalog:
    """The catalog in a folder, with those that it extends.

    Raises:
        CatalogError: With every mistake of every file; nothing is half-read.
    """
    return read_catalogs([folder])


def read_catalogs(folders: Sequence[Path]) -> Catalog:
    """The catalogs in folders and those that they extend, as one: from their files, or from compiled forms of them.

    A catalog that another extends is looked for among the folders, then among those that the program ships.

    Raises:
        CatalogError: With every mistake of every file; nothing is half-read.
    """
    found = _with_bases(folders)
    with suppress(CatalogError):
        return _kept(found)
    return _kept([one.from_files() for one in found])  # tells the mistakes with the lines of the files


def shipped_folder(name: str) -> Path:
    """The folder of a catalog that the program ships."""
    return data_folder("catalogs") / name


class _Found(NamedTuple):
    """A folder that holds a catalog: its files and their digest, what was read of it, and whether from its files."""

    folder: Path
    files: tuple[str, ...]
    kept_as: str
    read: Folder
    fresh: bool

    def from_files(self) -> _Found:
        """The same, read from its files."""
        return self if self.fresh else _from_files(self.folder, self.files, self.read.origin.digest)


def _kept(found: Sequence[_Found]) -> Catalog:
    """The catalog of what was found; what was read from files is kept in its compiled form."""
    catalog = assemble([one.read for one in found])
    for one in found:
        if one.fresh:
            write_cached(one.kept_as, compiled.pack(one.read.whole))
    return catalog


def _with_bases(folders: Sequence[Path]) -> list[_Found]:
    """What is in folders and in those that they extend, each after those that it extends."""
    mistakes: list[Problem] = []
    found: dict[str, _Found] = {}
    for folder in dict.fromkeys(Path(os.path.abspath(folder)) for folder in folders):
        _add(folder, found, mistakes)
    waiting = list(found.values())
    while waiting:
        one = waiting.pop()
        for index, name in enumerate(one.read.whole.manifest.extends):
            if name not in found and not mistakes:
                base = _shipped(name)
                if base is None:
                    at = one.from_files().read.where(MANIFEST, ("extends", index))
                    known = sorted({*found, *_all_shipped()} - {one.read.origin.id})
                    hint = f"name its folder, too; {nearest_or_all(name, known)}"
                    mistakes.append(Problem(f"the catalog {name!r}, which this one extends, is not there", at, hint))
                else:
                    waiting += _add(base, found, mistakes)
    raise_all(mistakes)
    return _in_order(found)


def _add(folder: Path, found: dict[str, _Found], mistakes: list[Problem]) -> list[_Found]:
    """Reads a folder and adds it to what was found; gives it, or nothing and adds the mistakes."""
    try:
        one = _find(folder)
    except CatalogError as error:
        mistakes += error.problems
        return []
    name = one.read.origin.id
    if name in found:
        what = f"the catalog {name!r} is in two folders"
        hint = f"the other is {found[name].folder}; name one of them, or give one another id"
        mistakes.append(Problem(what, one.from_files().read.where(MANIFEST, ("id",)), hint))
        return []
    found[name] = one
    return [one]


def _in_order(found: dict[str, _Found]) -> list[_Found]:
    """Each catalog after those that it extends; raises with the whole circle where they extend each other."""
    ordered: dict[str, _Found] = {}
    way: list[str] = []

    def place(name: str) -> None:
        if name in way:
            circle = [*way[way.index(name) :], name]
            at = found[name].from_files().read.where(MANIFEST, ("extends",))
            hint = "let one of them extend nothing"
            raise CatalogError(f"catalogs extend each other in a circle: {' → '.join(circle)}", at, hint)
        if name not in ordered:
            way.append(name)
            for base in found[name].read.whole.manifest.extends:
                place(base)
            way.pop()
            ordered[name] = found[name]

    for name in sorted(found):
        place(name)
    return list(ordered.values())


def _find(folder: Path) -> _Found:
    """What a folder holds: by the compiled form of the same files where there is one."""
    if not (folder / MANIFEST).is_file():
        hint = "a catalog folder holds catalog.yaml, threats/ and controls/"
        raise CatalogError("there is no catalog here", Source(str(folder)), hint)
    files = tuple(_files(str(folder)))
    digest = _digest(str(folder), files)
    kept_as = _kept_as(digest)
    body = read_cached(kept_as)
    whole = compiled.unpack(body) if body is not None else None
    if whole is None:
        return _from_files(folder, files, digest)
    origin = _origin(folder, whole, digest)
    read = Folder(whole, origin, lambda file, _: Source(str(folder / file)), checked=True)
    return _Found(folder, files, kept_as, read, fresh=False)


def _from_files(folder: Path, files: tuple[str, ...], digest: str) -> _Found:
    from threatmodel.catalog.from_yaml import (
        read_files,
    )  # loads YAML and schemas, which a start from the cache does without

    whole, where = read_files(folder, [Path(file) for file in files])
    return _Found(folder, files, _kept_as(digest), Folder(whole, _origin(folder, whole, digest), where), fresh=True)


def _origin(folder: Path, whole: Whole, digest: str) -> Origin:
    said = whole.manifest
    shipped = _shipped(said.id) == folder
    return Origin(said.id, said.version, said.title, digest, said.extends, str(folder), shipped)


def _kept_as(digest: str) -> str:
    return f"catalog-{compiled.FORM}-{words_stamp()}-{digest.removeprefix('sha256:')}.json"


def _shipped(name: str) -> Path | None:
    """The folder of a catalog that the program ships, or None."""
    folder = shipped_folder(name)
    return folder if (folder / MANIFEST).is_file() else None


def _all_shipped() -> Iterator[str]:
    return (folder.name for folder in data_folder("catalogs").iterdir() if (folder / MANIFEST).is_file())


def _files(folder: str) -> list[str]:
    """The files of a catalog, in order; one that only looks like an entry is refused, since nobody would miss it."""
    astray: list[Problem] = []
    found = [os.path.join(folder, MANIFEST)]
    sides = (MANIFEST, *_SIDES, *_BESIDE)
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        stem, ending = os.path.splitext(entry.name)
        if entry.name in _SIDES:
            found.append(entry.path)
        elif ending.lower() in _LIKE_YAML and entry.name not in sides:
            meant = nearest(stem, [name.removesuffix(".yaml") for name in sides])
            if meant is not None:
                astray.append(Problem("this file is not read", Source(entry.path), f"{meant[:-2]}.yaml'?"))
    for part in _PARTS:
        inside = os.path.join(folder, part)
        found += _entries(inside, astray) if os.path.isdir(inside) else []
    raise_all(astray)
    return found


def _entries(folder: str, astray: list[Problem]) -> Iterator[str]:
    """The files of entries under a folder, at any depth."""
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        ending = os.path.splitext(entry.name)[1]
        folder_there = os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()
        if entry.is_symlink() and folder_there:
            hint = "put the files themselves there, or name the other folder as a catalog of its own"
            astray.append(Problem("links to folders are not followed", Source(entry.path), hint))
        elif folder_there:
            yield from _entries(entry.path, astray)
        elif ending == ".yaml" and not entry.name.startswith("."):
            yield entry.path
        elif ending.lower() in _LIKE_YAML or (entry.name.startswith(".") and entry.name.endswith(".yaml")):
            astray.append(Problem("this file is not read", Source(entry.path), "entries are files that end in .yaml"))


_LIKE_YAML = frozenset({".yaml", ".yml", ".json"})
_BESIDE = (GLOSSARY, "coverage.yaml")
"""What is read by others, who hold a catalog against it."""


def _digest(folder: str, files: Iterable[str]) -> str:
    """A SHA-256 over the names and contents of files, each a plain file of a sensible size."""
    total = hashlib.sha256()
    unreadable = []
    for file in files:
        try:
            facts = os.stat(file)
            if not stat.S_ISREG(facts.st_mode):
                unreadable.append(Problem("this is no plain file", Source(file)))
                continue
            if facts.st_size > LARGEST_BYTES:
                what = f"the file has {facts.st_size:,} bytes; more than {LARGEST_BYTES:,} are not read"
                hint = "a catalog holds one threat a file and one family of controls a file"
                unreadable.append(Problem(what, Source(file), hint))
                continue
            with open(file, "rb") as opened:
                content = hashlib.sha256(opened.read()).digest()
        except OSError as error:
            unreadable.append(Problem(f"the file cannot be read: {error.strerror}", Source(file)))
            continue
        name = os.path.relpath(file, folder)
        total.update(os.fsencode(name.replace(os.sep, "/")) + b"\0" + content)
    raise_all(unreadable)
    return "sha256:" + total.hexdigest()
