"""A small sound catalog on disk, for tests to break."""

from pathlib import Path

import pytest

from threatmodel.catalog.read import read_catalog
from threatmodel.errors import CatalogError
from threatmodel.source import Source

MANIFEST = """\
id: small
version: 1.0.0
title: A small catalog
"""
CONTROLS = """\
family: network
controls:
  - id: tls
    on: [flow]
    effort: 1
    owner: [hospital]
    limits: [exploitability]
    authenticates: false
    en:
      title: Encryption
      what: Traffic is encrypted.
      verify: Scan it.
      ask: Is {place} encrypted?
  - id: segmentation
    on: [zone]
    effort: 2
    owner: [hospital]
    limits: [spread]
    en: {title: Segmentation, what: Networks are apart., verify: Scan it., ask: "Is {place} apart?"}
"""
THREAT = """\
id: DAT-01
stride: [I]
phase: data
about: flow
applies:
  all:
    - protocol: {in: [dimse, dicomweb]}
    - crosses_boundary: true
exposed:
  lacks: tls
controls:
  primary: [tls]
  supporting: [segmentation]
exploitability: {knowledge: 2, needs_human_act: false}
harm: {property: confidentiality, severity: 3}
attested: observed
review: {phase: data, fact: 3}
references: [CWE-319]
en: {title: Read on the way, what: Somebody reads., harm: Privacy is lost., remedy: Encrypt.}
"""
FILES = {
    "catalog.yaml": MANIFEST,
    "controls/network.yaml": CONTROLS,
    "threats/data/DAT-01-read.yaml": THREAT,
    "threats/data/DAT-02-also.yaml": THREAT.replace("DAT-01", "DAT-02"),
}


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """A catalog folder: the small one, with some files added, changed, or (empty text) left out."""
    for name, text in (FILES | (files or {})).items():
        file = folder / name
        if text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[tuple[str, int, str, str]]:
    """What is told of a catalog that must be refused: file, line, problem, hint; in the order told."""
    with pytest.raises(CatalogError) as error:
        read_catalog(folder)
    found = []
    for problem in error.value.problems:
        assert isinstance(problem.where, Source), problem
        file = Path(problem.where.file)
        name = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else problem.where.file
        found.append((name, problem.where.line, problem.what, problem.hint or ""))
    return found
