"""The email in the review: edited, saved as it is typed, sent to a mail server, all of it by keyboard if wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.acceptance.programs import Serving, serving
from tests.browser.accessibility import findings
from tests.browser.mailboxes import receiving
from tests.browser.senders import CALL, sending, state_of
from tests.browser.visitors import MEDIUM, PANEL, WIDE, Panel, Scheme, Visitor
from tests.integration.mail_servers import Mailbox

pytestmark = pytest.mark.browser

GONE = "gone@peltier.example"


@pytest.fixture(scope="module")
def mailbox() -> Mailbox:
    return Mailbox(refuses=(GONE,))


@pytest.fixture(scope="module")
def server(mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with (
        receiving(mailbox) as settings,
        serving(tmp_path_factory.mktemp("email") / "data", settings=settings) as running,
    ):
        yield running


def a_call(server: Serving, name: str, up_to: int = len(CALL.utterances)) -> None:
    with sending(server, name) as sender:
        sender.says_up_to(up_to)
        sender.ends()


def body(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Body")


def offers(route: Route, line: str) -> None:
    """The server's answer, with something more that is not in the email."""
    view = route.fetch().json()
    addition = {"heading": "WHO DOES WHAT, BY WHEN", "line": line}
    left = {"what": "Send the price list", "why": "only your side has said it", "item": None, "doubtful": False}
    route.fulfill(json={**view, "not_in_the_email": [{**left, "addition": addition}]})


def saved(page: Page) -> Locator:
    return page.locator(".letter-state", has_text=re.compile(r"Saved \d\d:\d\d"))


