"""The settings page: what is in order, the playbook's parts and changes to them, the theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.acceptance.programs import Serving, serving
from tests.browser.accessibility import findings, findings_wide_and_narrow
from tests.browser.senders import sending
from tests.browser.visitors import SIZES, WIDE, Panel, Visitor

pytestmark = pytest.mark.browser

NO_MAIL_SERVER = {"COPILOT_MAIL__HOST": "127.0.0.1", "COPILOT_MAIL__PORT": "9", "COPILOT_MAIL__SECURITY": "none"}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server whose mail server does not answer."""
    settings = {**NO_MAIL_SERVER, "COPILOT_MAIL__SENDER": "dana@acme.example"}
    with serving(tmp_path_factory.mktemp("broken") / "data", settings=settings) as running:
        yield running


def opens(visitor: Visitor) -> Page:
    page = visitor.opens("/settings", size=WIDE)
    expect(page.locator(".finding").first).to_be_visible()
    return page


def opens_part(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Open {name}").click()
    expect(page.get_by_label(f"Text of {name}")).to_be_focused()


class TestFindings:
    @pytest.mark.chromium
    def test_what_is_not_set_up_names_the_setting_to_copy(self, visitor: Visitor) -> None:
        page = opens(visitor)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        line = page.locator(".finding", has_text="Speech model")
        line.get_by_role("button", name="Copy").click()
        expect(page.locator(".toast")).to_contain_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == "COPILOT_SPEECH__MODEL=base.en"

    def test_a_mail_server_that_does_not_answer_is_told_once_it_was_tried(
        self, broken: Serving, browser: Browser
    ) -> None:
        visitor = Visitor(browser, broken.link)
        page = opens(visitor)
        line = page.locator(".finding", has_text="127.0.0.1:9")
        expect(line).to_contain_text("not tried")
        line.get_by_role("button", name="Try it").click()
        expect(line).to_contain_text("cannot be reached; check mail.host and mail.port")
        assert findings(page) == []
        visitor.leave()

    def test_the_token_is_on_no_page(self, server: Serving, visitor: Visitor) -> None:
        page = opens(visitor)
        expect(page.get_by_role("region", name="Access")).to_contain_text("in the file")
        assert server.token not in page.content()


class TestPlaybook:
    def test_a_mistake_is_told_in_a_sentence_with_its_line(self, visitor: Visitor) -> None:
        visitor.expects_trouble("422")
        page = opens(visitor)
        opens_part(page, "Pitfalls")
        page.get_by_label("Text of Pitfalls").press("Control+End")
        page.keyboard.type("nope: 1\n")
        page.get_by_role("button", name="Check").click()
        expect(page.locator(".editor .problem")).to_contain_text("unknown field 'nope'; remove it or correct its")
        page.get_by_role("button", name="Undo the changes").click()
        page.get_by_role("button", name="Check").click()
        expect(page.locator(".editor .right")).to_contain_text("In order")

    def test_a_changed_part_is_tried_on_a_call_and_leads_to_the_moments(
        self, server: Serving, visitor: Visitor
    ) -> None:
        with sending(server, "tried-on", title="Tried on") as sender:
            sender.says_up_to(20)
            sender.ends()
        page = opens(visitor)
        opens_part(page, "Pitfalls")
        field = page.get_by_label("Text of Pitfalls")
        field.fill(field.input_value().replace("thresholds: {features: 3, likely: 0.8}", "thresholds: {features: 30}"))
        page.get_by_label("Call", exact=True).select_option(label="Tried on")
        page.get_by_role("button", name="See what would differ").click()
        gone = page.locator(".differences li", has_text="Feature dumping")
        expect(gone).to_contain_text("gone")
        assert findings(page) == []
        gone.get_by_role("link").click()
        expect(Panel(page).transcript.locator(".utterance.marked")).to_be_visible()

    @pytest.mark.chromium
    def test_a_file_takes_the_texts_place_and_can_be_downloaded(self, visitor: Visitor) -> None:
        page = opens(visitor)
        opens_part(page, "Company")
        with page.expect_file_chooser() as choosing:
            page.get_by_role("button", name="Take a file").click()
        text = "version: 2\nchanged: All of it.\n"
        choosing.value.set_files(FilePayload(name="v2.yaml", mimeType="application/yaml", buffer=text.encode()))
        expect(page.get_by_label("Text of Company")).to_have_value(text)
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Download").click()
        assert downloading.value.suggested_filename == "company.yaml"
        assert Path(downloading.value.path()).read_text(encoding="utf-8") == text


class TestAppearance:
    def test_a_theme_is_fixed_for_every_page_until_the_system_decides_again(
        self, server: Serving, visitor: Visitor
    ) -> None:
        page = opens(visitor)
        ground = "getComputedStyle(document.documentElement).backgroundColor"
        light = page.evaluate(ground)
        page.get_by_label("Dark", exact=True).check()
        dark = page.evaluate(ground)
        assert dark != light
        page.goto(f"{server.address}/")
        assert page.evaluate(ground) == dark
        page.goto(f"{server.address}/settings")
        page.get_by_label("As the system").check()
        assert page.evaluate(ground) == light


def test_everything_fits_and_can_be_used_by_anybody(visitor: Visitor) -> None:
    page = opens(visitor)
    opens_part(page, "Gaps and questions")
    assert Panel(page).too_narrow_at(*SIZES) == []
    assert findings_wide_and_narrow(page) == []
