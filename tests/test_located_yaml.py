"""Strict YAML: what is refused, where, and what plain scalars mean."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threatmodel.errors import CatalogError, ModelError
from threatmodel.located_yaml import DEEPEST, LARGEST_BYTES, read_file, read_text, write_text
from threatmodel.source import Source


def data(text: str) -> object:
    return read_text(text, "f.yaml", ModelError).data


def refused(text: str) -> list[tuple[str, int]]:
    """What is told of a text that must be refused: each problem with its line."""
    with pytest.raises(ModelError) as told:
        read_text(text, "f.yaml", ModelError)
    found = []
    for problem in told.value.problems:
        assert isinstance(problem.where, Source)
        assert problem.where.file == "f.yaml"
        found.append((problem.what, problem.where.line))
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("n", "n"),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("none", "none"),
        ("None", "None"),
        ("10", 10),
        ("+10", 10),
        ("-10", -10),
        ("010", 10),  # YAML 1.1 would make 8 of it
        ("0o10", 8),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),  # YAML 1.1 would make a sexagesimal number of it
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.", 1.0),
        (".", "."),
        ("1.2.3", "1.2.3"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"),
        ("=", "="),
        ("<<", "<<"),
        ("'10'", "10"),
        ('"true"', "true"),
        ("٣", "٣"),  # a digit, but no number of YAML
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    read = data(f"key: {text}")
    assert read == {"key": value}
    assert type(read["key"]) is type(value)  # True is not 1


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert data("<<: {a: 1}") == {"<<": {"a": 1}}


def test_keys_stay_texts() -> None:
    assert data("NO: 1\n1: 2\ntrue: 3\n~: 4\n2026-01-01: 5") == {"NO": 1, "1": 2, "true": 3, "~": 4, "2026-01-01": 5}


def test_very_long_numbers_do_not_become_numbers_that_python_refuses_to_print() -> None:
    assert data("key: " + "9" * 300) == {"key": int("9" * 300)}
    assert data("key: " + "9" * 5000) == {"key": "9" * 5000}
    assert data("key: 1e99999") == {"key": "1e99999"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3", [("the key 'a' stands here twice", 3)]),
        ("a: {x: 1,\n  x: 2}", [("the key 'x' stands here twice", 2)]),
        ("- a: 1\n  a: 1\n- a: 1", [("the key 'a' stands here twice", 2)]),
        ("'1': a\n1: b", [("the key '1' stands here twice", 2)]),
        ("a: 1\nb: &x 2", [("anchors (&) are not accepted", 2)]),
        ("a: &x 1\nb: *x", [("anchors (&) are not accepted", 1), ("aliases (*) are not accepted", 2)]),
        ("a: !!str 1", [("tags (tag:yaml.org,2002:str) are not accepted", 1)]),
        (
            "a:\n  !!python/object/apply:os.system [ls]",
            [("tags (tag:yaml.org,2002:python/object/apply:os.system) are not accepted", 2)],
        ),
        ("a: !mine {}", [("tags (!mine) are not accepted", 1)]),
        ("? [a]\n: 1", [("a key must be a plain word, not a list or mapping", 1)]),
        ("a: 1\n---\nb: 2", [("the file holds more than one document", 2)]),
    ],
)
def test_what_models_and_catalogs_do_not_need_is_refused_at_its_line(text: str, told: list[tuple[str, int]]) -> None:
    assert refused(text) == told


@pytest.mark.parametrize(
    "text", ["a: [1,\nb: 2", "a:\n\t- 1", "a: 'x\n", '{"a": 1,,}', "a: b: c", "%YAML 9.9\n---\na: 1", "a: @x"]
)
def test_what_is_no_yaml_is_refused_in_words(text: str) -> None:
    ((what, line),) = refused(text)
    assert what.startswith("the text cannot be parsed: ")
    assert line in {1, 2, 3}


def test_a_duplicate_names_the_line_of_the_first() -> None:
    with pytest.raises(ModelError) as told:
        read_text("\na: 1\n\na: 3", "f.yaml", ModelError)
    assert told.value.problems[0].hint == "the first is in line 2"


def test_all_problems_are_told_at_once() -> None:
    assert [line for _, line in refused("a: 1\na: 2\nb: &x 1\nc: !t 2\nd: 1\nd: 2")] == [2, 3, 4, 6]


def test_billions_of_laughs_are_refused_before_they_are_written_out() -> None:
    lines = ["a0: &a0 [lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert len(refused("\n".join(lines))) >= 10


def test_a_file_with_thousands_of_mistakes_tells_the_first_hundred() -> None:
    assert len(refused("a: 1\n" * 5000)) <= 101


def test_deep_nesting_is_refused_at_its_line() -> None:
    assert refused("\n".join(" " * n + "- " for n in range(DEEPEST + 5)) + "x")[-1] == (
        f"nested deeper than {DEEPEST} levels",
        DEEPEST + 1,
    )
    assert refused("[" * 100_000)[-1][0] == f"nested deeper than {DEEPEST} levels"
    nested = "[" * DEEPEST + "]" * DEEPEST
    assert json.dumps(data(nested)) == nested


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_text_is_nothing(text: str) -> None:
    assert data(text) is None


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b"])
def test_control_letters_are_refused_at_their_line(letter: str) -> None:
    ((what, line),) = refused(f"ä: ééééé\nb: 1\nc: x{letter}y\nd: 4")
    assert what.startswith("the text cannot be parsed: ")
    assert line == 3


def test_the_line_of_every_value_is_known() -> None:
    document = read_text("# a\nzones:\n  - id: a\n    name: A\n  - {id: b,\n     name: B}\n", "f.yaml", ModelError)
    assert document.where(()) == Source("f.yaml", 2)
    assert document.where(("zones", 0, "name")) == Source("f.yaml", 4)
    assert document.where(("zones", 1)) == Source("f.yaml", 5)
    assert document.where(("zones", 1, "name")) == Source("f.yaml", 6)
    assert document.where(("zones", 1, "missing", "deeper")) == Source("f.yaml", 5)
    assert document.where(("nothing",)) == Source("f.yaml", 2)


def test_json_is_read_with_its_lines() -> None:
    value = {"a": [1, 2.5, True, None, 'x/y "z" é 😀 \u2028'], "b": {"c": "NO"}}
    for text in (json.dumps(value), json.dumps(value, indent=4), json.dumps(value, indent="\t", ensure_ascii=False)):
        assert data(text) == value
    document = read_text('{\n\t"a": 1,\n\t"b": [\n\t\t2\n\t]\n}', "f.json", ModelError)
    assert document.where(("b", 0)) == Source("f.json", 4)


def test_json_escapes_beyond_the_basic_plane_are_letters() -> None:
    assert data('{"name": "\\ud83d\\ude00 \\\\ud83d\\\\ude00 \\/"}') == {"name": "😀 \\ud83d\\ude00 /"}
    assert data("name: \\ud83d\\ude00") == {"name": "\\ud83d\\ude00"}


# -- files -------------------------------------------------------------------------------------------------------


def file_refused(path: Path) -> tuple[str, object]:
    with pytest.raises(CatalogError) as told:
        read_file(path, CatalogError)
    (problem,) = told.value.problems
    return problem.what, problem.where


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes("a: é".encode("utf-8-sig"))
    assert read_file(file, CatalogError).data == {"a": "é"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_encodings_are_refused(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes("a: é\n".encode(encoding))
    what, _ = file_refused(file)
    assert what == "the file is not UTF-8 text" or what.startswith("the text cannot be parsed: ")


def test_latin_1_is_refused_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(b"a: 1\nb: 2\nname: H\xf4pital\n")
    assert file_refused(file) == ("the file is not UTF-8 text", Source(str(file), 3))


def test_windows_lines_are_lines(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(b"a: 1\r\nb:\r\n  - 2\r\n")
    document = read_file(file, CatalogError, "told.yaml")
    assert document.data == {"a": 1, "b": [2]}
    assert document.where(("b", 0)) == Source("told.yaml", 3)


def test_a_file_too_large_to_be_a_model_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    with file.open("wb") as handle:
        handle.truncate(25_000_000)
    what, where = file_refused(file)
    assert what == f"the file has 25,000,000 bytes; more than {LARGEST_BYTES:,} are not read"
    assert where == Source(str(file))


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert file_refused(tmp_path / "none.yaml") == ("there is no such file", Source(str(tmp_path / "none.yaml")))
    assert file_refused(tmp_path)[0].startswith("the file cannot be read: ")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text("a: 1", encoding="utf-8")
    file.chmod(0)
    assert file_refused(file)[0].startswith("the file cannot be read: ")


# -- writing -----------------------------------------------------------------------------------------------------

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**40), 10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
    | st.sampled_from(
        [
            "no",
            "NO",
            "0o7",
            "1e3",
            "2026-01-01",
            "~",
            "null",
            "- a",
            "a: b",
            "#",
            "'",
            '"',
            "\t",
            "x\n",
            "<<",
            "=",
            "&a",
            "*a",
            "!t",
            "%a",
        ]
    )
)
PLAIN = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=200), inner, max_size=4)),
    max_leaves=12,
)


@settings(deadline=None, max_examples=300, derandomize=True)
@given(PLAIN)
def test_what_is_written_reads_back_unchanged(value: object) -> None:
    text = write_text(value)
    read = data(text)
    assert read == value
    assert json.dumps(read) == json.dumps(value)  # True is not 1, and the keys keep their order
    assert write_text(read) == text


def test_a_value_that_stands_twice_is_written_twice() -> None:
    shared = ["a", "b"]
    assert write_text({"x": shared, "y": shared}) == "x:\n  - a\n  - b\ny:\n  - a\n  - b\n"


def test_letters_are_written_as_letters() -> None:
    assert write_text({"name": "Hôpital Saint-Éloi 医院"}) == "name: Hôpital Saint-Éloi 医院\n"
