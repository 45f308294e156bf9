"""The benchmark against expert lists: every link names a finding that the program raises."""

import importlib.util
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks" / "expert_lists"
THREATS = {
    "dicom-services-notes": (12, 12),
    "health-rag-llm-platform": (28, 28),
    "mitre-skate": (19, 18),
    "stridehc-pacs-workstation": (31, 25),
}
"""How many threats each list has, and how many of them count: none may be dropped from the links."""


@cache
def measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("expert_lists_measure", FOLDER / "measure.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def measured(case: str) -> Any:
    return measure().measured(case, measure().shipped())


def test_there_are_four_cases() -> None:
    assert measure().cases() == list(THREATS)


@pytest.mark.parametrize("case", THREATS)
def test_every_link_names_a_finding_that_is_raised(case: str) -> None:
    assert measured(case).mistakes() == []


@pytest.mark.parametrize("case", THREATS)
def test_no_threat_of_a_list_is_dropped(case: str) -> None:
    links = measured(case).links
    assert (len(links), len(measured(case).core)) == THREATS[case]
    assert len({link.expert for link in links}) == len(links)
    assert all(link.says for link in links)


@pytest.mark.parametrize("case", THREATS)
def test_the_catalog_says_what_most_of_the_experts_said(case: str) -> None:
    """At least 85 % of the threats that count, on few enough findings that somebody reads them."""
    one = measured(case)
    assert one.reached(2) / len(one.core) >= 0.85
    for sort, most in (("component", 12), ("flow", 4)):
        counted = one.pending(sort)
        assert sum(counted) / len(counted) <= most, sort


def test_a_link_to_a_finding_that_is_gone_is_told() -> None:
    one = measured("mitre-skate")
    gone = replace(one.links[0], finding="GEN-99@skate-server")
    told = replace(one, links=(gone, *one.links[1:])).mistakes()
    assert told == ["mitre-skate: SKATE-S1: GEN-99@skate-server is no longer raised"]


def test_a_link_to_another_place_needs_a_reason() -> None:
    one = measured("mitre-skate")
    elsewhere = replace(one.links[0], finding="GEN-06@foot-apparatus", because="")
    told = replace(one, links=(elsewhere,)).mistakes()
    assert told == ["mitre-skate: SKATE-S1: GEN-06@foot-apparatus is about another place: say why it counts"]
