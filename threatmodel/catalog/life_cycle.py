"""What has to hold of the life cycles of entries: reasons, successors that are there, and no circle of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from threatmodel.catalog.entry import Living
from threatmodel.errors import Problem, nearest_or_all
from threatmodel.source import Source


class Placed(NamedTuple):
    """An entry, and the place of each of its keys."""

    entry: Living
    where: Callable[[str], Source]


def mistakes_of(entries: Mapping[str, Placed], sort: str) -> Iterator[Problem]:
    """What is wrong with the life cycles of all entries of a sort; ``sort`` is how messages call them."""
    for name, placed in entries.items():
        entry, where = placed.entry, placed.where
        if entry.status == "retired":
            if entry.retired_because is None:
                yield Problem(f"{name} is retired without a reason", where("status"), "add retired_because")
        else:
            for key, said in (("replaced_by", entry.replaced_by), ("retired_because", entry.retired_because)):
                if said:
                    hint = "add status: retired, or leave it out"
                    yield Problem(f"{name} says {key} and is not retired", where(key), hint)
        for other in entry.replaced_by:
            if other not in entries:
                what = f"{name} is replaced by the {sort} {other!r}, which is not there"
                yield Problem(what, where("replaced_by"), nearest_or_all(other, entries))
    for circle in _circles({name: placed.entry.replaced_by for name, placed in entries.items()}):
        told = " → ".join([*circle, circle[0]])
        hint = "let the chain of replaced_by end at an entry that is in force"
        yield Problem(f"they replace each other in a circle: {told}", entries[circle[0]].where("replaced_by"), hint)


def _circles(successors: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """The circles that following successors runs into, each once, beginning with the first of its ids."""
    done: set[str] = set()
    for start in sorted(successors):
        way: list[str] = []
        waiting = [(start, 0)]  # an entry, and how long the way was when it was met
        while waiting:
            name, length = waiting.pop()
            done.update(way[length:])
            del way[length:]
            if name in way:
                circle = way[way.index(name) :]
                first = circle.index(min(circle))
                yield circle[first:] + circle[:first]
            elif name not in done and name in successors:
                way.append(name)
                waiting += [(other, len(way)) for other in reversed(successors[name])]
        done.update(way)
