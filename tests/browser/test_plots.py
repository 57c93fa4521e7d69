"""The page of plots as a browser shows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.acceptance.programs import ROOT, copilot
from tests.browser.visitors import Scheme

pytestmark = pytest.mark.browser

CUT_OFF = """() => [...document.querySelectorAll("svg")].flatMap(svg => {
    const edge = svg.closest("figure").getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter(text => {
        const box = text.getBoundingClientRect();
        return box.left < edge.left || box.right > edge.right || box.bottom > svg.getBoundingClientRect().bottom;
    }).map(text => text.textContent);
})"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("svg text")].map(text => {
    const { a, b } = text.getScreenCTM();  // some is turned
    return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
}))"""
OVERFLOWING = """() => [...document.querySelectorAll(".heat td, .heat tbody th")].filter(
    cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"""
GROUND = "() => getComputedStyle(document.documentElement).backgroundColor"


@pytest.fixture(scope="module")
def plots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plots")
    for call in (ROOT / "fixtures" / "demo").glob("*.json"):
        shutil.copy(call, folder)
    file = folder / "plots.html"
    done = copilot("eval", folder, "--html", file)
    assert (done.returncode, done.stderr) == (0, "")
    return file


@pytest.fixture(params=[(400, "light"), (400, "dark"), (1200, "light"), (1200, "dark")], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, plots: Path) -> Iterator[Page]:
    width, scheme = request.param
    opened = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened.goto(plots.as_uri())
    yield opened
    opened.close()


def test_nothing_is_cut_off_or_too_small_to_read(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0

    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(SMALLEST) >= 11.9


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(245, 246, 248)"), ("dark", "rgb(15, 18, 22)")])
@pytest.mark.chromium
def test_follows_the_systems_theme(browser: Browser, plots: Path, scheme: Scheme, ground: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(plots.as_uri())

    assert page.evaluate(GROUND) == ground
    page.close()


def test_a_picture_is_read_out_and_its_table_opens(browser: Browser, plots: Path) -> None:
    page = browser.new_page()
    page.goto(plots.as_uri())

    page.get_by_role("img", name="F1 after each part of the call, by kind of finding").wait_for()
    page.locator("#courses summary").click()
    assert page.locator("#courses tbody tr").count() == 5
    assert page.locator("#courses table").is_visible()
    page.close()
