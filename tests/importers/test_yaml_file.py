# ruff: noqa: E501 - one row of a table a line
"""The YAML and JSON forms: they hold a system without loss, and tell the line of every mistake."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from tests.model.written import hints, system, told
from tests.properties.strategies import QUICK, Plain, frozen, plain_systems, systems
from threatmodel.errors import ModelError
from threatmodel.importers.formats import READERS, read_model
from threatmodel.importers.yaml_file import from_document
from threatmodel.located_yaml import read_text, write_text
from threatmodel.model.system import System, problems
from threatmodel.resources import data_folder
from threatmodel.source import Source

# -- without loss ------------------------------------------------------------------------------------------------


def without_places(read: System) -> System:
    """The same system, told from nowhere."""
    return frozen(read.plain())


@QUICK
@given(systems())
def test_a_system_is_the_same_after_yaml_and_after_json(read: System) -> None:
    for text in (
        write_text(read.plain()),
        json.dumps(read.plain()),
        json.dumps(read.plain(), ensure_ascii=False, indent=1),
    ):
        again = from_document(read_text(text, "f", ModelError), "f", None)
        assert again.plain() == read.plain()
        assert again.digest == read.digest
        assert without_places(again) == read
        assert write_text(again.plain()) == write_text(read.plain())


@QUICK
@given(plain_systems())
def test_nothing_that_is_stated_is_dropped(plain: Plain) -> None:
    assert problems(frozen(plain)) == []
    kept = frozen(plain).plain()

    def held(said: object, read: object, path: str) -> None:
        if isinstance(said, dict) and isinstance(read, dict):
            for name, value in said.items():
                if name in read:
                    held(value, read[name], f"{path}.{name}")
                else:  # only what says the same as saying nothing
                    assert (value, name) in [
                        ([], "controls"),
                        ([], "jurisdictions"),
                        ([], "assumptions"),
                        ([], "kinds"),
                        ([], "data"),
                        ([], "flows"),
                        ("source", "opened_by"),
                        (False, "both_ways"),
                    ], path
        else:
            assert said == read or isinstance(said, list), path
            for one, other in zip(said, read, strict=True) if isinstance(said, list) and isinstance(read, list) else ():
                held(one, other, path)

    held(plain, kept, "")


@pytest.mark.parametrize("ending", [".yaml", ".yml", ".json"])
def test_a_python_model_is_the_same_in_every_form(tmp_path: Path, ending: str) -> None:
    read = read_model(data_folder("samples") / "chest-xray-triage")
    file = tmp_path / f"model{ending}"
    file.write_text(json.dumps(read.plain()) if ending == ".json" else write_text(read.plain()), encoding="utf-8")
    again = read_model(file)
    assert again.plain() == read.plain()
    assert {part.source.file for part in again.components if part.source} == {file.name}


def test_a_folder_stands_for_the_model_in_it(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(GOOD, encoding="utf-8")
    assert read_model(tmp_path).title == "T"
    assert set(READERS) == {".py", ".yaml", ".yml", ".json"}


def test_every_part_is_told_from_its_line() -> None:
    read = system(GOOD)
    assert read.source == Source("t.yaml", 1)
    assert read.zones[0].source == Source("t.yaml", 5)
    assert read.zones[0].controls[0].source == Source("t.yaml", 7)
    assert read.components[0].source == Source("t.yaml", 9)
    assert read.components[1].source == Source("t.yaml", 10)
    assert read.flows[0].source == Source("t.yaml", 12)


GOOD = """\
schema: threatmodel-system/1
id: t
title: T
zones:
  - id: z
    name: Zone
    controls: [{id: mfa, state: absent}]
components:
  - {id: a, name: A, kind: modality, zone: z, modalities: [CT], os_supported: false}
  - {id: b, name: B, kind: pacs, zone: z}
flows:
  - {id: a.x.b, name: X, from: a, to: b, over: dimse, port: 104, carries: [phi-pixel]}
