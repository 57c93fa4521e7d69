"""The panel during a call: what it shows as words are said, and what a person does with it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.programs import Serving
from tests.browser.senders import CALL, FULL_MAP, sending, state_of
from tests.browser.visitors import MEDIUM, PANEL, WIDE, Scheme, Visitor, loaded

pytestmark = pytest.mark.browser

FIRST_PITFALL = 10  # utterances until the rep has listed features


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.chromium
def test_a_call_fills_the_panel_as_it_is_said(server: Serving, visitor: Visitor, scheme: Scheme) -> None:
    call = f"filling-{scheme}"
    with sending(server, call) as sender:
        panel = visitor.opens_call(call, scheme=scheme)
        panel.says("Listening")
        expect(panel.map).to_contain_text("Outcomes appear here when the customer names one.")

        sender.says_up_to(FIRST_PITFALL)
        assert panel.asks().endswith("?")
        expect(panel.question.locator(".why")).not_to_be_empty()
        expect(panel.notice).to_contain_text("Feature dumping")
        expect(panel.coverage.get_by_role("button", name=re.compile("How we do it.*, now"))).to_be_visible()

        sender.says_up_to(FULL_MAP)
        state = state_of(server, call)
        expect(panel.map.get_by_role("treeitem")).to_have_count(_standing(state))
        expect(panel.map.locator(".gap")).to_have_count(_figures(server, call)["gaps"])
        expect(panel.map.locator(".map-head")).to_contain_text(f"{_figures(server, call)['gaps']} gaps")
        expect(panel.talk).to_contain_text(f"You {round(state['talk']['talk_ratio'] * 100)}\xa0%")
        expect(panel.page.locator("body")).to_have_css("color-scheme", "light dark")
        light = panel.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(245, 246, 248)"
        assert light is (scheme == "light")


def test_a_call_of_which_nobody_said_that_all_agreed_has_no_consent_noted(server: Serving, visitor: Visitor) -> None:
    with sending(server, "not-noted"):
        panel = visitor.opens_call("not-noted", size=PANEL)
        panel.status.get_by_text("Consent not noted").click()
        expect(panel.page.get_by_role("dialog", name="Consent not noted")).to_contain_text("sound not kept")
        assert panel.is_as_wide_as_its_window()


def test_words_still_being_said_are_shown_and_then_replaced(server: Serving, visitor: Visitor) -> None:
    with sending(server, "partials") as sender:
        panel = visitor.opens_call("partials", size=WIDE)
        sender.says_up_to(3)
        sender.begins_to_say("Take your ti")
        expect(panel.transcript.locator(".utterance.partial")).to_contain_text("Take your ti…")

        sender.says_up_to(4)
        expect(panel.utterance(3)).to_contain_text("Take your time.")
        expect(panel.transcript.locator(".utterance.partial")).to_have_count(0)


def test_the_page_folds_the_log_as_the_server_does(server: Serving, visitor: Visitor) -> None:
    with sending(server, "folded") as sender:
        before = server.asks("GET", "/api/calls/folded")
        sender.says_up_to(len(CALL.utterances))
        sender.ends()
    log = server.asks("GET", f"/api/calls/folded/events?after={before['seq']}")["events"]
    panel = visitor.opens_call("folded")
    folded = panel.evaluate(
        """async ([state, log]) => {
            const { fold } = await import("/static/js/fold.js");
            return log.reduce((known, { event }) => fold(known, event), state);
        }""",
        [before["state"], log],
    )
    assert folded == state_of(server, "folded")


@pytest.mark.parametrize(
    ("now", "closed", "put_away", "front"),
    [
        (1_000, [], [], "Q2"),  # the same words, for another reason
        (60_000, [], [], "Q3"),  # it stood long enough, and another is better
        (1_000, ["Q1"], [], "Q3"),  # it was answered, and its words with it
        (1_000, [], ["Q2"], "Q1"),  # the same words were put away: the one that stands keeps its time
    ],
)
def test_the_question_in_front_is_known_by_its_words(
    visitor: Visitor, now: int, closed: list[str], put_away: list[str], front: str
) -> None:
    found = visitor.opens("/").evaluate(
        """async ([now, closed, putAway]) => {
            const { cardNow } = await import("/static/js/question_card.js");
            const question = (id, text) => ({ id, text, state: "open" });
            const card = { question: question("Q1", "How often?"), since: 0, askedAt: null };
            const questions = [question("Q3", "Who decides?"), question("Q2", "How often?")];
            const seen = { questions, closed: closed.map((id) => ({ id })), putAway: new Set(putAway), now };
            return cardNow(card, { ...seen, attended: false, heardAsked: null }).question.id;
        }""",
        [now, closed, put_away],
    )
    assert found == front


def test_at_every_size_nothing_scrolls_sideways_and_the_fixed_part_stays(server: Serving, visitor: Visitor) -> None:
    with sending(server, "sizes") as sender:
        panel = visitor.opens_call("sizes")
        panel.says("Listening")
        end = "document.querySelector('.fixed-part').getBoundingClientRect().bottom"
        for said in (0, FIRST_PITFALL, FULL_MAP):
            sender.says_up_to(said)
            expect(panel.page.locator(".handle")).to_contain_text(_ending(said))
            assert panel.evaluate(end) == 384
        for width, height in (PANEL, MEDIUM, WIDE, (320, 640), (190, 400)):
            panel.page.set_viewport_size({"width": width, "height": height})
            assert panel.is_as_wide_as_its_window(), (width, height)


class TestDeciding:
    def test_an_item_confirmed_by_keyboard_is_still_confirmed_after_a_reload(
        self, server: Serving, visitor: Visitor
    ) -> None:
        with sending(server, "confirming") as sender:
            sender.says_up_to(30)
            panel = visitor.opens_call("confirming")
            expect(panel.row("O1")).to_be_visible()
            panel.goes_to_row("O1")
            panel.presses("c")
            expect(panel.ring("O1")).to_have_attribute("title", "Confirmed by you")
            expect(panel.row("O1")).to_be_focused()

            panel.page.reload()
            expect(panel.ring("O1")).to_have_attribute("title", "Confirmed by you")

    def test_what_is_set_aside_by_keyboard_comes_back_by_keyboard(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "rejecting") as sender:
            sender.says_up_to(30)
            panel = visitor.opens_call("rejecting")
            expect(panel.row("O1")).to_be_visible()
            panel.goes_to_row("O1")
            panel.presses("r")
            expect(panel.row("O1")).to_contain_text("Set aside")
            expect(panel.row("O1")).to_be_focused()

            panel.presses("Enter")
            expect(panel.ring("O1")).to_have_attribute("title", re.compile("^Heard from the customer"))
            expect(panel.row("O1")).to_be_focused()

    def test_nothing_more_is_asked_about_what_is_set_aside(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "asking-no-more") as sender:
            sender.says_up_to(47)
            panel = visitor.opens_call("asking-no-more")
            front = state_of(server, "asking-no-more")["questions"][0]
            expect(panel.question).to_contain_text(front["text"])
            panel.goes_to_row(front["about"])
            panel.presses("r")
            expect(panel.row(front["about"])).to_contain_text("Set aside")
            expect(panel.question).not_to_contain_text(front["text"])

            closed = {q["id"]: q["state"] for q in state_of(server, "asking-no-more")["closed_questions"]}
            assert closed[front["id"]] == "dismissed"

    def test_a_gap_asks_its_question_and_takes_what_is_typed(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "filling-in") as sender:
            sender.says_up_to(FULL_MAP)
            panel = visitor.opens_call("filling-in", size=WIDE)
            gap = panel.map.locator(".gap", has_text="no owner").first
            item = gap.get_attribute("aria-label").split(" ")[0]  # type: ignore[union-attr]
            gap.click()
            form = panel.row(item).get_by_role("form")
            expect(form).to_contain_text("Ask:")
            form.get_by_label("Owner").fill("Raj")
            form.get_by_label("Owner").press("Enter")

            expect(panel.row(item).locator(".figure.owner")).to_contain_text("Raj")
            expect(panel.row(item).get_by_label("Yours: nothing will change it")).to_be_visible()
            expect(panel.row(item)).to_be_focused()

    def test_a_figure_that_is_edited_leaves_the_one_before_with_its_moment(
        self, server: Serving, visitor: Visitor
    ) -> None:
        with sending(server, "another-figure") as sender:
            sender.says_up_to(FULL_MAP)
            panel = visitor.opens_call("another-figure", size=WIDE)
            metric = next(m for m in state_of(server, "another-figure")["metrics"] if m["baseline"])
            panel.goes_to_row(metric["id"])
            panel.presses("e")
            form = panel.row(metric["id"]).get_by_role("form")
            form.get_by_label("Baseline").fill("five weeks")
            form.get_by_label("Baseline").press("Enter")

            line = panel.row(metric["id"]).locator(".former")
            expect(line).to_contain_text(f"Earlier baseline: {metric['baseline']}")
            expect(line.locator("s")).to_have_text(metric["baseline"])
            (earlier,) = next(
                m["earlier"] for m in state_of(server, "another-figure")["metrics"] if m["id"] == metric["id"]
            )
            line.get_by_role("button", name=re.compile("Show in the transcript")).click()
            expect(panel.utterance(earlier["utterance"])).to_have_class(re.compile("marked"))
            expect(panel.utterance(earlier["utterance"])).to_contain_text(metric["baseline"])

    def test_a_question_asked_makes_way_and_is_noted(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "asking") as sender:
            sender.says_up_to(FIRST_PITFALL)
            panel = visitor.opens_call("asking")
            first = panel.asks()
            panel.presses("a")
            expect(panel.question).not_to_contain_text(first)
            panel.question.get_by_role("button", name="Pin").click()
            expect(panel.question.get_by_role("button", name="Pinned")).to_be_visible()

            asked_questions = [
                q["text"] for q in state_of(server, "asking")["closed_questions"] if q["state"] == "asked"
            ]
            assert first in asked_questions

    def test_a_notice_that_is_wrong_counts_no_more(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "refuting") as sender:
            panel = visitor.opens_call("refuting")
            panel.says("Listening")
            sender.says_up_to(FIRST_PITFALL)
            expect(panel.notice).to_contain_text("Feature dumping")
            panel.presses("w")
            expect(panel.notice).to_contain_text("Noted. It will not count.")
            sender.says_up_to(FIRST_PITFALL + 1)

            assert [p["state"] for p in state_of(server, "refuting")["pitfalls"]] == ["wrong"]

    def test_a_notice_that_stands_still_stands_after_a_reload(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "reloading") as sender:
            panel = visitor.opens_call("reloading")
            panel.says("Listening")
            sender.says_up_to(FIRST_PITFALL)
            expect(panel.notice).to_contain_text("Feature dumping")
            panel.page.reload()
            expect(panel.notice).to_contain_text("Feature dumping")
            panel.presses("x")
            expect(panel.notice).not_to_contain_text("Feature dumping")
            panel.page.reload()
            panel.says("Listening")
            expect(panel.notice).not_to_contain_text("Feature dumping")

    def test_what_is_done_again_is_told_once(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "swapping-twice") as sender:
            sender.says_up_to(20)
            panel = visitor.opens_call("swapping-twice", size=WIDE)
            for side in ("customer", "rep"):
                panel.talk.get_by_role("button", name="Swap the two sides").click()
                expect(panel.utterance(0)).to_have_class(re.compile(side))
            expect(panel.toast).to_be_visible()
            assert panel.toast.count() == 1

    def test_the_sides_swap_and_swap_back(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "swapping") as sender:
            sender.says_up_to(20)
            panel = visitor.opens_call("swapping", size=WIDE)
            expect(panel.utterance(0)).to_have_class(re.compile("rep"))
            panel.talk.get_by_role("button", name="Swap the two sides").click()
            expect(panel.utterance(0)).to_have_class(re.compile("customer"))
            panel.toast.get_by_role("button", name="Undo").click()
            expect(panel.utterance(0)).to_have_class(re.compile("rep"))

    def test_a_speaker_gets_another_name_and_role(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "naming") as sender:
            sender.says_up_to(8)
            panel = visitor.opens_call("naming", size=WIDE)
            panel.utterance(1).get_by_role("button", name="Tom: name and role").click()
            panel.page.get_by_label("Name", exact=True).fill("Thomas")
            panel.page.get_by_label("You or your side").check()
            panel.page.get_by_role("button", name="Save").click()
            expect(panel.utterance(1)).to_contain_text("Thomas")
            expect(panel.utterance(1)).to_have_class(re.compile("rep"))

    def test_what_the_server_refuses_is_said(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "refusing") as sender:
            sender.says_up_to(30)
            panel = visitor.opens_call("refusing")
            expect(panel.row("O1")).to_be_visible()
            panel.evaluate(f'{loaded("decisions.js")}.then(({{ decide }}) => void decide("O99", "confirm"))')
            expect(panel.toast).to_contain_text("this call has no item 'O99'")


class TestReading:
    def test_a_quote_leads_to_its_words_in_the_transcript(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "quoting") as sender:
            sender.says_up_to(30)
            panel = visitor.opens_call("quoting")
            expect(panel.row("O1")).to_be_visible()
            said = state_of(server, "quoting")["outcomes"][0]["evidence"][0]
            panel.row("O1").get_by_role("button", name=re.compile("quote")).click()
            panel.row("O1").locator(".quote .button").first.click()

            expect(panel.utterance(said["utterance"])).to_have_class(re.compile("marked"))
            expect(panel.utterance(said["utterance"])).to_be_in_viewport()
            expect(panel.utterance(said["utterance"])).to_contain_text(said["quote"])

    def test_the_drawer_follows_the_talk_until_somebody_scrolls(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "scrolling") as sender:
            sender.says_up_to(40)
            panel = visitor.opens_call("scrolling")
            panel.says("Listening")
            panel.presses("t")
            expect(panel.utterance(39)).to_be_in_viewport()
            panel.transcript.get_by_role("log").hover()
            panel.page.mouse.wheel(0, -4000)
            back = panel.transcript.get_by_role("button", name=re.compile("Back to live"))
            expect(back).to_be_visible()
            sender.says_up_to(43)
            expect(back).to_contain_text("3")
            back.click()
            expect(panel.utterance(42)).to_be_in_viewport()
            panel.presses("Escape")
            expect(panel.transcript).to_have_count(0)
            expect(panel.page.locator(".handle")).to_be_focused()

    def test_the_questions_behind_open_and_close_by_one_key_and_cover_nothing(
        self, server: Serving, visitor: Visitor
    ) -> None:
        with sending(server, "behind") as sender:
            sender.says_up_to(FIRST_PITFALL)
            panel = visitor.opens_call("behind")
            panel.asks()
            panel.presses("n")
            behind = panel.page.get_by_role("dialog", name="2 behind")
            expect(behind).to_be_visible()
            fixed = panel.page.locator(".fixed-part").bounding_box()
            box = behind.bounding_box()
            assert fixed is not None
            assert box is not None
            assert box["y"] >= fixed["y"] + fixed["height"]
            panel.presses("n")
            expect(behind).to_have_count(0)
            panel.presses("n", "Escape")
            expect(behind).to_have_count(0)

    def test_what_works_without_a_language_model_and_what_is_announced_are_said(
        self, server: Serving, visitor: Visitor
    ) -> None:
        with sending(server, "plain-words"):
            panel = visitor.opens_call("plain-words")
            panel.status.get_by_role("button", name="Tier: Basic").click()
            expect(panel.page.get_by_role("dialog")).to_contain_text("No language model is used.")
            panel.presses("Escape")
            panel.status.get_by_role("button", name="More").click()
            expect(panel.page.get_by_label("Announce questions to screen readers")).to_be_checked()
            expect(panel.page.get_by_label("Announce the transcript to screen readers")).not_to_be_checked()

    def test_everything_hides_at_once_and_the_keys_are_listed(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "hiding") as sender:
            sender.says_up_to(12)
            panel = visitor.opens_call("hiding")
            panel.asks()
            panel.presses("h")
            expect(panel.page.get_by_role("button", name="Show")).to_be_visible()
            expect(panel.page).to_have_title("Copilot")
            panel.presses("h", "?")
            expect(panel.page.get_by_role("dialog", name="Keys")).to_be_visible()
            panel.presses("Escape")
            expect(panel.page.get_by_role("dialog")).to_have_count(0)

    def test_nobody_sending_is_said_first_with_a_way_to_go_on(self, server: Serving, visitor: Visitor) -> None:
        with sending(server, "left-alone") as sender:
            sender.says_up_to(12)
            panel = visitor.opens_call("left-alone")
            panel.says("Listening")
        panel.says(re.compile(r"Not listening since \d\d:\d\d"))
        expect(panel.status.get_by_role("alert")).to_be_visible()
        expect(panel.status.get_by_role("button", name="More")).to_be_in_viewport()
        panel.status.get_by_role("button", name="How to go on").click()
        expect(panel.page.get_by_role("dialog")).to_contain_text("--call left-alone")


def _standing(state: dict[str, Any]) -> int:
    items = (*state["outcomes"], *state["capabilities"], *state["metrics"])
    return sum(item["state"] not in {"rejected", "withdrawn"} for item in items)


def _figures(server: Serving, call: str) -> dict[str, Any]:
    return next(listed for listed in server.asks("GET", "/api/calls")["calls"] if listed["id"] == call)


def _ending(said: int) -> str:
    return CALL.utterances[said - 1].text.split()[-1] if said else "Transcript"
