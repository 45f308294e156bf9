"""The manual: every entry has its page, every link leads somewhere, and nothing that an entry says becomes markup."""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.catalog.written import CONTROLS, MANIFEST, THREAT, write
from tests.properties.strategies import shipped
from tests.reports.page_reader import Reader
from threatmodel.catalog.facts import FACTS
from threatmodel.catalog.read import read_catalog
from threatmodel.catalog.reasons import Reason, read_reasons
from threatmodel.model.kinds import KINDS
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, PROTOCOL_BY_ID
from threatmodel.reports.manual import pages
from threatmodel.reports.manual_words import LANGUAGES, words
from threatmodel.reports.view_manual import Reference
from threatmodel.reports.view_manual_build import build_manual
from threatmodel.resources import data_folder

FOLDER = data_folder("catalogs") / "radiology-ai"
REASONS = read_reasons(FOLDER) or ()
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=a()> &amp; {{ 7*7 }} \u202egnp.exe"


def written(language: str = "en") -> dict[str, str]:
    return dict(pages(build_manual(shipped(), REASONS, "0.0.0", "fr" if language == "fr" else "en")))


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return written()


@pytest.fixture(scope="module")
def french() -> dict[str, str]:
    return written("fr")


@pytest.fixture(scope="module")
def read(english: dict[str, str]) -> dict[str, Reader]:
    return {name: Reader(text) for name, text in english.items()}


def test_every_entry_has_its_page(english: dict[str, str]) -> None:
    tables = {f"{name}.html" for name in ("index", "kinds", "facts", "data", "coverage")}
    entries = {f"threats/{name}.html" for name in shipped().rules}
    entries |= {f"controls/{name}.html" for name in shipped().controls}
    assert set(english) == tables | entries


def test_every_link_leads_somewhere(read: dict[str, Reader]) -> None:
    """To a page of the manual and to an anchor on it; what leads out is an address of a framework."""
    for name, page in read.items():
        for link in page.links:
            if re.match("[a-z]+:", link):
                assert link.startswith("https://"), (name, link)
                continue
            file, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
            assert target in read, (name, link)
            assert not anchor or anchor in read[target].ids, (name, link)


def test_threats_and_controls_are_linked_both_ways(read: dict[str, Reader]) -> None:
    for name, rule in shipped().rules.items():
        named = {*rule.threat.controls.primary, *rule.threat.controls.supporting}
        for control in named:
            assert f"../controls/{control}.html" in read[f"threats/{name}.html"].links
            assert f"../threats/{name}.html" in read[f"controls/{control}.html"].links


def test_every_word_of_the_language_is_there(read: dict[str, Reader]) -> None:
    assert {f"fact.{name}" for name in FACTS} <= set(read["facts.html"].ids)
    assert set(KINDS) <= set(read["kinds.html"].ids)
    told = {f"protocol.{name}" for name in PROTOCOL_BY_ID} | {f"data.{name}" for name in DATA_CLASS_BY_ID}
    assert told <= set(read["data.html"].ids)


def test_a_page_says_what_its_entry_says(english: dict[str, str]) -> None:
    text = " ".join("".join(Reader(english["threats/IMP-09.html"]).text).split())
    threat = shipped().rules["IMP-09"].threat
    for part in (threat.en.title, threat.en.what, threat.en.harm, threat.en.remedy, *threat.references):
        assert part in text
    assert "It concerns a flow when" in text
    assert "it carries model output or AI results as DICOM objects" in text
    assert "this is not in place: Results tied to input, model and version" in text
    assert "one act hits one patient" in text
    assert "Only its phase comes from Kelly et al. 2023" in text


def test_a_page_says_on_which_statement_of_the_review_a_threat_rests(english: dict[str, str]) -> None:
    assert shipped().rules["GEN-18"].threat.review.fact == 27
    assert "It rests on statement 27 of what was read of Kelly et al. 2023" in english["threats/GEN-18.html"]


def test_headings_landmarks_and_scopes(read: dict[str, Reader]) -> None:
    for name, page in read.items():
        assert page.headings[0] == 1, name
        assert page.headings.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(page.headings)), (name, page.headings)
        assert page.links[0] == "#content", name
        assert page.tags.count("main") == 1, name
        assert all(column.get("scope") in {"col", "row"} for column in page.columns), name


