"""What holds of every assessment with the shipped catalog, whatever the system."""

import copy
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.analysis.test_evaluate import places
from tests.catalog.conditions import conditions
from tests.properties.strategies import NAMES, QUICK, Plain, frozen, plain_systems, shipped, systems
from threatmodel.analysis.answer import NO, YES
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.place import Place
from threatmodel.assessment import Rated, assess
from threatmodel.catalog.facts import About
from threatmodel.importers.formats import read_model
from threatmodel.model.holding import Holding
from threatmodel.model.kinds import KINDS
from threatmodel.model.lowering import lowered_component, lowered_flow
from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System, problems
from threatmodel.resources import data_folder

SAMPLES = sorted(file.parent for file in data_folder("samples").glob("*/model.py"))


def findings(read: System) -> dict[str, Rated]:
    return assess(read, shipped()).by_id


# -- order -------------------------------------------------------------------------------------------------------


def shuffled(value: object, order: random.Random, key: str = "") -> object:
    """The same plain data declared in another order; the steps of a scenario keep theirs."""
    if isinstance(value, dict):
        return {name: shuffled(inner, order, name) for name, inner in order.sample(list(value.items()), len(value))}
    if isinstance(value, list):
        inner = [shuffled(one, order) for one in value]
        return inner if key == "steps" else order.sample(inner, len(inner))
    return value


def same_in_another_order(plain: Plain, seed: int) -> None:
    first, second = (assess(frozen(one), shipped()) for one in (plain, shuffled(plain, random.Random(seed))))  # type: ignore[arg-type]
    assert first.system.digest == second.system.digest
    assert first.questions == second.questions
    assert [rated.finding.id for rated in first.findings] == [rated.finding.id for rated in second.findings]
    for one, other in zip(first.findings, second.findings, strict=True):
        assert one == other


@QUICK
@given(plain_systems(8), st.integers(0, 100))
def test_the_order_of_declaration_changes_nothing(plain: Plain, seed: int) -> None:
    same_in_another_order(plain, seed)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_order_of_declaration_changes_nothing_of_a_sample(sample: Path) -> None:
    same_in_another_order(read_model(sample).plain(), 1)


SCRIPT = """
import sys
from pathlib import Path
from threatmodel.assessment import assess
from threatmodel.catalog.read import read_catalog
from threatmodel.importers.formats import read_model
from threatmodel.resources import data_folder
catalog = read_catalog(data_folder("catalogs") / "radiology-ai")
result = assess(read_model(Path(sys.argv[1]), catalog.controls), catalog)
print(result.system.digest, result.system.plain(), result.findings, result.questions, result.by_level, result.by_state)
"""


def test_the_same_bytes_come_out_under_any_hash_seed() -> None:
    sample = next(folder for folder in SAMPLES if folder.name == "chest-xray-triage")
    told = set()
    for seed in ("0", "1", "4294967295"):
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(sample)],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        told.add(ran.stdout)
    assert len(told) == 1
    assert len(told.pop()) > 10_000


# -- names and additions -----------------------------------------------------------------------------------------


@QUICK
@given(plain_systems(), NAMES)
def test_a_change_of_titles_changes_no_id_and_no_verdict(plain: Plain, name: str) -> None:
    renamed = copy.deepcopy(plain) | {"title": name}
    for part in _parts(renamed):
        part["name"] = f"{name} {part['name']}"
    before, after = findings(frozen(plain)), findings(frozen(renamed))
    assert before.keys() == after.keys()
    for key, rated in before.items():
        other = after[key]
        assert (rated.finding.state, rated.finding.confirmed) == (other.finding.state, other.finding.confirmed)
        assert (rated.inherent.level, rated.residual.level) == (other.inherent.level, other.residual.level)


def _parts(plain: Plain) -> Iterator[Plain]:
    for name in ("zones", "components", "flows", "data", "kinds", "scenarios"):
        found = plain.get(name, [])
        assert isinstance(found, list)
        yield from found


@QUICK
@given(plain_systems(), st.sampled_from(sorted(KINDS)))
def test_an_element_more_keeps_every_finding_of_the_others(plain: Plain, kind: str) -> None:
    more = copy.deepcopy(plain)
    zones, components = more["zones"], more["components"]
    assert isinstance(zones, list)
    assert isinstance(components, list)
    components.insert(0, {"id": "added", "name": "Added", "kind": kind, "zone": zones[0]["id"]})
    before, after = findings(frozen(plain)), findings(frozen(more))
    for key, rated in before.items():
        if rated.finding.place.type in {"component", "flow", "chain"}:
            assert after[key] == rated
    new = {
        key for key in after.keys() - before.keys() if after[key].finding.place.type in {"component", "flow", "chain"}
    }
    assert {after[key].finding.place.id for key in new} <= {"added"}


@QUICK
@given(plain_systems(), st.data())
def test_an_element_less_moves_no_id(plain: Plain, data: st.DataObject) -> None:
    flows = plain["flows"]
    assert isinstance(flows, list)
    assume(flows)
    gone = data.draw(st.sampled_from(flows))
    less = plain | {"flows": [flow for flow in flows if flow is not gone], "scenarios": []}
    before, after = findings(frozen(plain)), findings(frozen(less))
    for key in before.keys() & after.keys():
        assert before[key].finding.place.id == after[key].finding.place.id
        assert key == f"{after[key].finding.threat}@{after[key].finding.place.id}"


# -- controls ----------------------------------------------------------------------------------------------------


