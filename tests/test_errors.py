"""What an error says: every problem, its place, its hint, and the nearest known word."""

import pytest

from threatmodel.errors import (
    CatalogError,
    ModelError,
    OutputError,
    Problem,
    ThreatModelError,
    UsageError,
    nearest,
    nearest_or_all,
)
from threatmodel.source import Source


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (Problem("no"), "no"),
        (Problem("no", Source("model.py", 3)), "model.py:3: no"),
        (Problem("no", Source("model.py"), "do that"), "model.py: no\n    do that"),
        (Problem("no", None, "do that"), "no\n    do that"),
    ],
)
def test_a_problem_reads_as_place_what_and_hint(problem: Problem, told: str) -> None:
    assert str(problem) == told


@pytest.mark.parametrize(
    ("kind", "code"), [(ThreatModelError, 3), (ModelError, 3), (CatalogError, 3), (UsageError, 2), (OutputError, 4)]
)
def test_each_error_knows_its_exit_code(kind: type[ThreatModelError], code: int) -> None:
    assert kind("what").exit_code == code
    assert isinstance(kind("what"), ThreatModelError)


def test_one_error_carries_every_problem_in_order_and_equal_ones_once() -> None:
    first, second = Problem("first", Source("a", 2), "hint"), Problem("second", Source("a", 1))
    error = ModelError.of([first, second, Problem("first", Source("a", 2), "hint")])
    assert type(error) is ModelError
    assert error.problems == (first, second)
    assert str(error) == "a:2: first\n    hint\na:1: second"


def test_one_problem_is_told_in_full() -> None:
    error = UsageError("what", Source("f", 1), "hint")
    assert error.problems == (Problem("what", Source("f", 1), "hint"),)
    assert str(error) == "f:1: what\n    hint"


@pytest.mark.parametrize(
    ("word", "found"),
    [("interent", "internet"), ("INTERNET", "internet"), ("partnr", "partner"), ("xyz", None), ("", None)],
)
def test_the_nearest_word_is_named_when_one_is_near(word: str, found: str | None) -> None:
    hint = nearest(word, ["internet", "partner", "internal", "isolated"])
    assert hint == (None if found is None else f"did you mean {found!r}?")


def test_the_hint_does_not_hang_on_the_order_of_the_known_words() -> None:
    known = ["tls-a", "tls-b", "tls-c"]
    assert len({nearest("tls-", order) for order in (known, known[::-1], set(known))}) == 1


def test_all_words_are_listed_when_none_is_near_and_at_most_forty() -> None:
    assert nearest_or_all("zzz", ["b", "a"]) == "known: a, b"
    many = nearest_or_all("zzz", [f"w{number:02}" for number in range(45)])
    assert "w39" in many
    assert "w40" not in many
    assert many.endswith("and 5 more")
