"""The inherent rating: each fact of the scheme, read off the system, and the worst where nothing is stated."""

import re
from itertools import product

import pytest
from hypothesis import given

from tests.analysis.rules import catalog_of, control
from tests.model.written import system
from tests.properties.strategies import QUICK, shipped, systems
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Chain
from threatmodel.assessment import assess
from threatmodel.catalog.controls import Control
from threatmodel.risk.scale import exploitability_of, level_of
from threatmodel.risk.score import Rating, Scorer

TEXT = """\
zones:
  - {{id: net, name: Net, exposure: internet}}
  - {{id: lan, name: Lan, exposure: internal}}
  - {{id: core, name: Core, exposure: isolated}}
  - {{id: part, name: Part, exposure: partner}}
  - {{id: dark, name: Dark}}
components:
  - {{id: cloud, name: Cloud, kind: cloud-ai, zone: net}}
  - {{id: web, name: Web, kind: web-server, zone: net}}
  - {{id: l, name: L, kind: viewer, zone: lan{l}}}
  - {{id: c, name: C, kind: pacs, zone: core{c}}}
  - {{id: p, name: P, kind: web-server, zone: part}}
  - {{id: d, name: D, kind: pacs, zone: dark}}
  - {{id: u, name: U, kind: patient, zone: net}}
flows:
  - {{id: l.x.c, name: X, from: l, to: c{x}}}
  - {{id: l.z.d, name: Z, from: l, to: d}}
{flows}
"""


def rated(
    place: str, *flows: str, controls: tuple[Control, ...] = (), primary: tuple[str, ...] = ("lock",), **parts: str
) -> Rating:
    """The rating of a threat at a place; named parts add to the text, others change the threat."""
    filled = {name: parts.pop(name, "") for name in ("l", "c", "x")}
    read = system(TEXT.format(flows="\n".join(f"  - {{{flow}}}" for flow in flows), **filled))
    catalog = catalog_of("component", {"hosted": False}, {"lacks": primary[0]}, primary, controls=controls, **parts)  # type: ignore[arg-type]
    context = Context(read)
    return Scorer(context, catalog).inherent(catalog.rules["DAT-01"], context.place(place))


def points(rating: Rating) -> dict[str, int]:
    """The points of a rating by their name."""
    return {
        match[1]: int(match[2])
        for text in rating.points
        if (match := re.match(r"(exposure|privilege|knowledge|human act) (\d)", text))
    }


@pytest.mark.parametrize(
    ("place", "flows", "exposure"),
    [
        ("cloud", [], 4),
        ("p", [], 3),
        ("l", [], 2),
        ("c", [], 1),  # what is internal reaches it through one machine: two less one, not less than its own
        ("d", [], 4),  # not stated counts at its worst
        ("l", ["id: cloud.y.l, name: Y, from: cloud, to: l"], 4),  # an outside body need not be taken first
        ("l", ["id: web.y.l, name: Y, from: web, to: l"], 3),  # a machine has to be
        ("c", ["id: web.y.l, name: Y, from: web, to: l"], 2),
        ("c", ["id: u.y.l, name: Y, from: u, to: l"], 3),
        ("c", ["id: cloud.y.c, name: Y, from: cloud, to: c"], 4),
        ("net", [], 4),
        ("core", [], 1),
        ("lan", [], 2),
        ("dark", [], 4),
        ("t", [], 4),
        ("l.x.c", [], 2),
        ("l.z.d", [], 4),  # one end is not stated
        ("cloud.y.c", ["id: cloud.y.c, name: Y, from: cloud, to: c"], 4),
    ],
)
def test_exposure_is_that_of_the_worst_way_in(place: str, flows: list[str], exposure: int) -> None:
    assert points(rated(place, *flows))["exposure"] == exposure


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("", 3),
        (", authentication: none", 3),
        (", authentication: ae-title", 3),
        (", authentication: password", 2),
        (", authentication: shared-account", 2),
        (", authentication: certificate", 2),
        (", authentication: federated", 2),
    ],
)
def test_the_privilege_is_read_off_the_place(stated: str, expected: int) -> None:
    assert points(rated("c", c=stated))["privilege"] == expected
    assert points(rated("l.x.c", x=stated))["privilege"] == expected


