"""The Markdown report: read by a strict reader, it has the content and no markup that a model brought in."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from threatmodel import Model, Zone, absent, verified
from threatmodel.assessment import assess
from threatmodel.catalog.read import read_catalog
from threatmodel.data import AI_RESULTS, DICOM_HEADER, PHI_PIXEL
from threatmodel.dsl.freeze import freeze
from threatmodel.imaging import InferenceServer, Modality, Pacs
from threatmodel.importers.formats import read_model
from threatmodel.protocols import DICOM, DICOMWEB
from threatmodel.reports import markdown
from threatmodel.reports.view import View
from threatmodel.reports.view_build import build_view
from threatmodel.resources import data_folder

CATALOG = read_catalog(data_folder("catalogs") / "radiology-ai")
EVIL = (
    "<script>alert(1)</script> | `x` *y* [z](javascript:1) http://x.invalid \n\n# h\n- i\n| a | مرحبا \u202egnp.exe \\"
)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def view_of(model: Model) -> View:
    return build_view(assess(freeze(model, CATALOG.controls), CATALOG), "0.0.0")


@pytest.fixture(scope="module")
def sample() -> View:
    model = data_folder("samples") / "chest-xray-triage" / "model.py"
    return build_view(assess(read_model(Path(model), CATALOG.controls), CATALOG), "0.0.0")


@pytest.fixture(scope="module")
def hostile() -> View:
    with Model(EVIL, version=EVIL, owner=EVIL, intended_use=EVIL, description=EVIL) as model:
        model.assume(EVIL, owner=EVIL)
        with Zone(f"{EVIL} outside", exposure="internet"):
            ct = Modality(f"{EVIL} ct")
            ai = InferenceServer(f"{EVIL} ai", controls=[verified("restore-test", evidence=EVIL)])
            pacs = Pacs(f"{EVIL} pacs")
        ct.sends(EVIL, to=pacs, over=DICOM, carries=[PHI_PIXEL, DICOM_HEADER], encryption="none")
        ai.sends(f"{EVIL} two", to=pacs, over=DICOMWEB, carries=[AI_RESULTS], controls=[absent("result-binding")])
    return view_of(model)


def all_tokens(text: str) -> list[Token]:
    return [token for block in READER.parse(text) for token in (block, *(block.children or ()))]


def test_every_finding_is_named_and_told_in_full(sample: View) -> None:
    text = markdown.render(sample, "diagram.svg")
    lines = text.splitlines()
    for finding in sample.findings:
        assert any(line.startswith("- **") and line.endswith(f"`{finding.id}`") for line in lines), finding.id


def test_headings_come_in_order(sample: View) -> None:
    levels = [
        int(token.tag[1]) for token in READER.parse(markdown.render(sample, None)) if token.type == "heading_open"
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_sections_are_those_of_the_html_report(sample: View) -> None:
    found = re.findall(r"^## (\d+)\. (.+)$", markdown.render(sample, None), re.MULTILINE)
    assert [int(number) for number, _ in found] == list(range(1, 14))
    page = (data_folder("templates") / "html" / "report.html.j2").read_text(encoding="utf-8")
    contents = re.findall(r'<li><a href="#\w+">\{% trans %\}(.*?)\{% endtrans %\}', page)
    told = {"Findings that are only questions": "Only questions"}
    assert [told.get(name, name) for _, name in found] == contents


def test_every_row_of_a_table_has_the_cells_of_its_head(hostile: View) -> None:
    width, rows = 0, 0
    for line in markdown.render(hostile, None).splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        cells = len(re.findall(r"(?<!\\)\|", line))
        width = width or cells
        rows += 1
        assert cells == width, line
    assert rows > 30


def test_a_hostile_model_brings_no_markup(hostile: View) -> None:
    tokens = all_tokens(markdown.render(hostile, None))
    assert {token.type for token in tokens} & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "fence",
        "code_block",
    } == set()
    assert not any("alert(" in token.content for token in tokens if token.type == "code_inline")
    assert not re.search("[\u202a-\u202e]", markdown.render(hostile, None))


def test_the_picture_is_linked_by_its_relative_name(sample: View) -> None:
    images = [token for token in all_tokens(markdown.render(sample, "the picture (1).svg")) if token.type == "image"]
    assert [image.attrs["src"] for image in images] == ["the%20picture%20%281%29.svg"]
    assert images[0].content == sample.picture_alt


def test_without_a_picture_the_report_says_so(sample: View) -> None:
    text = markdown.render(sample, None)
    assert "No picture could be drawn" in text
    assert "![" not in text


def test_same_bytes_twice_and_tidy(sample: View) -> None:
    text = markdown.render(sample, None)
    assert markdown.render(sample, None) == text
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)


def test_a_model_that_states_nothing_gives_a_page() -> None:
    with Model("Empty") as model, Zone("Somewhere"):
        Pacs("PACS")
    text = markdown.render(view_of(model), None)
    assert text.startswith("# Empty\n")
