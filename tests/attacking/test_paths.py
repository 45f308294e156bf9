"""How somebody gets there: samples by hand, what breaks a way breaks it, and what holds of every system."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.strategies import QUICK, Plain, frozen, plain_systems, shipped
from tests.properties.test_assessment_properties import shuffled
from threatmodel.assessment import Assessment, assess
from threatmodel.attacking.paths import MISUSE, AttackPath, AttackPaths, Hop, attack_paths
from threatmodel.importers.formats import read_model
from threatmodel.model.supposing import Supposition, supposing
from threatmodel.model.vocabulary import ControlState
from threatmodel.resources import data_folder

IN_PLACE: tuple[ControlState, ...] = ("implemented", "verified")
Told = tuple[str | None, str, int, str | None]
"""From where to where, how hard, by which finding."""
INTO_THE_CLOUD: Told = (None, "triage-ai", 1, "IMP-16@triage-ai")
BACK_IN: Told = ("triage-ai", "dicom-router", 1, "GEN-05@dicom-router")
ON_TO_THE_ARCHIVE: Told = ("dicom-router", "pacs", 2, "GEN-06@pacs")


@cache
def assessed(name: str) -> Assessment:
    catalog = shipped()
    return assess(read_model(data_folder("samples") / name / "model.py", catalog.controls), catalog)


def again(assessment: Assessment, *supposed: Supposition) -> Assessment:
    return assess(supposing(assessment.system, supposed), assessment.catalog)


def to(found: AttackPaths, target: str) -> list[AttackPath]:
    return [path for path in found.paths if path.target == target]


def hardest(found: AttackPaths, target: str) -> float:
    """How hard it is to get to a target at best."""
    return min((path.cost for path in to(found, target)), default=float("inf"))


def hops(paths: Iterable[AttackPath]) -> set[Hop]:
    return {hop for path in paths for hop in path.hops}


def told(path: AttackPath) -> tuple[str, int, tuple[Told, ...]]:
    return path.by, path.cost, tuple((hop.source, hop.target, hop.cost, hop.finding) for hop in path.hops)


# -- by hand -----------------------------------------------------------------------------------------------------


def test_the_triage_sample_by_hand() -> None:
    """The model stands in the internet; its way back in leads to the router, and from there to the archive."""
    found = attack_paths(assessed("chest-xray-triage"))
    assert [told(path) for path in to(found, "triage-ai")] == [("internet", 1, (INTO_THE_CLOUD,))]
    (archive,) = to(found, "pacs")
    assert told(archive) == ("internet", 4, (INTO_THE_CLOUD, BACK_IN, ON_TO_THE_ARCHIVE))
    assert [hop.flow for hop in archive.hops] == [
        None, "triage-ai.triage-result.dicom-router", "dicom-router.archive-study.pacs"
    ]  # fmt: skip
    steps: tuple[Told, ...] = ((None, "radiologist", 3, None), ("radiologist", "ris", 2, "GEN-06@ris"))
    assert [told(path) for path in to(found, "ris")] == [("insider", 5, steps)]
    assert {(path.target, path.kind) for path in found.paths} == {
        ("triage-ai", "model"), ("pacs", "archive"), ("ris", "record")
    }  # fmt: skip
    assert (len(found.paths), found.unreached, found.cut, found.left_out) == (3, (), (), ())


def test_the_pseudonym_key_of_the_federation_by_hand() -> None:
    """From the reading station by the corrections of readers to de-identification, which asks the key; in North alone.

    Nothing leads from outside into the archives and the de-identification of the other two.
    """
    found = attack_paths(assessed("federated-training"))
    first, *_ = to(found, "north-pseudonym-key")
    assert first.kind == "pseudonym-key"
    assert told(first) == (
        "insider",
        13,
        (
            (None, "radiologist", 3, None),
            ("radiologist", "reading-station", 2, "GEN-06@reading-station"),
            ("reading-station", "north-de-identification", MISUSE, None),
            ("north-de-identification", "north-pseudonym-key", 2, "GEN-06@north-pseudonym-key"),
        ),
    )
    assert [hop.flow for hop in first.hops[2:]] == [
        "reading-station.reader-corrections.north-de-identification",
        "north-de-identification.pseudonyms.north-pseudonym-key",
    ]
    unreached = {part for kind, part in found.unreached if kind == "pseudonym-key"}
    assert unreached == {"east-pseudonym-key", "south-pseudonym-key"}


def test_one_place_may_be_asked_for_and_keeps_its_kind() -> None:
    assessment = assessed("chest-xray-triage")
    asked = attack_paths(assessment, target="pacs")
    assert asked.paths == tuple(to(attack_paths(assessment), "pacs"))
    assert {path.kind for path in attack_paths(assessment, target="dicom-router").paths} == {"asked"}
    (unreached,) = attack_paths(assessed("federated-training"), target="south-pseudonym-key").unreached
    assert unreached == ("pseudonym-key", "south-pseudonym-key")


# -- what breaks a way -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", IN_PLACE)
def test_without_default_passwords_and_with_proof_on_the_way_the_archive_is_harder(state: ControlState) -> None:
    """The first alone leaves another finding by which the same step is as easy, and that is told then."""
    assessment = assessed("chest-xray-triage")
    passwords = Supposition(state, "default-cred-removal", "pacs")
    proof = Supposition(state, "mtls-node-auth", "dicom-router.archive-study.pacs")
    one = attack_paths(again(assessment, passwords))
    assert "GEN-06@pacs" not in {hop.finding for hop in hops(one.paths)}
    assert hardest(one, "pacs") == 4
    both = attack_paths(again(assessment, passwords, proof))
    assert hardest(both, "pacs") > 4
    assert hardest(both, "triage-ai") == 1


@pytest.mark.parametrize("state", IN_PLACE)
def test_a_patched_model_server_apart_is_no_way_in(state: ControlState) -> None:
    assessment = assessed("chest-xray-triage")
    taken = [Supposition(state, name, "triage-ai") for name in ("patch-mgmt", "segmentation")]
    after = attack_paths(again(assessment, *taken))
    assert hardest(after, "triage-ai") > 1
    assert hardest(after, "pacs") > 4


@pytest.mark.parametrize("state", IN_PLACE)
def test_the_key_is_harder_without_default_passwords_and_with_fewer_rights(state: ControlState) -> None:
    key = "north-pseudonym-key"
    taken = [Supposition(state, name, key) for name in ("default-cred-removal", "rbac-least-priv", "segmentation")]
    after = attack_paths(again(assessed("federated-training"), *taken), target=key)
    assert hardest(after, key) > 13


@pytest.mark.parametrize("name", ["chest-xray-triage", "federated-training"])
def test_all_that_is_said_to_break_a_step_breaks_it(name: str) -> None:
    """With all of them in place where they are missing the finding is open no more, and no way is easier."""
    assessment = assessed(name)
    before = attack_paths(assessment)
    steps = {hop.finding: hop for hop in sorted(hops(before.paths), key=repr) if hop.finding is not None}
    assert steps
    for finding, hop in steps.items():
        assert hop.breaks
        told_by = assessment.by_id[finding].finding
        supposed = [
            Supposition("verified", control, place)
            for control in hop.breaks
            for place in sorted(
                {told_by.place.id, *(reason.place for reason in told_by.why if reason.fact == f"lacks {control}")}
            )
        ]
        changed = again(assessment, *supposed)
        left = changed.by_id.get(finding)
        assert left is None or left.finding.state != "open", finding
        after = attack_paths(changed)
        assert finding not in {one.finding for one in hops(after.paths)}
        for kind in {path.kind for path in before.paths}:
            easiest = [min((p.cost for p in one.paths if p.kind == kind), default=99) for one in (before, after)]
            assert easiest == sorted(easiest)


def test_a_place_where_all_is_in_place_is_entered_by_misuse_alone() -> None:
    found = attack_paths(assessed("well-run"))
    taken = [hop for hop in hops(found.paths) if hop.source is not None and hop.flow is not None]
    assert taken
    assert {(hop.cost, hop.finding, hop.breaks) for hop in taken} == {(MISUSE, None, ())}


# -- what holds of every system ----------------------------------------------------------------------------------


@settings(QUICK, max_examples=14)
@given(plain_systems(8), st.integers(0, 100))
def test_ways_hang_together_and_the_order_of_declaration_changes_none(plain: Plain, seed: int) -> None:
    assessment = assess(frozen(plain), shipped())
    found = attack_paths(assessment)
    other = shuffled(plain, random.Random(seed))
    assert isinstance(other, dict)
    assert attack_paths(assess(frozen(other), shipped())) == found
    flows = assessment.system.flow_by_id
    for path in found.paths:
        first, *rest = path.hops
        assert first.source is None
        assert path.hops[-1].target == path.target
        assert sum(hop.cost for hop in path.hops) == path.cost
        assert len({hop.target for hop in path.hops}) == len(path.hops)
        assert all(one.target == two.source for one, two in pairwise(path.hops))
        for hop in rest:
            if hop.flow is not None:
                assert {hop.source, hop.target} == {flows[hop.flow].data_source, flows[hop.flow].data_target}
        for hop in path.hops:
            if hop.finding is not None:
                rated = assessment.by_id[hop.finding]
                assert rated.finding.state == "open"
                assert rated.finding.place.id in {hop.source, hop.target, hop.flow}
                assert hop.cost == 6 - rated.residual.exploitability
    reached = {path.target for path in found.paths}
    assert reached.isdisjoint(part for _, part in found.unreached)


@pytest.mark.parametrize("name", ["chest-xray-triage", "federated-training"])
def test_the_order_of_declaration_changes_no_way_of_a_sample(name: str) -> None:
    other = shuffled(assessed(name).system.plain(), random.Random(3))
    assert isinstance(other, dict)
    assert attack_paths(assess(frozen(other), shipped())) == attack_paths(assessed(name))
