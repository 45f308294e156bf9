"""Graphviz inside the program: runs its WASM build (npm package ``@viz-js/viz``) by wasmtime; the one owner of it.

The guest is a plain Emscripten module without threads. It sees no file, no clock, no environment and no randomness, so
that the same text gives the same bytes everywhere. Each layout has an instance of its own (about 1 ms), so a trap
leaves nothing behind. Compiling takes a second; the outcome is kept in the user's cache, see ``resources``.
"""

from __future__ import annotations

import hashlib
import json
import struct
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Final, cast

import wasmtime

from threatmodel import resources
from threatmodel.errors import OutputError, ThreatModelError

_PAGE: Final = 65536
_ENOENT, _EBADF, _ENOSYS = 44, 8, 52  # error numbers of WASI preview 1, which Emscripten's syscalls return negated
_CALLED: Final = (
    *("start", "malloc", "free", "viz_read_one_graph"),
    *("viz_create_context", "viz_reset_errors", "viz_layout", "viz_render"),
)
_TURN = threading.Lock()  # wasmtime's epoch counts for a whole Engine, and its Python side keeps one last exception

_TOO_MUCH: Final = "draw a smaller part of the model, or take the diagram as DOT text and lay it out elsewhere"
_LOOK: Final = "take the diagram as DOT text and look there"


class EngineMissing(OutputError):
    """The embedded layout engine cannot be loaded on this machine."""


class _Aborted(Exception):
    """The guest gave up by itself; raised through the guest's frames."""


def load() -> None:
    """Gets the engine ready, once a process: from the cache (30 ms), else compiled (1 s).

    Raises:
        EngineMissing: no engine here.
    """
    with _TURN:
        _program()


def draw(dot: str, *, seconds: float, memory: int) -> str:
    """The SVG that Graphviz writes for this DOT text, unchanged.

    Args:
        dot: one graph in the DOT language.
        seconds: how long the layout may take.
        memory: how many bytes the guest may use.

    Raises:
        EngineMissing: no engine here.
        OutputError: the text is no DOT, or the layout takes too long or too much.
    """
    with _TURN:
        program = _program()
        alarm = threading.Timer(seconds, program.engine.increment_epoch)
        alarm.daemon = True
        with closing(_store(program, memory)) as store:  # else never freed: it holds our functions, and they hold it
            guest = _Guest(program, store, memory)
            alarm.start()
            try:
                return guest.draw(dot)
            except _Aborted as error:
                raise guest.failure("the layout engine gave up", str(error)) from None
            except wasmtime.Trap as trap:
                raise _told(trap, guest, seconds) from None
            finally:
                alarm.cancel()
                alarm.join()  # else one that rings right now would stop the next layout


def _told(trap: wasmtime.Trap, guest: _Guest, seconds: float) -> OutputError:
    """The error to raise for a trap."""
    match trap.trap_code:
        case wasmtime.TrapCode.INTERRUPT:
            return OutputError(f"the layout takes more than {seconds:g} s", None, _TOO_MUCH)
        case wasmtime.TrapCode.STACK_OVERFLOW:
            return OutputError("the diagram is too large, or nested too deep, to be laid out", None, _TOO_MUCH)
        case code:
            return guest.failure("the layout engine failed", code.name.lower() if code else "no reason given")


@dataclass(frozen=True, slots=True)
class _Program:
    """The compiled module, and what its one-letter names stand for in this release."""

    engine: wasmtime.Engine
    module: wasmtime.Module
    exports: dict[str, str]  # "viz_layout" -> "X"
    imports: dict[str, str]  # "a" -> "___assert_fail"


@cache
def _program() -> _Program:
    """The program, read once a process: from the cache, else compiled from the vendored WASM."""
    try:
        wasm = resources.vendored_file("graphviz.wasm").read_bytes()
        names = json.loads(resources.vendored_file("graphviz.json").read_bytes())
    except ThreatModelError as error:
        problem = error.problems[0]
        raise EngineMissing(problem.what, problem.where, problem.hint) from None
    except (OSError, ValueError) as error:
        raise EngineMissing(f"the layout engine's files cannot be read: {error}") from None
    config = wasmtime.Config()
    config.epoch_interruption = True
    try:
        engine = wasmtime.Engine(config)
        module = _module(engine, wasm)
    except wasmtime.WasmtimeError as error:
        raise EngineMissing(f"the layout engine does not run on this machine: {error}") from None
    return _Program(engine, module, names["exports"], {letter: name for name, letter in names["imports"].items()})


