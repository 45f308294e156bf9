"""The manual in a real browser: no message on the console, no page wider than a phone, and folds that open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.properties.strategies import shipped
from threatmodel.catalog.reasons import read_reasons
from threatmodel.reports.manual import pages
from threatmodel.reports.view_manual_build import build_manual
from threatmodel.resources import data_folder

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if os.environ.get("CI") != "true":
    pytest.importorskip("selenium", reason="selenium is not installed")
    if BROWSER is None or DRIVER is None:
        pytest.skip("chromium and chromedriver are not installed", allow_module_level=True)

from selenium.webdriver import Chrome, ChromeOptions, ChromeService  # noqa: E402 - after the reasons to skip
from selenium.webdriver.common.by import By  # noqa: E402 - likewise

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1280,1000",
)  # fmt: skip
SOME = (
    "index.html",
    "kinds.html",
    "facts.html",
    "data.html",
    "coverage.html",
    "threats/DAT-25.html",
    "controls/tls-bcp195.html",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual")
    reasons = read_reasons(data_folder("catalogs") / "radiology-ai") or ()
    for name, text in pages(build_manual(shipped(), reasons, "0.0.0")):
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    assert BROWSER is not None, "chromium is not installed"
    assert DRIVER is not None, "chromedriver is not installed"
    options = ChromeOptions()
    options.binary_location = str(BROWSER)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = Chrome(options=options, service=ChromeService(str(DRIVER)))
    yield running
    running.quit()


@pytest.mark.parametrize("name", SOME)
def test_a_page_opens_without_a_message_and_fits_a_phone(browser: Chrome, folder: Path, name: str) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    )
    try:
        browser.get((folder / name).as_uri())
        assert browser.get_log("browser") == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        assert browser.execute_script("return getComputedStyle(document.querySelector('.kicker')).margin") == "0px"
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_from_a_threat_to_a_control_and_back(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "threats" / "DAT-25.html").as_uri())
    browser.find_element(By.PARTIAL_LINK_TEXT, "De-identification by the DICOM Basic Profile").click()
    assert browser.current_url.endswith("/controls/deid-profile.html")
    browser.find_element(By.PARTIAL_LINK_TEXT, "past the de-identification step").click()
    assert browser.current_url.endswith("/threats/DAT-25.html")


def test_a_fold_opens_by_its_link_without_a_script(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "kinds.html").as_uri() + "#pacs")
    fold = browser.find_element(By.CSS_SELECTOR, "#pacs details")
    assert fold.get_attribute("open") is None
    fold.find_element(By.TAG_NAME, "summary").click()
    assert fold.find_element(By.PARTIAL_LINK_TEXT, "A stored image may be altered").is_displayed()
