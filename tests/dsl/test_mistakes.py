# ruff: noqa: E501 - one row of a table a line
"""Every mistake that an author can make: told at its line, in the author's words, with what to do; never a traceback."""

import sys
import textwrap
import threading
from pathlib import Path

import pytest

from tests.dsl.authored import CONTROLS, line_of, read, refused, told, write
from threatmodel.dsl.scope import OPEN
from threatmodel.errors import ModelError, UsageError
from threatmodel.importers.formats import read_model
from threatmodel.source import Source

BODY = """\
with Model("M", jurisdictions=["FR"]) as model:
    stroke = DataAsset("Stroke CT", is_a=PHI_PIXEL, patients="many")
    with Zone("Hospital", exposure="internal"):
        dx = Modality("DX", os_supported=False)
        pacs = Pacs("PACS", stores=[stroke])
        doctor = Radiologist("Doctor")
        dose = Process("Dose", kind="dose-monitor", is_a="postproc", runs_on=pacs)
    store = dx.sends("Store", to=pacs, over=DICOM, carries=[stroke, DICOM_HEADER], port=104)
    look = doctor.pulls("Look", from_=pacs, controls=[implemented("mfa")])
    model.scenario("Night", steps=[store, look])
    model.assume("Hostile", review_by="2027-06-30")
"""
"""A model without a mistake; with the imports before it, its first line is line 5."""

