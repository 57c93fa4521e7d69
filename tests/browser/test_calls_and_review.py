"""The list of calls, uploading a transcript, and the review of a call that is over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, Route, expect

from tests.acceptance.programs import Serving, serving
from tests.browser.senders import CALL, sending, state_of
from tests.browser.visitors import PANEL, WIDE, Panel, Scheme, Visitor

pytestmark = pytest.mark.browser

VTT = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Dana Reyes>What does the cycle look like today?</v>

00:00:04.500 --> 00:00:09.000
<v Luis Ortega>It takes us six weeks from start to end. We want to get it down to four weeks.</v>
"""


def chooses(page: Page, name: str, content: bytes) -> None:
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Upload").click()
    choosing.value.set_files(FilePayload(name=name, mimeType="text/plain", buffer=content))


def is_upload(route: Route) -> bool:
    return route.request.method == "POST"


def contrast(element: Locator) -> float:
    """Of its words and its ground, as WCAG 2 counts it, once they have faded."""
    colours = """async (element) => {
        await Promise.allSettled(element.getAnimations().map((fade) => fade.finished));
        const { color, backgroundColor } = getComputedStyle(element);
        return [color, backgroundColor].map((c) => c.match(/[\\d.]+/g).map(Number));
    }"""
    dark, light = sorted(_luminance(colour) for colour in element.evaluate(colours))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: list[float]) -> float:
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class TestListOfCalls:
    def test_the_first_run_offers_the_demo_and_plays_it(self, browser: Browser, tmp_path: Path) -> None:
        with serving(tmp_path / "data") as server:
            visitor = Visitor(browser, server.link)
            page = visitor.opens("/")
            expect(page.get_by_role("heading", name="No calls yet")).to_be_visible()
            page.get_by_role("button", name="Play the demo call").click()
            page.wait_for_url("**/calls/*")
            panel = Panel(page)
            panel.says("Listening")
            expect(panel.status).to_contain_text("Demo")
            visitor.leave()

    @pytest.mark.parametrize(("size", "scheme"), [(PANEL, "dark"), (WIDE, "light")])
    def test_live_calls_come_first_with_their_figures(
        self, server: Serving, visitor: Visitor, size: tuple[int, int], scheme: Scheme
    ) -> None:
        with sending(server, "listed-live") as live, sending(server, "listed-over") as over:
            live.says_up_to(24)
            over.says_up_to(24)
            over.ends()
            page = visitor.opens("/", size=size, scheme=scheme)
            first = page.locator(".call").first
            expect(first).to_contain_text("Live")
            expect(page.locator(".call", has_text="Ready").first).to_contain_text(re.compile(r"\d+ gaps?"))
            assert Panel(page).is_as_wide_as_its_window()
            page.locator(".call", has_text="Ready").first.locator(".call-link").click()
            expect(page.locator(".review")).to_be_visible()

    def test_a_call_without_a_title_goes_by_its_id(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "nameless-7", title=None) as sender:
            sender.ends()
        page = visitor.opens("/", size=WIDE)
        line = page.locator(".call", has_text="nameless-7")
        expect(line).to_contain_text(re.compile(r"\d{4}, \d\d:\d\d"))
        line.get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("nameless-7")

    @pytest.mark.chromium
    def test_the_line_that_sends_a_call_is_copied_without_the_token(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "from-elsewhere"):
            page = visitor.opens("/", size=WIDE)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="From elsewhere").click()
        page.get_by_role("button", name="Copy").click()
        expect(page.locator(".toast")).to_contain_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"COPILOT_TOKEN=… copilot stream FILE --to {server.address}"
        expect(page.locator(".stream-command")).to_contain_text("in the address that the server printed")
        assert server.token not in page.content()


