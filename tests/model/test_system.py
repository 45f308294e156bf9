# ruff: noqa: E501 - one row of a table a line
"""What a whole system is refused for, each with its line; and its plain form and digest."""

import json
import random

import pytest

from tests.model.written import hints, system, told
from threatmodel.model.parts import changed
from threatmodel.model.system import EXCHANGED, problems, unknown_controls

GOOD = """\
zones:
  - {id: hospital, name: Hospital, operator: hospital, region: FR}
  - {id: imaging, name: Imaging network, parent: hospital, controls: [{id: segmentation, state: implemented}]}
data:
  - {id: stroke-ct, name: Stroke CT, is_a: phi-pixel, patients: many}
kinds:
  - {id: dose, name: Dose server, is_a: postproc, traits: [stores-images]}
components:
  - {id: dx, name: DX, kind: modality, zone: imaging, modalities: [DX, CR]}
  - {id: pacs, name: PACS, kind: pacs, zone: imaging, stores: [stroke-ct, phi-pixel]}
  - {id: dose-1, name: Dose, kind: dose, zone: imaging, runs_on: pacs, stores: []}
flows:
  - {id: dx.store.pacs, name: Store, from: dx, to: pacs, over: dimse, carries: [stroke-ct], port: 104}
scenarios:
  - {id: night, name: Night, steps: [dx.store.pacs]}
assumptions:
  - {text: The network may be hostile, review_by: "2027-06-30"}
"""

WRONG = [
    ("{id: imaging, name: Imaging network, parent: hospital", "{id: imaging, name: Imaging network, parent: hospitl", 3,
     "the zone 'Imaging network' lies in 'hospitl', which is not a zone", "did you mean 'hospital'?"),
    ("parent: hospital", "parent: imaging", 3, "the zone 'Imaging network' lies inside itself", None),
    ("id: stroke-ct", "id: labels", 5, "the data asset 'Stroke CT' has the id of a class of data", None),
    ("is_a: phi-pixel", "is_a: phi-pixl", 5, "no class of data is called 'phi-pixl'", "did you mean 'phi-pixel'?"),
    ("is_a: postproc", "is_a: postprc", 7, "no kind is called 'postprc'", "did you mean 'postproc'?"),
    ("traits: [stores-images]", "traits: [store-images]", 7, "no trait is called 'store-images'", "did you mean 'stores-images'?"),
    ("is_a: postproc", "data: [phi], is_a: postproc", 7, "no class of data is called 'phi'", None),
    ("id: dose,", "id: pacs,", 7, "the kind 'pacs' is there already", None),
    ("kind: modality", "kind: modalty", 9, "no kind is called 'modalty'", "did you mean 'modality'?"),
    ("kind: modality, zone: imaging", "kind: modality, zone: imagin", 9, "'DX' stands in 'imagin', which is not a zone", "did you mean 'imaging'?"),
    ("modalities: [DX, CR]", "model_source: vendor", 9, "'model_source' cannot be stated of 'DX', whose kind is 'modality'", None),
    ("stores: [stroke-ct, phi-pixel]", "stores: [stroke-mr]", 10, "'PACS' names the data 'stroke-mr', which nobody declared", "did you mean 'stroke-ct'?"),
    ("runs_on: pacs", "runs_on: pac", 11, "'Dose' runs on 'pac', which is not a component", "did you mean 'pacs'?"),
    ("runs_on: pacs", "runs_on: dose-1", 11, "'Dose' runs on itself", None),
    ("id: dose-1", "id: dx", 11, "the id 'dx' of component or zone 'Dose' is taken by 'DX' (t.yaml:9)", None),
    ("id: dose-1", "id: hospital", 11, "the id 'hospital' of component or zone 'Dose' is taken by 'Hospital' (t.yaml:2)", None),
    ("id: dose-1", "id: t", 11, "the id 't' of component or zone 'Dose' is taken by the model itself", None),
    ("from: dx, to: pacs", "from: dx, to: pac", 13, "the flow 'Store' goes to 'pac', which is not a component", "did you mean 'pacs'?"),
    ("from: dx, to: pacs", "from: dy, to: pacs", 13, "the flow 'Store' goes from 'dy', which is not a component", None),
    ("from: dx, to: pacs", "from: dx, to: hospital", 13, "the flow 'Store' goes to 'hospital', which is not a component", None),
    ("id: dx.store.pacs", "id: dx.store.dose-1", 13, "the flow id 'dx.store.dose-1' does not name its ends", "expected 'dx.store.pacs'"),
    ("over: dimse", "over: dicom", 13, "no protocol is called 'dicom'", None),
    ("carries: [stroke-ct]", "carries: [phi-pixels]", 13, "'Store' names the data 'phi-pixels', which nobody declared", "did you mean 'phi-pixel'?"),
    ("port: 104", "port: 70000", 13, "the flow 'Store' has the port 70000", None),
    ("port: 104", "port: 0", 13, "the flow 'Store' has the port 0", None),
    ("steps: [dx.store.pacs]", "steps: [dx.stor.pacs]", 15, "the scenario 'Night' has a step 'dx.stor.pacs', which is not a flow", "did you mean 'dx.store.pacs'?"),
    ("region: FR", "region: France", 2, "the region 'France' of 'Hospital' is no country code", None),
    ("region: FR", "region: fr", 2, "the region 'fr' of 'Hospital' is no country code", None),
    ("kind: pacs,", "kind: pacs, region: Eire,", 10, "the region 'Eire' of 'PACS' is no country code", None),
    ("state: implemented", "state: verified", 3, "'segmentation' of 'Imaging network' is stated as verified without evidence", None),
    ("state: implemented", "state: not-applicable", 3, "'segmentation' of 'Imaging network' is stated as not applicable without a reason", None),
    ("state: implemented}", "state: implemented}, {id: segmentation, state: absent}", 3, "'Imaging network' states the control 'segmentation' twice", None),
    ("port: 104", "encryption: none, controls: [{id: tls-bcp195, state: verified, evidence: scan}]", 13,
     "'Store' contradicts itself: encryption is stated as none, but tls-bcp195 is stated as verified", None),
    ("over: dimse", "over: dicom-tls, encryption: none", 13, "'Store' contradicts itself: DICOM over TLS brings it, but encryption is stated as none", None),
    ("kind: pacs,", "kind: pacs, default_credentials: true, controls: [{id: default-cred-removal, state: implemented}],", 10,
     "'PACS' contradicts itself: it is stated that it still has default credentials, but default-cred-removal is stated as implemented", None),
]  # fmt: skip


