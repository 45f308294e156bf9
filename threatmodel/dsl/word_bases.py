"""What words of a sort share: the properties that may be stated of them, typed for checkers and editors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from threatmodel.dsl.controls import Saying
from threatmodel.dsl.flow import Data
from threatmodel.dsl.handles import Component
from threatmodel.dsl.scope import told_in_full
from threatmodel.model.properties import (
    AgentStated,
    ImagingStated,
    KeeperStated,
    ModelImagingStated,
    ModelStated,
    PersonStated,
)


class PersonWord(Component):
    """A person."""

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        id: str | None = None,
        controls: Sequence[Saying] = (),
        **stated: Unpack[PersonStated],
    ) -> None:
        """Declares a person in the open zone."""
        self._declare(name, id, None, None, None, controls, dict(stated), None)


class ImagingWord(Component):
    """What makes, keeps or reads images."""

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        id: str | None = None,
        stores: Sequence[Data] | None = None,
        runs_on: Component | None = None,
        controls: Sequence[Saying] = (),
        **stated: Unpack[ImagingStated],
    ) -> None:
        """Declares a component in the open zone; ``modalities`` and ``body_parts`` say what the images show."""
        self._declare(name, id, stores, None, runs_on, controls, dict(stated), None)


class ModelWord(Component):
    """What runs, keeps or trains models."""

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        id: str | None = None,
        stores: Sequence[Data] | None = None,
        trained_on: Sequence[Data] | None = None,
        runs_on: Component | None = None,
        controls: Sequence[Saying] = (),
        **stated: Unpack[ModelStated],
    ) -> None:
        """Declares a component in the open zone; ``model_source`` and ``trained_on`` speak of its models."""
        self._declare(name, id, stores, trained_on, runs_on, controls, dict(stated), None)


class ImagingModelWord(Component):
    """What runs, keeps or trains models on images."""

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        id: str | None = None,
        stores: Sequence[Data] | None = None,
        trained_on: Sequence[Data] | None = None,
        runs_on: Component | None = None,
        controls: Sequence[Saying] = (),
        **stated: Unpack[ModelImagingStated],
    ) -> None:
        """Declares a component in the open zone; speaks of its models and of its images."""
        self._declare(name, id, stores, trained_on, runs_on, controls, dict(stated), None)


class AgentWord(Component):
    """What acts on its own by a model's decision."""

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        id: str | None = None,
        stores: Sequence[Data] | None = None,
        trained_on: Sequence[Data] | None = None,
        runs_on: Component | None = None,
        controls: Sequence[Saying] = (),
        **stated: Unpack[AgentStated],
    ) -> None:
        """Declares a component in the open zone; ``tools`` and ``can_write`` say what it can do elsewhere."""
        self._declare(name, id, stores, trained_on, runs_on, controls, dict(stated), None)


class KeeperWord(Component):
    """What keeps logs or backups."""

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        id: str | None = None,
        stores: Sequence[Data] | None = None,
        runs_on: Component | None = None,
        controls: Sequence[Saying] = (),
        **stated: Unpack[KeeperStated],
    ) -> None:
        """Declares a component in the open zone; ``immutable`` says whether what is there can still be changed."""
        self._declare(name, id, stores, None, runs_on, controls, dict(stated), None)