class TestWriting:
    def test_it_is_there_when_the_call_is_over_and_follows_it_until_it_is_edited(
        self, server: Serving, visitor: Visitor
    ) -> None:
        with sending(server, "followed") as sender:
            sender.says_up_to(len(CALL.utterances))
            panel = visitor.opens_call("followed", size=WIDE)
            sender.ends()
        page = panel.page
        outcome = state_of(server, "followed")["outcomes"][0]
        expect(page.get_by_role("tab", name="Email")).to_have_attribute("aria-selected", "true")
        expect(body(page)).to_have_value(re.compile("WHAT YOU WANT TO REACH"))
        page.get_by_role("tab", name="Value map").click()
        panel.row(outcome["id"]).focus()
        panel.presses("r")
        page.get_by_role("tab", name="Email").click()
        gone = re.compile(rf"^(?!.*1\. {re.escape(outcome['text'][:20])})", re.S | re.I)
        expect(body(page)).to_have_value(gone)
        expect(page.locator(".letter-state")).to_contain_text("Automatic")

    def test_what_is_typed_is_there_on_another_page(self, server: Serving, visitor: Visitor) -> None:
        a_call(server, "typed")
        page = visitor.opens("/calls/typed", size=WIDE)
        page.get_by_role("textbox", name="Subject").fill("What we took from Tuesday")
        body(page).fill("Dear Tom,\n\n  as promised.\n")
        expect(saved(page)).to_be_visible()
        other = visitor.opens("/calls/typed")
        expect(other.get_by_role("textbox", name="Subject")).to_have_value("What we took from Tuesday")
        expect(body(other)).to_have_value("Dear Tom,\n\n  as promised.\n")

    def test_two_who_edit_at_once_lose_nothing(self, server: Serving, visitor: Visitor) -> None:
        visitor.expects_trouble("409")
        a_call(server, "both", 20)
        one, other = visitor.opens("/calls/both", size=WIDE), visitor.opens("/calls/both", size=WIDE)
        expect(body(other)).to_be_visible()
        body(one).fill("One")
        expect(saved(one)).to_be_visible()
        body(other).fill("Other")
        trouble = other.get_by_role("alert")
        expect(trouble).to_contain_text("Somebody has edited this email elsewhere")
        assert server.asks("GET", "/api/calls/both/email/draft")["draft"]["body"] == "One"
        trouble.get_by_role("button", name="Keep mine").click()
        expect(saved(other)).to_be_visible()
        assert server.asks("GET", "/api/calls/both/email/draft")["draft"]["body"] == "Other"

    def test_every_line_leads_to_its_words(self, server: Serving, visitor: Visitor) -> None:
        a_call(server, "grounded")
        panel = visitor.opens_call("grounded", size=WIDE)
        outcome = state_of(server, "grounded")["outcomes"][0]
        mark = panel.page.get_by_role("button", name=re.compile(f"What “{re.escape(outcome['text'][:15])}", re.I)).first
        mark.click()
        dialog = panel.page.get_by_role("dialog")
        expect(dialog).to_contain_text(outcome["evidence"][0]["quote"])
        dialog.get_by_role("button", name=re.compile("Show in the transcript")).first.click()
        expect(panel.utterance(outcome["evidence"][0]["utterance"])).to_be_in_viewport()

    def test_the_marks_stand_beside_their_lines_and_the_field_is_as_high_as_its_text(
        self, server: Serving, visitor: Visitor
    ) -> None:
        a_call(server, "measured")
        for size in (PANEL, MEDIUM, WIDE):
            page = visitor.opens("/calls/measured", size=size)
            expect(body(page)).to_have_value(re.compile("WHAT YOU WANT"))
            heights: list[float] = body(page).evaluate("field => [field.scrollHeight, field.clientHeight]")
            assert heights[0] == heights[1], size
            assert page.locator(".letter-margin .cite").count() > 5
            assert Panel(page).is_as_wide_as_its_window()

    def test_a_newer_draft_opens_beside_an_edited_one(self, server: Serving, visitor: Visitor) -> None:
        a_call(server, "newer")
        panel = visitor.opens_call("newer", size=WIDE)
        page = panel.page
        text = body(page).input_value()
        body(page).fill(f"{text}\nPS: see you on Monday.")
        expect(saved(page)).to_be_visible()
        page.get_by_role("tab", name="Value map").click()
        panel.row("O1").focus()
        panel.presses("r")
        page.get_by_role("tab", name="Email").click()
        expect(page.locator(".letter-changed")).to_contain_text(re.compile(r"\d+ items? changed since"))
        page.get_by_role("button", name="Show the newer draft").click()
        newer = page.get_by_role("region", name="Newer draft")
        expect(newer).not_to_contain_text("PS: see you")
        assert findings(page) == []
        newer.get_by_role("button", name="Use this one").click()
        expect(body(page)).not_to_have_value(re.compile("PS: see you"))
        page.locator(".toast").get_by_role("button", name="Undo").click()
        expect(body(page)).to_have_value(re.compile("PS: see you"))

    @pytest.mark.chromium
    def test_what_is_not_in_it_is_added_where_it_belongs(self, server: Serving, visitor: Visitor) -> None:
        a_call(server, "added", 20)
        line = "  - Send the price list\n    Maya · Friday"
        page = visitor.opens("/calls/added", size=WIDE)
        page.route("**/email/draft", lambda route: offers(route, line))
        page.reload()
        page.get_by_role("button", name="Add “Send the price list” to the email").click()
        expect(body(page)).to_have_value(re.compile(rf"\n\nWHO DOES WHAT, BY WHEN\n\n{re.escape(line)}\n\n"))
        expect(page.get_by_role("button", name="Add “Send the price list”")).to_have_text("Added")
        expect(saved(page)).to_be_visible()

    def test_a_line_is_put_at_the_end_of_its_section(self, visitor: Visitor) -> None:
        page = visitor.opens("/")
        added = """([body, heading]) => import("/static/js/review/email/lines.js").then((lines) =>
            lines.withAddition(body, { heading, line: "  - new" }, ["ONE", "TWO", "THREE"], ["Regards"]))"""
        whole = "Hello,\n\nONE\n\n  - a\n\nTHREE\n\n  - c\n\nRegards\nMaya\n"
        assert page.evaluate(added, [whole, "ONE"]) == whole.replace("  - a\n", "  - a\n  - new\n")
        assert page.evaluate(added, [whole, "TWO"]) == whole.replace("THREE", "TWO\n\n  - new\n\nTHREE")
        assert page.evaluate(added, [whole, "THREE"]) == whole.replace("  - c\n", "  - c\n  - new\n")
        assert page.evaluate(added, ["My own words.", "ONE"]) == "My own words.\n\nONE\n\n  - new\n"