def test_a_good_system_has_no_problems() -> None:
    assert problems(system(GOOD)) == []


@pytest.mark.parametrize(
    ("good", "wrong", "line", "what", "hint"), WRONG, ids=[f"{row[2]}-{row[1][:40]}" for row in WRONG]
)
def test_each_mistake_is_told_at_its_line_with_a_hint(
    good: str, wrong: str, line: int, what: str, hint: str | None
) -> None:
    assert GOOD.count(good) == 1
    text = GOOD.replace(good, wrong)
    assert (line, what) in told(text)
    given = hints(text)
    assert all(given), "every problem has a hint"
    if hint is not None:
        assert hint in given


def test_a_zone_that_nothing_lies_in_is_told() -> None:
    text = GOOD.replace("zones:\n", "zones:\n  - {id: attic, name: Attic}\n")
    assert told(text) == [(2, "the zone 'Attic' contains nothing")]


def test_ids_twice_are_told_for_every_sort_of_part() -> None:
    lines = GOOD.splitlines()
    for number in (5, 7, 13, 15):
        text = "\n".join([*lines[:number], lines[number - 1], *lines[number:]])
        assert any(line == number + 1 for line, _ in told(text)), lines[number - 1]


def test_zones_around_a_ring_are_told_and_those_that_lead_into_it_are_not() -> None:
    text = """\
zones:
  - {id: a, name: A, parent: b}
  - {id: b, name: B, parent: a}
  - {id: c, name: C, parent: a}
components:
  - {id: x, name: X, kind: pacs, zone: c}
"""
    assert told(text) == [(2, "the zone 'A' lies inside itself"), (3, "the zone 'B' lies inside itself")]


def test_hosts_in_a_ring_are_told_and_what_stands_on_the_ring_is_not() -> None:
    text = """\
zones:
  - {id: z, name: Z}
components:
  - {id: a, name: A, kind: container-platform, zone: z, runs_on: b}
  - {id: b, name: B, kind: container-platform, zone: z, runs_on: a}
  - {id: c, name: C, kind: pacs, zone: z, runs_on: a}
"""
    assert told(text) == [(4, "'A' runs on itself"), (5, "'B' runs on itself")]


