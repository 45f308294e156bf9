"""Small catalogs of one rule each, for tests."""

import json

from pydantic import TypeAdapter

from tests.catalog.written import CONTROLS, THREAT
from threatmodel.catalog.catalog import Catalog, Origin, Rule
from threatmodel.catalog.conditions import Condition, Misread, read_condition
from threatmodel.catalog.controls import Control, Family
from threatmodel.catalog.facts import About
from threatmodel.catalog.threats import Threat
from threatmodel.errors import CatalogError
from threatmodel.located_yaml import read_text


def condition(data: object, about: About) -> Condition:
    """The condition of plain data."""
    mistakes: list[Misread] = []
    read = read_condition(data, about, (), mistakes)
    assert not mistakes, mistakes
    assert read is not None
    return read


def control(name: str, **changes: object) -> Control:
    """A control like the first of the small catalog."""
    plain = read_text(CONTROLS, "c", CatalogError).data
    family = TypeAdapter(Family).validate_json(json.dumps(plain))
    told = TypeAdapter(Control).dump_python(family.controls[0], mode="json")
    return TypeAdapter(Control).validate_json(json.dumps({**told, "id": name, **changes}))


def catalog_of(
    about: About,
    applies: object,
    exposed: object,
    primary: tuple[str, ...] = ("lock",),
    supporting: tuple[str, ...] = (),
    controls: tuple[Control, ...] = (),
    **changes: object,
) -> Catalog:
    """A catalog of one threat, DAT-01; controls that are named and not given are made."""
    plain = read_text(THREAT, "t", CatalogError).data
    assert isinstance(plain, dict)
    parts = {
        "about": about,
        "applies": applies,
        "exposed": exposed,
        "controls": {"primary": primary, "supporting": supporting},
    }
    threat = TypeAdapter(Threat).validate_json(json.dumps(plain | parts | changes))
    given = {one.id: one for one in controls}
    known = {name: given.get(name) or control(name) for name in sorted({*primary, *supporting, *given})}
    rule = Rule(threat, condition(applies, about), condition(exposed, about), "threats/data/DAT-01-x.yaml")
    return Catalog(
        (Origin("small", "1.0.0", "Small", "sha256:0"),), {threat.id: rule}, known, dict.fromkeys(known, "network")
    )
