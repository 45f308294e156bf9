"""Strict YAML (and so JSON): YAML 1.2 scalars, no duplicate keys, no aliases, no tags, the line of every value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from threatmodel.errors import Problem, ThreatModelError
from threatmodel.source import Source

LARGEST_BYTES = 20_000_000
DEEPEST = 64
MOST_PROBLEMS = 100

Path_ = tuple[str | int, ...]
_WHOLE = re.compile(r"[-+]?[0-9]{1,300}\Z|0o[0-7]{1,300}\Z|0x[0-9a-fA-F]{1,300}\Z")
_FRACTION = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")
_STARTS_NUMBER = frozenset("+-.0123456789")
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})")
"""A letter beyond the basic plane as JSON escapes it: two halves, which YAML does not know."""
_UNSEEN = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFFE, 0xFFFF)}
"""Letters that JSON takes as they are, and YAML does not take or takes for the end of a line; each with its escape."""
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where PyYAML was built with it; same events


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data with the line of each value, by its path (keys and list positions)."""

    data: object
    lines: dict[Path_, int]
    file: str

    def where(self, path: Path_) -> Source:
        """The place of a value, or of the nearest thing around it that was written."""
        while path not in self.lines and path:
            path = path[:-1]
        return Source(self.file, self.lines.get(path, 1))


def read_file(path: Path, error: type[ThreatModelError], name: str | None = None) -> Document:
    """The document in a file.

    Args:
        path: The file; UTF-8, at most 20 MB.
        error: What to raise; every mistake names the file and its line.
        name: How messages call the file; its path when not given.

    Raises:
        ThreatModelError: As ``error``, when it cannot be read, decoded or parsed.
    """
    told = name if name is not None else str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise error(
                f"the file has {size:,} bytes; more than {LARGEST_BYTES:,} are not read",
                Source(told),
                "split it, or check that it is the file you meant",
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise error("there is no such file", Source(told)) from None
    except OSError as problem:
        raise error(f"the file cannot be read: {problem.strerror}", Source(told)) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise error("the file is not UTF-8 text", Source(told, line), "save it as UTF-8") from None
    return read_text(text, told, error)


def read_text(text: str, file: str, error: type[ThreatModelError]) -> Document:
    """The document in a text; raises ``error`` with every mistake that parsing can see."""
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        what = problem.problem or problem.context or "this is not YAML"
        builder.problems.append(
            Problem(f"the text cannot be parsed: {what}", Source(file, mark.line + 1 if mark else 1))
        )
    except _Enough:
        pass
    except yaml.reader.ReaderError as problem:
        line = _control_line(text)
        builder.problems.append(Problem(f"the text cannot be parsed: {problem.reason}", Source(file, line)))
    if builder.problems:
        raise error.of(builder.problems)
    return Document(builder.root, builder.lines, file)


def _events(text: str) -> Iterator[Event]:
    """The parser's events; what JSON and YAML read differently is told to it as YAML has it."""
    if text.lstrip()[:1] in {"{", "["} and (_PAIR.search(text) or _has_unseen(text)) and _is_json(text):
        text = _PAIR.sub(lambda found: found[1] + str(json.loads(f'"{found[2]}"')), text).translate(_UNSEEN)
    return yaml.parse(text, Loader=_Parser)


def _has_unseen(text: str) -> bool:
    return any(chr(letter) in text for letter in _UNSEEN)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _control_line(text: str) -> int:
    """The line of the first letter that YAML does not allow (YAML 1.2.2, 5.1)."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


class _Enough(Exception):
    """Reading stops here: the text nests too deeply, or has more mistakes than anybody reads."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    node: dict[str, object] | list[object]
    path: Path_
    key: str | None = None
    duplicate: bool = False


class _Builder:
    """Plain data out of parser events, without recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: object = None
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Event) -> None:
        """One event of the parser."""
        if isinstance(event, ScalarEvent):
            if event.anchor is not None or event.tag is not None:
                self._refuse(event)
            self._scalar(event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            if event.anchor is not None or event.tag is not None:
                self._refuse(event)
            self._start({} if isinstance(event, MappingStartEvent) else [], event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._open.pop()
        elif isinstance(event, AliasEvent):
            self._problem(event, "aliases (*) are not accepted", "write the value out")
            self._place(None, event)
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._problem(event, "the file holds more than one document", "keep one document in a file")

    def _refuse(self, event: ScalarEvent | CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._problem(event, "anchors (&) are not accepted", "write the value out where it is needed")
        if event.tag is not None:
            self._problem(event, f"tags ({event.tag}) are not accepted", "write the plain value")

    def _scalar(self, event: ScalarEvent) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.node, dict) and top.key is None:
            self._key(top, event)
            return
        self._place(event.value if event.style else _plain(event.value), event)

    def _key(self, top: _Open, event: ScalarEvent) -> None:
        key = event.value
        top.duplicate = key in top.node
        if top.duplicate:
            first = self.lines[(*top.path, key)]
            self._problem(event, f"the key {key!r} stands here twice", f"the first is in line {first}")
        self.lines.setdefault((*top.path, key), _line(event))
        top.key = key

    def _start(self, node: dict[str, object] | list[object], event: CollectionStartEvent) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.node, dict) and top.key is None:
            self._problem(event, "a key must be a plain word, not a list or mapping")
            top.key = f"line {_line(event)}"
        if len(self._open) >= DEEPEST:
            self._problem(event, f"nested deeper than {DEEPEST} levels")
            raise _Enough
        path = self._place(node, event)
        self._open.append(_Open(node, path))

    def _place(self, value: object, event: Event) -> Path_:
        line = _line(event)
        if not self._open:
            if self._documents <= 1:
                self.root = value
                self.lines[()] = line
            return ()
        top = self._open[-1]
        if isinstance(top.node, list):
            path: Path_ = (*top.path, len(top.node))
            top.node.append(value)
        else:
            key = top.key if top.key is not None else ""
            path = (*top.path, key)
            if not top.duplicate:
                top.node[key] = value
            top.key, top.duplicate = None, False
        self.lines.setdefault(path, line)
        return path

    def _problem(self, event: Event, what: str, hint: str | None = None) -> None:
        self.problems.append(Problem(what, Source(self.file, _line(event)), hint))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Enough


def _line(event: Event) -> int:
    """The line of an event, from 1."""
    mark = event.start_mark
    return mark.line + 1 if mark is not None else 1


def _plain(text: str) -> object:
    """The YAML 1.2 core meaning of an unquoted scalar: ``NO`` is a country, ``no`` a word, a date a text."""
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text[0] not in _STARTS_NUMBER:
        return text
    if _WHOLE.match(text):
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if _FRACTION.match(text):
        number = float(text)
        return number if isfinite(number) else text
    return text


def write_text(data: object) -> str:
    """Data as YAML that this module reads back unchanged; keys in the order given."""
    return yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, default_flow_style=False, width=110)


class _Writer(yaml.SafeDumper):
    """Block style with readable lists and no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Always: a value that stands twice is written twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists indented under their key."""
        super().increase_indent(flow, False)


def _represent_text(writer: _Writer, text: str) -> yaml.ScalarNode:
    """A text, quoted wherever this module would otherwise read it as something else."""
    style = '"' if _has_unseen(text) else None if isinstance(_plain(text), str) else "'"
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _represent_text)
