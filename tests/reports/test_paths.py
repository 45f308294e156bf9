"""The ways in the reports and in the JSON: told when asked for, by title, and deaf to what a model says."""

from __future__ import annotations

import json
import subprocess
import sys

import jsonschema
import pytest

from tests.properties.strategies import shipped
from tests.reports.page_reader import Reader
from tests.reports.test_markdown import all_tokens
from threatmodel import Model, Zone
from threatmodel.assessment import Assessment, assess
from threatmodel.attacking.paths import attack_paths
from threatmodel.data import AI_RESULTS, PHI_PIXEL, REPORTS
from threatmodel.dsl.freeze import freeze
from threatmodel.exporters.json_doc import pieces
from threatmodel.exporters.schemas import assessment_schema
from threatmodel.imaging import InferenceServer, Modality, Pacs, Radiologist, Ris
from threatmodel.importers.formats import read_model
from threatmodel.protocols import DICOM, DICOMWEB, USER_INTERFACE
from threatmodel.reports import html, markdown
from threatmodel.reports.view_build import build_view
from threatmodel.resources import data_folder

EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'> | `x` *y* [z](javascript:1) \n\n# h\n "
    "{{ 7*7 }} \u202egnp"
)


def triage() -> Assessment:
    catalog = shipped()
    return assess(read_model(data_folder("samples") / "chest-xray-triage" / "model.py", catalog.controls), catalog)


def hostile() -> Assessment:
    """Titles that would be markup, on a way, at a flow of it and where no way leads."""
    with Model("Hostile") as model:
        with Zone("Outside", exposure="internet"):
            ai = InferenceServer(f"{EVIL} ai", id="ai")
        with Zone("Inside", exposure="isolated"):
            pacs = Pacs(f"{EVIL} pacs", id="pacs")
            Pacs(f"{EVIL} lonely", id="lonely")
            ris = Ris(f"{EVIL} ris", id="ris")
            reader = Radiologist(f"{EVIL} reader", id="reader")
            ct = Modality(f"{EVIL} ct", id="ct")
        ct.sends(f"{EVIL} store", to=pacs, over=DICOM, carries=[PHI_PIXEL])
        pacs.sends(f"{EVIL} images", to=ai, over=DICOMWEB, carries=[PHI_PIXEL])
        ai.sends(f"{EVIL} results", to=pacs, over=DICOMWEB, carries=[AI_RESULTS])
        reader.sends(f"{EVIL} report", to=ris, over=USER_INTERFACE, carries=[REPORTS])
    return assess(freeze(model, shipped().controls), shipped())


def section(text: str, head: str, following: str) -> str:
    """A part of a text, from its head on."""
    start = text.index(head)
    return text[start : text.index(following, start + len(head))]


def test_hostile_titles_are_text_in_the_page() -> None:
    view = build_view(hostile(), "0.0.0", paths=True)
    assert view.paths is not None
    assert len(view.paths.targets) > 1
    assert view.paths.unreached
    page = html.render(view, "")
    reader, harmless = Reader(page), Reader(html.render(build_view(triage(), "0.0.0", paths=True), ""))
    assert reader.acting == []
    assert len(reader.ids) == len(set(reader.ids))
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    for tag in ("script", "img", "style"):
        assert reader.tags.count(tag) == harmless.tags.count(tag)
    part = section(page, 'aria-labelledby="paths"', "</section>")
    assert "&lt;script&gt;alert(1)" in part
    assert "<script" not in part
    assert "<img" not in part
    assert "{{ 7*7 }}" in part


def test_hostile_titles_are_text_in_markdown() -> None:
    text = markdown.render(build_view(hostile(), "0.0.0", paths=True), None)
    part = section(text, "How somebody gets there\n", "\n## ")
    tokens = all_tokens(part)
    assert not {token.type for token in tokens} & {"html_block", "html_inline", "link_open", "image", "fence"}
    assert "code_block" not in {token.type for token in tokens}
    assert not any("alert(" in token.content for token in tokens if token.type == "code_inline")
    assert {token.tag for token in tokens if token.type == "heading_open"} == {"h3"}
    assert "alert(1)" in part
    assert "\u202e" not in part


def test_ways_are_told_only_when_they_are_asked_for() -> None:
    assessment = triage()
    with_paths, without = (build_view(assessment, "0.0.0", paths=paths) for paths in (True, False))
    assert without.paths is None
    assert 'id="paths"' in html.render(with_paths, "")
    assert 'id="paths"' not in html.render(without, "")
    assert "### PACS: the archive" in markdown.render(with_paths, None)
    assert "### PACS: the archive" not in markdown.render(without, None)


def test_the_view_tells_every_way_and_every_step_by_title() -> None:
    assessment = triage()
    view = build_view(assessment, "0.0.0", paths=True)
    assert view.paths is not None
    told = [(target.name, path.cost, len(path.hops)) for target in view.paths.targets for path in target.paths]
    title = assessment.context.title
    assert told == [(title(path.target), path.cost, len(path.hops)) for path in attack_paths(assessment).paths]
    (archive,) = (target for target in view.paths.targets if target.kind == "the archive")
    (way,) = archive.paths
    assert way.by == "somebody on the internet"
    assert [hop.where for hop in way.hops] == ["Triage AI", "DICOM router", "PACS"]
    assert [hop.by_flow for hop in way.hops] == ["", "Triage result", "Archive study"]
    assert [hop.hard for hop in way.hops] == ["trivial", "trivial", "easy"]


# -- JSON --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", ["chest-xray-triage", "federated-training", "well-run"])
@pytest.mark.parametrize("paths", [True, False])
def test_the_document_is_valid_with_ways_and_without(sample: str, paths: bool) -> None:
    catalog = shipped()
    assessment = assess(read_model(data_folder("samples") / sample / "model.py", catalog.controls), catalog)
    document = json.loads("".join(pieces(assessment, paths=paths)))
    jsonschema.Draft202012Validator(assessment_schema()).validate(document)
    assert ("attack_paths" in document) == paths
    if paths:
        found = attack_paths(assessment)
        told = document["attack_paths"]
        assert [one["target"] for one in told["paths"]] == [path.target for path in found.paths]
        steps = [[(hop["from"], hop["to"], hop["cost"]) for hop in one["hops"]] for one in told["paths"]]
        assert steps == [[(hop.source, hop.target, hop.cost) for hop in path.hops] for path in found.paths]
        findings = {finding["id"] for finding in document["findings"]}
        assert {hop["finding"] for one in told["paths"] for hop in one["hops"]} - {None} <= findings


@pytest.mark.parametrize("asked", [True, False])
def test_check_writes_a_valid_document(asked: bool) -> None:
    model = data_folder("samples") / "chest-xray-triage" / "model.py"
    options = ["--paths"] if asked else []
    done = subprocess.run(
        [sys.executable, "-m", "threatmodel", "check", str(model), "--format", "json", *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    document = json.loads(done.stdout)
    schema = assessment_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert ("attack_paths" in document) == asked


def test_a_way_without_its_steps_is_not_valid() -> None:
    """The schema does look into the ways."""
    document = json.loads("".join(pieces(triage(), paths=True)))
    del document["attack_paths"]["paths"][0]["hops"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(assessment_schema()).validate(document)