@pytest.mark.parametrize(("privilege", "expected"), [("none", 3), ("user", 2), ("role", 1), ("admin", 0)])
def test_the_privilege_of_the_threat_s_nature_stands_before_the_place(privilege: str, expected: int) -> None:
    needs = {"knowledge": 2, "needs_human_act": False, "privilege": privilege}
    assert points(rated("c", c=", authentication: none", exploitability=needs))["privilege"] == expected  # type: ignore[arg-type]


def test_authentication_is_not_credited_where_a_control_of_the_threat_proves_identity() -> None:
    proving = (control("sso", authenticates=True),)
    assert points(rated("c", c=", authentication: federated", primary=("sso",), controls=proving))["privilege"] == 3
    assert points(rated("c", c=", authentication: federated", primary=("lock",), controls=proving))["privilege"] == 2


@pytest.mark.parametrize(("knowledge", "act"), list(product((0, 1, 2), (True, False))))
def test_knowledge_and_human_acts_are_the_threat_s(knowledge: int, act: bool) -> None:
    rating = rated("c", exploitability={"knowledge": knowledge, "needs_human_act": act})  # type: ignore[arg-type]
    told = points(rating)
    assert (told["knowledge"], told["human act"]) == (knowledge, 0 if act else 1)
    assert rating.exploitability == exploitability_of(sum(told.values()))


@pytest.mark.parametrize(
    ("place", "stated", "severity", "spread", "effective", "flag"),
    [
        ("c", "", 3, "all", 4, True),  # an archive serves a site
        ("c", "", 2, "all", 2, False),  # only what is serious or worse is counted higher
        ("c", "", 5, "all", 5, True),
        ("c", "", 3, "one", 3, False),
        ("c", ", serves: one-patient", 3, "all", 3, False),
        ("u", "", 3, "all", 3, False),  # a person is nobody's server
        ("l.x.c", "", 3, "all", 4, True),
        ("core", "", 4, "all", 5, True),
        ("t", "", 4, "all", 5, True),
    ],
)
def test_harm_to_many_patients_counts_one_step_more(
    place: str, stated: str, severity: int, spread: str, effective: int, flag: bool
) -> None:
    harm = {"property": "integrity", "severity": severity, "spread": spread}
    rating = rated(place, c=stated, harm=harm)  # type: ignore[arg-type]
    assert (rating.severity, rating.effective_severity, rating.multi_patient) == (severity, effective, flag)
    assert rating.level == level_of(rating.exploitability, effective)


def test_two_chains_with_the_same_ends_are_rated_apart() -> None:
    flows = "\n".join(
        [
            "  - {id: c.a.l, name: A, from: c, to: l}",
            "  - {id: c.b.cloud, name: B, from: c, to: cloud}",
            "  - {id: cloud.b.l, name: B, from: cloud, to: l}",
        ]
    )
    context = Context(system(TEXT.format(flows=flows, l="", c="", x="")))
    catalog = catalog_of("component", {"hosted": False}, {"lacks": "lock"})
    scorer, rule = Scorer(context, catalog), catalog.rules["DAT-01"]
    inside = Chain("c~l", "C → L", ("c", "l"), ("c.a.l",), 0, None)
    outside = Chain("c~l", "C → Cloud → L", ("c", "cloud", "l"), ("c.b.cloud", "cloud.b.l"), 0, None)
    assert [points(scorer.inherent(rule, chain))["exposure"] for chain in (inside, outside, inside)] == [2, 4, 2]


@QUICK
@given(systems(6))
def test_every_rating_explains_itself(read: object) -> None:
    for one in assess(read, shipped()).findings:  # type: ignore[arg-type]
        rating = one.inherent
        told = points(rating)
        assert set(told) == {"exposure", "privilege", "knowledge", "human act"}
        assert 0 <= told["exposure"] <= 4
        total = sum(told.values())
        assert f"sum {total} of 10 gives exploitability {rating.exploitability}" in rating.points
        assert rating.exploitability == exploitability_of(total)
        assert rating.effective_severity - rating.severity in ({1, 0} if rating.multi_patient else {0})
        assert rating.level == level_of(rating.exploitability, rating.effective_severity)
