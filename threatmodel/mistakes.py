"""A schema's complaint about plain data, told in the author's words with the line of the value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from threatmodel.errors import Problem, nearest_or_all
from threatmodel.source import Source


def problems_of(
    complaints: Iterable[Mapping[str, Any]],
    where: Callable[[tuple[str | int, ...]], Source],
    known: Mapping[str, Iterable[str]] | None = None,
) -> list[Problem]:
    """The problems that a pydantic ``ValidationError.errors()`` stands for.

    Args:
        complaints: What ``errors()`` gave.
        where: The place of the value at a path.
        known: For the path of a mapping (keys joined by dots, positions left out), the keys it may have.
    """
    found: dict[Problem, None] = {}
    for complaint in complaints:
        path = tuple(part for part in complaint["loc"] if not _is_branch(part))
        found.setdefault(Problem(_what(complaint, path), where(path), _hint(complaint, path, known or {})))
    return list(found)


def told_path(path: tuple[str | int, ...]) -> str:
    """A path as words: ``components[3].kind``."""
    told = ""
    for part in path:
        told += f"[{part}]" if isinstance(part, int) else f".{part}" if told else part
    return told


def _is_branch(part: object) -> bool:
    """Whether a step of the location names a branch of a union instead of a key."""
    return isinstance(part, str) and ("[" in part or part in {"nullable", "none", "literal"})


def _what(complaint: Mapping[str, Any], path: tuple[str | int, ...]) -> str:
    name = told_path(path) or "the file"
    kind, context = complaint["type"], complaint.get("ctx", {})
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        return f"{path[-1]!r} is not known here ({told_path(path[:-1]) or 'top level'})"
    if kind == "missing":
        return f"{name} is missing"
    if kind == "literal_error":
        return f"{name} is {complaint['input']!r}; it may be {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"{name} is {complaint['input']!r}, which is not of the form {context['pattern']}"
    if kind in {"string_type", "bool_type", "int_type", "tuple_type", "dict_type", "model_type", "list_type"}:
        wanted = {
            "string": "a text",
            "bool": "true or false",
            "int": "a whole number",
            "tuple": "a list",
            "list": "a list",
        }
        told = wanted.get(kind.split("_", maxsplit=1)[0], "a mapping")
        return f"{name} must be {told}, not {_shown(complaint['input'])}"
    return f"{name}: {str(complaint['msg'])[:1].lower()}{str(complaint['msg'])[1:]}"


def _hint(complaint: Mapping[str, Any], path: tuple[str | int, ...], known: Mapping[str, Iterable[str]]) -> str | None:
    if complaint["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        names = known.get(".".join(part for part in path[:-1] if isinstance(part, str)))
        return nearest_or_all(str(path[-1]), names) if names is not None else None
    if complaint["type"] == "literal_error":
        words = [word.strip(" '\"") for word in str(complaint["ctx"]["expected"]).replace(" or ", ", ").split(",")]
        near = nearest_or_all(str(complaint["input"]), words)
        return near if near.startswith("did") else None
    return None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
