"""A small catalog of one's own on disk that extends the small one, for tests to break."""

from pathlib import Path

from tests.catalog.written import THREAT, write
from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.read import read_catalogs

OWN_MANIFEST = """\
id: chu
version: 2.1.0
title: Our hospital
extends: [small]
"""
OWN_CONTROLS = """\
family: double-key
controls:
  - id: chu/double-key
    on: [component]
    effort: 1
    owner: [hospital]
    limits: [exploitability]
    en: {title: Double key, what: Two keys., verify: Look., ask: "Has {place} two keys?"}
"""
OWN_THREAT = THREAT.replace("id: DAT-01", "id: chu/DAT-01").replace(
    "supporting: [segmentation]", "supporting: [chu/double-key]"
)
OVERRIDES = """\
overrides:
  - id: DAT-01
    severity: 4
    knowledge: 1
    remedy: {en: Encrypt by our rule 7.}
    because: Our links leave the building.
  - id: DAT-02
    out_of_use: true
    because: The network team owns it.
"""
OWN_FILES = {
    "catalog.yaml": OWN_MANIFEST,
    "controls/double-key.yaml": OWN_CONTROLS,
    "threats/data/DAT-01-here.yaml": OWN_THREAT,
    "overrides.yaml": OVERRIDES,
}


def write_own(folder: Path, files: dict[str, str] | None = None) -> Path:
    """The folder of the catalog of one's own, with some files added, changed, or (empty text) left out."""
    for name, text in (OWN_FILES | (files or {})).items():
        file = folder / name
        if text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder


def both(tmp_path: Path, own: dict[str, str] | None = None, base: dict[str, str] | None = None) -> tuple[Path, Path]:
    """The two folders: the small catalog and the one that extends it."""
    return write(tmp_path / "base", base), write_own(tmp_path / "own", own)


def read_both(tmp_path: Path, own: dict[str, str] | None = None, base: dict[str, str] | None = None) -> Catalog:
    """The two catalogs as one."""
    return read_catalogs(both(tmp_path, own, base))
