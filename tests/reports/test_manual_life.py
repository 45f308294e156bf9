"""What the manual says of threats that a catalog of one's own changes or puts out of use, and of retired ones."""

from pathlib import Path

import pytest

from tests.catalog.own import OVERRIDES, read_both
from tests.catalog.written import THREAT
from tests.model.written import system
from threatmodel.assessment import assess
from threatmodel.catalog.catalog import Catalog
from threatmodel.reports.manual import pages
from threatmodel.reports.manual_words import LANGUAGES, words
from threatmodel.reports.view_build import build_view
from threatmodel.reports.view_manual_build import build_manual
from threatmodel.reports.view_manual_life import otherwise

LAST = THREAT.replace(
    "id: DAT-01\n", "id: DAT-03\nstatus: retired\nretired_because: Said twice.\nreplaced_by: [DAT-01]\n"
)
MODEL = """\
zones:
  - {id: imaging, name: Imaging network}
components:
  - {id: pacs, name: PACS, kind: pacs, zone: imaging, stores: []}
"""


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return read_both(tmp_path, {"overrides.yaml": OVERRIDES}, {"threats/data/DAT-03-again.yaml": LAST})


def test_a_page_says_what_is_otherwise_here_and_why(catalog: Catalog) -> None:
    (page,) = (one for one in build_manual(catalog, (), "0").threats if one.line.id == "DAT-01")
    assert page.life.changes == (
        "severity 4 here (3 in small 1.0.0), because: Our links leave the building.",
        "knowledge 1 here (2 in small 1.0.0), because: Our links leave the building.",
        "remedy (en) of chu here, because: Our links leave the building. small 1.0.0 says: Encrypt.",
    )
    told = dict(pages(build_manual(catalog, (), "0")))["threats/DAT-01.html"]
    assert "severity 4 here (3 in small 1.0.0)" in told
    french = dict(pages(build_manual(catalog, (), "0", "fr")))["threats/DAT-01.html"]
    assert "gravité 4 ici (3 dans small 1.0.0), motif\u00a0: Our links" in french


def test_the_first_page_tells_what_is_not_asked(catalog: Catalog) -> None:
    manual = build_manual(catalog, (), "0")
    assert manual.title == "Our hospital"
    assert [(one.id, one.told, one.replaced_by) for one in manual.not_asked] == [
        ("DAT-02", "out of use by chu: The network team owns it.", ()),
        ("DAT-03", "retired: not asked any more – Said twice.", ("DAT-01",)),
    ]
    index = dict(pages(manual))["index.html"]
    assert "out of use by chu: The network team owns it." in index
    assert 'id="not-asked"' in index


def test_a_catalog_that_asks_all_says_nothing_of_it(catalog: Catalog) -> None:
    for language in LANGUAGES:
        only = Catalog(catalog.origins, catalog.rules, catalog.controls, catalog.families)
        assert words(language)["not_asked"] not in dict(pages(build_manual(only, (), "0", language)))["index.html"]


def test_a_report_says_what_is_otherwise_here(catalog: Catalog) -> None:
    assert otherwise(catalog) == (
        "DAT-01: severity 4 here (3 in small 1.0.0), because: Our links leave the building.",
        "DAT-01: knowledge 1 here (2 in small 1.0.0), because: Our links leave the building.",
        "DAT-01: remedy (en) of chu here, because: Our links leave the building. small 1.0.0 says: Encrypt.",
        "DAT-02 was not asked: out of use by chu: The network team owns it.",
    )
    view = build_view(assess(system(MODEL), catalog), "0")
    assert view.notes[-4:] == otherwise(catalog)
