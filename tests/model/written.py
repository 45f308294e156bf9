"""Systems out of a few lines of YAML, for tests: what is written stands in line 1 and on."""

from threatmodel.errors import ModelError
from threatmodel.importers.yaml_file import from_document
from threatmodel.located_yaml import read_text
from threatmodel.model.system import System
from threatmodel.source import Source

HEAD = "schema: threatmodel-system/1\nid: t\ntitle: T\n"


def system(text: str) -> System:
    """The system of a YAML text, its head (schema, id, title) added at the end unless it has one."""
    whole = text if "schema:" in text else f"{text.rstrip()}\n{HEAD}"
    return from_document(read_text(whole, "t.yaml", ModelError), "t.yaml", None)


def told(text: str) -> list[tuple[int, str]]:
    """What is told of a text that must be refused: line and problem, in the order told; each has a file and a hint."""
    try:
        read = system(text)
    except ModelError as error:
        found = []
        for problem in error.problems:
            assert isinstance(problem.where, Source), problem
            assert problem.where.file == "t.yaml", problem
            found.append((problem.where.line, problem.what))
        return found
    raise AssertionError(f"nothing is told of {read!r}")


def hints(text: str) -> list[str]:
    """The hints for a text that must be refused."""
    try:
        system(text)
    except ModelError as error:
        return [problem.hint or "" for problem in error.problems]
    raise AssertionError("nothing is told")