MISTAKES = [
    # names of arguments
    ('"DX", os_supported=False', '"DX", os_suported=False', 8, "Modality 'DX' has nothing called 'os_suported'", "did you mean 'os_supported'?"),
    ('"PACS", stores=', '"PACS", store=', 9, "Pacs 'PACS' has nothing called 'store'", "did you mean 'stores'?"),
    ('Radiologist("Doctor")', 'Radiologist("Doctor", stores=[stroke])', 10, "Radiologist 'Doctor' has nothing called 'stores'", ""),
    ('Radiologist("Doctor")', 'Radiologist("Doctor", os_supported=True)', 10, "Radiologist 'Doctor' has nothing called 'os_supported'", "known: "),
    ('Pacs("PACS"', 'Pacs("PACS", model_source="own"', 9, "Pacs 'PACS' has nothing called 'model_source'", "known: "),
    ('Pacs("PACS"', 'Pacs("PACS", trained_on=[LABELS]', 9, "Pacs 'PACS' has nothing called 'trained_on'", "known: "),
    ("port=104", "prot=104", 12, "the flow 'Store' has nothing called 'prot'", "did you mean 'port'?"),
    ("carries=[stroke", "carry=[stroke", 12, "the flow 'Store' has nothing called 'carry'", "did you mean 'carries'?"),
    ("from_=pacs, ", "from_=pacs, to=pacs, ", 13, "the flow 'Look' has nothing called 'to'", "known: "),
    ('"Hospital", exposure', '"Hospital", exposur', 7, "the zone 'Hospital' has nothing called 'exposur'", "did you mean 'exposure'?"),
    ('"Hospital", exposure', '"Hospital", control=[], exposure', 7, "the zone 'Hospital' has nothing called 'control'", "did you mean 'controls'?"),
    ('patients="many"', 'patient="many"', 6, "DataAsset: got an unexpected keyword argument 'patient'", "did you mean 'patients'?"),
    ('Model("M"', 'Model("M", onwer="me"', 5, "Model: got an unexpected keyword argument 'onwer'", "did you mean 'owner'?"),
    ("review_by", "reviewed_by", 15, "assume: got an unexpected keyword argument 'reviewed_by'", "did you mean 'review_by'?"),
    ('"Night", steps', '"Night", step', 14, "scenario: missing a required argument: 'steps'", "did you mean 'steps'?"),
    ('implemented("mfa")', 'implemented("mfa", evidance="x")', 13, "implemented: got an unexpected keyword argument 'evidance'", "did you mean 'evidence'?"),
    # arguments left out or too many
    ('Modality("DX", os_supported=False)', "Modality(os_supported=False)", 8, "Modality: missing a required argument: 'name'", "Modality takes name, id=…"),
    ("to=pacs, over", "over", 12, "sends: missing a required argument: 'to'", "sends takes label, to, over=…"),
    ("from_=pacs, ", "", 13, "pulls: missing a required argument: 'from_'", "pulls takes label, from_"),
    ('"Store", to', "to", 12, "sends: missing a required argument: 'label'", "sends takes label"),
    ('Pacs("PACS", ', 'Pacs("PACS", "pacs", ', 9, "Pacs: too many positional arguments", "Pacs takes name"),
    ('implemented("mfa")', 'verified("mfa")', 13, "verified: missing a required argument: 'evidence'", "verified takes control, evidence"),
    ('implemented("mfa")', 'not_applicable("mfa")', 13, "not_applicable: missing a required argument: 'because'", "not_applicable takes"),
    # words that are not known
    ('implemented("mfa")', 'implemented("mfaa")', 13, "no catalog knows the control 'mfaa'", "did you mean 'mfa'?"),
    ('implemented("mfa")', 'implemented("MFA")', 13, "no control is called 'MFA'", "did you mean 'mfa'?"),
    ('implemented("mfa")', "implemented(5)", 13, "no control is called 5", "write its id"),
    ('is_a="postproc"', 'is_a="postprc"', 11, "no kind is called 'postprc'", "did you mean 'postproc'?"),
    ('is_a="postproc"', "is_a=Pacs", 11, "no kind is called <class 'threatmodel.dsl.imaging_words.Pacs'>", "write its id: 'pacs'"),
    ('kind="dose-monitor", is_a="postproc"', 'kind="dicom-routr"', 11, "no kind is called 'dicom-routr'", "did you mean 'dicom-router'?"),
    ('kind="dose-monitor", is_a="postproc"', 'kind="dose-monitor"', 11, "no kind is called 'dose-monitor'", "say which known kind it is a special case of"),
    ('kind="dose-monitor"', 'kind="Dose monitor"', 11, "id is 'Dose monitor', which is not of the form", ""),
    ('kind="dose-monitor"', "kind=5", 11, "id must be a text, not 5", ""),
    ('exposure="internal"', 'exposure="interal"', 7, "'Hospital': exposure is 'interal'; it may be", "did you mean 'internal'?"),
    ('exposure="internal"', 'exposure="intranet"', 7, "'Hospital': exposure is 'intranet'; it may be", "did you mean 'internet'?"),
    ('exposure="internal"', 'exposure="dmz"', 7, "'Hospital': exposure is 'dmz'; it may be 'internet', 'partner', 'internal' or 'isolated'", ""),
    ('exposure="internal"', 'region="France"', 7, "the region 'France' of 'Hospital' is no country code", "such as FR"),
    ('patients="many"', 'patients="lots"', 6, "'Stroke CT': patients is 'lots'", ""),
    ('os_supported=False', 'modalities=["CTT"]', 8, "'DX': modalities[0] is 'CTT'", "did you mean 'CT'?"),
    # wrong types
    ("to=pacs, over", 'to="pacs", over', 12, "the flow 'Store': to must be a component, not 'pacs'", "pass the component itself, not its name"),
    ("from_=pacs", "from_=None", 13, "the flow 'Look': from_ must be a component, not None", "pass the component itself"),
    ("to=pacs, over", "to=stroke, over", 12, "the flow 'Store': to must be a component, not <", "pass the component itself"),
    ("over=DICOM", 'over="dicom"', 12, "'Store': over must be a protocol, not 'dicom'", "use a name of threatmodel.protocols"),
    ("over=DICOM", "over=PHI_PIXEL", 12, "'Store': over must be a protocol, not DataClass", "use a name of threatmodel.protocols"),
    ("carries=[stroke, DICOM_HEADER]", "carries=PHI_PIXEL", 12, "'Store': carries takes a list", "write carries=[…]"),
    ("carries=[stroke, DICOM_HEADER]", 'carries=["phi-pixel"]', 12, "'Store': carries names 'phi-pixel', which is no data", "such as PHI_PIXEL"),
    ("carries=[stroke, DICOM_HEADER]", 'carries="phi-pixel"', 12, "'Store': carries names 'phi-pixel', which is no data", "such as PHI_PIXEL"),
    ("carries=[stroke, DICOM_HEADER]", "carries=[DICOM]", 12, "'Store': carries names Protocol", "such as PHI_PIXEL"),
    ("stores=[stroke]", "stores=stroke", 9, "'PACS': stores takes a list", "write stores=[…]"),
    ("is_a=PHI_PIXEL", 'is_a="phi-pixel"', 6, "'Stroke CT': is_a must be a class of data, not 'phi-pixel'", "such as PHI_PIXEL"),
    ('[implemented("mfa")]', 'implemented("mfa")', 13, "the flow 'Look': controls takes a list", "write controls=[…]"),
    ('[implemented("mfa")]', '["mfa"]', 13, "controls names 'mfa', which says nothing of its state", "write implemented"),
    ('[implemented("mfa")]', '"mfa"', 13, "the flow 'Look': controls takes a list, not 'mfa'", "write controls=[…]"),
    ('[implemented("mfa")]', "None", 13, "the flow 'Look': controls takes a list, not None", "write controls=[…]"),
    ('exposure="internal"', "controls=5", 7, "the zone 'Hospital': controls takes a list, not 5", "write controls=[…]"),
    ('os_supported=False', 'controls="mfa"', 8, "Modality 'DX': controls takes a list, not 'mfa'", "write controls=[…]"),
    ('jurisdictions=["FR"]', 'jurisdictions="FR"', 5, "the model 'M': jurisdictions takes a list, not 'FR'", "write jurisdictions=[…]"),
    ('jurisdictions=["FR"]', 'jurisdictions=["France"]', 5, "the jurisdiction 'France' is no country code", "or EU"),
    ('jurisdictions=["FR"]', "controls=None", 5, "the model 'M': controls takes a list, not None", "write controls=[…]"),
    ("steps=[store, look]", "steps=store", 14, "the scenario 'Night': steps takes a list", "write steps=[…]"),
    ("steps=[store, look]", 'steps=["store"]', 14, "the scenario 'Night' has a step that is not a flow of this model: 'store'", "keep what sends()"),
    ("steps=[store, look]", "steps=[pacs]", 14, "the scenario 'Night' has a step that is not a flow of this model", "keep what sends()"),
    ("steps=[store, look]", "steps=[]", 14, "'Night': steps", ""),
    ("port=104", 'port="104"', 12, "'Store': port must be a whole number, not '104'", ""),
    ("port=104", "port=True", 12, "'Store': port must be a whole number, not True", ""),
    ("port=104", "port=104.5", 12, "'Store': port must be a whole number, not 104.5", ""),
    ("port=104", "port=99999", 12, "the flow 'Store' has the port 99999", "65535"),
    ("port=104", 'both_ways="yes"', 12, "'Store': both_ways must be true or false, not 'yes'", ""),
    ("os_supported=False", 'os_supported="no"', 8, "'DX': os_supported must be true or false, not 'no'", ""),
    ("os_supported=False", "os_supported=0", 8, "'DX': os_supported must be true or false, not 0", ""),
    ("os_supported=False", 'modalities="CT"', 8, "'DX': modalities must be a list, not 'CT'", ""),
    ("runs_on=pacs", 'runs_on="pacs"', 11, "'Dose': runs_on must be a component of this model, not 'pacs'", "pass the component itself"),
    ('review_by="2027-06-30"', 'review_by="soon"', 15, "'Hostile': review_by is 'soon'", ""),
    ('review_by="2027-06-30"', 'review_by="2027-02-30"', 15, "'Hostile': review_by", ""),
    # names and ids
    ('Modality("DX"', 'Modality("PACS"', 9, "the id 'pacs' of component or zone 'PACS' is taken by 'PACS' (model.py:8)", "id of its own"),
    ('Modality("DX"', 'Modality("Hospital"', 8, "the id 'hospital' of component or zone 'Hospital' is taken by 'Hospital' (model.py:7)", "id of its own"),
    ('Model("M"', 'Model("PACS"', 9, "the id 'pacs' of component or zone 'PACS' is taken by the model itself", "id of its own"),
    ('"DX", os', '"DX", id="DX 1", os', 8, "'DX 1' cannot be an id", "write id='dx-1'"),
    ('"DX", os', '"DX", id="", os', 8, "'' cannot be an id", "lower-case letters"),
    ('"DX", os', '"DX", id=7, os', 8, "7 cannot be an id", "write id='7'"),
    ('"DX", os', '"放射線", os', 8, "the name '放射線' gives no id", "give one: id='…'"),
    ('"DX", os', "5, os", 8, "the name 5 gives no id", "give one: id='…'"),
    ('"DX", os', '"", os', 8, "the name '' gives no id", "give one: id='…'"),
    ('Model("M"', "Model(None", 5, "the name None gives no id", ""),
    ('"Store", to', '"→", to', 12, "the label '→' gives a flow no id", ""),
    ('"Store", to', "7, to", 12, "the label 7 gives a flow no id", ""),
    ('"Stroke CT"', '"Labels"', 6, "the data asset 'Labels' has the id of a class of data", ""),
    # contradictions
    ("port=104", 'encryption="none", controls=[verified("tls-bcp195", evidence="scan")]', 12, "'Store' contradicts itself: encryption is stated as none", "keep the one that is true"),
    ("over=DICOM,", 'over=DICOM_TLS, encryption="none",', 12, "'Store' contradicts itself", "keep the one that is true"),
    ('implemented("mfa")', 'implemented("mfa"), absent("mfa")', 13, "'Look' states the control 'mfa' twice", ""),
    ('implemented("mfa")', 'verified("mfa", evidence="")', 13, "'mfa' of 'Look' is stated as verified without evidence", ""),
    ('implemented("mfa")', 'verified("mfa", evidence="x", on="yesterday")', 13, "on is 'yesterday'", ""),
]  # fmt: skip


