"""Layout: DOT text in, SVG out, by the embedded Graphviz or the system's ``dot``.

The embedded engine draws the same bytes on every machine and is the default. ``dot`` is used on request, and where the
embedded one cannot be loaded (a build that could not reach npm, a platform without wasmtime). The SVG comes without
prolog and comments, ready to stand in an HTML page, and names our fonts.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Final, Literal

from threatmodel.errors import OutputError

Engine = Literal["embedded", "system"]

FONT_FAMILY: Final = "Arimo, Arial, Helvetica, sans-serif"
SECONDS: Final = 60.0
MEMORY: Final = 1 << 30

_INSTALL: Final = (
    "install Graphviz (Debian: apt-get install graphviz), or threatmodel again where the npm registry is reachable"
)
_BEFORE_PICTURE: Final = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)
_COMMENT: Final = re.compile(r"<!--.*?-->\n?", re.DOTALL)  # Graphviz writes "-" in a comment as an entity
_FONT: Final = re.compile(r'(?<= font-family=")[^"]*(?=")')  # and '"' in a label too, so no label is touched


def layout(dot: str, *, engine: Engine = "embedded", seconds: float = SECONDS, memory: int = MEMORY) -> str:
    """The picture of one graph as an ``<svg>`` element, ending in a newline.

    Args:
        dot: the graph in the DOT language; name the font ``Arial``, whose widths Graphviz knows.
        engine: who lays it out, see ``usable_engine``.
        seconds: how long that may take.
        memory: how many bytes the embedded engine may use (the system's has no limit).

    Raises:
        OutputError: no engine, a text that is no DOT, or a graph that takes too long or too much.
    """
    if usable_engine(engine) == "system":
        return _embeddable(_run_dot(dot, seconds))
    from threatmodel.reports import wasm_graphviz

    return _embeddable(wasm_graphviz.draw(dot, seconds=seconds, memory=memory))


def usable_engine(engine: Engine = "embedded") -> Engine:
    """The engine that draws here when this one is asked for: itself, or the system's in place of the embedded one.

    Raises:
        OutputError: there is none at all, or no ``dot`` where it was asked for.
    """
    missing = _why_not_embedded() if engine == "embedded" else OutputError("the command `dot` is not on the path")
    if missing is None:
        return "embedded"
    if shutil.which("dot") is not None:
        return "system"
    problem = missing.problems[0]
    raise OutputError(problem.what, problem.where, _INSTALL)


def _why_not_embedded() -> OutputError | None:
    """Why the embedded engine cannot be loaded; None when it is loaded."""
    try:
        from threatmodel.reports import wasm_graphviz  # imports wasmtime (0.05 s), which only pictures need
    except (ImportError, OSError, RuntimeError) as error:  # not installed; library not loadable; unknown platform
        return OutputError(f"the embedded layout engine cannot be loaded: {error}")
    try:
        wasm_graphviz.load()
    except wasm_graphviz.EngineMissing as error:
        return error
    return None


def _run_dot(dot: str, seconds: float) -> str:
    """The SVG that the system's ``dot`` writes."""
    program = shutil.which("dot") or "dot"
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, the graph goes in by standard input
            [program, "-Kdot", "-Tsvg"], input=dot.encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        hint = "draw a smaller part of the model, or take the diagram as DOT text"
        raise OutputError(f"the layout takes `dot` more than {seconds:g} s", program, hint) from None
    except OSError as error:
        raise OutputError(f"`dot` cannot be started: {error.strerror}", program, _INSTALL) from None
    if done.returncode != 0 or b"<svg" not in done.stdout:
        told = "; ".join(line.strip() for line in done.stderr.decode(errors="replace").splitlines() if line.strip())
        reason = told.removeprefix("Error: <stdin>: ") or f"exit status {done.returncode}"
        raise OutputError(
            f"`dot` refuses the diagram: {reason}", program, "take the diagram as DOT text and look there"
        )
    return done.stdout.decode()


def _embeddable(svg: str) -> str:
    """The picture as an element: no XML prolog, document type or comments, and our font family."""
    element = _COMMENT.sub("", _BEFORE_PICTURE.sub("", svg, count=1))
    return _FONT.sub(FONT_FAMILY, element).rstrip() + "\n"