def _module(engine: wasmtime.Engine, wasm: bytes) -> wasmtime.Module:
    """The compiled module; wasmtime itself refuses one of another release, machine or setting."""
    name = f"graphviz-{hashlib.sha256(wasm).hexdigest()[:32]}-{version('wasmtime')}.module"
    stored = resources.read_cached(name)
    if stored is not None:
        try:
            return wasmtime.Module.deserialize(engine, stored)
        except wasmtime.WasmtimeError:
            pass  # written on another machine that shares the home: compiled anew, and replaced
    module = wasmtime.Module(engine, wasm)
    resources.write_cached(name, bytes(module.serialize()))
    return module


def _store(program: _Program, limit: int) -> wasmtime.Store:
    """What holds one instance, with its limits."""
    store = wasmtime.Store(program.engine)
    store.set_limits(memory_size=limit)
    store.set_epoch_deadline(1)
    return store


@dataclass(slots=True)
class _Guest:
    """One instance, used for one layout."""

    program: _Program
    store: wasmtime.Store
    limit: int
    functions: dict[str, wasmtime.Func] = field(init=False)
    memory: wasmtime.Memory = field(init=False)
    said: list[str] = field(default_factory=list)  # Graphviz's messages, in pieces
    full: bool = False  # whether the memory limit was met

    def __post_init__(self) -> None:
        """Makes the instance and starts its C library."""
        linker = wasmtime.Linker(self.program.engine)
        for wanted in self.program.module.imports:
            kind = cast(wasmtime.FuncType, wanted.type)
            name = self.program.imports[cast(str, wanted.name)]
            linker.define_func(wanted.module, cast(str, wanted.name), kind, self._answer(name, bool(kind.results)))
        try:
            exports = linker.instantiate(self.store, self.program.module).exports(self.store)
        except wasmtime.WasmtimeError as error:
            raise OutputError(
                f"the layout engine cannot start within {self.limit >> 20} MiB",
                None,
                f"allow it more memory ({error})",
            ) from None
        letters = self.program.exports
        self.memory = cast(wasmtime.Memory, exports[letters["memory"]])
        self.functions = {name: cast(wasmtime.Func, exports[letters[name]]) for name in _CALLED}
        self.call("start")

    def call(self, name: str, *arguments: int) -> int:
        """What the guest's function of that name returns (0 where it returns nothing)."""
        return cast("int | None", self.functions[name](self.store, *arguments)) or 0

    def draw(self, dot: str) -> str:
        """The SVG for the text; the guest is thrown away afterwards, so nothing is freed but what is large."""
        source = self._put(dot)
        graph = self.call("viz_read_one_graph", source)
        self.call("free", source)
        if not graph:
            raise self.failure("the diagram's text is not valid DOT", "no graph in it")
        context = self.call("viz_create_context")
        self.call("viz_reset_errors")
        if self.call("viz_layout", context, graph, self._put("dot")):
            raise self.failure("the diagram cannot be laid out", "no reason given")
        picture = self.call("viz_render", context, graph, self._put("svg"))
        if not picture or self._errors():  # a picture with a label or an edge left out would mislead
            raise self.failure("the diagram cannot be drawn", "no reason given")
        return self._text(picture)

    def failure(self, what: str, otherwise: str) -> OutputError:
        """The error to raise, with what Graphviz said (else the given reason)."""
        if self.full:
            return OutputError(f"the layout takes more than {self.limit >> 20} MiB of memory", None, _TOO_MUCH)
        return OutputError(f"{what}: {'; '.join(self._errors()) or otherwise}", None, _LOOK)

    def _errors(self) -> list[str]:
        """What Graphviz complained of so far, warnings left out; a message may go on over several lines."""
        told = []
        level = "Error"
        for line in "".join(self.said).splitlines():
            for marker in ("Error", "Warning"):
                if line.startswith(f"{marker}: "):
                    level = marker
            text = line.removeprefix("Error: ").strip()
            if text and level == "Error":
                told.append(text)
        return told

    def _put(self, text: str) -> int:
        """The guest's address of a copy of the text, NUL-terminated."""
        content = text.replace("\0", "").encode() + b"\0"
        address = self.call("malloc", len(content))
        if not address:
            raise self.failure("the layout engine takes no text of this size", f"{len(content)} bytes")
        self.memory.write(self.store, content, address)
        return address

    def _text(self, address: int) -> str:
        """The C string at the address."""
        parts: list[bytes] = []
        while True:
            part = bytes(self.memory.read(self.store, address, address + _PAGE))
            end = part.find(b"\0")
            if end >= 0 or not part:
                return b"".join([*parts, part[: max(end, 0)]]).decode(errors="replace")
            parts.append(part)
            address += len(part)

    def _answer(self, name: str, returns: bool) -> Callable[..., int | None]:
        """The host's function for an import; what is not named here answers 0, or nothing."""
        answers: dict[str, Callable[..., int | None]] = {
            "viz_errorf": self._say,
            "_fd_write": self._write,
            "_emscripten_resize_heap": self._grow,
            "_environ_sizes_get": lambda count, size: self._zero((count, 4), (size, 4)),
            "_clock_time_get": lambda clock, precision, out: self._zero((out, 8)),
            "_random_get": lambda out, size: self._zero((out, size)),
            "__localtime_js": lambda time, out: self._zero((out, 44)),  # the eleven ints of Emscripten's struct tm
            "___syscall_openat": lambda *_: -_ENOENT,
            "___syscall_newfstatat": lambda *_: -_ENOENT,
            "___syscall_faccessat": lambda *_: -_ENOENT,
            "___syscall_fstat64": lambda *_: -_EBADF,
            "_fd_read": lambda *_: _EBADF,
            "_fd_seek": lambda *_: _EBADF,
            "__mmap_js": lambda *_: -_ENOSYS,
            "___assert_fail": lambda condition, *_: self._abort(f"assertion failed: {self._text(condition)}"),
            "___cxa_throw": lambda *_: self._abort("exception"),
            "__abort_js": lambda *_: self._abort("abort"),
            "_exit": lambda status: self._abort(f"exit status {status}"),
        }
        return answers.get(name, (lambda *_: 0) if returns else (lambda *_: None))

    def _say(self, address: int) -> int:
        self.said.append(self._text(address))
        return 0

    def _write(self, stream: int, vectors: int, count: int, out: int) -> int:
        """POSIX ``writev`` on standard output and error, both of which hold messages alone."""
        written = 0
        for number in range(count):
            start, size = struct.unpack(
                "<II", self.memory.read(self.store, vectors + 8 * number, vectors + 8 * number + 8)
            )
            self.said.append(bytes(self.memory.read(self.store, start, start + size)).decode(errors="replace"))
            written += size
        self.memory.write(self.store, struct.pack("<I", written), out)
        return 0

    def _grow(self, wanted: int) -> int:
        """Whether the memory now has the wanted size; grows by a fifth at least, as Emscripten does."""
        size = self.memory.data_len(self.store)
        needed = wanted & 0xFFFFFFFF
        for goal in (max(needed, size + size // 5), needed):
            try:
                self.memory.grow(self.store, -(-(min(goal, self.limit) - size) // _PAGE))
            except wasmtime.WasmtimeError:
                continue
            if self.memory.data_len(self.store) >= needed:
                return 1
        self.full = True
        return 0

    def _zero(self, *spans: tuple[int, int]) -> int:
        """Success, with zeros written to each (address, size)."""
        for address, size in spans:
            self.memory.write(self.store, bytes(size), address)
        return 0

    def _abort(self, reason: str) -> None:
        raise _Aborted(reason)