def silent_places(read: System) -> list[tuple[str, str]]:
    """Each component and flow, with each control that the catalog asks for and that it does not state itself."""
    found = []
    parts: list[Component | Flow] = [*read.components, *read.flows]
    for part in parts:
        lowered = lowered_flow(part, part.over) if isinstance(part, Flow) else lowered_component(part)
        said = {control.id for control in part.controls} | {one.control for one in lowered}
        found += [(part.id, name) for name in shipped().controls if name not in said]
    return found


@settings(QUICK, max_examples=80)
@given(systems(4), st.data())
def test_a_control_put_in_place_never_adds_a_finding_there(read: System, data: st.DataObject) -> None:
    place, name = data.draw(st.sampled_from(silent_places(read)))
    state = data.draw(st.sampled_from(["declared", "implemented", "verified"]))
    plain = copy.deepcopy(read.plain())
    for part in _parts(plain):
        if part["id"] == place:
            said = part.setdefault("controls", [])
            assert isinstance(said, list)
            said.append({"id": name, "state": state, "evidence": "scan"})
    after = frozen(plain)
    assert problems(after) == []
    before_ids, after_ids = findings(read), findings(after)
    here = {key for key, rated in after_ids.items() if rated.finding.place.id == place}
    assert here <= before_ids.keys()
    for key in here:
        was, now = before_ids[key], after_ids[key]
        assert (was.finding.state, now.finding.state) not in {
            ("addressed", "open"),
            ("not-applicable", "open"),
            ("question", "open"),
        }
        assert now.residual.exploitability <= was.residual.exploitability


# -- not stated --------------------------------------------------------------------------------------------------

STRUCTURE = frozenset(
    {"id", "name", "kind", "zone", "parent", "from", "to", "is_a", "steps", "runs_on", "opened_by", "both_ways"}
)
"""What is declared rather than stated: to leave it out is to describe another system."""
BY_KIND = frozenset({"serves", "lifecycle", "portable"})
"""What the kind of a component says of itself where nobody states otherwise; so is what a store keeps."""


def stated_values(plain: Plain) -> list[tuple[str, int, str]]:
    """Every value that can be left unsaid: list, position, name; the controls of a part one by one."""
    found = []
    for table in ("zones", "components", "flows"):
        parts = plain.get(table, [])
        assert isinstance(parts, list)
        for index, part in enumerate(parts):
            for name in part:
                if name not in STRUCTURE | BY_KIND | {"controls"}:
                    if name == "stores" and (
                        part["kind"] not in KINDS or KINDS[part["kind"]].dfd in {"store", "person"}
                    ):
                        continue
                    found.append((table, index, name))
            found += [(table, index, f"controls.{place}") for place in range(len(part.get("controls", [])))]
    return found


def without(plain: Plain, where: tuple[str, int, str]) -> Plain:
    """The same with one value left unsaid."""
    less = copy.deepcopy(plain)
    table, index, name = where
    parts = less[table]
    assert isinstance(parts, list)
    if name.startswith("controls."):
        del parts[index]["controls"][int(name.removeprefix("controls."))]
    else:
        del parts[index][name]
    return less


def only_unsaid(before: System, after: System) -> bool:
    """Whether nothing else comes to hold in the place of what is left unsaid."""
    one, other = Holding(before), Holding(after)
    for part in before.components:
        again = after.component_by_id[part.id]
        for name in ("exposure", "operator", "region", "physical_access"):
            held = other.value(again, name)
            if held is not None and held.value != getattr(one.value(part, name), "value", None):
                return False
    names = one.controls_stated
    for name in names:
        pairs = [
            *(
                (one.component_control(part, name), other.component_control(after.component_by_id[part.id], name))
                for part in before.components
            ),
            *(
                (one.flow_control(flow, name), other.flow_control(after.flow_by_id[flow.id], name))
                for flow in before.flows
            ),
            *((one.zone_control(zone.id, name), other.zone_control(zone.id, name)) for zone in before.zones),
        ]
        if any(now is not None and (was is None or now.state != was.state) for was, now in pairs):
            return False
    return True


@settings(QUICK, max_examples=150)
@given(plain_systems(4), st.data())
def test_a_value_left_unsaid_never_turns_yes_into_no_or_no_into_yes(plain: Plain, data: st.DataObject) -> None:
    stated = stated_values(plain)
    assume(stated)
    less = without(plain, data.draw(st.sampled_from(stated)))
    before, after = frozen(plain), frozen(less)
    assume(problems(after) == [] and only_unsaid(before, after))
    about: About = data.draw(st.sampled_from(["component", "flow", "zone", "model"]))
    condition = data.draw(conditions(about))
    for was, now in zip(answers(before, about, condition), answers(after, about, condition), strict=True):
        assert (was, now) not in {(YES, NO), (NO, YES)}


def answers(read: System, about: About, condition: object) -> list[object]:
    """The answers of a condition at all places of a sort."""
    evaluator = Evaluator(Context(read))
    verdict = evaluator.compile(condition)  # type: ignore[arg-type]
    asked: list[Place] = places(read, about)
    return [verdict(one) for one in asked]


@QUICK
@given(plain_systems(4), st.data())
def test_a_value_left_unsaid_turns_no_rule_of_the_catalog_around(plain: Plain, data: st.DataObject) -> None:
    stated = stated_values(plain)
    assume(stated)
    less = without(plain, data.draw(st.sampled_from(stated)))
    before, after = frozen(plain), frozen(less)
    assume(problems(after) == [] and only_unsaid(before, after))
    for rule in shipped().rules.values():
        if rule.threat.about == "chain":
            continue
        for condition in (rule.applies, rule.exposed):
            for was, now in zip(
                answers(before, rule.threat.about, condition), answers(after, rule.threat.about, condition), strict=True
            ):
                assert (was, now) not in {(YES, NO), (NO, YES)}, rule.threat.id
