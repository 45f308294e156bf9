"""Which reader a path gets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from threatmodel.errors import UsageError
from threatmodel.model.system import System
from threatmodel.source import Source


def _read_python(path: Path, known_controls: Collection[str] | None, retired: Mapping[str, str] | None) -> System:
    from threatmodel.importers import python_file  # each reader is loaded for its own files only

    return python_file.read(path, known_controls, retired)


def _read_yaml(path: Path, known_controls: Collection[str] | None, retired: Mapping[str, str] | None) -> System:
    from threatmodel.importers import yaml_file  # each reader is loaded for its own files only

    return yaml_file.read(path, known_controls, retired)


Reader = Callable[[Path, Collection[str] | None, Mapping[str, str] | None], System]
READERS: dict[str, Reader] = {
    ".py": _read_python,
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
    ".json": _read_yaml,
}


def read_model(
    path: Path, known_controls: Collection[str] | None = None, retired: Mapping[str, str] | None = None
) -> System:
    """The system in a model file; a folder stands for its ``model.py`` or ``model.yaml``.

    Args:
        path: The file or folder.
        known_controls: The controls of the catalogs in use; without them control names are not checked.
        retired: What to state instead of each control that these catalogs have retired.

    Raises:
        UsageError: When no reader knows the file's ending.
        ModelError: With every mistake of the file.
    """
    if path.is_dir():
        inside = [
            path / name for name in ("model.py", "model.yaml", "model.yml", "model.json") if (path / name).is_file()
        ]
        if not inside:
            raise UsageError(
                "the folder holds no model", Source(str(path)), "name the file, or add model.py or model.yaml"
            )
        path = inside[0]
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(
            f"no reader knows the ending {path.suffix!r}", Source(str(path)), f"known: {', '.join(READERS)}"
        )
    return reader(path, known_controls, retired)