def test_the_model_that_the_mistakes_are_made_in_is_sound(tmp_path: Path) -> None:
    system = read(tmp_path, BODY)
    assert [flow.id for flow in system.flows] == ["dx.store.pacs", "pacs.look.doctor"]
    assert system.lineages["dose-monitor"] == ("dose-monitor", "postproc")


@pytest.mark.parametrize(
    ("good", "wrong", "line", "what", "hint"), MISTAKES, ids=[f"{row[2]}:{row[1][:50]}" for row in MISTAKES]
)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, good: str, wrong: str, line: int, what: str, hint: str) -> None:
    assert BODY.count(good) == 1, good
    found = told(tmp_path, BODY.replace(good, wrong))
    matching = [row for row in found if row[0] == line and what in row[1]]
    assert matching, found
    assert hint in matching[0][2], found
    assert {row[0] for row in found} == {line}, "a follow-up is told as if it were a mistake of its own"


def test_many_mistakes_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = BODY
    pairs = {
        8: ("os_supported=False", "os_suported=False"),
        9: ('Pacs("PACS"', 'Pacs("DX"'),
        10: ('Radiologist("Doctor")', 'Radiologist("Doctor", region="Fr")'),
        11: ('is_a="postproc"', 'is_a="postprc"'),
        12: ("over=DICOM", 'over="dicom"'),
        13: ('implemented("mfa")', 'implemented("mfaa")'),
        15: ('review_by="2027-06-30"', 'review_by="soon"'),
    }
    for good, wrong in pairs.values():
        text = text.replace(good, wrong)
    assert [line for line, _, _ in told(tmp_path, text)] == list(pairs)


