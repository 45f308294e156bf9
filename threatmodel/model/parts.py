"""The frozen parts of a system: each names the others by id, and keeps the place where it was written."""

from __future__ import annotations

from dataclasses import field, fields, make_dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints
from pydantic.dataclasses import dataclass
from pydantic.json_schema import SkipJsonSchema

from threatmodel.model.ids import CONTROL_ID_PATTERN, FLOW_ID_PATTERN, ID_PATTERN
from threatmodel.model.properties import AnyComponentStated, FlowStated, ZoneStated, properties_of
from threatmodel.model.vocabulary import ControlState, DfdType, Patients, Serves
from threatmodel.source import Source

Id = Annotated[str, StringConstraints(pattern=rf"^{ID_PATTERN}$", max_length=120)]
ControlId = Annotated[str, StringConstraints(pattern=rf"^{CONTROL_ID_PATTERN}$", max_length=180)]
FlowId = Annotated[str, StringConstraints(pattern=rf"^{FLOW_ID_PATTERN}$", max_length=360)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


def _real_day(text: str) -> str:
    date.fromisoformat(text)
    return text


Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real_day)]


STRICT: Final = ConfigDict(extra="forbid", strict=True, defer_build=True)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Part:
    """Something that was declared, and where; whoever makes one gets it checked, or a ``ValidationError``."""

    source: Annotated[SkipJsonSchema[Source | None], Field(exclude=True)] = field(default=None, repr=False)


P = TypeVar("P", bound=Part)


def changed(part: P, **changes: object) -> P:
    """The same part with some fields changed, which are taken as sound; nothing worked out for the old one is kept."""
    made = object.__new__(type(part))
    for name, value in ({one.name: getattr(part, one.name) for one in fields(part)} | changes).items():
        object.__setattr__(made, name, value)
    return made


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class StatedControl(Part):
    """What the model says of a control: its state, who says so, and on what evidence."""

    id: ControlId
    state: ControlState
    by: Annotated[str | None, Field(description="who says so")] = None
    evidence: Annotated[str | None, Field(description="what shows that it works; verified needs it")] = None
    on: Annotated[Day | None, Field(description="the day of the evidence")] = None
    because: Annotated[str | None, Field(description="why it need not be there; not-applicable needs it")] = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class CatalogPin(Part):
    """The version of a catalog that the model was made for; an assessment with any other is refused."""

    id: Id
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Assumption(Part):
    """Something taken for granted, whose it is, and when it is looked at again."""

    text: Text
    owner: str | None = None
    review_by: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class OwnKind(Part):
    """A kind of component that the model adds, after the nearest known one."""

    id: Id
    name: Text
    is_a: Id
    dfd: DfdType | None = None
    traits: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    serves: Serves | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class DataAsset(Part):
    """Data of one's own: a named asset that is of a class of data."""

    id: Id
    name: Text
    is_a: Id
    patients: Patients | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Scenario(Part):
    """A use case: flows in the order in which they happen."""

    id: Id
    name: Text
    steps: Annotated[tuple[FlowId, ...], Field(min_length=1)]
    clinical_state: Literal["routine", "urgent", "emergency"] | None = None
    note: str | None = None


if TYPE_CHECKING:
    _ZoneFields = Part
    _ComponentFields = Part
    _FlowFields = Part
else:

    def _fields(name: str, stated: type) -> type[Part]:
        """A part with a field, unstated by default, for each property of a typed dictionary."""
        found = [
            (key, Annotated[tuple_of(kind) | None, Field(description=meaning.meaning)], None)
            for key, (kind, meaning) in properties_of(stated).items()
        ]
        bare = {"init": False, "repr": False, "eq": False}  # what is made of it has its own
        return make_dataclass(name, found, bases=(Part,), frozen=True, slots=True, kw_only=True, **bare)

    def tuple_of(kind: object) -> object:
        """A list as authors write it, as the tuple that a frozen part holds."""
        return tuple[kind.__args__[0], ...] if getattr(kind, "__origin__", None) is list else kind

    _ZoneFields = _fields("_ZoneFields", ZoneStated)
    _ComponentFields = _fields("_ComponentFields", AnyComponentStated)
    _FlowFields = _fields("_FlowFields", FlowStated)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Zone(_ZoneFields):
    """A trust zone: a part of the network under one hand, inside another zone or not."""

    id: Id
    name: Text
    parent: Id | None = None
    controls: tuple[StatedControl, ...] = ()

    def stated(self, name: str) -> object:
        """The value of a property, or None when it is not stated."""
        return getattr(self, name)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Component(_ComponentFields):
    """A place where data are made, changed, kept or read."""

    id: Id
    name: Text
    kind: Id
    zone: Id
    stores: Annotated[tuple[Id, ...] | None, Field(description="the data at rest; empty when it keeps none")] = None
    trained_on: Annotated[tuple[Id, ...] | None, Field(description="the data that its models were trained on")] = None
    runs_on: Annotated[Id | None, Field(description="the component that hosts it")] = None
    controls: tuple[StatedControl, ...] = ()

    def stated(self, name: str) -> object:
        """The value of a property, or None when it is not stated."""
        return getattr(self, name)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Flow(_FlowFields):
    """Data on their way from a source to a target; ``opened_by`` says which side starts the connection."""

    id: FlowId
    name: Text
    data_source: Annotated[Id, Field(alias="from", description="the component that the data leave")]
    data_target: Annotated[Id, Field(alias="to", description="the component that the data reach")]
    opened_by: Literal["source", "target"] = "source"
    both_ways: Annotated[bool, Field(description="whether the reply carries data of its own")] = False
    over: Annotated[Id | None, Field(description="the protocol")] = None
    carries: Annotated[tuple[Id, ...] | None, Field(description="the data, by class or asset")] = None
    controls: tuple[StatedControl, ...] = ()

    def stated(self, name: str) -> object:
        """The value of a property, or None when it is not stated."""
        return getattr(self, name)
