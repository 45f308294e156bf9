"""The residual rating: each row of the scheme's table, the age of evidence, and that nothing is credited twice."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given

from tests.analysis.rules import catalog_of, control
from tests.properties.strategies import QUICK, shipped, systems
from threatmodel.analysis.finding import ControlAt, Finding, PlaceRef, Role
from threatmodel.assessment import assess
from threatmodel.model.holding import HeldControl
from threatmodel.model.system import System
from threatmodel.model.vocabulary import ControlState
from threatmodel.risk.residual import EVIDENCE_MAX_AGE_DAYS, residual
from threatmodel.risk.scale import LEVELS, level_of
from threatmodel.risk.score import Rating

INHERENT = Rating(5, 4, 5, True, "critical", ("why",))
NAMES = ("p1", "p2", "s1", "s2", "s3")
CATALOG = catalog_of(
    "component", {"hosted": False}, {"lacks": "p1"}, ("p1", "p2"), ("s1", "s2", "s3"), (control("s3", limits=["harm"]),)
)
TODAY = date(2026, 11, 23)


def finding(
    states: dict[str, str], at: dict[str, str] | None = None, on: str | None = None, state: str = "open"
) -> Finding:
    """A finding whose controls are in some states, at places of their own or the finding's."""
    found = []
    for name in NAMES:
        role: Role = "primary" if name[0] == "p" else "supporting"
        said: ControlState | None = states.get(name)  # type: ignore[assignment]
        place = (at or {}).get(name, "here")
        held = HeldControl(said, "so", place, evidence="scan", on=on) if said is not None else None
        found.append(ControlAt(name, role, held))
    ref = PlaceRef("component", "here", "Here", None)
    return Finding("DAT-01@here", "DAT-01", ref, state, True, (), tuple(found), None)  # type: ignore[arg-type]


def taken_off(states: dict[str, str], at: dict[str, str] | None = None, state: str = "open") -> int:
    rating = residual(finding(states, at, state=state), INHERENT, CATALOG, None)
    return INHERENT.exploitability - rating.exploitability


@pytest.mark.parametrize(
    ("states", "at", "points"),
    [
        # 3: a primary verified and an independent layer verified
        ({"p1": "verified", "s1": "verified"}, {"s1": "zone"}, 3),
        ({"p1": "verified", "p2": "verified"}, {"p2": "zone"}, 3),
        ({"p1": "verified", "s1": "verified"}, {}, 2),  # not independent: the same place
        ({"p1": "verified", "s1": "implemented"}, {"s1": "zone"}, 2),
        ({"p1": "implemented", "s1": "verified"}, {"s1": "zone"}, 1),
        # 2: a primary verified, or implemented with two supporting
        ({"p1": "verified"}, {}, 2),
        ({"p2": "verified"}, {}, 2),
        ({"p1": "implemented", "s1": "implemented", "s2": "implemented"}, {}, 2),
        ({"p1": "implemented", "s1": "verified", "s2": "implemented"}, {}, 2),
        ({"p1": "implemented", "s1": "implemented", "s2": "declared"}, {}, 1),
        ({"p1": "implemented", "s1": "implemented", "s2": "planned"}, {}, 1),
        # 1: a primary implemented, or declared with a supporting one
        ({"p1": "implemented"}, {}, 1),
        ({"p1": "declared", "s1": "implemented"}, {}, 1),
        ({"p1": "declared", "s1": "verified"}, {}, 1),
        ({"p1": "declared", "s1": "declared"}, {}, 0),
        ({"p1": "declared", "p2": "implemented"}, {}, 1),
        # 0: everything else
        ({}, {}, 0),
        ({"p1": "declared"}, {}, 0),
        ({"p1": "planned"}, {}, 0),
        ({"p1": "absent"}, {}, 0),
        ({"p1": "not-applicable"}, {}, 0),
        ({"s1": "verified", "s2": "verified"}, {"s2": "zone"}, 0),
        ({"p1": "planned", "s1": "verified", "s2": "verified"}, {}, 0),
    ],
)
def test_each_row_of_the_table(states: dict[str, str], at: dict[str, str], points: int) -> None:
    assert taken_off(states, at) == points
    told = residual(finding(states, at), INHERENT, CATALOG, None).points[0]
    assert told.startswith(f"−{points}: ")


def test_exploitability_never_falls_below_one() -> None:
    low = Rating(2, 4, 4, False, level_of(2, 4), ())
    strong = finding({"p1": "verified", "s1": "verified"}, {"s1": "zone"})
    assert residual(strong, low, CATALOG, None).exploitability == 1


@pytest.mark.parametrize(
    ("age", "points"),
    [(0, 2), (EVIDENCE_MAX_AGE_DAYS, 2), (EVIDENCE_MAX_AGE_DAYS + 1, 1), (5000, 1), (-1, 1)],
)
def test_old_evidence_counts_as_implemented_and_none_is_from_tomorrow(age: int, points: int) -> None:
    on = (TODAY - timedelta(days=age)).isoformat()
    rating = residual(finding({"p1": "verified"}, on=on), INHERENT, CATALOG, TODAY)
    assert INHERENT.exploitability - rating.exploitability == points


def test_without_a_day_evidence_does_not_grow_old() -> None:
    assert residual(finding({"p1": "verified"}, on="1999-01-01"), INHERENT, CATALOG, None).exploitability == 3
    assert residual(finding({"p1": "verified"}, on=None), INHERENT, CATALOG, TODAY).exploitability == 3


def test_only_a_verified_control_that_limits_harm_lowers_severity() -> None:
    for state, effective in (("verified", 4), ("implemented", 5), ("declared", 5), ("absent", 5)):
        rating = residual(finding({"s3": state}), INHERENT, CATALOG, TODAY)
        assert (rating.severity, rating.effective_severity) == (4, effective)
        assert rating.level == level_of(rating.exploitability, effective)
    assert residual(finding({"s1": "verified"}), INHERENT, CATALOG, None).effective_severity == 5
    expired = residual(finding({"s3": "verified"}, on="2020-01-01"), INHERENT, CATALOG, TODAY)
    assert expired.effective_severity == 5


def test_severity_never_falls_below_one() -> None:
    slight = Rating(5, 1, 1, False, level_of(5, 1), ())
    assert residual(finding({"s3": "verified"}), slight, CATALOG, None).effective_severity == 1


STATES = (None, "absent", "planned", "not-applicable", "declared", "implemented", "verified")


@pytest.mark.parametrize(("first", "second"), list(product(range(4, 7), repeat=2)))
def test_a_stronger_state_never_takes_off_less(first: int, second: int) -> None:
    for primary, supporting in product(STATES, STATES):
        if first <= second:
            weak = {
                name: state for name, state in (("p1", STATES[first]), ("p2", primary), ("s1", supporting)) if state
            }
            strong = weak | {"p1": str(STATES[second])}
            assert taken_off(weak) <= taken_off(strong), (weak, strong)


@QUICK
@given(systems(6))
def test_what_remains_is_never_worse_than_what_was_there(read: System) -> None:
    for one in assess(read, shipped(), TODAY).findings:
        assert one.residual.exploitability <= one.inherent.exploitability
        assert one.residual.effective_severity <= one.inherent.effective_severity
        assert LEVELS.index(one.residual.level) <= LEVELS.index(one.inherent.level)
        assert one.residual.severity == one.inherent.severity
        assert one.residual.level == level_of(one.residual.exploitability, one.residual.effective_severity)
        assert one.residual.points
