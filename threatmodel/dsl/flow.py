"""A flow as an author holds it."""

from __future__ import annotations

from collections.abc import Sequence

from threatmodel.dsl.assets import DataAsset
from threatmodel.dsl.scope import Declared, Keeping, author_line
from threatmodel.model.vocabulary import DataClass, Protocol

Data = DataClass | DataAsset


class Flow(Declared):
    """Data on their way; made by ``sends`` and ``pulls``, used as a step of a scenario."""

    model: Keeping | None = None

    def __init__(
        self,
        label: str,
        opener: Declared,
        answerer: Declared,
        *,
        pulled: bool,
        both_ways: bool,
        over: Protocol | None,
        carries: Sequence[Data] | None,
        controls: Sequence[object],
        stated: dict[str, object],
    ) -> None:
        self.source = author_line()
        self.name = label
        self.data_source, self.data_target = (answerer, opener) if pulled else (opener, answerer)
        self.pulled, self.both_ways, self.over = pulled, both_ways, over
        self.carries, self.controls, self.stated = carries, tuple(controls), stated
