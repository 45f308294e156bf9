"""The HTML report in a real browser: no message on the console, and filter, sorting, picture and details work."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from threatmodel.assessment import assess
from threatmodel.catalog.read import read_catalog
from threatmodel.importers.formats import read_model
from threatmodel.reports import html
from threatmodel.reports.view import View
from threatmodel.reports.view_build import build_view
from threatmodel.resources import data_folder

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if os.environ.get("CI") != "true":
    pytest.importorskip("selenium", reason="selenium is not installed")
    if BROWSER is None or DRIVER is None:
        pytest.skip("chromium and chromedriver are not installed", allow_module_level=True)

from selenium.webdriver import Chrome, ChromeOptions, ChromeService  # noqa: E402 - after the reasons to skip
from selenium.webdriver.common.by import By  # noqa: E402 - likewise
from selenium.webdriver.support.select import Select  # noqa: E402 - likewise

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1280,1000",
)  # fmt: skip
PLACE = "dicom-router"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="100pt" viewBox="0 0 300 100">'
    f'<g id="component:{PLACE}"><title>DICOM router</title><rect x="10" y="10" width="80" height="30" fill="#eee"/>'
    '<text x="20" y="30">DICOM router</text></g></svg>'
)


@pytest.fixture(scope="module")
def view() -> View:
    catalog = read_catalog(data_folder("catalogs") / "radiology-ai")
    model = data_folder("samples") / "chest-xray-triage" / "model.py"
    return build_view(assess(read_model(model, catalog.controls), catalog), "0.0.0")


@pytest.fixture(scope="module")
def address(view: View, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(html.render(view, PICTURE), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Chrome]]:
    assert BROWSER is not None, "chromium is not installed"
    assert DRIVER is not None, "chromedriver is not installed"
    running: list[Chrome] = []

    def started(*, scripts: bool = True) -> Chrome:
        options = ChromeOptions()
        options.binary_location = str(BROWSER)
        for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
            options.add_argument(flag)
        if not scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        running.append(Chrome(options=options, service=ChromeService(str(DRIVER))))
        return running[-1]

    yield started
    for browser in running:
        browser.quit()


@pytest.fixture(scope="module")
def browser(start: Callable[..., Chrome]) -> Chrome:
    return start()


@pytest.fixture
def page(browser: Chrome, address: str) -> Chrome:
    browser.get("about:blank")
    browser.get(address)
    return browser


def shown(page: Chrome) -> set[str]:
    """The ids of the findings that the filter leaves."""
    return set(
        page.execute_script("return [...document.querySelectorAll('details.f:not([hidden])')].map(part => part.id)")
    )


def choose(page: Chrome, name: str, text: str) -> None:
    Select(page.find_element(By.CSS_SELECTOR, f"#filter select[name={name}]")).select_by_visible_text(text)


def test_the_page_opens_without_a_message(page: Chrome, view: View) -> None:
    assert page.get_log("browser") == []
    assert shown(page) == {finding.id for finding in view.findings}
    assert page.find_element(By.ID, "filter").is_displayed()


def test_the_policy_stops_foreign_scripts_and_styles(page: Chrome) -> None:
    page.execute_script(
        "document.body.insertAdjacentHTML('beforeend', '<img id=bad src=x onerror=\"window.hit=1\" style=\"top:1px\">')"
    )
    assert page.execute_async_script("setTimeout(arguments[0], 200)") is None
    assert page.execute_script("return window.hit") is None
    assert any("Content Security Policy" in entry["message"] for entry in page.get_log("browser"))


def test_the_filter_shows_what_it_is_asked_for(page: Chrome, view: View) -> None:
    choose(page, "level", "critical")
    assert shown(page) == {finding.id for finding in view.findings if finding.place.level == "critical"}
    choose(page, "state", "open, confirmed")
    assert shown(page) == {
        one.id for one in view.findings if one.place.level == "critical" and one.state == "open" and one.confirmed
    }
    page.find_element(By.CSS_SELECTOR, "[data-clear]").click()
    choose(page, "stride", "R repudiation")
    choose(page, "phase", "auditability")
    assert shown(page) == {
        one.id for one in view.findings if "R" in one.threat.stride and one.threat.phase == "auditability"
    }
    page.find_element(By.CSS_SELECTOR, "[data-clear]").click()
    page.find_element(By.CSS_SELECTOR, "#filter input").send_keys("Triage RESULT")
    expected = {one.id for one in view.findings if "triage result" in one.place.name.lower()}
    assert shown(page) == expected
    assert page.find_element(By.ID, "told").text == f"Showing {len(expected)} of {len(view.findings)} findings"
    visible = page.execute_script(
        "return [...document.querySelectorAll('article.threat')].filter(part => !part.hidden).length"
    )
    assert visible == len({one.threat.id for one in view.findings if one.id in expected})


def test_details_open_one_by_one_and_all_together(page: Chrome, view: View) -> None:
    page.find_element(By.CSS_SELECTOR, "[data-fold=close]").click()
    assert page.find_elements(By.CSS_SELECTOR, "details.f[open]") == []
    first = page.find_element(By.CSS_SELECTOR, "details.f")
    first.find_element(By.TAG_NAME, "summary").click()
    assert first.find_element(By.CSS_SELECTOR, ".why").is_displayed()
    page.find_element(By.CSS_SELECTOR, "[data-fold=open]").click()
    assert len(page.find_elements(By.CSS_SELECTOR, "details.f[open]")) == len(view.findings)


def test_a_link_to_a_finding_opens_it_and_overrules_the_filter(page: Chrome, view: View, address: str) -> None:
    finding = next(one for one in view.findings if one.place.level != "low")
    choose(page, "level", "low")
    assert finding.id not in shown(page)
    page.execute_script("location.hash = arguments[0]", finding.id)
    page.execute_async_script("setTimeout(arguments[0], 100)")
    target = page.find_element(By.ID, finding.id)
    assert target.is_displayed()
    assert target.get_attribute("open") is not None


def test_a_table_is_sorted_by_its_headings(page: Chrome) -> None:
    table = page.find_element(By.CSS_SELECTOR, "section[aria-labelledby=mitigations] table.sortable")
    head = table.find_elements(By.CSS_SELECTOR, "thead th")[1]
    column = "return [...arguments[0].tBodies[0].rows].map(row => Number(row.cells[1].textContent))"
    head.find_element(By.TAG_NAME, "button").click()
    numbers = page.execute_script(column, table)
    assert numbers == sorted(numbers, reverse=True)
    assert head.get_attribute("aria-sort") == "descending"
    head.find_element(By.TAG_NAME, "button").click()
    assert page.execute_script(column, table) == sorted(numbers)


def test_the_picture_tells_the_findings_of_what_is_chosen(page: Chrome, view: View) -> None:
    page.find_element(By.CSS_SELECTOR, "#drawing [tabindex='0'][role=button]").send_keys("\ue007")
    expected = [f"#{one.id}" for one in view.findings if one.place.id == PLACE]
    links = page.find_elements(By.CSS_SELECTOR, "#chosen a")
    assert sorted(str(link.get_dom_attribute("href")) for link in links) == sorted(expected)
    assert expected
    page.find_element(By.CSS_SELECTOR, "#chosen button").click()
    assert not page.find_element(By.ID, "chosen").is_displayed()


def test_the_picture_zooms(page: Chrome) -> None:
    drawing = page.find_element(By.CSS_SELECTOR, "#drawing svg")
    before = drawing.get_dom_attribute("viewBox")
    page.find_element(By.CSS_SELECTOR, "[data-zoom='+']").click()
    assert drawing.get_dom_attribute("viewBox") != before
    page.find_element(By.CSS_SELECTOR, "[data-zoom='0']").click()
    assert drawing.get_dom_attribute("viewBox") == before


def test_a_finding_lights_its_element(page: Chrome, view: View) -> None:
    finding = next(one for one in view.findings if one.place.id == PLACE)
    page.execute_script("document.getElementById(arguments[0]).querySelector('summary').focus()", finding.id)
    assert page.find_elements(By.CSS_SELECTOR, f"g[id='component:{PLACE}'].lit")


def test_no_page_is_wider_than_a_phone(page: Chrome) -> None:
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    )
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") <= 390
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_without_scripts_all_content_is_there(start: Callable[..., Chrome], address: str, view: View) -> None:
    page = start(scripts=False)
    page.get(address)
    assert not page.find_element(By.ID, "filter").is_displayed()
    assert len(page.find_elements(By.CSS_SELECTOR, "details.f")) == len(view.findings)
    assert page.find_element(By.CSS_SELECTOR, "#drawing svg").is_displayed()
    summary = page.find_element(By.CSS_SELECTOR, "details.f:not([open]) > summary")
    summary.click()
    assert summary.find_element(By.XPATH, "..").get_attribute("open") is not None


def test_files_stand_alone(address: str) -> None:
    folder = Path(address.removeprefix("file://")).parent
    assert [file.name for file in folder.iterdir()] == ["report.html"]
