"""The assessment as JSON: the contract of version 1, a line for each finding, nothing left out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from threatmodel.assessment import Assessment, assess
from threatmodel.catalog.read import read_catalog
from threatmodel.exporters.formats import WRITERS
from threatmodel.exporters.json_doc import pieces
from threatmodel.exporters.schemas import SCHEMAS
from threatmodel.importers.formats import read_model
from threatmodel.resources import data_folder

SAMPLES = Path(__file__).parents[2] / "samples"


@cache
def assessed(sample: str) -> Assessment:
    """A sample, assessed."""
    catalog = read_catalog(data_folder("catalogs") / "radiology-ai")
    return assess(read_model(SAMPLES / sample, catalog.controls), catalog)


def test_every_finding_and_question_stands_on_a_line_of_its_own() -> None:
    """In order of their ids, so that two assessments can be compared by ``diff``."""
    assessment = assessed("chest-xray-triage")
    lines = "".join(pieces(assessment)).splitlines()
    decode = json.JSONDecoder().raw_decode
    findings = [decode(line.strip())[0] for line in lines if line.startswith('  {"id"')]
    ids = [one["id"] for one in findings if "threat" in one]
    assert ids == [rated.finding.id for rated in assessment.findings] == sorted(ids)


def test_a_finding_says_what_the_contract_promises() -> None:
    """The keys of the example in the contract, and values that say the same as the assessment."""
    document = json.loads("".join(pieces(assessed("chest-xray-triage"))))
    assert document["schema"] == "threatmodel-assessment/1"
    finding = next(one for one in document["findings"] if one["id"] == "DAT-04@dx-room-2.store-study.dicom-router")
    assert finding["place"] == {
        "type": "flow",
        "id": "dx-room-2.store-study.dicom-router",
        "name": "Store study",
        "zone": "imaging-network",
    }
    assert finding["state"] == "open"
    assert finding["confirmed"] is True
    assert finding["path"] == []
    assert finding["source"] == {"file": "model.py", "line": 30}
    assert {
        "fact": "lacks mtls-node-auth",
        "answer": "yes",
        "because": "encryption is stated as none",
        "source": "model.py:30",
    } in finding["why"]
    assert finding["controls"][0] == {
        "id": "mtls-node-auth",
        "role": "primary",
        "state": "absent",
        "at": finding["place"]["id"],
    }


def test_a_chain_names_its_flows_in_order() -> None:
    """The way of a finding about a chain leads from its first to its last component."""
    document = json.loads("".join(pieces(assessed("federated-training"))))
    chains = [one for one in document["findings"] if one["place"]["type"] == "chain"]
    assert "DAT-25@east-pacs~east-research-lake" in {one["id"] for one in chains}
    for one in chains:
        first, last = one["place"]["id"].split("~")
        assert one["path"][0].startswith(f"{first}.")
        assert one["path"][-1].endswith(f".{last}")


def test_every_writer_writes_and_every_schema_is_made() -> None:
    """No row of the tables leads nowhere."""
    system = assessed("orthanc-ohif").system
    for writer in WRITERS.values():
        assert "orthanc" in writer(system)
    for schema in SCHEMAS.values():
        assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
