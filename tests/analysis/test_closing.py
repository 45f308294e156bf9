"""What closes a finding: the smallest sets of controls, each enough by itself, and each proven by supposing it."""

from __future__ import annotations

from functools import cache

import pytest

from tests.properties.strategies import shipped
from threatmodel.analysis.answer import Answer, Reason
from threatmodel.analysis.closing import closing
from threatmodel.analysis.finding import ControlAt, Finding, PlaceRef
from threatmodel.assessment import Assessment, assess
from threatmodel.catalog.catalog import Rule
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not
from threatmodel.catalog.conditions import Test as Asked
from threatmodel.importers.formats import read_model
from threatmodel.model.supposing import Supposition, supposing
from threatmodel.reports.view_findings import closes
from threatmodel.resources import data_folder

ONE, OTHER, THIRD = "mtls-node-auth", "tls-bcp195", "mfa"
PLACE = PlaceRef("component", "pacs", "PACS", "zone")


def lacks(*names: str, quantity: str = "any") -> Asked:
    return Asked("lacks", "all" if quantity == "all" else "any", names)


def found(exposed: Condition, lacking: dict[str, Answer], named: tuple[str, ...] = ()) -> tuple[tuple[str, ...], ...]:
    """What closes a finding of a rule with an exposure, lacking some controls; it names those that it lacks first."""
    known = next(iter(shipped().rules.values()))
    rule = Rule(known.threat, known.applies, exposed, known.file)
    why = tuple(Reason(f"lacks {name}", answer, "so it is", None, "pacs") for name, answer in lacking.items())
    controls = tuple(ControlAt(name, "primary", None) for name in (*lacking, *named))
    return closing(rule, Finding("X@pacs", known.threat.id, PLACE, "open", True, why, controls, None))


def test_where_the_lack_of_all_is_asked_one_is_enough() -> None:
    exposed = lacks(ONE, OTHER, quantity="all")
    assert found(exposed, {ONE: "unknown", OTHER: "unknown"}) == ((ONE,), (OTHER,))
    assert found(All((lacks(ONE), lacks(OTHER))), {ONE: "yes", OTHER: "yes"}) == ((ONE,), (OTHER,))


def test_where_the_lack_of_one_is_asked_all_are_needed() -> None:
    exposed = lacks(ONE, OTHER)
    assert found(exposed, {ONE: "unknown", OTHER: "unknown"}) == ((ONE, OTHER),)
    assert found(Any((lacks(ONE), lacks(OTHER))), {ONE: "yes", OTHER: "unknown"}) == ((ONE, OTHER),)


def test_one_that_is_missing_too_is_needed_though_another_decided() -> None:
    assert found(lacks(ONE, OTHER), {ONE: "yes"}, named=(OTHER,)) == ((ONE, OTHER),)
    assert found(lacks(ONE, OTHER), {ONE: "yes"}) == ((ONE,),)


def test_they_are_combined_and_the_smallest_remain() -> None:
    exposed = Any((lacks(THIRD), lacks(ONE, OTHER, quantity="all")))
    lacking: dict[str, Answer] = {ONE: "yes", OTHER: "yes", THIRD: "yes"}
    assert found(exposed, lacking) == ((THIRD, ONE), (THIRD, OTHER))
    assert found(All((lacks(ONE), exposed)), lacking) == ((ONE,), (THIRD, OTHER))


def test_elsewhere_and_twice_denied_it_is_the_same() -> None:
    denied = Not(Elsewhere("some_hop", Not(lacks(ONE))))
    assert found(denied, {ONE: "yes"}) == ((ONE,),)
    assert found(Elsewhere("some_flow_in", All((lacks(ONE), Asked("protocol", "any", ("dimse",))))), {ONE: "yes"}) == (
        (ONE,),
    )


def test_where_nothing_is_asked_to_be_there_those_that_the_threat_names_are_given() -> None:
    assert found(Asked("multi_tenant", "any", ()), {}, named=(ONE, OTHER)) == ((ONE,), (OTHER,))
    assert found(Not(lacks(ONE)), {}, named=(OTHER,)) == ((OTHER,),)


# -- on samples --------------------------------------------------------------------------------------------------


@cache
def sample() -> Assessment:
    catalog = shipped()
    return assess(read_model(data_folder("samples") / "chest-xray-triage" / "model.py", catalog.controls), catalog)


def test_every_set_that_is_said_to_close_a_finding_closes_it() -> None:
    """Put in place where the reasons miss them; where they miss nothing, it is the threat's own word, and not tried."""
    tried = 0
    for rated in sample().findings[::3]:
        finding = rated.finding
        missed = {reason.fact.removeprefix("lacks "): reason.place for reason in finding.why if reason.answer != "no"}
        if finding.state != "open" or finding.place.type in {"model", "chain"}:
            continue
        for names in closing(sample().catalog.rules[finding.threat], finding):
            if missed.keys().isdisjoint(names):
                continue
            places = {name: {missed.get(name, finding.place.id), finding.place.id} for name in names}
            supposed = [Supposition("implemented", name, place) for name in names for place in sorted(places[name])]
            after = assess(supposing(sample().system, supposed), sample().catalog).by_id[finding.id].finding
            assert after.state != "open", (finding.id, names)
            tried += 1
    assert tried > 15


@pytest.mark.parametrize(
    ("finding", "says"),
    [
        ("DAT-02@router", "any of these is there, one is enough: "),
        ("IMP-16@triage-ai", "these are there, it takes them all: "),
    ],
)
def test_it_is_said_whether_one_is_enough(finding: str, says: str) -> None:
    threat = finding.partition("@")[0]
    rated = next(one for one in sample().findings if one.finding.threat == threat and not one.finding.confirmed)
    assert says in closes(rated.finding, sample().catalog)
