"""The schema of catalog files: every file that the program ships fits it, and a wrong one does not."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from threatmodel.catalog.read import shipped_folder
from threatmodel.errors import CatalogError
from threatmodel.exporters.schemas import catalog_schema
from threatmodel.located_yaml import read_file

FOLDER = shipped_folder("radiology-ai")


@cache
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(json.dumps(catalog_schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def plain(file: Path) -> object:
    return json.loads(json.dumps(read_file(file, CatalogError).data))


@pytest.mark.parametrize("folder", ["threats/data", "controls", "."])
def test_every_file_of_the_catalog_fits_its_schema(folder: str) -> None:
    files = sorted((FOLDER / folder).glob("*.yaml"))
    assert files
    for file in files:
        assert validator().is_valid(plain(file)), file


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "x", "version": "1.0.0"},
        {"id": "x", "version": "1.0", "title": "X"},
        {"id": "x", "version": "1.0.0", "title": "X", "extend": ["radiology-ai"]},
        {"overrides": [{"threat": "DAT-01", "severity": 4}]},
        {"frameworks": [{"id": "cwe"}]},
        {"kinds": [{"kinds": ["pcas"], "letters": ["R"], "because": "Nothing to deny."}]},
        {"protocols": [{"protocols": ["ntp"], "letters": ["X"], "because": "No such letter."}]},
        {"phases": [{"phases": ["data"], "because": "No actor is named."}]},
    ],
)
def test_what_no_file_of_a_catalog_looks_like_fits_nothing(wrong: dict[str, object]) -> None:
    assert not validator().is_valid(wrong)
