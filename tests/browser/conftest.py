"""The program and a browser. Playwright keeps the thread's event loop, so both live no longer than a module."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from scripts.browsers import NO_CHROMIUM, NO_FIREFOX, firefox_program, windowless_chromium
from tests.acceptance.programs import Serving, serving
from tests.browser.visitors import Run, Visitor


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("browser") / "data") as running:
        yield running


def _chromium(playwright: Playwright) -> Browser:
    program = windowless_chromium() or pytest.skip(NO_CHROMIUM)
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])


def _firefox(playwright: Playwright) -> Browser:
    """Spoken to by WebDriver BiDi, which it knows as it is released."""
    program = firefox_program() or pytest.skip(NO_FIREFOX)
    return playwright.firefox.launch(executable_path=program, channel="moz-firefox")


BROWSERS = {"chromium": _chromium, "firefox": _firefox}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, unless COPILOT_TEST_BROWSER names another."""
    with sync_playwright() as playwright:
        opened = BROWSERS[os.environ.get("COPILOT_TEST_BROWSER", "chromium")](playwright)
        yield opened
        opened.close()


@pytest.fixture
def visitor(server: Serving, browser: Browser) -> Iterator[Visitor]:
    """Somebody with a browser who is signed in; nothing may go wrong in it that the test has not announced."""
    someone = Visitor(browser, server.link)
    yield someone
    someone.leave()


@pytest.fixture(scope="module")
def run(server: Serving, browser: Browser) -> Iterator[Run]:
    """Evaluates the body of a function, with `load(name)` for a module of the capture and `given` for an argument."""
    visitor = Visitor(browser, server.link)
    page = visitor.opens("/new")

    def evaluate(body: str, given: Any = None) -> Any:
        script = f"""async (given) => {{
            const load = (name) => import(`/static/js/capture/${{name}}.js`);
            {body}
        }}"""
        return page.evaluate(script, given)

    yield evaluate
    visitor.leave()
