"""Somebody with a browser, and the pages as they see them. Everything waits until it is so."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

Scheme = Literal["light", "dark"]
Run = Callable[..., Any]  # JavaScript in a page: the body of a function, and what it is given
PATIENCE_MS = 15_000  # far more than any page takes, on however busy a machine
REDRAWING_MS = 3_000

PANEL = (380, 800)
MEDIUM = (768, 1024)
WIDE = (1440, 900)
NARROWEST = (320, 640)
SIZES = (NARROWEST, PANEL, MEDIUM, WIDE)

expect.set_options(timeout=PATIENCE_MS)


def loaded(module: str) -> str:
    """JavaScript that gives a module by its path in `static/js`: the very one that the page uses."""
    return f"import(new URL('{module}', document.querySelector('script[type=module]').src))"


class Visitor:
    """One browser context. Console errors and requests to other hosts are noted, and fail the test when it ends."""

    def __init__(self, browser: Browser, link: str) -> None:
        self._browser = browser
        self.link = link
        self.troubles: list[str] = []
        self._expected: list[str] = []
        self._pages: list[Page] = []

    def opens(
        self, path: str = "/", *, size: tuple[int, int] = PANEL, scheme: Scheme = "light", signed_in: bool = True
    ) -> Page:
        width, height = size
        context = self._browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda request: self._check_host(request.url))
        page.on("websocket", lambda socket: self._check_host(socket.url))
        self._pages.append(page)
        address, _, token = self.link.partition("/?")
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}{token}" if signed_in else f"{address}{path}")
        return page

    def opens_call(self, call: str, *, size: tuple[int, int] = PANEL, scheme: Scheme = "light") -> Panel:
        return Panel(self.opens(f"/calls/{call}", size=size, scheme=scheme))

    def expects_trouble(self, pattern: str) -> None:
        """The browser will say something like this on its console, and is right to."""
        self._expected.append(pattern)

    def leave(self) -> None:
        for page in self._pages:
            page.context.close()
        unexpected = [t for t in self.troubles if not any(re.search(pattern, t) for pattern in self._expected)]
        assert not unexpected, unexpected

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(message.text)

    def _check_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != urlsplit(self.link).netloc:
            self.troubles.append(f"a request to another host: {url}")


class Panel:
    """A call's page: the live panel, and the review that it turns into."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.status = self._part("Status of the call")
        self.question = self._part("Question to ask")
        self.notice = self._part("Notice")
        self.coverage = self._part("Coverage")
        self.talk = self._part("Talk")
        self.map = self._part("Value map")
        self.transcript = self._part("Transcript")
        self.toast = page.locator(".toast")

    def _part(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    def says(self, words: str | re.Pattern[str]) -> None:
        """The status line shows these words."""
        expect(self.status).to_contain_text(words)

    def row(self, item: str) -> Locator:
        return self.page.locator(f'[data-item="{item}"]')

    def ring(self, item: str) -> Locator:
        """How far the item can be relied on; its tooltip says it in words."""
        return self.row(item).locator(".ring")

    def utterance(self, i: int) -> Locator:
        return self.transcript.locator(f'[data-i="{i}"]')

    def asks(self) -> str:
        """The question in front, once there is one."""
        text = self.question.locator(".question-text")
        expect(text).to_be_visible()
        return text.inner_text()

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> Locator:
        return self.page.locator(":focus")

    def goes_to_row(self, item: str) -> None:
        """By keyboard, from wherever the map's Tab stop is."""
        self.presses("m")
        expect(self.focused()).to_have_attribute("role", "treeitem")
        self.presses("Home")
        for _ in range(self.map.get_by_role("treeitem").count()):
            at = self.focused().get_attribute("data-item")
            if at == item:
                return
            self.presses("ArrowDown")
            expect(self.page.locator(f'[data-item="{at}"]')).not_to_be_focused()
        raise AssertionError(f"no row {item}")

    def evaluate(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def is_as_wide_as_its_window(self) -> bool:
        """Whether it is once what follows a window's size, charts above all, has been drawn anew."""
        script = """async (patience) => {
            const fits = () => document.documentElement.scrollWidth <= window.innerWidth;
            const end = performance.now() + patience;
            while (!fits() && performance.now() < end) await new Promise((next) => setTimeout(next, 20));
            return fits();
        }"""
        return bool(self.evaluate(script, REDRAWING_MS))

    def too_narrow_at(self, *sizes: tuple[int, int]) -> list[tuple[int, int]]:
        """The sizes of a window in which the page is wider than its window."""
        narrow = []
        for width, height in sizes:
            self.page.set_viewport_size({"width": width, "height": height})
            narrow += [] if self.is_as_wide_as_its_window() else [(width, height)]
        return narrow
