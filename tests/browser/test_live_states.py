"""The panel when something is not as it should be, when two watch, and in a window of its own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.acceptance.programs import Serving
from tests.browser.accessibility import findings
from tests.browser.senders import FULL_MAP, sending, state_of
from tests.browser.visitors import WIDE, Visitor, loaded

pytestmark = pytest.mark.browser


class TestTyping:
    def test_what_is_typed_into_a_row_stays_while_more_is_said(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "typing-a-field") as sender:
            sender.says_up_to(44)
            panel = visitor.opens_call("typing-a-field", size=WIDE)
            gap = panel.map.locator(".gap", has_text="no owner").first
            gap.click()
            owner = panel.map.get_by_role("textbox", name="Owner")
            owner.fill("Raj from")
            sender.says_up_to(47)
            expect(panel.utterance(46)).to_be_visible()
            expect(owner).to_have_value("Raj from")

    def test_a_name_and_a_side_stay_while_more_is_said(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "typing-a-name") as sender:
            sender.says_up_to(8)
            panel = visitor.opens_call("typing-a-name", size=WIDE)
            panel.utterance(1).get_by_role("button", name="Tom: name and role").click()
            name, side = panel.page.get_by_label("Name", exact=True), panel.page.get_by_label("You or your side")
            name.fill("Thom")
            side.check()
            sender.says_up_to(10)
            expect(panel.utterance(9)).to_be_visible()
            expect(name).to_have_value("Thom")
            expect(side).to_be_checked()

    def test_a_note_stays_while_more_is_said(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "typing-a-note") as sender:
            sender.says_up_to(8)
            panel = visitor.opens_call("typing-a-note", size=WIDE)
            panel.asks()
            panel.presses("b")
            note = panel.page.get_by_role("textbox", name="Note")
            note.fill("Half a tho")
            sender.says_up_to(10)
            expect(panel.utterance(9)).to_be_visible()
            expect(note).to_have_value("Half a tho")


class TestHiding:
    @pytest.mark.chromium
    def test_nothing_can_be_reached_until_it_is_shown_again(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "hidden-whole") as sender:
            sender.says_up_to(30)
            panel = visitor.opens_call("hidden-whole", size=WIDE)
            expect(panel.row("O1")).to_be_visible()
            panel.goes_to_row("O1")
            panel.presses("h")
            show = panel.page.get_by_role("button", name="Show")
            expect(show).to_be_focused()
            panel.presses("Tab", "Tab", "Tab")
            assert panel.evaluate("document.activeElement.matches('body, dialog *')")
            assert panel.page.locator("dialog:modal").count() == 1
            panel.presses("h")
            expect(show).to_have_count(0)
            expect(panel.row("O1")).to_be_focused()

    def test_it_hides_with_the_keys_switched_off_too(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "hidden-keyless") as sender:
            sender.says_up_to(12)
            panel = visitor.opens_call("hidden-keyless")
            question = panel.asks()
            panel.presses("?")
            panel.page.get_by_role("dialog").get_by_label("One-letter keys").uncheck()
            panel.presses("Escape", "d", "t")
            expect(panel.transcript).to_have_count(0)
            expect(panel.question).to_contain_text(question)
            panel.presses("Shift+H")
            expect(panel.page.get_by_role("button", name="Show")).to_be_visible()


class TestOwnWindow:
    @pytest.mark.chromium
    def test_shows_the_fixed_part_hides_with_the_page_and_comes_back(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "own-window") as sender:
            sender.says_up_to(12)
            panel = visitor.opens_call("own-window")
            question = panel.asks()
            panel.evaluate("document.documentElement.dataset.theme = 'dark'")
            with panel.page.context.expect_page() as opened:
                panel.presses("o")
            own = opened.value
            assert own.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(15, 18, 22)"
            expect(panel.page.get_by_role("button", name="Bring back")).to_be_visible()
            expect(own.get_by_role("region", name="Question to ask")).to_contain_text(question)
            assert own.evaluate("document.documentElement.scrollWidth <= innerWidth")
            foot = own.locator(".foot").bounding_box()
            assert foot is not None
            assert foot["y"] + foot["height"] <= 430

            own.keyboard.press("b")
            own.get_by_role("textbox", name="Note").fill("From here too")
            own.keyboard.press("Enter")
            own.keyboard.press("h")
            for page in (own, panel.page):
                expect(page.get_by_role("button", name="Show")).to_be_visible()
            own.keyboard.press("h")
            expect(panel.page.get_by_role("button", name="Show")).to_have_count(0)
            own.keyboard.press("a")
            expect(own.get_by_role("region", name="Question to ask")).not_to_contain_text(question)
            assert [m["text"] for m in state_of(server, "own-window")["moments"]] == ["From here too"]

            panel.page.get_by_role("button", name="Bring back").click()
            expect(panel.question).to_be_visible()
            assert own.is_closed()

    def test_an_ordinary_window_takes_its_place_where_there_is_none(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "own-plain"):
            panel = visitor.opens_call("own-plain")
            panel.says("Listening")
            panel.evaluate("delete window.documentPictureInPicture")
            with panel.page.context.expect_page() as opened:
                panel.presses("o")
            expect(opened.value.get_by_role("region", name="Status of the call")).to_contain_text("Listening")


class TestTwoPanels:
    @pytest.mark.chromium
    def test_what_one_decides_the_other_shows(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "two-panels") as sender:
            sender.says_up_to(30)
            one = visitor.opens_call("two-panels", size=WIDE)
            other = visitor.opens_call("two-panels", size=WIDE)
            asked_here = one.asks()
            expect(other.question).to_contain_text(asked_here)
            one.presses("a")
            expect(other.question).not_to_contain_text(asked_here)
            one.goes_to_row("O1")
            one.presses("c")
            expect(other.ring("O1")).to_have_attribute("title", "Confirmed by you")
            other.presses("b")
            other.page.get_by_role("textbox", name="Note").fill("Seen by both")
            other.presses("Enter")
            expect(one.transcript.locator(".note-row")).to_have_text("Seen by both")
            sender.says_up_to(FULL_MAP)
            for panel in (one, other):
                expect(panel.utterance(FULL_MAP - 1)).to_be_visible()
            words = [panel.map.locator(".tree").inner_text() for panel in (one, other)]
            assert words[0] == words[1]


class TestVoices:
    def test_each_can_be_muted_for_good(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "muted") as sender:
            sender.says_up_to(12)
            panel = visitor.opens_call("muted")
            panel.says("Listening")
            panel.status.get_by_role("button", name="More").click()
            for voice in ("questions", "notices", "map changes", "that nobody is listening"):
                panel.page.get_by_label(f"Announce {voice} to screen readers").uncheck()
            panel.page.reload()
            panel.says("Listening")
        panel.says("Not listening")
        expect(panel.status.get_by_role("alert")).to_have_count(0)
        expect(panel.page.locator("[aria-live=polite]")).to_have_count(0)


class TestBrokenConnection:
    def test_advice_goes_after_a_while_and_decisions_go_out_in_order(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "waiting") as sender:
            sender.says_up_to(30)
            page = visitor.opens("/new", size=WIDE)
            page.clock.install()
            broken: list[bool] = []
            sent: list[str] = []
            sockets: list[WebSocketRoute] = []

            def between(socket: WebSocketRoute) -> None:
                if broken:
                    socket.close(code=1013)
                    return
                onward = socket.connect_to_server()

                def note(message: str | bytes) -> None:
                    sent.append(str(message))
                    onward.send(message)

                socket.on_message(note)
                sockets.append(socket)

            page.route_web_socket("**/panel*", between)
            visitor.expects_trouble("WebSocket")
            page.goto(f"{server.address}/calls/waiting")
            question = page.get_by_role("region", name="Question to ask")
            expect(question.locator(".question-text")).to_be_visible()
            first = question.locator(".question-text").inner_text()

            broken.append(True)
            sockets[0].close(code=1012)
            status = page.get_by_role("region", name="Status of the call")
            expect(status).to_contain_text("Reconnecting")
            expect(page).to_have_title(re.compile("^Reconnecting"))
            page.keyboard.press("a")
            page.keyboard.press("m")
            expect(page.locator(":focus")).to_have_attribute("role", "treeitem")
            page.keyboard.press("c")
            page.keyboard.press("b")
            page.get_by_role("textbox", name="Note").fill("While it was away")
            page.keyboard.press("Enter")
            expect(page.locator(".note-row")).to_contain_text("waiting")
            expect(status).to_contain_text("4 waiting")
            page.clock.fast_forward(20_000)
            expect(question).to_contain_text("No questions while the connection is broken.")
            assert findings(page) == []

            in_a_second = page.evaluate("new Date(Date.now() + 1000).toISOString()")
            page.clock.pause_at(in_a_second)  # so that it tries nothing by itself meanwhile
            broken.clear()
            status.get_by_role("button", name="Retry").click()
            page.clock.resume()
            expect(status).to_contain_text("Listening")
            expect(page.locator(".note-row")).not_to_contain_text("waiting")
            expect(question).not_to_contain_text(first)
            kinds = [re.search('"type":"(\\w+)"', message)[1] for message in sent]  # type: ignore[index]
            assert kinds == ["question", "decide", "moment", "moment"]
            assert [m["text"] for m in state_of(server, "waiting")["moments"]] == ["While it was away"]


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        ({"lag_s": 6.4}, "behind", "6 s behind"),
        ({"asr": "degraded", "reason": "Partials are left out."}, "behind", "Transcription behind"),
        ({"asr": "off", "reason": "The call cannot be heard."}, "off", "Not listening"),
        ({"listening": False, "reason": "Nobody is sending this call."}, "off", "Not listening"),
        ({"reason": "No key.", "tier_reason": "No key."}, "listening", "Listening"),
        ({}, "listening", "Listening"),
    ],
)
def test_the_condition_names_what_is_wrong(
    server: Serving, visitor: Visitor, status: dict[str, Any], kind: str, words: str
) -> None:
    page = visitor.opens("/new")
    well = {"listening": True, "reason": None, "tier_reason": None, "asr": "ok", "lag_s": 0}
    seen = page.evaluate(
        f"""async (status) => {{
            const {{ condition }} = await {loaded("listening.js")};
            const connection = {{ phase: "open", since: 0, words: "" }};
            const state = {{ unheard: [], utterances: [] }};
            return condition({{ connection, status, state, callSeconds: null, capture: null }});
        }}""",
        {**well, **status},
    )
    assert (seen["kind"], seen["words"]) == (kind, words)
    assert seen["detail"] == (status.get("reason") or "" if kind != "listening" else "")


@pytest.mark.parametrize(
    ("rep_until_s", "kind", "words"), [(118, "quiet", "No customer sound"), (50, "silent", "No customer sound")]
)
def test_a_customer_who_listens_is_no_trouble(visitor: Visitor, rep_until_s: float, kind: str, words: str) -> None:
    page = visitor.opens("/new")
    seen = page.evaluate(
        f"""async (end_s) => {{
            const {{ condition }} = await {loaded("listening.js")};
            const state = {{ unheard: [], utterances: [{{ role: "customer", end_s: 40 }}, {{ role: "rep", end_s }}] }};
            const status = {{ listening: true, reason: null, tier_reason: null, asr: "ok", lag_s: 0 }};
            const connection = {{ phase: "open", since: 0, words: "" }};
            return condition({{ connection, status, state, callSeconds: 120, capture: null }});
        }}""",
        rep_until_s,
    )
    assert (seen["kind"], seen["words"], seen["detail"]) == (kind, words, "for 1:20")
