"""A flow as an author holds it."""

from __future__ import annotations

from collections.abc import Sequence

from threatmodel.dsl.assets import DataAsset
from threatmodel.dsl.controls import Saying
from threatmodel.dsl.scope import Declared, author_line
from threatmodel.model.vocabulary import DataClass, Protocol

Data = DataClass | DataAsset


class Flow(Declared):
    """Data on their way; made by ``sends`` and ``pulls``, used as a step of a scenario."""

    def __init__(
        self,
        label: str,
        source: Declared,
        target: Declared,
        *,
        pulled: bool,
        both_ways: bool,
        over: Protocol | None,
        carries: Sequence[Data] | None,
        controls: Sequence[Saying],
        stated: dict[str, object],
    ) -> None:
        self.source = author_line()
        self.name, self.data_source, self.data_target = label, source, target
        self.pulled, self.both_ways, self.over = pulled, both_ways, over
        self.carries, self.controls, self.stated = carries, tuple(controls), stated