class TestSigningIn:
    def test_the_token_leads_to_the_page_that_was_wanted(self, server: Serving, visitor: Visitor) -> None:
        visitor.expects_trouble("401")
        with sending(server, "wanted"):
            page = visitor.opens("/calls/wanted", signed_in=False)
            page.get_by_label("Token").fill("not the token")
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_text("That is not the token.")).to_be_visible()
            page.goto(f"{server.address}/calls/wanted")
            page.get_by_label("Token").fill(server.token)
            page.get_by_role("button", name="Sign in").click()
            Panel(page).says("Listening")

    def test_an_address_that_leads_nowhere_leads_back(self, server: Serving, visitor: Visitor) -> None:
        visitor.expects_trouble("404")
        page = visitor.opens("/calls/nowhere")
        expect(page.get_by_text("There is no call 'nowhere'.")).to_be_visible()
        page.get_by_role("link", name="All calls").click()
        expect(page).to_have_title("Calls · Copilot")


class TestUploading:
    def test_a_file_that_is_no_transcript_is_refused_where_it_was_chosen(
        self, server: Serving, visitor: Visitor
    ) -> None:
        visitor.expects_trouble("422")
        page = visitor.opens("/", size=WIDE)
        chooses(page, "photo.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00")
        page.get_by_role("button", name="Analyse").click()
        refusal = page.get_by_role("form", name="Upload").get_by_role("alert")
        expect(refusal).to_contain_text("photo.png")
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("form", name="Upload")).to_have_count(0)

    def test_while_the_file_is_read_its_name_and_a_bar_stand_there(self, server: Serving, visitor: Visitor) -> None:
        page = visitor.opens("/", size=WIDE)
        held: list[Route] = []
        page.route("**/api/calls", lambda route: held.append(route) if is_upload(route) else route.continue_())
        chooses(page, "monthly.vtt", VTT.replace(b"six", b"nine"))
        page.get_by_role("button", name="Analyse").click()
        form = page.get_by_role("form", name="Upload")
        expect(form.get_by_role("progressbar", name="Reading monthly.vtt")).to_be_visible()
        expect(form.get_by_role("status")).to_contain_text("may take a minute")
        expect(form.get_by_role("button", name="Cancel")).to_have_count(0)
        assert contrast(form.get_by_role("button", name="Analyse")) >= 4.5
        held[0].continue_()
        page.wait_for_url("**/calls/monthly-*")

    def test_a_transcript_becomes_a_review(self, server: Serving, visitor: Visitor) -> None:
        page = visitor.opens("/", size=WIDE)
        chooses(page, "weekly.vtt", VTT)
        form = page.get_by_role("form", name="Upload")
        form.get_by_label("Kind").select_option("discovery")
        form.get_by_label("Title").fill("Acme, weekly")
        form.get_by_role("group", name="Who is on your side?").get_by_label("Dana Reyes").check()
        form.get_by_role("button", name="Analyse").press("Enter")
        page.wait_for_url("**/calls/acme-weekly-*")
        expect(page.get_by_role("heading", name="Acme, weekly")).to_be_visible()
        expect(Panel(page).utterance(0)).to_have_class(re.compile("rep"))

    def test_the_names_in_a_transcript_are_there_to_be_ticked(self, visitor: Visitor) -> None:
        page = visitor.opens("/", size=WIDE)
        chooses(page, "named.txt", b"Dana Reyes: Hello there.\nLuis Ortega: Hello.\nDana Reyes: Shall we begin?\n")
        group = page.get_by_role("group", name="Who is on your side?")
        expect(group.get_by_role("checkbox")).to_have_count(2)
        expect(group).to_contain_text("Dana Reyes 2 times: Hello there.")
        expect(group).to_contain_text("Nobody ticked")
        group.get_by_label("Luis Ortega").press("Space")
        expect(group).to_contain_text("Everyone else is the customer’s")
        page.get_by_role("button", name="Analyse").click()
        page.wait_for_url("**/calls/named-*")
        expect(Panel(page).utterance(1)).to_have_class(re.compile("rep"))
        expect(Panel(page).utterance(0)).to_have_class(re.compile("customer"))

    def test_a_side_that_the_file_tells_stands_where_nobody_is_ticked(self, visitor: Visitor) -> None:
        page = visitor.opens("/", size=WIDE)
        told = (
            b'[{"speaker": "Dana Reyes", "role": "rep", "text": "Hello."}, {"speaker": "Luis Ortega", "text": "Hi."}]'
        )
        chooses(page, "told.json", told)
        group = page.get_by_role("group", name="Who is on your side?")
        expect(group.get_by_label("Dana Reyes")).to_be_checked()
        group.get_by_label("Dana Reyes").press("Space")
        expect(group).to_contain_text("Nobody ticked: the sides stay as the file has them")
        page.get_by_role("button", name="Analyse").click()
        page.wait_for_url("**/calls/told-*")
        expect(Panel(page).utterance(0)).to_have_class(re.compile("rep"))

    def test_a_transcript_that_names_nobody_says_so(self, visitor: Visitor) -> None:
        page = visitor.opens("/", size=WIDE)
        chooses(page, "plain.srt", b"1\n00:00:01,000 --> 00:00:04,000\nWhat does the cycle look like today?\n")
        expect(page.get_by_role("form", name="Upload")).to_contain_text("The file does not say who speaks")

    def test_the_email_of_one_whose_sides_nobody_said_says_so_beside_its_buttons(
        self, server: Serving, visitor: Visitor
    ) -> None:
        page = visitor.opens("/", size=WIDE)
        chooses(page, "weekly.vtt", VTT.replace(b"six", b"eight"))
        page.get_by_role("form", name="Upload").get_by_role("button", name="Analyse").press("Enter")
        expect(page.get_by_role("heading", name="weekly", exact=True)).to_be_visible()
        foot = page.locator(".letter-foot")
        expect(foot).to_contain_text("Nobody said who is on your side")
        expect(foot).to_have_css("bottom", "0px")
        page.get_by_role("button", name="Dana Reyes", exact=True).first.click()
        expect(foot).not_to_contain_text("Nobody said")

    def test_what_a_button_at_the_right_opens_ends_where_the_button_does(
        self, server: Serving, visitor: Visitor
    ) -> None:
        with sending(server, "aligned") as sender:
            sender.says_up_to(4)
            sender.ends()
        page = visitor.opens("/calls/aligned", size=WIDE)
        share = page.get_by_role("button", name="Share")
        share.click()
        opened, button = page.get_by_role("dialog", name="Share").bounding_box(), share.bounding_box()
        assert opened
        assert button
        assert opened["x"] + opened["width"] == pytest.approx(button["x"] + button["width"], abs=1)


