"""Model files as an author writes them, for tests."""

import textwrap
from pathlib import Path

from threatmodel.errors import ModelError, Problem
from threatmodel.importers.formats import read_model
from threatmodel.model.system import System
from threatmodel.source import Source

CONTROLS = frozenset(
    {"tls-bcp195", "mtls-node-auth", "segmentation", "mfa", "model-sign", "restore-test", "result-binding"}
)
"""The controls that the catalog of these tests knows."""

IMPORTS = """\
from threatmodel import DataAsset, Model, Zone, absent, declared, implemented, not_applicable, planned, verified
from threatmodel.data import *
from threatmodel.imaging import *
from threatmodel.protocols import DICOM, DICOMWEB, DICOM_TLS
"""
"""Four lines: what a test writes begins in line 5."""


def write(folder: Path, text: str, name: str = "model.py") -> Path:
    """A file with a text, its common indentation taken off."""
    file = folder / name
    file.write_text(textwrap.dedent(text), encoding="utf-8")
    return file


def read(folder: Path, text: str) -> System:
    """The system of a model file with a text after the imports."""
    return read_model(write(folder, IMPORTS + textwrap.dedent(text)), CONTROLS)


def told(folder: Path, text: str, *, imports: str = IMPORTS) -> list[tuple[int, str, str]]:
    """What is told of a model file that must be refused: line, problem and hint, in the order told.

    Nothing else than a ModelError may come out, and every problem must name the file.
    """
    file = write(folder, imports + textwrap.dedent(text))
    return [line_of(problem, file) for problem in refused(file)]


def line_of(problem: Problem, file: Path) -> tuple[int, str, str]:
    """The line, the words and the hint of a problem of a file."""
    assert isinstance(problem.where, Source), problem
    assert problem.where.file == str(file), problem
    return problem.where.line, problem.what, problem.hint or ""


def refused(file: Path) -> tuple[Problem, ...]:
    """The problems of a file that must be refused."""
    try:
        system = read_model(file, CONTROLS)
    except ModelError as error:
        return error.problems
    raise AssertionError(f"nothing is told of {system!r}")
