"""Reads catalog folders strictly: every mistake of every file, with its line and the known names, in one error."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from threatmodel.catalog import compiled
from threatmodel.catalog.assemble import assemble
from threatmodel.catalog.catalog import Catalog
from threatmodel.errors import CatalogError, Problem
from threatmodel.resources import read_cached, write_cached
from threatmodel.source import Source

_PARTS = ("controls", "threats")


def read_catalog(folder: Path) -> Catalog:
    """The catalog in a folder: from its files, or from the compiled form that was kept of the same files.

    Raises:
        CatalogError: With every mistake of every file; nothing is half-read.
    """
    if not (folder / "catalog.yaml").is_file():
        hint = "a catalog folder holds catalog.yaml, threats/ and controls/"
        raise CatalogError("there is no catalog here", Source(str(folder)), hint)
    files = _files(folder)
    digest = _digest(folder, files)
    kept_as = f"catalog-{compiled.FORM}-{digest.removeprefix('sha256:')}.json"
    body = read_cached(kept_as)
    kept = compiled.unpack(body) if body is not None else None
    if kept is not None:
        with suppress(CatalogError):  # told below, with the lines of the files
            return assemble(kept, digest, lambda file, _: Source(file))
    from threatmodel.catalog.from_yaml import (
        read_files,
    )  # loads YAML and schemas, which a start from the cache does without

    whole, where = read_files(folder, files)
    catalog = assemble(whole, digest, where)
    write_cached(kept_as, compiled.pack(whole))
    return catalog


def _files(folder: Path) -> list[Path]:
    """The files of a catalog, in order; one that only looks like an entry is refused, since nobody would miss it."""
    found, astray = [folder / "catalog.yaml"], []
    for file in sorted(file for part in _PARTS for file in (folder / part).rglob("*") if not file.is_dir()):
        if file.suffix == ".yaml" and not file.name.startswith("."):
            found.append(file)
        elif file.suffix.lower() in {".yaml", ".yml", ".json"}:
            astray.append(Problem("this file is not read", Source(str(file)), "entries are files that end in .yaml"))
    if astray:
        raise CatalogError.of(astray)
    return found


def _digest(folder: Path, files: Iterable[Path]) -> str:
    """A SHA-256 over the names and contents of files."""
    total = hashlib.sha256()
    unreadable = []
    for file in files:
        try:
            content = hashlib.sha256(file.read_bytes()).digest()
        except OSError as error:
            unreadable.append(Problem(f"the file cannot be read: {error.strerror}", Source(str(file))))
            continue
        total.update(os.fsencode(file.relative_to(folder).as_posix()) + b"\0" + content)
    if unreadable:
        raise CatalogError.of(unreadable)
    return "sha256:" + total.hexdigest()
