"""The HTML report: whole, well nested, the same each time, and deaf to what a model says."""

import base64
import hashlib
import re
from itertools import pairwise

import pytest

from tests.reports.page_reader import Reader
from threatmodel import Model, Zone, absent, implemented, verified
from threatmodel.assessment import assess
from threatmodel.catalog.read import read_catalog
from threatmodel.data import AI_RESULTS, DICOM_HEADER, PHI_PIXEL
from threatmodel.dsl.freeze import freeze
from threatmodel.errors import OutputError
from threatmodel.imaging import InferenceServer, Modality, Pacs, Viewer
from threatmodel.importers.formats import read_model
from threatmodel.protocols import DICOM, DICOMWEB
from threatmodel.reports import html, view_document
from threatmodel.reports.formats import FORMATS
from threatmodel.reports.view import View
from threatmodel.reports.view_build import build_view
from threatmodel.resources import data_folder

CATALOG = read_catalog(data_folder("catalogs") / "radiology-ai")
EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)> | `x` \x07\x00 &amp; \n\n "
    "{{ 7*7 }} مرحبا \u202egnp.exe"
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><g id="component:pacs"><title>PACS</title>'
    '<rect width="40" height="20"/><text x="2" y="12">PACS</text></g></svg>'
)


def hostile_view() -> View:
    with Model(EVIL, version=EVIL, owner=EVIL, intended_use=EVIL, description=EVIL) as model:
        model.assume(EVIL, owner=EVIL)
        with Zone(f"{EVIL} outside", exposure="internet"):
            ct = Modality(f"{EVIL} ct", os_supported=False)
            ai = InferenceServer(f"{EVIL} ai", controls=[verified("restore-test", evidence=EVIL)])
            with Zone(f"{EVIL} inside"):
                pacs = Pacs(f"{EVIL} pacs", controls=[implemented("audit-atna")])
                viewer = Viewer("x" * 3000, id="long")
        ct.sends(EVIL, to=pacs, over=DICOM, carries=[PHI_PIXEL, DICOM_HEADER], encryption="none")
        ai.sends(f"{EVIL} two", to=pacs, over=DICOMWEB, carries=[AI_RESULTS], controls=[absent("result-binding")])
        viewer.pulls("three " + "y" * 100, from_=pacs, over=DICOMWEB, carries=[PHI_PIXEL])
    return build_view(assess(freeze(model, CATALOG.controls), CATALOG), "0.0.0")


@pytest.fixture(scope="module")
def sample() -> View:
    model = data_folder("samples") / "chest-xray-triage" / "model.py"
    return build_view(assess(read_model(model, CATALOG.controls), CATALOG), "0.0.0")


@pytest.fixture(scope="module")
def page(sample: View) -> str:
    return html.render(sample, PICTURE)


@pytest.fixture(scope="module")
def hostile() -> str:
    return html.render(hostile_view(), PICTURE)


def test_the_page_is_well_nested_and_its_ids_are_unique(page: str) -> None:
    reader = Reader(page)
    assert len(reader.ids) == len(set(reader.ids))


def test_every_finding_has_its_anchor_and_every_link_leads_somewhere(sample: View, page: str) -> None:
    reader = Reader(page)
    assert {finding.id for finding in sample.findings} <= set(reader.ids)
    assert {link for link in reader.links if not link.startswith("#")} == set()
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)


def test_headings_come_in_order(page: str) -> None:
    levels = Reader(page).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_skip_link_and_scopes(page: str) -> None:
    reader = Reader(page)
    assert reader.links[0] == "#content"
    assert reader.tags.count("main") == reader.tags.count("nav") == 1
    assert all(column.get("scope") in {"col", "row"} for column in reader.columns)
    assert '<html lang="en">' in page


def test_the_policy_allows_the_own_script_and_style_alone(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    for kind, tag in (("script", "script"), ("style", "style")):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(bodies) == 1
        told = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{told}'" in policy[1]
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_nothing_is_loaded_from_elsewhere(page: str) -> None:
    assert not re.search(r"(src|href)=\"(?!#|data:)", page)
    assert "url(" not in page
    assert "@import" not in page


def test_a_hostile_model_adds_no_markup(page: str, hostile: str) -> None:
    harmless, reader = Reader(page), Reader(hostile)
    assert reader.acting == []
    assert set(reader.tags) <= set(harmless.tags)
    for tag in ("script", "svg", "style", "img"):
        assert reader.tags.count(tag) == harmless.tags.count(tag)
    assert "<script>alert(1)</script>" in "".join(reader.text)
    assert "\x00" not in hostile
    assert "\x07" not in hostile
    assert "{{ 7*7 }}" in "".join(reader.text)
    assert len(reader.ids) == len(set(reader.ids))


def test_same_bytes_twice(sample: View, page: str) -> None:
    assert html.render(sample, PICTURE) == page


def test_without_a_picture_the_report_says_so(sample: View) -> None:
    page = html.render(sample, "")
    assert "No picture could be drawn" in page
    assert 'id="drawing"' not in page


@pytest.mark.parametrize(
    "picture",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="urn:x"><a x:href="javascript:1"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>',
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
        "<svg>",
        "plain text",
    ],
)
def test_a_picture_that_is_more_than_a_drawing_is_refused(sample: View, picture: str) -> None:
    with pytest.raises(OutputError):
        html.render(sample, picture)


def test_all_sections_are_there_in_order(page: str) -> None:
    found = " ".join(re.findall(r'<h2 id="(\w+)">', page))
    first, second = "summary picture worst questions stride findings", "mitigations closed undecided inventory"
    assert found == f"{first} {second} assumptions notes"


def test_a_model_that_states_nothing_gives_a_page() -> None:
    with Model("Empty") as model, Zone("Somewhere"):
        Pacs("PACS")
    view = build_view(assess(freeze(model, CATALOG.controls), CATALOG), "0.0.0")
    page = html.render(view, "")
    Reader(page)
    assert all(f'id="{finding.id}"' in page for finding in view.findings)


def test_what_places_share_is_told_once_and_nothing_is_lost(sample: View) -> None:
    document = view_document.lay_out(sample)
    by_id = {finding.id: finding for finding in sample.findings}
    seen = []
    for dossier in document.dossiers:
        for case in dossier.cases:
            for one in case.findings:
                whole = by_id[one.id]
                seen.append(one.id)
                assert {*case.points, *one.points} == set(whole.inherent.points)
                assert {*case.residual_points, *one.residual_points} == set(whole.residual.points)
                assert [why.because for why in one.why] == [why.because for why in whole.why]
                assert [*(case.facts or (why.fact for why in one.why))] == [why.fact for why in whole.why]
                told = {control.title for control in (*case.controls, *one.controls)} | {*case.unstated}
                assert told == {control.title for control in whole.controls}
    assert sorted(seen) == sorted(by_id)


def test_the_bar_fills_its_width(sample: View) -> None:
    bars = view_document.lay_out(sample).bars
    assert bars[0].start == 0
    assert all(one.start + one.width == two.start for one, two in pairwise(bars))
    assert bars[-1].start + bars[-1].width == 1000


def test_the_formats_write_their_documents(sample: View) -> None:
    assert list(FORMATS) == ["html", "markdown"]
    assert FORMATS["html"].render(sample, PICTURE) == html.render(sample, PICTURE)
    assert "](diagram.svg)" in FORMATS["markdown"].render(sample, PICTURE)
    assert "](diagram.svg)" not in FORMATS["markdown"].render(sample, "")
