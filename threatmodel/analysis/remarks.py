"""Remarks on the model itself: data that come from nowhere, and data that are taken in for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from threatmodel.analysis.answers_of_places import passes_on_unreceived, receives_unused
from threatmodel.analysis.context import Context
from threatmodel.source import Source


class Remark(NamedTuple):
    """Something that an author may have forgotten to state: of which component, in a sentence, stated where."""

    place: str
    says: str
    source: Source | None


def remarks(context: Context) -> Iterator[Remark]:
    """What the model says that does not fit together, in order of components; what is not settled is left out."""
    for part in context.all_components:
        for fact in (passes_on_unreceived, receives_unused):
            value = fact(context, part)
            if value.words:
                yield Remark(part.id, value.because, value.source)
