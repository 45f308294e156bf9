"""Reads catalog folders strictly: every mistake of every file, with its line and the known names, in one error."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from threatmodel.catalog import compiled
from threatmodel.catalog.assemble import assemble
from threatmodel.catalog.catalog import Catalog
from threatmodel.errors import CatalogError
from threatmodel.resources import read_cached, write_cached
from threatmodel.source import Source


def read_catalog(folder: Path) -> Catalog:
    """The catalog in a folder: from its files, or from the compiled form that was kept of the same files.

    Raises:
        CatalogError: With every mistake of every file; nothing is half-read.
    """
    if not (folder / "catalog.yaml").is_file():
        hint = "a catalog folder holds catalog.yaml, threats/ and controls/"
        raise CatalogError("there is no catalog here", Source(str(folder)), hint)
    files = sorted({folder / "catalog.yaml", *folder.glob("threats/**/*.yaml"), *folder.glob("controls/**/*.yaml")})
    digest = _digest(folder, files)
    kept_as = f"catalog-{compiled.FORM}-{digest.removeprefix('sha256:')}.json"
    body = read_cached(kept_as)
    kept = compiled.unpack(body) if body is not None else None
    if kept is not None:
        return assemble(kept, digest, lambda file, _: Source(file))
    from threatmodel.catalog.from_yaml import (
        read_files,
    )  # loads YAML and schemas, which a start from the cache does without

    whole, where = read_files(folder, files)
    catalog = assemble(whole, digest, where)
    write_cached(kept_as, compiled.pack(whole))
    return catalog


def _digest(folder: Path, files: Iterable[Path]) -> str:
    """A SHA-256 over the names and contents of files."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return "sha256:" + total.hexdigest()
