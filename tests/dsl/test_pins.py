"""Catalogs that a model pins, in the language."""

import json
from pathlib import Path

import pytest

from tests.dsl.authored import read, told
from threatmodel.exporters.system_doc import as_json
from threatmodel.importers.formats import read_model

MODEL = """\
with Model("M", catalogs={pins}) as m:
    with Zone("Z", exposure="internal"):
        Pacs("Archive", controls=[implemented("{control}")])
"""


def test_a_model_pins_catalogs(tmp_path: Path) -> None:
    system = read(tmp_path, MODEL.format(pins='{"radiology-ai": "1.0.0", "chu": "2.1.0"}', control="mfa"))
    assert [(pin.id, pin.version) for pin in system.catalogs] == [("radiology-ai", "1.0.0"), ("chu", "2.1.0")]
    assert str(system.catalogs[0].source) == "model.py:5"


def test_pins_survive_the_way_through_the_exchange_form(tmp_path: Path) -> None:
    system = read(tmp_path, MODEL.format(pins='{"radiology-ai": "1.0.0"}', control="mfa"))
    again = tmp_path / "again.json"
    again.write_text(as_json(system), encoding="utf-8")
    assert read_model(again).plain() == json.loads(as_json(system))
    assert read_model(again).digest == system.digest


@pytest.mark.parametrize(
    ("pins", "what", "hint"),
    [
        (
            '["radiology-ai"]',
            "catalogs takes a mapping from ids to versions",
            'write catalogs={"radiology-ai": "1.0.0"}',
        ),
        ('"radiology-ai"', "catalogs takes a mapping from ids to versions", ""),
        ('{"radiology-ai": "new"}', "'radiology-ai': version is 'new', which is not of the form", ""),
        ('{"radiology-ai": 1}', "'radiology-ai': version must be a text, not 1", ""),
        ('{"Radiology AI": "1.0.0"}', "'Radiology AI': id is 'Radiology AI', which is not of the form", ""),
    ],
)
def test_pins_that_are_refused(tmp_path: Path, pins: str, what: str, hint: str) -> None:
    ((line, said, next_action),) = told(tmp_path, MODEL.format(pins=pins, control="mfa"))
    assert line == 5
    assert said.startswith(what)
    assert hint in next_action


def test_a_control_of_a_catalog_of_ones_own_is_stated_by_its_full_id(tmp_path: Path) -> None:
    ((_, said, _),) = told(tmp_path, MODEL.format(pins="None", control="chu/double-key"))
    assert said == "no catalog knows the control 'chu/double-key'"
    ((_, said, _),) = told(tmp_path, MODEL.format(pins="None", control="chu/double/key"))
    assert said == "no control is called 'chu/double/key'"
