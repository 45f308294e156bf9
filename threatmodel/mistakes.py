"""A schema's complaint about plain data, told in the author's words with the line of the value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from threatmodel.errors import Problem, nearest_or_all
from threatmodel.source import Source

_TYPES = {
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "dataclass_type": "a mapping",
}


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
    told = list(complaints)
    inside = {complaint["loc"][:-1] for complaint in told}
    for complaint in told:
        if complaint["type"] == "too_short" and complaint["loc"] in inside:
            continue  # the list is only short of the items that are told to be wrong
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
    if kind in _TYPES:
        return f"{name} must be {_TYPES[kind]}, not {_shown(complaint['input'])}"
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