def test_the_policy_allows_the_own_style_alone(english: dict[str, str]) -> None:
    for name, page in english.items():
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
        assert policy, name
        (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        told = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert policy[1] == (
            f"default-src 'none'; style-src 'sha256-{told}'; img-src data:; base-uri 'none'; form-action 'none'"
        )
        assert page.index("Content-Security-Policy") < page.index("<style>")


def test_nothing_is_loaded_and_nothing_runs(english: dict[str, str], read: dict[str, Reader]) -> None:
    for name, page in read.items():
        assert page.acting == [], name
        assert not {"script", "img", "iframe", "object", "form"} & set(page.tags), name
        assert "url(" not in english[name], name
        assert "@import" not in english[name], name


def test_same_bytes_twice(english: dict[str, str]) -> None:
    assert written() == english


def test_the_french_manual_tells_the_entries_in_french(french: dict[str, str], english: dict[str, str]) -> None:
    assert set(french) == set(english)
    page = "".join(Reader(french["threats/IMP-09.html"]).text)
    text = shipped().rules["IMP-09"].threat.fr
    assert text is not None
    for part in (text.title, text.what, text.harm, text.remedy):
        assert part in page
    assert "Ce qui se passe" in page
    assert "4 sur 5, critique" in page
    assert '<html lang="fr">' in french["index.html"]


def test_no_page_shows_a_value_of_the_program(english: dict[str, str], french: dict[str, str]) -> None:
    for text in (*english.values(), *french.values()):
        assert not re.search(r"&lt;(built-in|bound|function|class|threatmodel)", text)
        assert ">None<" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_each_language(language: str) -> None:
    told = words("fr" if language == "fr" else "en")
    assert told.keys() == words("en").keys()
    assert [key for key, word in told.items() if not word and not key.endswith("english_only")] == []
    if language == "fr":
        assert [word for word in told.values() if re.search(r"(?<=\w)[;:!?]|(?<=\w) [;:!?]", word)] == []


def test_a_known_reference_has_its_name_and_a_safe_address() -> None:
    known = {
        "CWE-345": Reference(
            "CWE-345", "Insufficient Verification of Data Authenticity", "CWE", "https://x.invalid/345"
        ),
        "CWE-639": Reference("CWE-639", "Bypass", "CWE", "javascript:alert(1)"),
    }
    told = dict(pages(build_manual(shipped(), REASONS, "0.0.0", "en", known)))["threats/IMP-09.html"]
    assert '<a href="https://x.invalid/345" rel="noreferrer">CWE-345</a>' in told
    assert "Insufficient Verification of Data Authenticity" in told
    assert "Bypass" in told
    assert "javascript:" not in told


# -- a catalog of one's own ----------------------------------------------------------------------------------------


def own(tmp_path: Path, texts: str) -> dict[str, str]:
    """The manual of the small catalog with every text of it replaced."""
    said = json.dumps(texts)
    entry = f"en: {{title: {said}, what: {said}, harm: {said}, remedy: {said}}}"
    threat = re.sub(r"^en: .*$", lambda _: entry, THREAT, flags=re.MULTILINE)
    threat = threat.replace("[CWE-319]", f"[{said}]")
    control = CONTROLS.replace("title: Encryption", f"title: {said}")
    for line in ("what: Traffic is encrypted.", "verify: Scan it.\n"):
        control = control.replace(line, line.split(":")[0] + f": {said}\n")
    control = control.replace("ask: Is {place} encrypted?", f"ask: {json.dumps(texts + ' {place}')}")
    files = {
        "catalog.yaml": MANIFEST.replace("A small catalog", said),
        "controls/network.yaml": control,
        "threats/data/DAT-01-read.yaml": threat,
    }
    catalog = read_catalog(write(tmp_path / "catalog", files))
    reasons = (Reason("kinds", ("time",), ("S",), texts), Reason("protocols", ("ntp",), ("S",), texts))
    return dict(pages(build_manual(catalog, reasons, "0.0.0")))


def test_hostile_text_adds_no_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    harmless, hostile = own(tmp_path / "a", "Harmless"), own(tmp_path / "b", EVIL)
    assert set(harmless) == set(hostile)
    for name in harmless:
        good, bad = Reader(harmless[name]), Reader(hostile[name])
        assert bad.tags == good.tags, name
        assert bad.acting == [], name
        assert bad.links == good.links, name
    for name in ("index.html", "threats/DAT-01.html", "controls/tls.html", "coverage.html", "kinds.html"):
        assert "<script>alert(1)</script>" in "".join(Reader(hostile[name]).text), name
        assert "{{ 7*7 }}" in "".join(Reader(hostile[name]).text), name


def test_an_entry_without_french_is_told_in_english_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    catalog = read_catalog(write(tmp_path / "catalog"))
    told = dict(pages(build_manual(catalog, (), "0.0.0", "fr")))
    assert "Cette fiche n&#39;a pas encore de texte français." in told["threats/DAT-01.html"]
    assert '<h1 lang="en"><bdi>Read on the way</bdi></h1>' in told["threats/DAT-01.html"]
    assert "Is this place encrypted?" in told["controls/tls.html"]


def test_the_entries_of_a_catalog_with_a_name_of_its_own_lie_flat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An id with a slash makes no folder, so that relative addresses hold."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    threat = THREAT.replace("id: DAT-01", "id: small/DAT-01")
    catalog = read_catalog(write(tmp_path / "catalog", {"threats/data/DAT-01-read.yaml": threat}))
    told = dict(pages(build_manual(catalog, (), "0.0.0")))
    assert "threats/small.DAT-01.html" in told
    assert "../threats/small.DAT-01.html" in Reader(told["controls/tls.html"]).links