def test_what_stops_the_file_is_told_with_the_mistakes_before_it(tmp_path: Path) -> None:
    text = BODY.replace("os_supported=False", "os_suported=False").replace("to=pacs, over", "over")
    assert [line for line, _, _ in told(tmp_path, text)] == [8, 12]


# -- where things are declared -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('Pacs("PACS")', [(5, "'PACS' is not inside a model")]),
        ('Zone("Z")', [(5, "the zone 'Z' is not inside a model")]),
        ('DataAsset("D", is_a=PHI_PIXEL)', [(5, "the data asset 'D' is not inside a model")]),
        (
            'with Model("M") as m:\n    Pacs("PACS")\n    with Zone("Z"):\n        Ris("RIS")',
            [(6, "'PACS' lies in no zone")],
        ),
        (
            'with Model("M") as m:\n    with Zone("Z"):\n        pass\n    with Zone("Y"):\n        Ris("RIS")',
            [(6, "the zone 'Z' contains nothing")],
        ),
        ('with Model("M") as m:\n    Zone("Z")', [(6, "the zone 'Z' contains nothing")]),
        (
            'with Model("M") as m:\n    with Zone("Z") as z:\n        Ris("RIS")\nPacs("PACS")',
            [(8, "'PACS' is not inside a model")],
        ),
        (
            'with Model("M") as m:\n    with Zone("Z") as z:\n        Ris("RIS")\nwith z:\n    Pacs("PACS")',
            [(8, "the zone 'Z' is opened outside the model it belongs to"), (9, "'PACS' is not inside a model")],
        ),
        (
            'with Model("A", id="a") as a:\n    with Zone("Z"):\n        x = Ris("RIS")\n'
            'with Model("B", id="b") as b:\n    with Zone("Y"):\n        y = Pacs("PACS")\n'
            'y.sends("S", to=x)\ndel a',
            [(11, "the flow 'S' ends at 'RIS', which belongs to another model, 'A' (")],
        ),
        (
            'with Model("A", id="a") as a:\n    with Zone("Z"):\n        x = Ris("RIS")\n'
            'with Model("B", id="b") as b:\n    with Zone("Y"):\n        y = Pacs("PACS", runs_on=x)\ndel a',
            [(10, "'PACS': runs_on must be a component of this model, not <")],
        ),
        (
            "import copy\n"
            'with Model("M") as m:\n    with Zone("Z"):\n        x, y = Ris("RIS"), Pacs("PACS")\n'
            '    x.sends("S", to=copy.copy(y))',
            [(9, "the flow 'S' ends at 'PACS', which this model does not declare")],
        ),
    ],
)  # fmt: skip
def test_what_stands_in_the_wrong_place_is_told(tmp_path: Path, text: str, rows: list[tuple[int, str]]) -> None:
    found = told(tmp_path, text)
    assert [line for line, _, _ in found] == [line for line, _ in rows], found
    for (_, what, hint), (_, expected) in zip(found, rows, strict=True):
        assert what.startswith(expected)
        assert hint


