"""Where what a remark is about stands: its file and line, read from the file only when somebody asks."""

from __future__ import annotations

from pathlib import Path

from threatmodel.catalog.assemble import FRAMEWORKS, MANIFEST
from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.lint import Remark
from threatmodel.errors import CatalogError
from threatmodel.located_yaml import Document, read_file
from threatmodel.source import Source

Steps = tuple[str | int, ...]


class Placing:
    """The places of remarks on one catalog; each file is read once."""

    def __init__(self, catalog: Catalog) -> None:
        """Places of remarks on a catalog that was read from folders."""
        self._catalog = catalog
        self._folders = {origin.id: origin.folder for origin in catalog.origins}
        self._read: dict[Path, Document] = {}

    def place(self, remark: Remark) -> Source | None:
        """The file and line of what a remark is about; None where its catalog was not read from a folder."""
        folder = self._folders.get(remark.catalog)
        if not folder:
            return None
        name = self._file(remark.entry)
        document = self._document(Path(folder, name))
        return document.where(_path(document.data, name, remark))

    def _file(self, entry: str) -> str:
        """The file of an entry in its catalog."""
        catalog = self._catalog
        asked = catalog.rules.get(entry) or catalog.retired.get(entry) or catalog.out_of_use.get(entry)
        if asked is not None:
            return asked.file
        if entry in catalog.families:
            return f"controls/{catalog.families[entry]}.yaml"
        return FRAMEWORKS if entry in catalog.framework_catalogs else MANIFEST

    def _document(self, file: Path) -> Document:
        if file not in self._read:
            self._read[file] = read_file(file, CatalogError)
        return self._read[file]


def _path(data: object, file: str, remark: Remark) -> Steps:
    """The path of what a remark is about inside its file."""
    if file.startswith("controls/"):
        return (*_item(data, "controls", remark.entry)[1], *remark.path)
    if file != FRAMEWORKS:
        return remark.path
    framework, path = _item(data, "frameworks", remark.entry)
    if remark.path[:1] != ("identifiers",):
        return (*path, *remark.path)
    return (*path, *_item(framework, "identifiers", str(remark.path[1]))[1])


def _item(data: object, key: str, name: str) -> tuple[object, Steps]:
    """The item with an id in the list under a key, and its path; nothing where there is none."""
    items = data.get(key) if isinstance(data, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict) and item.get("id") == name:
            return item, (key, index)
    return None, ()
