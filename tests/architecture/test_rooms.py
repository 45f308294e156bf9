"""The house rules that no linter sees: sizes, doors, room signs, names, and what may not stand in the code."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PACKAGE = CHECKOUT / "threatmodel"
TESTS = CHECKOUT / "tests"
LONGEST = 350
FORBIDDEN = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "core"})
DOORS = frozenset({"threatmodel", "threatmodel.imaging", "threatmodel.protocols", "threatmodel.data"})
BESIDE_THE_MIRROR = frozenset({"golden", "properties", "architecture", "browser", "samples"})
"""Folders of tests that stand for no room of the package."""

FILES = sorted(
    file for file in PACKAGE.rglob("*.py") if not {"_vendor", "_data"} & set(file.relative_to(PACKAGE).parts)
)
FOLDERS = sorted({file.parent for file in FILES} - {PACKAGE})


def told(file: Path) -> str:
    return file.relative_to(CHECKOUT).as_posix()


def module_of(file: Path) -> str:
    parts = file.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """The modules that a file imports, each with its line; a name out of a package counts as the package."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                inner = CHECKOUT / Path(*node.module.split("."), alias.name)
                submodule = inner.is_dir() or inner.with_suffix(".py").is_file()
                yield node.lineno, f"{node.module}.{alias.name}" if submodule else node.module


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 50
    assert {folder.name for folder in FOLDERS} >= {"model", "dsl", "graph", "catalog", "analysis", "risk", "importers"}


@pytest.mark.parametrize("file", FILES, ids=told)
def test_a_file_is_short_enough_to_be_read(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("file", FILES, ids=told)
def test_nobody_imports_a_door_or_the_door_of_his_own_room(file: Path) -> None:
    own = {module_of(file.parent / "__init__.py")} if file.name != "__init__.py" else set()
    if module_of(file) == "threatmodel":
        own = set()
    for line, name in imports(file):
        assert name not in DOORS | own, f"{told(file)}:{line} imports the door {name}"


@pytest.mark.parametrize("file", FILES, ids=told)
def test_a_file_says_first_what_it_gives(file: Path) -> None:
    docstring = ast.get_docstring(tree_of(file))
    assert docstring, f"{told(file)} has no docstring"
    first = docstring.split("\n\n")[0]
    assert "\n" not in first, "the first sentence stands on a line of its own"
    assert re.match(r"[A-Z`]", first), first
    assert first.endswith("."), first


@pytest.mark.parametrize("folder", FOLDERS, ids=told)
def test_a_folder_has_a_room_sign_and_no_code_in_its_door(folder: Path) -> None:
    door = folder / "__init__.py"
    assert door.is_file()
    docstring = ast.get_docstring(tree_of(door)) or ""
    assert docstring.startswith("Room: ")
    for word in ("In: ", "Out: ", "To add: "):
        assert word in docstring, f"the sign says nothing after {word!r}"
    assert len(tree_of(door).body) == 1, "a door hands nothing out"


@pytest.mark.parametrize("folder", FOLDERS, ids=told)
def test_a_room_sign_names_every_file_of_the_room_and_nothing_else(folder: Path) -> None:
    docstring = ast.get_docstring(tree_of(folder / "__init__.py")) or ""
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    inner = {path.name for path in folder.iterdir() if (path / "__init__.py").is_file()}
    named = set(re.findall(r"``([a-z_.]+)``", docstring))
    missing = {name for name in modules | inner if not {name, name.removesuffix("_command")} & named}
    if "One file for each command" in docstring:
        missing = {name for name in missing if not name.endswith("_command")}
    assert not missing, f"the sign does not name {sorted(missing)}"
    listed = " ".join(re.findall(r"^- (.+(?:\n  .+)*)", docstring, re.MULTILINE))
    heads = {
        name
        for several in re.findall(r"((?:``[a-z_]+``(?:, | and )?)+):", listed)
        for name in re.findall("[a-z_]+", several)
    }
    heads.discard("and")
    assert heads <= modules | inner, f"the sign names {sorted(heads - modules - inner)}, which are not there"


@pytest.mark.parametrize("root", [PACKAGE, TESTS], ids=told)
def test_no_file_or_folder_has_a_name_that_says_nothing(root: Path) -> None:
    for path in root.rglob("*"):
        parts = set(re.split(r"[_.]", path.stem))
        if "_vendor" not in path.parts and "__pycache__" not in path.parts:
            assert not parts & FORBIDDEN, told(path)


@pytest.mark.parametrize("folder", ["threatmodel", "catalogs", "templates", "samples", "tests"])
def test_nothing_is_left_to_be_done_later(folder: str) -> None:
    later = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b")
    for file in (CHECKOUT / folder).rglob("*"):
        if file.suffix in {".py", ".yaml", ".md", ".html", ".css", ".j2"} and "_vendor" not in file.parts:
            found = later.search(file.read_text(encoding="utf-8"))
            assert found is None, f"{told(file)}: {found}"


@pytest.mark.parametrize("file", FILES, ids=told)
def test_only_the_command_line_looks_at_the_clock_or_at_chance(file: Path) -> None:
    if file.parent.name == "cli":
        return
    names = {name.split(".")[0] for _, name in imports(file)}
    assert not names & {"time", "random", "secrets", "uuid"}, told(file)
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"today", "now", "utcnow"}, f"{told(file)}:{node.lineno}"


@pytest.mark.parametrize("file", FILES, ids=told)
def test_a_pardon_says_why(file: Path) -> None:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        for pardon in re.findall(r"#\s*(?:noqa|type: ignore)[^#]*", line):
            reason = re.sub(r"#\s*(noqa|type: ignore)(: ?[A-Z0-9, ]+|\[[a-z-]+\])?", "", pardon)
            rest = line.split(pardon, 1)[1]
            assert re.search(r"[a-z]{3}", reason + rest), f"{told(file)}:{number}: {line.strip()}"


def test_folders_of_tests_mirror_the_package() -> None:
    rooms = {folder.name for folder in FOLDERS}
    for folder in TESTS.iterdir():
        if folder.is_dir() and not folder.name.startswith((".", "__")):
            assert folder.name in rooms | BESIDE_THE_MIRROR, told(folder)
    for room in rooms:
        assert any((TESTS / room).glob("test_*.py")), f"no test stands for {room}"


def test_test_files_are_called_so_and_hold_tests() -> None:
    for file in TESTS.rglob("test_*.py"):
        names = [node.name for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef)]
        assert any(name.startswith("test_") for name in names), told(file)
        assert len(set(names)) == len(names) or _nested(file), f"{told(file)}: a test hides another of the same name"


def _nested(file: Path) -> bool:
    """Whether names only repeat inside different functions or classes."""
    names = [node.name for node in tree_of(file).body if isinstance(node, ast.FunctionDef)]
    return len(set(names)) == len(names)