def test_flows_may_be_declared_when_the_block_is_closed(tmp_path: Path) -> None:
    text = 'with Model("M") as m:\n    with Zone("Z"):\n        x, y = Ris("RIS"), Pacs("PACS")\nx.sends("S", to=y)\n'
    assert [flow.id for flow in read(tmp_path, text).flows] == ["ris.s.pacs"]


def test_a_zone_and_a_model_may_be_opened_again(tmp_path: Path) -> None:
    text = """\
    with Model("M") as model:
        with Zone("Outer") as outer:
            with Zone("Inner") as inner:
                Pacs("one")
        with inner:
            with inner:
                Pacs("two")
            Pacs("three")
        with outer:
            Pacs("four")
    with model:
        with model:
            with inner:
                Pacs("five")
        with outer:
            Pacs("six")
    """
    zones = {part.name: part.zone for part in read(tmp_path, text).components}
    assert zones == {"one": "inner", "two": "inner", "three": "inner", "four": "outer", "five": "inner", "six": "outer"}


def test_after_a_zone_opened_twice_nothing_is_left_open(tmp_path: Path) -> None:
    text = """\
    with Model("M") as model:
        with Zone("Z") as z:
            Pacs("one")
        with z:
            with z:
                Pacs("two")
        Pacs("three")
    """
    assert told(tmp_path, text) == [(11, "'three' lies in no zone", "put it inside: with Zone(…):")]


# -- the file itself ---------------------------------------------------------------------------------------------

