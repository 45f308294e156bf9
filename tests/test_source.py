"""Where a thing was written, as editors understand it and as any machine repeats it."""

import os

import pytest

from threatmodel.source import Source


def test_a_place_reads_as_file_and_line() -> None:
    assert str(Source("model.py", 34)) == "model.py:34"
    assert str(Source("model.py")) == "model.py"


def test_places_sort_by_file_then_line() -> None:
    assert sorted([Source("b", 1), Source("a", 10), Source("a", 9)]) == [
        Source("a", 9),
        Source("a", 10),
        Source("b", 1),
    ]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("/srv/model.py", "model.py"),
        ("/srv/parts/scanners.py", "parts/scanners.py"),
        ("/elsewhere/shared.py", "shared.py"),
        ("/workshop/shared.py", "shared.py"),
        ("/srv/..parts/odd.py", "..parts/odd.py"),
        ("relative/model.py", "relative/model.py"),
        ("<string>", "<string>"),
    ],
)
def test_a_place_is_told_from_the_folder_of_the_model(file: str, told: str) -> None:
    if os.sep != "/":
        pytest.skip("the paths of this table are POSIX paths")
    assert Source(file, 7).relative_to("/srv") == Source(told, 7)