class TestSending:
    @pytest.mark.parametrize(("size", "scheme"), [(PANEL, "dark"), (WIDE, "light")])
    def test_it_is_sent_by_keyboard_alone(
        self, server: Serving, visitor: Visitor, mailbox: Mailbox, size: tuple[int, int], scheme: Scheme
    ) -> None:
        name = f"sent-{size[0]}"
        a_call(server, name)
        page = visitor.opens(f"/calls/{name}", size=size, scheme=scheme)
        page.get_by_role("textbox", name="To", exact=True).focus()
        page.keyboard.type("tom@peltier.example, board@peltier.example")
        page.keyboard.press("Tab")
        page.keyboard.press("End")
        page.keyboard.type(f" {name}")
        page.keyboard.press("Tab")
        expect(body(page)).to_be_focused()
        page.keyboard.press("Control+Home")
        page.keyboard.type("Dear Tom,\n\n")
        expect(saved(page)).to_be_visible()
        page.get_by_role("button", name="Send", exact=True).focus()
        page.keyboard.press("Enter")
        last = page.get_by_role("dialog")
        expect(last.get_by_role("listitem").filter(has_text="tom@")).to_contain_text("Tom")
        expect(last.get_by_role("listitem").filter(has_text="board@")).to_contain_text("not known to have been on")
        page.keyboard.press("Escape")
        expect(last).to_have_count(0)
        expect(page.get_by_role("button", name="Send", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        last.get_by_role("button", name="Send to 2").focus()
        page.keyboard.press("Enter")
        sent = page.get_by_role("region", name="Sent")
        expect(sent).to_contain_text(re.compile(r"Sent .*, \d\d:\d\d to tom@peltier\.example"))

        (taken,) = [taken for taken in mailbox.taken if str(taken.message["Subject"]).endswith(name)]
        assert taken.recipients == ["tom@peltier.example", "board@peltier.example"]
        assert taken.message.get_content().startswith("Dear Tom,")
        assert Panel(page).is_as_wide_as_its_window()

    def test_a_refusal_says_why(self, server: Serving, visitor: Visitor) -> None:
        a_call(server, "refused", 20)
        page = visitor.opens("/calls/refused", size=WIDE)
        page.get_by_role("textbox", name="To", exact=True).fill(GONE)
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_role("button", name="Send to 1").click()
        expect(page.get_by_role("alert")).to_contain_text("1 recipient of 1 may not have got it")
        expect(page.get_by_role("region", name="Sent")).to_contain_text("no such mailbox here")

    def test_what_is_no_address_is_said_before_anything_is_sent(self, server: Serving, visitor: Visitor) -> None:
        visitor.expects_trouble("422")
        a_call(server, "addressless", 10)
        page = visitor.opens("/calls/addressless", size=WIDE)
        page.get_by_role("textbox", name="To", exact=True).fill("tom")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("'tom' is no mail address")

    @pytest.mark.chromium
    def test_it_is_copied_and_downloaded_as_it_stands(self, server: Serving, visitor: Visitor, tmp_path: Path) -> None:
        a_call(server, "taken", 20)
        page = visitor.opens("/calls/taken", size=WIDE)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        body(page).fill("Dear Tom, in short.")
        page.get_by_role("button", name="Copy", exact=True).click()
        expect(page.locator(".toast")).to_contain_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == "Dear Tom, in short."
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Download .eml").click()
        downloading.value.save_as(tmp_path / "draft.eml")
        message = message_from_bytes((tmp_path / "draft.eml").read_bytes(), policy=policy.default)
        assert message.get_content().strip() == "Dear Tom, in short."


def test_without_a_mail_server_the_page_says_what_is_missing(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server:
        a_call(server, "unsent", 6)
        visitor = Visitor(browser, server.link)
        page = visitor.opens("/calls/unsent")
        expect(page.locator(".letter-foot")).to_contain_text("mail.host")
        expect(page.get_by_role("button", name="Send", exact=True)).to_have_count(0)
        visitor.leave()


def test_earlier_calls_of_the_account_stand_below_the_map(server: Serving, visitor: Visitor) -> None:
    a_call(server, "earlier-one")
    a_call(server, "later-one", 40)
    panel = visitor.opens_call("later-one", size=WIDE)
    panel.page.get_by_role("tab", name="Value map").click()
    earlier = panel.page.get_by_role("region", name="Earlier calls")
    outcome = server.asks("GET", f"/api/accounts/{CALL.account}")["outcomes"][0]
    expect(earlier).to_contain_text(outcome["text"])
    expect(earlier.get_by_role("link").nth(1)).to_have_attribute("href", re.compile(r"/calls/"))


def test_the_story_has_open_places_for_what_was_not_told(server: Serving, visitor: Visitor) -> None:
    a_call(server, "short", 3)
    page = visitor.opens("/calls/short", size=PANEL)
    page.get_by_role("tab", name="Story").click()
    chapter = page.get_by_role("region", name="What they want to reach")
    expect(chapter).to_contain_text("The customer has not told this.")
    expect(chapter).to_contain_text("Ask:")