FILES = [
    ("x = (\n", 1, "the file is not valid Python: '(' was never closed"),
    ("def f():\nreturn 1", 2, "the file is not valid Python: expected an indented block"),
    ("x = 1\n\ty = 2", 2, "the file is not valid Python: unexpected indent"),
    ("+".join("1" for _ in range(60_000)), 0, "the file is not valid Python: "),
    ("\n\nraise RuntimeError('boom')", 3, "the model file raises RuntimeError: boom"),
    ("raise RuntimeError", 1, "the model file raises RuntimeError"),
    ("class E(BaseException): ...\nraise E('boom')", 2, "the model file raises "),
    ("class E(Exception):\n    def __str__(self): raise ValueError\nraise E", 3, "the model file raises "),
    ("x = 1\nexit()", 2, "the model file stops the program"),
    ("import sys\nsys.exit('bye')", 2, "the model file stops the program"),
    ("raise SystemExit", 1, "the model file stops the program"),
    ("def f():\n    return f()\nf()", 2, "the model file raises RecursionError"),
    ("1 / 0", 1, "the model file raises ZeroDivisionError: division by zero"),
    ("import no_such_module_anywhere", 1, "the model file raises ModuleNotFoundError: No module named"),
    ("x = 1", 0, "the file defines no model"),
    ("", 0, "the file defines no model"),
    ("# nothing", 0, "the file defines no model"),
    ("from threatmodel import Model\nwith Model('A'): pass", 0, "the file defines no model"),
    ("from threatmodel import Model\na = Model('A')\nb = Model('B')", 0,
     "the file defines more than one model: 'A' (line 2) and 'B' (line 3)"),
    ("x = yield_ \nprnt(1)", 1, "the model file raises NameError: name 'yield_' is not defined"),
    ("import sys\nsys.path.clear()\nsys.modules.pop('threatmodel_model_file')\nraise KeyError(1)", 4, "the model file raises KeyError: 1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "what"), FILES, ids=[row[2][:60] for row in FILES])
def test_a_file_that_is_no_model_is_told(tmp_path: Path, text: str, line: int, what: str) -> None:
    ((at, said, _),) = told(tmp_path, text, imports="")
    assert (at, said[: len(what)]) == (line, what)
    assert "Traceback" not in said


def test_a_file_may_break_the_import_path_without_harm(tmp_path: Path) -> None:
    before = list(sys.path)
    told(tmp_path, "import sys\nsys.path[:] = []\nraise ValueError", imports="")
    assert sys.path == before
    assert "threatmodel_model_file" not in sys.modules


@pytest.mark.parametrize(
    ("line", "what", "hint"),
    [
        (
            "from threatmodel.imaging import Modalty",
            "threatmodel.imaging has no word 'Modalty'",
            "did you mean 'Modality'?",
        ),
        (
            "from threatmodel.data import PHI_PIXLE",
            "threatmodel.data has no word 'PHI_PIXLE'",
            "did you mean 'PHI_PIXEL'?",
        ),
        (
            "from threatmodel.protocols import DICOM_WEB",
            "threatmodel.protocols has no word 'DICOM_WEB'",
            "did you mean 'DICOMWEB'?",
        ),
        ("from threatmodel import Modell", "threatmodel has no word 'Modell'", "did you mean 'Model'?"),
        (
            "import threatmodel.imagin",
            "the model file raises ModuleNotFoundError",
            "the words of the language are in threatmodel,",
        ),
        (
            "from threatmodel.imaging import PHI_PIXEL",
            "threatmodel.imaging has no word 'PHI_PIXEL'",
            "it is in threatmodel.data",
        ),
        ("x = undefinde if False else undefined_name", "the model file raises NameError", ""),
    ],
)
def test_a_misspelt_word_of_the_language_is_told_with_the_nearest(
    tmp_path: Path, line: str, what: str, hint: str
) -> None:
    head = "import threatmodel.data, threatmodel.imaging, threatmodel.protocols\n"
    ((at, said, given),) = told(tmp_path, head + line, imports="")
    assert at == 2
    assert said.startswith(what)
    assert hint in given


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [("dxx.sends", "did you mean 'dx'?"), ("dx.send", "did you mean 'sends'?"), ("dx.pull", "did you mean 'pulls'?")],
)
def test_a_misspelt_name_is_told_with_the_nearest(tmp_path: Path, wrong: str, hint: str) -> None:
    assert [(row[0], row[2]) for row in told(tmp_path, BODY.replace("dx.sends", wrong))] == [(12, hint)]


def test_a_file_in_another_encoding_is_told_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_bytes(b"# one\nname = 'H\xf4pital'\n")
    ((line, what, hint),) = [line_of(problem, file) for problem in refused(file)]
    assert (line, what, hint) == (2, "the file is not UTF-8 text", "save it as UTF-8")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_bytes(b"\xef\xbb\xbf" + b"x = 1")
    assert refused(file)[0].what == "the file defines no model"


def test_null_bytes_are_told(tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_bytes(b"x = 1\0")
    assert refused(file)[0].what.startswith("the file is not valid Python: ")


@pytest.mark.parametrize("name", ["missing.py", "missing.yaml", "missing.json"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    (problem,) = refused(tmp_path / name)
    assert (problem.what, problem.where) == ("there is no such file", Source(str(tmp_path / name)))


def test_a_file_of_an_unknown_ending_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "model.txt", tmp_path):
        with pytest.raises(UsageError) as error:
            read_model(path, CONTROLS)
        assert error.value.problems[0].hint


# -- modules beside the model ------------------------------------------------------------------------------------


def test_a_mistake_in_a_module_beside_the_model_is_told_there(tmp_path: Path) -> None:
    write(
        tmp_path,
        "from threatmodel.imaging import Pacs\n\ndef archive():\n    return Pacs('PACS', regoin='FR')\n",
        "parts_a.py",
    )
    text = "from parts_a import archive\nfrom threatmodel import Model, Zone\nwith Model('M') as m:\n    with Zone('Z'):\n        archive()"
    (problem,) = refused(write(tmp_path, text))
    assert problem.where == Source(str(tmp_path / "parts_a.py"), 4)
    assert problem.hint == "did you mean 'region'?"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("x = 1\nraise ValueError('no')", 2, "the model file raises ValueError: no"),
        ("x = (", 1, "the file is not valid Python: '(' was never closed"),
        ("x = 1\nimport sys; sys.exit(3)", 2, "the model file stops the program"),
    ],
)
def test_a_module_beside_the_model_that_cannot_be_run_is_told_there(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    write(tmp_path, text, "parts_b.py")
    (problem,) = refused(write(tmp_path, "import parts_b\n"))
    assert (problem.what, problem.where) == (what, Source(str(tmp_path / "parts_b.py"), line))


def test_modules_of_one_model_are_not_those_of_the_next(tmp_path: Path) -> None:
    systems = []
    for number, name in enumerate(("PACS", "Archive")):
        folder = tmp_path / str(number)
        folder.mkdir()
        write(folder, f"NAME = {name!r}\n", "parts_c.py")
        text = """\
        from parts_c import NAME
        from threatmodel import Model, Zone
        from threatmodel.imaging import Pacs
        with Model("M") as m:
            with Zone("Z"):
                Pacs(NAME)
        """
        systems.append(read_model(write(folder, text), CONTROLS))
    assert [system.components[0].name for system in systems] == ["PACS", "Archive"]
    assert "parts_c" not in sys.modules


def test_a_module_that_changed_is_read_again_and_nothing_is_left_in_the_folder(tmp_path: Path) -> None:
    model = write(tmp_path, "from parts_d import NAME\nfrom threatmodel import Model\nm = Model(NAME)\n")
    names = []
    for name in ("A", "B"):  # as long as the other, within one second: a cache of bytecode would not see the change
        write(tmp_path, f"NAME = {name!r}\n", "parts_d.py")
        names.append(read_model(model, CONTROLS).title)
    assert names == ["A", "B"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["model.py", "parts_d.py"]


def test_an_environment_beside_the_model_is_not_the_author_s(tmp_path: Path) -> None:
    packages = tmp_path / ".venv" / "site-packages"
    packages.mkdir(parents=True)
    write(packages, "def fail():\n    raise ValueError('inside')\n", "installed_e.py")
    text = f"import sys\nsys.path.append({str(packages)!r})\nimport installed_e\ninstalled_e.fail()\n"
    ((line, what, _),) = told(tmp_path, text, imports="")
    assert (line, what) == (4, "the model file raises ValueError: inside")
    assert "installed_e" in sys.modules
    del sys.modules["installed_e"]


# -- no global state ---------------------------------------------------------------------------------------------

TWO = """\
from threatmodel import Model, Zone
from threatmodel.imaging import Pacs
with Model("A") as a:
    with Zone("Z"):
        Pacs("PACS")
        with Model("B") as b:
            with Zone("Y"):
                Pacs("Other")
        Pacs("Second")
"""


def test_two_models_know_nothing_of_each_other(tmp_path: Path) -> None:
    assert [part.name for part in read_model(write(tmp_path, TWO + "del b"), None).components] == ["PACS", "Second"]
    assert [part.name for part in read_model(write(tmp_path, TWO + "del a"), None).components] == ["Other"]


def test_a_model_left_open_is_closed_with_its_file(tmp_path: Path) -> None:
    left = write(tmp_path, "from threatmodel import Model\nm = Model('Left open')\nm.__enter__()\n", "left.py")
    read_model(left, None)
    assert OPEN.get() is None
    ((_, what, _),) = told(tmp_path, 'Pacs("PACS")')
    assert what == "'PACS' is not inside a model"


def test_an_exception_closes_the_blocks_that_it_leaves(tmp_path: Path) -> None:
    text = """\
    with Model("M") as model:
        with Zone("Z"):
            Pacs("one")
            try:
                with Zone("Y"):
                    Pacs("two")
                    raise ValueError
            except ValueError:
                Pacs("three")
    """
    zones = {part.name: part.zone for part in read(tmp_path, text).components}
    assert zones == {"one": "z", "two": "y", "three": "z"}


def test_threads_have_models_of_their_own(tmp_path: Path) -> None:
    text = """\
    import threading
    with Model("M") as model:
        with Zone("Z"):
            Pacs("one")
            caught = []
            def other():
                try:
                    Pacs("two")
                except Exception as error:
                    caught.append(error)
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
            assert "not inside a model" in str(caught[0]), caught
    """
    assert [part.name for part in read(tmp_path, text).components] == ["one"]


def test_many_threads_read_many_models(tmp_path: Path) -> None:
    found: dict[int, list[str]] = {}

    def build(number: int) -> None:
        from threatmodel.dsl.freeze import freeze
        from threatmodel.dsl.imaging_words import Pacs
        from threatmodel.dsl.model import Model, Zone

        with Model(f"M{number}") as model:
            for zone in range(5):
                with Zone(f"Z{zone}"):
                    Pacs(f"P{number}-{zone}")
        found[number] = [part.name for part in freeze(model).components]

    threads = [threading.Thread(target=build, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [f"P{number}-{zone}" for zone in range(5)] for number in range(8)}


def test_a_model_can_be_frozen_twice(tmp_path: Path) -> None:
    from threatmodel.dsl.freeze import freeze
    from threatmodel.dsl.imaging_words import Pacs
    from threatmodel.dsl.model import Model, Zone

    with Model("M") as model, Zone("Z"):
        Pacs("one")
    first = freeze(model)
    with model, Zone("Y"):
        Pacs("two")
    assert [len(system.components) for system in (first, freeze(model), freeze(model))] == [1, 2, 2]


def test_a_mistake_in_a_program_of_one_s_own_is_an_error_of_this_package() -> None:
    from threatmodel.dsl.imaging_words import Pacs

    with pytest.raises(ModelError) as error:
        Pacs("PACS")
    assert error.value.problems[0].where == Source(__file__, sys._getframe().f_lineno - 1)


def test_the_dedented_examples_begin_where_they_say() -> None:
    assert textwrap.dedent(BODY) == BODY
