"""The program and a browser. Playwright keeps the thread's event loop, so both live no longer than a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts.chromium import NO_CHROMIUM, windowless_chromium
from tests.acceptance.programs import Serving, serving
from tests.browser.visitors import Run, Visitor


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("browser") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = windowless_chromium()
    if program is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def visitor(server: Serving, chromium: Browser) -> Iterator[Visitor]:
    """Somebody with a browser who is signed in; nothing may go wrong in it that the test has not announced."""
    someone = Visitor(chromium, server.link)
    yield someone
    someone.leave()


@pytest.fixture(scope="module")
def run(server: Serving, chromium: Browser) -> Iterator[Run]:
    """Evaluates the body of a function, with `load(name)` for a module of the capture and `given` for an argument."""
    visitor = Visitor(chromium, server.link)
    page = visitor.opens("/new")

    def evaluate(body: str, given: Any = None) -> Any:
        script = f"""async (given) => {{
            const load = (name) => import(`/static/js/capture/${{name}}.js`);
            {body}
        }}"""
        return page.evaluate(script, given)

    yield evaluate
    visitor.leave()