"""

# -- mistakes ----------------------------------------------------------------------------------------------------

MISTAKES = [
    ("schema: threatmodel-system/1", "schema: threatmodel-system/2", 1, "schema is 'threatmodel-system/2'; it may be 'threatmodel-system/1'", ""),
    ("id: t\n", "", 1, "id is missing", ""),
    ("title: T", "title: ''", 3, "title: string should have at least 1 character", ""),
    ("title: T", "title: 5", 3, "title must be a text, not 5", ""),
    ("title: T", "titel: T\ntitle: T", 3, "'titel' is not known here (top level)", "did you mean 'title'?"),
    ("components:", "component:", 8, "'component' is not known here (top level)", "did you mean 'components'?"),
    ("  - id: z\n", "  - id: Z 1\n", 5, "zones[0].id is 'Z 1', which is not of the form", ""),
    ("name: Zone", "nam: Zone\n    name: Zone", 6, "'nam' is not known here (zones[0])", "did you mean 'name'?"),
    ("name: Zone", "name: Zone\n    exposure: interal", 7, "zones[0].exposure is 'interal'; it may be", "did you mean 'internal'?"),
    ("name: Zone", "name: Zone\n    source: here", 7, "'source' is not known here", "leave it out"),
    ("state: absent", "state: missing", 7, "zones[0].controls[0].state is 'missing'; it may be", ""),
    ("state: absent", "stat: absent", 7, "'stat' is not known here (zones[0].controls[0])", "did you mean 'state'?"),
    ("state: absent", "state: absent, on: 2026-02-30", 7, "zones[0].controls[0].on", ""),
    ("modalities: [CT]", "modalities: CT", 9, "components[0].modalities must be a list, not 'CT'", ""),
    ("modalities: [CT]", "modalities: [CTT]", 9, "components[0].modalities[0] is 'CTT'", "did you mean 'CT'?"),
    ("os_supported: false", "os_supported: no", 9, "components[0].os_supported must be true or false, not 'no'", ""),
    ("os_supported: false", "os_supported: 0", 9, "components[0].os_supported must be true or false, not 0", ""),
    ("os_supported: false", "os_suported: false", 9, "'os_suported' is not known here (components[0])", "did you mean 'os_supported'?"),
    ("{id: b, name: B, kind: pacs, zone: z}", "{id: b, name: B, zone: z}", 10, "components[1].kind is missing", ""),
    ("{id: b, name: B, kind: pacs, zone: z}", "b", 10, "components[1] must be a mapping, not 'b'", ""),
    ("from: a,", "source: a,", 12, "'source' is not known here", "a flow goes from: and to:"),
    ("port: 104", "port: '104'", 12, "flows[0].port must be a whole number, not '104'", ""),
    ("port: 104", "port: 104.5", 12, "flows[0].port must be a whole number, not 104.5", ""),
    ("port: 104", "port: true", 12, "flows[0].port must be a whole number, not True", ""),
    ("port: 104", f"port: {'9' * 300}", 12, "the flow 'X' has the port 999", ""),
    ("carries: [phi-pixel]", "carries: phi-pixel", 12, "flows[0].carries must be a list, not 'phi-pixel'", ""),
    ("carries: [phi-pixel]", "carries: [PHI_PIXEL]", 12, "flows[0].carries[0] is 'PHI_PIXEL', which is not of the form", ""),
    ("carries: [phi-pixel]", "carry: [phi-pixel]", 12, "'carry' is not known here (flows[0])", "did you mean 'carries'?"),
    ("id: a.x.b", "id: x", 12, "flows[0].id is 'x', which is not of the form", ""),
    ("kind: modality", "kind: modalty", 9, "no kind is called 'modalty'", "did you mean 'modality'?"),
]  # fmt: skip


def test_the_file_that_the_mistakes_are_made_in_is_sound() -> None:
    assert problems(system(GOOD)) == []


@pytest.mark.parametrize(
    ("good", "wrong", "line", "what", "hint"), MISTAKES, ids=[f"{row[2]}:{row[1][:40]}" for row in MISTAKES]
)
def test_a_mistake_is_told_at_its_line(good: str, wrong: str, line: int, what: str, hint: str) -> None:
    assert GOOD.count(good) == 1
    text = GOOD.replace(good, wrong)
    found = told(text)
    assert any(at == line and what in said for at, said in found), found
    assert any(hint in given for given in hints(text))


def test_a_key_that_is_not_known_is_told_once() -> None:
    assert len(told(GOOD.replace("name: Zone", "name: Zone\n    source: here"))) == 1
    assert len(told(GOOD.replace("name: Zone", "name: Zone\n    source: {file: x, line: 3}"))) == 1


def test_all_mistakes_are_told_in_the_order_of_their_lines() -> None:
    text = GOOD
    rows = [row for row in MISTAKES if row[2] in {3, 7, 9, 12} and "\n" not in row[1] and not row[1].startswith("kind")]
    for good, wrong, *_ in rows:
        text = text.replace(good, wrong) if good in text else text
    lines = [line for line, _ in told(text)]
    assert lines == sorted(lines)
    assert {3, 7, 9, 12} <= set(lines)


@pytest.mark.parametrize("text", ["", "[]", "- a", "text", "5", "null", "true"])
def test_a_file_that_holds_no_mapping_is_no_model(tmp_path: Path, text: str) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as error:
        read_model(file)
    (problem,) = error.value.problems
    assert problem.what == "the file is no model: it holds no mapping"
    assert problem.hint
    assert problem.where == Source(str(file), 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{\n "schema": "threatmodel-system/1",\n "id": "t"\n "title": "T"\n}', 4),
        ('{\n "schema": "threatmodel-system/1",\n "id": "t",\n "title": "T"\n', 5),
        ('{\n "id": "t",\n "id": "u"\n}', 3),
        ('{\n "id": "t\n}', 4),
        ('{\n "id": \'t\' "x"\n}', 2),
    ],
)
def test_a_mistake_in_the_syntax_of_json_is_told_at_its_line(tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "model.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as error:
        read_model(file)
    where = error.value.problems[0].where
    assert isinstance(where, Source)
    assert abs(where.line - line) <= 1  # a parser sees a missing comma on the next line


@pytest.mark.parametrize(
    "text",
    [
        'id: "\\ud800"',
        '{"id": "\\ud800"}',
        "id: 1e999",
        "id: .inf",
        "zones: {a: b}",
        "zones: null",
        "'': 1",
        "[a]: 1",
        "? {a: 1}\n: 2",
    ],
)
def test_odd_files_are_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as error:
        read_model(file)
    for problem in error.value.problems:
        assert isinstance(problem.where, Source)
        assert problem.what[0].isalnum() or problem.what[0] == "'"


def test_controls_are_checked_where_a_catalog_is_given() -> None:
    document = read_text(GOOD, "t.yaml", ModelError)
    assert problems(from_document(document, "t.yaml", {"mfa"})) == []
    with pytest.raises(ModelError) as error:
        from_document(document, "t.yaml", {"mfaa"})
    assert str(error.value) == "t.yaml:7: no catalog knows the control 'mfa'\n    did you mean 'mfaa'?"