def test_own_kinds_may_stand_in_any_order_and_a_ring_of_them_is_told() -> None:
    ring = GOOD.replace("is_a: postproc, traits", "is_a: dose-2, traits").replace(
        "kinds:\n", "kinds:\n  - {id: dose-2, name: Dose server 2, is_a: dose}\n"
    )
    assert (7, "the kind 'dose-2' is a special case of no known kind") in told(ring)
    assert (8, "the kind 'dose' is a special case of no known kind") in told(ring)
    later = GOOD.replace("is_a: postproc", "is_a: dose-2").replace(
        "components:\n", "  - {id: dose-2, name: Dose server 2, is_a: postproc}\ncomponents:\n"
    )
    read = system(later)
    assert read.lineages["dose"] == ("dose", "dose-2", "postproc")


def test_many_mistakes_are_told_together_in_the_order_of_their_lines() -> None:
    text = GOOD
    for good, wrong, *_ in (row for row in WRONG if row[2] in {5, 10, 15}):
        if good in text:
            text = text.replace(good, wrong)
    lines = [line for line, _ in told(text)]
    assert lines == sorted(lines)
    assert {5, 10, 15} <= set(lines)


def test_a_very_deep_nest_of_zones_is_no_problem() -> None:
    zones = [{"id": "z0", "name": "z0"}] + [
        {"id": f"z{number}", "name": f"z{number}", "parent": f"z{number - 1}"} for number in range(1, 3000)
    ]
    random.Random(1).shuffle(zones)
    parts = {"zones": zones, "components": [{"id": "x", "name": "X", "kind": "pacs", "zone": "z2999"}]}
    plain = {"schema": "threatmodel-system/1", "id": "t", "title": "T", **parts}
    assert problems(EXCHANGED.validate_json(json.dumps(plain))) == []


def test_without_its_missing_parts_a_system_is_not_blamed_for_them() -> None:
    read = system(GOOD)
    lost = changed(read, components=read.components[:1], kinds=(), data=())
    assert problems(lost, whole=False) == []
    assert problems(lost) != []


def test_controls_that_no_catalog_knows_are_told_at_the_control() -> None:
    read = system(GOOD.replace("controls: [", "controls:\n      [").replace("title:", "title:"))
    (problem,) = unknown_controls(read, ["segmentations", "mfa"])
    assert str(problem) == "t.yaml:4: no catalog knows the control 'segmentation'\n    did you mean 'segmentations'?"
    assert unknown_controls(read, ["segmentation"]) == []


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "٢٠٢٦-٠١-٠١", "soon"])
def test_a_day_is_a_day(day: str) -> None:
    ((line, what),) = told(GOOD.replace("2027-06-30", day))
    assert line == 17
    assert what.startswith("assumptions[0].review_by")


# -- the plain form ----------------------------------------------------------------------------------------------


def test_the_plain_form_leaves_out_what_is_not_stated_and_keeps_empty_lists() -> None:
    plain = system(GOOD).plain()
    assert list(plain)[:3] == ["schema", "id", "title"]
    assert plain["components"][2] == {  # type: ignore[index]
        "id": "dose-1", "name": "Dose", "kind": "dose", "zone": "imaging", "stores": [], "runs_on": "pacs"
    }  # fmt: skip
    assert "source" not in json.dumps(plain)


def shuffled(value: object, order: random.Random, key: str = "") -> object:
    if isinstance(value, dict):
        return {name: shuffled(inner, order, name) for name, inner in order.sample(list(value.items()), len(value))}
    if isinstance(value, list):
        inner = [shuffled(one, order) for one in value]
        return inner if key == "steps" else order.sample(inner, len(inner))
    return value


def test_the_digest_does_not_hang_on_order_or_places() -> None:
    read = system(GOOD)
    for seed in range(5):
        other = EXCHANGED.validate_json(json.dumps(shuffled(read.plain(), random.Random(seed))))
        assert other.digest == read.digest


def test_the_digest_hangs_on_everything_that_is_stated() -> None:
    digests = {system(GOOD).digest}
    changes = [
        ("port: 104", "port: 105"),
        ("stores: []", "stores: [phi-pixel]"),
        ("name: Night", "name: Day"),
        ("state: implemented", "state: absent"),
    ]
    for good, other in changes:
        digests.add(system(GOOD.replace(good, other)).digest)
    assert len(digests) == 1 + len(changes)


def test_the_steps_of_a_scenario_keep_their_order() -> None:
    flows = GOOD.replace("scenarios:", "  - {id: pacs.back.dx, name: Back, from: pacs, to: dx}\nscenarios:")
    one = system(flows.replace("steps: [dx.store.pacs]", "steps: [dx.store.pacs, pacs.back.dx]"))
    other = system(flows.replace("steps: [dx.store.pacs]", "steps: [pacs.back.dx, dx.store.pacs]"))
    assert one.digest != other.digest
