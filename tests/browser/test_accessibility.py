"""Nothing serious keeps people from using a page, as far as axe-core can tell: every page, in its main states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.programs import Serving, demo_account, serving
from tests.browser.accessibility import findings, findings_wide_and_narrow
from tests.browser.senders import CALL, FULL_MAP, sending
from tests.browser.test_calls_and_review import VTT, chooses
from tests.browser.visitors import PANEL, WIDE, Panel, Visitor

pytestmark = pytest.mark.browser

WITH_A_NOTICE = 10  # utterances until the rep has listed features
WAYS = ("This computer", "Upload", "Demo call", "From elsewhere")


def opened(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).first.click()
    expect(page.locator(".popover")).to_be_visible()


def editing(panel: Panel) -> None:
    panel.goes_to_row("O1")
    panel.presses("e")
    expect(panel.page.locator(".edit-form")).to_be_visible()


OPEN: dict[str, Callable[[Panel], None]] = {
    "menu": lambda panel: opened(panel.page, "More"),
    "a stage": lambda panel: panel.coverage.get_by_role("button").first.click(),
    "talk": lambda panel: opened(panel.page, re.compile("^(You|Talk time|Speakers).*Open")),
    "why": lambda panel: opened(panel.page, re.compile("^Why")),
    "editing": editing,
    "transcript": lambda panel: panel.presses("t"),
    "marking": lambda panel: panel.presses("b"),
    "keys": lambda panel: panel.presses("?"),
    "hidden": lambda panel: panel.presses("h"),
}


def test_faint_words_are_found(server: Serving, visitor: Visitor) -> None:
    page = visitor.opens("/docs", size=WIDE)
    page.get_by_role("heading", level=1).evaluate("heading => { heading.style.color = '#9a9a9a'; }")
    assert any("color-contrast" in found for found in findings(page))


@pytest.fixture(scope="module")
def going_on(server: Serving) -> Iterator[str]:
    """A call with a full map, in the middle of a sentence."""
    with sending(server, "going-on") as sender:
        sender.says_up_to(FULL_MAP)
        sender.begins_to_say("And then")
        yield "going-on"


class TestLivePanel:
    def test_before_the_first_words(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "silent"):
            panel = visitor.opens_call("silent")
            panel.says("Listening")
            assert findings_wide_and_narrow(panel.page) == []

    def test_with_a_notice(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "noticed") as sender:
            panel = visitor.opens_call("noticed")
            panel.says("Listening")
            sender.says_up_to(WITH_A_NOTICE)
            expect(panel.notice).to_contain_text("Feature dumping")
            assert findings(panel.page) == []
            panel.notice.get_by_role("button", name=re.compile("Open$")).click()
            assert findings(panel.page) == []

    @pytest.mark.parametrize("what", OPEN)
    def test_with_something_open(self, going_on: str, visitor: Visitor, what: str) -> None:
        panel = visitor.opens_call(going_on)
        expect(panel.row("O1")).to_be_visible()
        OPEN[what](panel)
        assert findings(panel.page) == []

    def test_in_three_columns(self, going_on: str, visitor: Visitor) -> None:
        panel = visitor.opens_call(going_on, size=WIDE)
        expect(panel.row("O1")).to_be_visible()
        assert findings(panel.page) == []

    def test_when_nobody_sends(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "left") as sender:
            sender.says_up_to(WITH_A_NOTICE)
        panel = visitor.opens_call("left")
        panel.says("Not listening")
        assert findings(panel.page) == []


class TestReview:
    def test_every_tab(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "reviewed") as sender:
            sender.says_up_to(len(CALL.utterances))
            sender.ends()
        panel = visitor.opens_call("reviewed", size=WIDE)
        expect(panel.page.locator(".review")).to_be_visible()
        for size in (WIDE, PANEL):
            panel.page.set_viewport_size({"width": size[0], "height": size[1]})
            for tab in panel.page.get_by_role("tab").all():
                tab.click()
                assert findings(panel.page) == [], tab.inner_text()


class TestPages:
    def test_the_first_run(self, browser: Browser, tmp_path: Path) -> None:
        with serving(tmp_path / "data") as server:
            visitor = Visitor(browser, server.link)
            page = visitor.opens("/")
            expect(page.get_by_role("heading", name="No calls yet")).to_be_visible()
            assert findings_wide_and_narrow(page) == []
            visitor.leave()

    def test_the_list_of_calls_and_a_file_to_upload(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "listed") as sender:
            sender.says_up_to(WITH_A_NOTICE)
            page = visitor.opens("/")
            expect(page.locator(".call").first).to_be_visible()
            assert findings_wide_and_narrow(page) == []
            chooses(page, "weekly.vtt", VTT)
            expect(page.get_by_role("form", name="Upload")).to_be_visible()
            assert findings_wide_and_narrow(page) == []

    def test_every_way_to_begin_a_call(self, visitor: Visitor) -> None:
        page = visitor.opens("/new")
        for way in WAYS:
            page.get_by_role("radio", name=way).check(force=True)
            expect(page.locator(".choice.chosen")).to_have_text(way)
            assert findings_wide_and_narrow(page) == [], way

    @pytest.mark.parametrize("path", ["/team", "/team?view=maturity", "/accounts"])
    def test_pages_that_have_nothing_to_show_yet(self, visitor: Visitor, path: str) -> None:
        page = visitor.opens(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert findings_wide_and_narrow(page) == []

    def test_signing_in(self, server: Serving, visitor: Visitor) -> None:
        visitor.expects_trouble("401")
        page = visitor.opens("/", signed_in=False)
        expect(page.get_by_label("Token")).to_be_visible()
        assert findings(page) == []

    @pytest.mark.parametrize("path", ["/docs", "/nowhere"])
    def test_pages_of_words(self, server: Serving, visitor: Visitor, path: str) -> None:
        visitor.expects_trouble("404")
        page = visitor.opens(path, size=WIDE)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert findings(page) == []


@pytest.fixture(scope="module")
def with_an_account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with demo_account(tmp_path_factory.mktemp("account")) as running:
        yield running


@pytest.fixture
def accountant(with_an_account: Serving, browser: Browser) -> Iterator[Visitor]:
    someone = Visitor(browser, with_an_account.link)
    yield someone
    someone.leave()


class TestAccount:
    """The pages of the bundled account, with a promise and every form open."""

    def test_the_list(self, accountant: Visitor) -> None:
        page = accountant.opens("/accounts?demo=true")
        expect(page.get_by_role("link", name="Marlowe Instruments")).to_be_visible()
        assert findings_wide_and_narrow(page) == []

    def test_the_account(self, accountant: Visitor) -> None:
        page = accountant.opens("/accounts/Marlowe%20Instruments?demo=true")
        expect(page.locator(".promise").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert findings_wide_and_narrow(page) == []
        page.get_by_role("button", name=re.compile("^Open: ")).first.click()
        expect(page.locator(".readings-chart [role=img]").first).to_be_visible()
        page.get_by_role("button", name=re.compile("^Add reading: ")).first.click()
        expect(page.get_by_role("form", name=re.compile("^Add reading: "))).to_be_visible()
        page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        assert findings_wide_and_narrow(page) == []
