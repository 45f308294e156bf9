# ruff: noqa: E501 - one row of a table a line
"""What holds at a place: values of zones, and the states of controls."""

import pytest

from tests.model.written import system
from threatmodel.model.holding import HeldControl, Holding
from threatmodel.model.properties import INHERITED
from threatmodel.source import Source

TEXT = """\
controls: [{id: incident-plan, state: planned}]
zones:
  - {id: hospital, name: Hospital, exposure: internal, operator: hospital, region: FR, controls: [{id: mfa, state: declared, by: IT}]}
  - {id: imaging, name: Imaging network, parent: hospital, exposure: isolated, controls: [{id: segmentation, state: implemented}]}
  - {id: rack, name: Rack, parent: imaging, controls: [{id: mfa, state: absent}]}
  - {id: cloud, name: Cloud, physical_access: locked}
components:
  - {id: dx, name: DX, kind: modality, zone: imaging}
  - {id: pacs, name: PACS, kind: pacs, zone: rack, exposure: internet, multi_tenant: false}
  - {id: ris, name: RIS, kind: ris, zone: hospital}
  - {id: ai, name: AI, kind: cloud-ai, zone: cloud}
flows:
  - {id: dx.store.pacs, name: Store, from: dx, to: pacs}
"""


def held(place: str, control: str, text: str = TEXT) -> HeldControl | None:
    """What holds of a control at a component, flow or zone."""
    read = system(text)
    holding = Holding(read)
    if place in read.component_by_id:
        return holding.component_control(read.component_by_id[place], control)
    if place in read.flow_by_id:
        return holding.flow_control(read.flow_by_id[place], control)
    return holding.zone_control(place, control)


@pytest.mark.parametrize(
    ("part", "name", "value", "line"),
    [
        ("dx", "exposure", "isolated", 4),
        ("dx", "operator", "hospital", 3),
        ("dx", "region", "FR", 3),
        ("dx", "physical_access", None, 0),
        ("pacs", "exposure", "internet", 9),
        ("pacs", "operator", "hospital", 3),
        ("ris", "exposure", "internal", 3),
        ("ai", "exposure", None, 0),
        ("ai", "physical_access", "locked", 6),
        ("pacs", "multi_tenant", False, 9),
        ("dx", "multi_tenant", None, 0),
    ],
)
def test_a_value_is_the_component_s_own_or_that_of_the_nearest_zone(
    part: str, name: str, value: object, line: int
) -> None:
    read = system(TEXT)
    found = Holding(read).value(read.component_by_id[part], name)
    if value is None:
        assert found is None
    else:
        assert found is not None
        assert (found.value, found.source) == (value, Source("t.yaml", line))


def test_only_what_speaks_of_the_place_is_taken_over_from_a_zone() -> None:
    assert INHERITED == ("exposure", "operator", "region", "physical_access")


def test_zones_take_over_from_the_zones_around_them() -> None:
    holding = Holding(system(TEXT))
    rack = holding.zone_value("rack", "exposure")
    assert rack is not None
    assert (rack.value, rack.because) == ("isolated", "the zone 'Imaging network' is stated as exposure: isolated")
    assert [zone.id for zone in holding.zone_chain("rack")] == ["rack", "imaging", "hospital"]
    assert holding.zone_value("cloud", "region") is None


@pytest.mark.parametrize(
    ("place", "control", "state", "at"),
    [
        ("dx", "segmentation", "implemented", "imaging"),
        ("pacs", "segmentation", "implemented", "imaging"),
        ("ris", "segmentation", None, ""),
        ("dx", "mfa", "declared", "hospital"),
        ("pacs", "mfa", "absent", "rack"),
        ("rack", "mfa", "absent", "rack"),
        ("imaging", "mfa", "declared", "hospital"),
        ("ai", "mfa", None, ""),
        ("ai", "incident-plan", "planned", "model"),
        ("cloud", "incident-plan", "planned", "model"),
        ("dx", "incident-plan", "planned", "model"),
        ("dx.store.pacs", "incident-plan", "planned", "model"),
        ("dx.store.pacs", "segmentation", "implemented", "imaging"),
        ("dx.store.pacs", "mfa", "declared", "hospital"),
        ("dx.store.pacs", "tls-bcp195", None, ""),
    ],
)
def test_a_control_holds_by_the_nearest_word(place: str, control: str, state: str | None, at: str) -> None:
    found = held(place, control)
    if state is None:
        assert found is None
    else:
        assert found is not None
        assert (found.state, found.at) == (state, at)


def test_what_holds_says_who_states_it_and_where() -> None:
    found = held("dx", "mfa")
    assert found is not None
    assert found.because == "mfa is stated as declared for the zone 'Hospital'"
    assert (found.by, found.source) == ("IT", Source("t.yaml", 3))


ENDS = """\
zones:
  - {{id: out, name: Out{zone}}}
  - {{id: one, name: One, parent: out{one}}}
  - {{id: two, name: Two, parent: out}}
components:
  - {{id: a, name: A, kind: pacs, zone: one{a}}}
  - {{id: b, name: B, kind: viewer, zone: two{b}}}
flows:
  - {{id: a.x.b, name: X, from: a, to: b{flow}}}
"""


def says(state: str) -> str:
    more = {"verified": ", evidence: scan", "not-applicable": ", because: so"}.get(state, "")
    return f", controls: [{{id: c, state: {state}{more}}}]"


YES, NO, WAIVED = says("implemented"), says("absent"), says("not-applicable")


@pytest.mark.parametrize(
    ("parts", "state", "at"),
    [
        ({}, None, ""),
        ({"flow": YES, "a": NO, "b": NO}, "implemented", "a.x.b"),
        ({"flow": NO, "a": YES, "b": YES}, "absent", "a.x.b"),
        ({"flow": WAIVED, "b": NO}, "not-applicable", "a.x.b"),
        ({"a": NO, "b": YES}, "absent", "a"),
        ({"a": YES, "b": NO}, "absent", "b"),
        ({"a": YES}, None, ""),  # the end that opens the connection does not speak for the one that answers
        ({"b": YES}, "implemented", "b"),
        ({"a": YES, "flow": ", opened_by: target"}, "implemented", "a"),
        ({"b": YES, "flow": ", opened_by: target"}, None, ""),
        ({"a": says("verified"), "b": says("declared")}, "declared", "b"),
        ({"a": says("planned"), "b": YES}, "planned", "a"),
        ({"zone": YES}, "implemented", "out"),
        ({"zone": YES, "a": NO}, "absent", "a"),
        ({"zone": NO, "b": YES}, "implemented", "b"),
        ({"one": YES}, None, ""),  # a zone around one end alone says nothing of the way
        ({"one": NO}, None, ""),
        ({"one": NO, "zone": YES}, "implemented", "out"),
    ],
)
def test_a_control_on_a_flow_holds_by_its_word_its_ends_or_the_zones_around_both(
    parts: dict[str, str], state: str | None, at: str
) -> None:
    filled = {name: parts.get(name, "") for name in ("zone", "one", "a", "b", "flow")}
    found = held("a.x.b", "c", ENDS.format(**filled))
    if state is None:
        assert found is None
    else:
        assert found is not None
        assert (found.state, found.at) == (state, at)


def test_a_flow_from_a_component_to_itself_is_held_too() -> None:
    text = ENDS.format(zone="", one="", a=YES, b="", flow="") + "  - {id: a.y.a, name: Y, from: a, to: a}\n"
    found = held("a.y.a", "c", text)
    assert found is not None
    assert (found.state, found.at) == ("implemented", "a")
