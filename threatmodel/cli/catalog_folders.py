"""Which catalogs a command uses: those named on its command line, else in a ``threatmodel.toml``, else the shipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from threatmodel.catalog.read import shipped_folder
from threatmodel.errors import CatalogError, nearest_or_all
from threatmodel.source import Source

SHIPPED = "radiology-ai"
SETTINGS = "threatmodel.toml"
_KEYS = ("paths",)


def catalog_folders(named: Sequence[Path], beside: Path) -> list[Path]:
    """The folders of the catalogs in use.

    Args:
        named: Those on the command line; they count alone where there are any.
        beside: The model file, or the folder to look from: ``threatmodel.toml`` in its folder or in a folder around
            it, up to the root of its git checkout, may name others; paths in it are told from its own folder.

    Raises:
        CatalogError: When that file cannot be read, or says something that is not known.
    """
    if named:
        return list(named)
    file = next((file for file in _candidates(beside) if file.is_file()), None)
    return (_in_file(file) if file is not None else []) or [shipped_folder(SHIPPED)]


def _candidates(beside: Path) -> Iterator[Path]:
    """Where the file may be, the nearest first; outside of a checkout only beside the model."""
    here = beside.resolve()
    here = here if here.is_dir() else here.parent
    around = [here, *here.parents]
    root = next((index for index, folder in enumerate(around) if (folder / ".git").exists()), 0)
    return (folder / SETTINGS for folder in around[: root + 1])


def _in_file(file: Path) -> list[Path]:
    import tomllib  # most models have no such file

    try:
        said = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("catalogs", {})
    except OSError as error:
        raise CatalogError(f"the file cannot be read: {error.strerror}", Source(str(file))) from None
    except UnicodeDecodeError:
        raise CatalogError("the file is not UTF-8 text", Source(str(file)), "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"the file is no TOML: {error}", Source(str(file))) from None
    if not isinstance(said, dict):
        raise CatalogError("catalogs is a table", Source(str(file), _line(file, "catalogs")), "write [catalogs]")
    for key in said:
        if key not in _KEYS:
            at = Source(str(file), _line(file, key))
            raise CatalogError(f"[catalogs] knows no {key!r}", at, nearest_or_all(key, _KEYS))
    paths = said.get("paths", [])
    if not isinstance(paths, list) or not all(isinstance(path, str) and path for path in paths):
        hint = 'write paths = ["our-catalog"]'
        raise CatalogError("paths is a list of folders", Source(str(file), _line(file, "paths")), hint)
    for path in paths:
        if not (file.parent / path).is_dir():
            at = Source(str(file), _line(file, path))
            raise CatalogError(f"there is no folder {path!r}", at, "paths are told from the folder of this file")
    return [file.parent / path for path in paths]


def _line(file: Path, word: str) -> int:
    """The first line that has a word; 0 where none has."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return next((number for number, line in enumerate(lines, 1) if word in line), 0)
