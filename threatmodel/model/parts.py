"""The frozen parts of a system: each names the others by id, and keeps the place where it was written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, create_model
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


class Part(BaseModel):
    """Something that was declared, and where."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True, protected_namespaces=())

    source: SkipJsonSchema[Source | None] = Field(default=None, exclude=True, repr=False)


class StatedControl(Part):
    """What the model says of a control: its state, who says so, and on what evidence."""

    id: ControlId
    state: ControlState
    by: str | None = Field(default=None, description="who says so")
    evidence: str | None = Field(default=None, description="what shows that it works; verified needs it")
    on: Day | None = Field(default=None, description="the day of the evidence")
    because: str | None = Field(default=None, description="why it need not be there; not-applicable needs it")


class CatalogPin(Part):
    """The version of a catalog that the model was made for; an assessment with any other is refused."""

    id: Id
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]


class Assumption(Part):
    """Something taken for granted, whose it is, and when it is looked at again."""

    text: Text
    owner: str | None = None
    review_by: Day | None = None


class OwnKind(Part):
    """A kind of component that the model adds, after the nearest known one."""

    id: Id
    name: Text
    is_a: Id
    dfd: DfdType | None = None
    traits: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    serves: Serves | None = None


class DataAsset(Part):
    """Data of one's own: a named asset that is of a class of data."""

    id: Id
    name: Text
    is_a: Id
    patients: Patients | None = None
    note: str | None = None


class Scenario(Part):
    """A use case: flows in the order in which they happen."""

    id: Id
    name: Text
    steps: tuple[FlowId, ...] = Field(min_length=1)
    clinical_state: Literal["routine", "urgent", "emergency"] | None = None
    note: str | None = None


if TYPE_CHECKING:
    _ZoneFields = Part
    _ComponentFields = Part
    _FlowFields = Part
else:

    def _fields(name: str, stated: type) -> type[Part]:
        """A part with a field, unstated by default, for each property of a typed dictionary."""
        fields = {
            key: (tuple_of(kind) | None, Field(default=None, description=meaning.meaning))
            for key, (kind, meaning) in properties_of(stated).items()
        }
        return create_model(name, __base__=Part, __module__=__name__, **fields)

    def tuple_of(kind: object) -> object:
        """A list as authors write it, as the tuple that a frozen part holds."""
        return tuple[kind.__args__[0], ...] if getattr(kind, "__origin__", None) is list else kind

    _ZoneFields = _fields("_ZoneFields", ZoneStated)
    _ComponentFields = _fields("_ComponentFields", AnyComponentStated)
    _FlowFields = _fields("_FlowFields", FlowStated)


class Zone(_ZoneFields):
    """A trust zone: a part of the network under one hand, inside another zone or not."""

    id: Id
    name: Text
    parent: Id | None = None
    controls: tuple[StatedControl, ...] = ()

    def stated(self, name: str) -> object:
        """The value of a property, or None when it is not stated."""
        return getattr(self, name)


class Component(_ComponentFields):
    """A place where data are made, changed, kept or read."""

    id: Id
    name: Text
    kind: Id
    zone: Id
    stores: tuple[Id, ...] | None = Field(default=None, description="the data at rest; empty when it keeps none")
    trained_on: tuple[Id, ...] | None = Field(default=None, description="the data that its models were trained on")
    runs_on: Id | None = Field(default=None, description="the component that hosts it")
    controls: tuple[StatedControl, ...] = ()

    def stated(self, name: str) -> object:
        """The value of a property, or None when it is not stated."""
        return getattr(self, name)


class Flow(_FlowFields):
    """Data on their way from a source to a target; ``opened_by`` says which side starts the connection."""

    id: FlowId
    name: Text
    data_source: Id = Field(alias="from", description="the component that the data leave")
    data_target: Id = Field(alias="to", description="the component that the data reach")
    opened_by: Literal["source", "target"] = "source"
    both_ways: bool = Field(default=False, description="whether the reply carries data of its own")
    over: Id | None = Field(default=None, description="the protocol")
    carries: tuple[Id, ...] | None = Field(default=None, description="the data, by class or asset")
    controls: tuple[StatedControl, ...] = ()

    def stated(self, name: str) -> object:
        """The value of a property, or None when it is not stated."""
        return getattr(self, name)
