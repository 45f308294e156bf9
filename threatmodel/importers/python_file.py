"""Runs a model file written in the language and freezes the one model that it defines."""

from __future__ import annotations

import linecache
import sys
import traceback
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

from threatmodel.dsl.freeze import freeze
from threatmodel.dsl.model import Model
from threatmodel.errors import ModelError, Problem, ThreatModelError
from threatmodel.model.system import System
from threatmodel.source import Source

_MODULE = "threatmodel_model_file"


def read(path: Path, known_controls: Collection[str] | None) -> System:
    """The system of a Python model file.

    Raises:
        ModelError: When the file cannot be read or run, defines no model or two, or its model has mistakes.
    """
    text = _text(path)
    try:
        code = compile(text, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        where = Source(str(path), error.lineno or 0)
        raise ModelError(f"the file is not valid Python: {error.msg}", where, _shown(error.text)) from None
    except ValueError as error:
        raise ModelError(f"the file is not valid Python: {error}", Source(str(path))) from None
    module = ModuleType(_MODULE)
    module.__file__ = str(path)
    failure = _run(code, module, path)
    models = _models(module)
    if failure is not None:
        kept = [problem for model in models for problem in model.mistakes]
        raise ModelError.of([*kept, *failure])
    if not models:
        hint = 'a model is a block: with Model("…") as model:'
        raise ModelError("the file defines no model", Source(str(path)), hint)
    if len(models) > 1:
        told = " and ".join(f"{model.title!r} (line {model.source.line})" for model in models)
        raise ModelError(
            f"the file defines more than one model: {told}", Source(str(path)), "keep each model in a file of its own"
        )
    return freeze(models[0], known_controls)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ModelError("there is no such file", Source(str(path))) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise ModelError("the file is not UTF-8 text", Source(str(path), line), "save it as UTF-8") from None
    except OSError as error:
        raise ModelError(f"the file cannot be read: {error.strerror}", Source(str(path))) from None


def _run(code: object, module: ModuleType, path: Path) -> tuple[Problem, ...] | None:
    """Runs the file with its folder on the import path; gives what stopped it, or None."""
    folder = str(path.resolve().parent)
    before = set(sys.modules)
    sys.path.insert(0, folder)
    sys.modules[_MODULE] = module
    try:
        exec(code, module.__dict__)  # type: ignore[arg-type]  # noqa: S102 - a Python model is code and is run as such
    except ThreatModelError as error:
        return error.problems
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the author's code raises is told at its line
        return (_raised(error, path),)
    finally:
        sys.path.remove(folder)
        del sys.modules[_MODULE]
        for name in set(sys.modules) - before:
            origin = getattr(sys.modules[name], "__file__", None) or ""
            if origin.startswith(folder):
                del sys.modules[name]
        linecache.checkcache()
    return None


def _raised(error: BaseException, path: Path) -> Problem:
    """What the author's code raised, at the innermost line that is the author's."""
    folder = path.resolve().parent
    line = 0
    file = str(path)
    for frame in traceback.extract_tb(error.__traceback__):
        at = Path(frame.filename).resolve()
        if at == path.resolve() or folder in at.parents:
            file, line = frame.filename, frame.lineno or 0
    told = "stops the program" if isinstance(error, SystemExit) else f"raises {type(error).__name__}: {error}"
    hint = None
    if isinstance(error, ImportError) and str(getattr(error, "name", "")).startswith("threatmodel"):
        doors = "threatmodel, threatmodel.imaging, threatmodel.protocols and threatmodel.data"
        hint = _nearest_word(error) or f"the words of the language are in {doors}"
    if isinstance(error, SyntaxError):
        return Problem(
            f"the file is not valid Python: {error.msg}",
            Source(error.filename or file, error.lineno or 0),
            _shown(error.text),
        )
    return Problem(f"the model file {told}", Source(file, line), hint)


def _nearest_word(error: ImportError) -> str | None:
    """For a word that a door does not have: the nearest one that it has."""
    from threatmodel.errors import nearest

    word = str(error).split("'")[1] if "'" in str(error) else ""
    door = sys.modules.get(str(error.name))
    return nearest(word, getattr(door, "__all__", ())) if door is not None else None


def _models(module: ModuleType) -> list[Model]:
    """The models that the file's names hold, each once, in order of line."""
    found = {id(value): value for value in vars(module).values() if isinstance(value, Model)}
    return sorted(found.values(), key=lambda model: (model.source.file, model.source.line))


def _shown(text: str | None) -> str | None:
    return text.strip() if text and text.strip() else None