class TestReview:
    @pytest.mark.parametrize(("size", "scheme"), [(PANEL, "dark"), (WIDE, "light")])
    def test_the_panel_turns_into_the_review_when_the_call_ends(
        self, server: Serving, visitor: Visitor, size: tuple[int, int], scheme: Scheme
    ) -> None:
        call = f"over-{size[0]}-{scheme}"
        with sending(server, call) as sender:
            panel = visitor.opens_call(call, size=size, scheme=scheme)
            panel.says("Listening")
            sender.says_up_to(len(CALL.utterances))
            sender.ends()
        expect(panel.page.get_by_role("heading", level=1)).to_have_text(CALL.title or "")
        expect(panel.page.get_by_role("slider", name="Place in the call")).to_be_visible()
        state = state_of(server, call)
        expect(panel.page.locator(".figures-line")).to_contain_text(f"{len(state['pitfalls'])} pitfalls")
        for name in ("Value map", "Next steps", "Scorecard", "Story", "Pitfalls", "Questions", "Talk", "Email"):
            panel.page.get_by_role("tab", name=name).click()
            expect(panel.page.get_by_role("tabpanel", name=name)).not_to_be_empty()
            assert panel.is_as_wide_as_its_window(), name

    def test_tabs_and_rows_are_moved_through_by_keyboard(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "by-keyboard") as sender:
            sender.says_up_to(len(CALL.utterances))
            sender.ends()
        panel = visitor.opens_call("by-keyboard", size=WIDE)
        panel.page.get_by_role("tab", name="Email").focus()
        panel.presses("ArrowRight", "ArrowRight")
        expect(panel.page.get_by_role("tab", name="Next steps")).to_be_focused()
        panel.row("N1").focus()
        panel.presses("c")
        expect(panel.ring("N1")).to_have_attribute("title", "Confirmed by you")
        panel.presses("r")
        expect(panel.page.get_by_text("Set aside (1)")).to_be_visible()

    def test_an_address_leads_to_the_words_it_names(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "addressed") as sender:
            sender.says_up_to(60)
            sender.ends()
        panel = Panel(visitor.opens("/calls/addressed?u=43", size=WIDE))
        expect(panel.utterance(43)).to_have_class(re.compile("marked"))
        expect(panel.utterance(43)).to_be_in_viewport()

    def test_every_question_stands_once_and_where_it_came_to_its_end(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "questioned") as sender:
            sender.says_up_to(10)
            panel = visitor.opens_call("questioned", size=WIDE)
            marked = panel.asks()
            panel.presses("a")
            expect(panel.question).not_to_contain_text(marked)
            while marked not in (q["text"] for q in state_of(server, "questioned")["closed_questions"]):
                panel.page.wait_for_timeout(50)
            sender.says_up_to(len(CALL.utterances))
            sender.ends()
        panel.page.get_by_role("tab", name="Questions").click()
        closed = state_of(server, "questioned")["closed_questions"]
        assert next(q["closed_at"] for q in closed if q["text"] == marked) == 9
        line = panel.page.get_by_role("region", name="Asked").locator("li", has_text=marked)
        line.get_by_role("button", name=f"asked at {clock(9)}").click()
        expect(panel.utterance(9)).to_have_class(re.compile("marked"))
        panel.page.get_by_text("As a table").click()
        row = panel.page.get_by_role("row").filter(has_text=f"Asked: {marked}")
        expect(row.get_by_role("button")).to_have_text(clock(9))

        ends = {q["text"]: clock(q["closed_at"]) for q in closed if q["closed_at"] is not None}
        assert len(ends) > 1
        for text, end in ends.items():
            line = panel.page.locator(".question-line").filter(has=panel.page.get_by_text(text, exact=True))
            expect(line).to_have_count(1)
            expect(line).to_contain_text(f"at {end}")

    def test_the_marks_of_the_timeline_are_explained(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "explained") as sender:
            sender.says_up_to(40)
            sender.ends()
        panel = visitor.opens_call("explained", size=WIDE)
        timeline = panel.page.get_by_role("region", name="Timeline")
        expect(timeline.locator(".timeline-legend")).to_contain_text(
            re.compile("▲ pitfall.*O outcome.*C cap.*M met.*. question")
        )

    def test_the_review_is_exported_with_its_quotes(self, server: Serving, visitor: Visitor, tmp_path: Path) -> None:
        with sending(server, "exported") as sender:
            sender.says_up_to(len(CALL.utterances))
            sender.ends()
        panel = visitor.opens_call("exported", size=WIDE)
        panel.page.get_by_role("button", name="Export").click()
        with panel.page.expect_download() as downloading:
            panel.page.get_by_role("link", name="Markdown", exact=True).click()
        downloading.value.save_as(tmp_path / "review.md")
        text = (tmp_path / "review.md").read_text(encoding="utf-8")
        outcome = state_of(server, "exported")["outcomes"][0]
        assert outcome["text"] in text
        assert f"> {outcome['evidence'][0]['quote']}" in text

    @pytest.mark.chromium
    def test_a_note_for_a_crm_is_copied(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "noted") as sender:
            sender.says_up_to(len(CALL.utterances))
            sender.ends()
        panel = visitor.opens_call("noted", size=WIDE)
        panel.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        panel.page.get_by_role("button", name="Export").click()
        panel.page.get_by_role("button", name="Copy note for a CRM").click()
        expect(panel.page.locator(".toast")).to_contain_text("Copied")
        note = panel.page.evaluate("navigator.clipboard.readText()")
        assert "What the customer wants\n- 1: " in note
        assert "\nNext steps\n" in note


def clock(i: int) -> str:
    """When an utterance of the demo call begins, as the pages say it."""
    start_s = int(CALL.utterances[i].start_s or 0)
    return f"{start_s // 60}:{start_s % 60:02}"
