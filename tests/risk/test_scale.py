"""The scale: monotone in both axes, with the levels that the scheme has."""

from itertools import pairwise, product

import pytest

from threatmodel.risk.scale import EXPLOITABILITY_NAMES, LEVELS, SEVERITY_NAMES, exploitability_of, level_of

STEPS = range(1, 6)


def rank(exploitability: int, severity: int) -> int:
    return LEVELS.index(level_of(exploitability, severity))


@pytest.mark.parametrize("fixed", STEPS)
def test_more_of_either_never_makes_it_less(fixed: int) -> None:
    for lower, higher in pairwise(STEPS):
        assert rank(lower, fixed) <= rank(higher, fixed)
        assert rank(fixed, lower) <= rank(fixed, higher)


def test_the_matrix_is_the_scheme_s() -> None:
    rows = ["".join(level_of(exploitability, severity)[0] for severity in STEPS) for exploitability in STEPS]
    assert rows == ["lllmm", "llmmh", "lmmhh", "lmhhc", "mhhcc"]


def test_every_level_occurs() -> None:
    assert {level_of(*pair) for pair in product(STEPS, STEPS)} == set(LEVELS)
    assert (level_of(1, 1), level_of(5, 5)) == ("low", "critical")


def test_points_become_steps() -> None:
    assert [exploitability_of(points) for points in range(11)] == [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_every_step_has_a_name() -> None:
    for names in (EXPLOITABILITY_NAMES, SEVERITY_NAMES):
        assert len(names) == 6
        assert len(set(names)) == 6
