"""Runs a model file written in the language and freezes the one model that it defines."""

from __future__ import annotations

import contextvars
import importlib
import linecache
import os
import sys
import traceback
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, ModuleType

from threatmodel.dsl.freeze import freeze
from threatmodel.dsl.model import Model
from threatmodel.dsl.scope import is_ours
from threatmodel.errors import ModelError, Problem, ThreatModelError, nearest
from threatmodel.model.system import System
from threatmodel.source import Source

_MODULE = "threatmodel_model_file"
_DOORS = "threatmodel, threatmodel.imaging, threatmodel.protocols and threatmodel.data"


def read(path: Path, known_controls: Collection[str] | None, retired: Mapping[str, str] | None = None) -> System:
    """The system of a Python model file.

    Raises:
        ModelError: When the file cannot be read or run, defines no model or two, or its model has mistakes.
    """
    file = os.path.abspath(path)
    code = _compiled(_text(path, file), file)
    module = ModuleType(_MODULE)
    module.__file__ = file
    failure = _run(code, module, os.path.dirname(os.path.realpath(file)))
    models = _models(module)
    if failure:
        kept = [problem for model in models for problem in model.mistakes]
        raise ModelError.of([*kept, *failure])
    if not models:
        hint = 'a model is a block: with Model("…") as model:'
        raise ModelError("the file defines no model", Source(file), hint)
    if len(models) > 1:
        told = " and ".join(f"{model.title!r} (line {model.source.line})" for model in models)
        hint = "keep each model in a file of its own"
        raise ModelError(f"the file defines more than one model: {told}", Source(file), hint)
    return freeze(models[0], known_controls, retired)


def _text(path: Path, file: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ModelError("there is no such file", Source(file)) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise ModelError("the file is not UTF-8 text", Source(file, line), "save it as UTF-8") from None
    except OSError as error:
        raise ModelError(f"the file cannot be read: {error.strerror}", Source(file)) from None


def _compiled(text: str, file: str) -> CodeType:
    try:
        return compile(text, file, "exec", dont_inherit=True)
    except SyntaxError as error:
        problem = _no_python(error, file)
        raise ModelError(problem.what, problem.where, problem.hint) from None
    except (ValueError, RecursionError, MemoryError) as error:
        told = str(error) or "it nests too deeply"
        raise ModelError(f"the file is not valid Python: {told}", Source(file)) from None


def _run(code: CodeType, module: ModuleType, folder: str) -> tuple[Problem, ...]:
    """Runs the file; gives what stopped it, or nothing."""
    with _importing_from(folder, module):
        try:
            contextvars.Context().run(exec, code, module.__dict__)  # a model that the file leaves open ends with it
        except ThreatModelError as error:
            return error.problems
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever the author's code raises is told at its line
            return (_raised(error, str(module.__file__), folder),)
    return ()


@contextmanager
def _importing_from(folder: str, module: ModuleType) -> Iterator[None]:
    """Puts a folder on the import path, leaves nothing in it, and forgets afterwards what was imported from it."""
    path, before, writes = list(sys.path), set(sys.modules), sys.dont_write_bytecode
    importlib.invalidate_caches()
    sys.path.insert(0, folder)
    sys.modules[_MODULE] = module
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.path[:], sys.dont_write_bytecode = path, writes
        sys.modules.pop(_MODULE, None)
        for name in set(sys.modules) - before:
            if _is_author_s(folder, str(getattr(sys.modules[name], "__file__", None) or "")):
                del sys.modules[name]
        linecache.checkcache()


def _is_author_s(folder: str, file: str) -> bool:
    """Whether a file lies in the folder of the model, and not in an environment or checkout that lies there too."""
    real = os.path.realpath(file)
    if is_ours(real) or not real.startswith(folder.rstrip(os.sep) + os.sep):
        return False
    return not {"site-packages", "dist-packages"}.intersection(real.removeprefix(folder).split(os.sep))


def _raised(error: BaseException, file: str, folder: str) -> Problem:
    """What the author's code raised, at the innermost line that is the author's."""
    where = Source(file)
    for frame in traceback.extract_tb(error.__traceback__):
        if _is_author_s(folder, frame.filename):
            where = Source(frame.filename, frame.lineno or 0)
    if isinstance(error, SyntaxError):
        return _no_python(error, file)
    if isinstance(error, SystemExit):
        return Problem("the model file stops the program", where, "let a model only declare what is there")
    if isinstance(error, ImportError) and str(error.name).startswith("threatmodel"):
        return _no_word(error, where)
    said = "".join(traceback.format_exception_only(error)).strip()
    return Problem(f"the model file raises {said}", where, _meant(error))


def _no_python(error: SyntaxError, file: str) -> Problem:
    shown = (error.text or "").strip() or None
    return Problem(
        f"the file is not valid Python: {error.msg}", Source(error.filename or file, error.lineno or 0), shown
    )


def _no_word(error: ImportError, where: Source) -> Problem:
    """A word that a door of the language does not have, with the nearest one that some door has."""
    word = error.msg.split("'")[1] if error.msg.startswith("cannot import name '") else ""
    here = sys.modules.get(str(error.name))
    hint = f"the words of the language are in {_DOORS}"
    if not word or here is None:
        return Problem(f"the model file raises {type(error).__name__}: {error.msg}", where, hint)
    for door in (here, *(sys.modules.get(f"threatmodel.{name}") for name in ("imaging", "protocols", "data"))):
        known = getattr(door, "__all__", ())
        if door is not here and word in known:
            hint = f"it is in {getattr(door, '__name__', '')}"
            break
        near = nearest(word, known)
        if near is not None:
            hint = near
            break
    return Problem(f"{error.name} has no word {word!r}", where, hint)


def _meant(error: BaseException) -> str | None:
    """For a name that is not there: the nearest one that is."""
    if isinstance(error, NameError) and error.__traceback__ is not None:
        innermost = error.__traceback__
        while innermost.tb_next is not None:
            innermost = innermost.tb_next
        return nearest(str(error.name), {*innermost.tb_frame.f_locals, *innermost.tb_frame.f_globals})
    if isinstance(error, AttributeError) and error.name:
        return nearest(error.name, (name for name in dir(error.obj) if not name.startswith("_")))
    return None


def _models(module: ModuleType) -> list[Model]:
    """The models that the file's names hold, each once, in order of line."""
    found = {id(value): value for value in vars(module).values() if isinstance(value, Model)}
    return sorted(found.values(), key=lambda model: (model.source.file, model.source.line))
