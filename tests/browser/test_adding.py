"""What the analysis missed, added by hand: from the transcript, from the map, by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.acceptance.programs import Serving
from tests.browser.accessibility import findings
from tests.browser.senders import CALL, sending, state_of
from tests.browser.visitors import MEDIUM, PANEL, WIDE, Panel, Visitor

pytestmark = pytest.mark.browser

TAKES_NINE = 26
SAID = CALL.utterances[TAKES_NINE].text
WORDS = "it took us, what, nine"


def an_ended_call(server: Serving, name: str) -> None:
    with sending(server, name) as sender:
        sender.says_up_to(40)
        sender.ends()


def the_form(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Add what was missed")


def selects(panel: Panel, i: int, words: str) -> None:
    """Marks these words of an utterance, as a mouse drawn over them does."""
    panel.evaluate(
        """([i, words]) => {
            const text = document.querySelector(`#u${i} > p`).firstChild;
            const at = text.data.indexOf(words);
            getSelection().setBaseAndExtent(text, at, text, at + words.length);
        }""",
        [i, words],
    )


def added(server: Serving, call: str, kind: str) -> list[dict[str, object]]:
    return [item for item in state_of(server, call)[kind] if item["found_by"] == "person"]


def test_words_of_the_transcript_become_a_metric_and_are_taken_back(server: Serving, visitor: Visitor) -> None:
    assert WORDS in SAID
    an_ended_call(server, "missed")
    panel = visitor.opens_call("missed", size=WIDE)
    page = panel.page
    page.get_by_role("tab", name="Value map").click()
    row = panel.utterance(TAKES_NINE)
    row.scroll_into_view_if_needed()
    selects(panel, TAKES_NINE, WORDS)
    row.get_by_role("button", name="Add from these words").click()
    page.get_by_role("button", name="Add as metric").click()

    form = the_form(page)
    expect(form.get_by_role("radio", name="Metric")).to_be_checked()
    expect(form.get_by_role("blockquote")).to_have_text(WORDS)
    text = form.get_by_label("Metric, in a few words")
    expect(text).to_have_value(WORDS)
    expect(text).to_be_focused()
    assert findings(page) == []
    text.fill("Weeks until the first truck")
    form.get_by_label("Baseline").fill("nine weeks")
    form.get_by_label("Owner").fill("Ines")
    form.get_by_role("checkbox", name=re.compile("^ ?O1 ")).check()
    form.get_by_role("button", name="Add", exact=True).click()

    expect(form).to_be_hidden()
    expect(panel.toast).to_contain_text("Metric added.")
    (metric,) = added(server, "missed", "metrics")
    assert metric["evidence"] == [{"utterance": TAKES_NINE, "quote": WORDS}]
    assert (metric["baseline"], metric["owner"], metric["outcomes"]) == ("nine weeks", "Ines", ["O1"])
    assert metric["locked"] == ["state", "text", "baseline", "owner", "outcomes"]
    shown = panel.row(str(metric["id"]))
    expect(shown).to_contain_text("Weeks until the first truck")
    expect(panel.ring(str(metric["id"]))).to_have_attribute("title", "Confirmed by you")
    expect(shown.get_by_role("img", name="Added by you: nothing will change it")).to_be_visible()
    expect(row.get_by_role("button", name="Add from these words")).to_be_focused()

    panel.toast.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Set aside (1)")).to_be_visible()
    expect(page.locator(".set-aside")).to_contain_text("Withdrawn: taken back by you")


def test_by_keyboard_alone_while_the_call_goes_on(server: Serving, visitor: Visitor) -> None:
    with sending(server, "missed-live") as sender:
        sender.says_up_to(30)
        panel = visitor.opens_call("missed-live", size=PANEL)
        panel.asks()
        panel.presses("m", "i")
        form = the_form(panel.page)
        expect(form.get_by_role("searchbox")).to_be_focused()
        assert findings(panel.page) == []
        panel.page.keyboard.type("paper people")
        expect(form.get_by_role("status")).to_have_text("1 place has it:")
        panel.presses("Enter")
        text = form.get_by_label("Outcome, in a few words")
        expect(text).to_be_focused()
        expect(text).to_have_value(SAID)
        panel.presses("ControlOrMeta+a")
        panel.page.keyboard.type("Trucks within four weeks")
        sender.says_up_to(33)
        expect(text).to_have_value("Trucks within four weeks")
        panel.presses("Enter")

        expect(form).to_be_hidden()
        (outcome,) = added(server, "missed-live", "outcomes")
        assert outcome["evidence"] == [{"utterance": TAKES_NINE, "quote": SAID}]
        expect(panel.row(str(outcome["id"]))).to_contain_text("Trucks within four weeks")
        expect(panel.focused()).to_have_attribute("role", "treeitem")


def test_a_row_of_the_transcript_has_a_menu_with_keys(server: Serving, visitor: Visitor) -> None:
    with sending(server, "missed-row") as sender:
        sender.says_up_to(30)
        panel = visitor.opens_call("missed-row", size=PANEL)
        panel.asks()
        panel.presses("t")
        panel.utterance(28).get_by_role("button", name="Add from these words").focus()
        panel.presses("Enter", "n")
        form = the_form(panel.page)
        expect(form.get_by_role("radio", name="Next step")).to_be_checked()
        expect(form.get_by_label("Next step, in a few words")).to_have_value(CALL.utterances[28].text)
        panel.presses("Escape")
        expect(form).to_be_hidden()
        more = panel.utterance(28).get_by_role("button", name="Add from these words")
        expect(more).to_be_focused()
        more.press("i")  # on the button itself: a row drawn anew in between takes the focus along
        expect(form.get_by_role("blockquote")).to_have_text(CALL.utterances[28].text)


@pytest.mark.parametrize("size", [PANEL, MEDIUM])
def test_where_it_was_said_is_pointed_at(server: Serving, visitor: Visitor, size: tuple[int, int]) -> None:
    name = f"pointed-at-{size[0]}"
    an_ended_call(server, name)
    panel = visitor.opens_call(name, size=size)
    page = panel.page
    page.get_by_role("tab", name="Next steps").click()
    page.get_by_role("button", name="Add", exact=True).click()
    form = the_form(page)
    form.get_by_label("Next step, in a few words").fill("Show the depots' figures")
    form.get_by_role("button", name="Point at it").click()
    expect(form).to_be_hidden()
    expect(panel.transcript.get_by_role("searchbox")).to_be_focused()
    panel.presses("Escape")
    expect(form).to_be_visible()
    form.get_by_role("button", name="Point at it").click()
    assert findings(page) == []
    panel.utterance(TAKES_NINE).get_by_role("button", name="Here").click()

    expect(form.get_by_role("blockquote")).to_have_text(SAID)
    expect(form.get_by_label("Next step, in a few words")).to_have_value("Show the depots' figures")
    form.get_by_label("Due").fill("yesterday-ish")
    expect(form.locator(".due-hint")).to_have_text("Not understood as a date; it will stand as written.")
    form.get_by_label("Due").fill("Friday")
    expect(form.locator(".due-hint")).to_have_text(re.compile(r"^Understood as Fri \d{1,2} \w+ 20\d\d\.$"))
    assert panel.is_as_wide_as_its_window()
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form).to_be_hidden()
    expect(page.get_by_role("tab", name="Next steps")).to_have_attribute("aria-selected", "true")
    (step,) = added(server, name, "next_steps")
    expect(panel.row(str(step["id"]))).to_contain_text("Friday")
    assert step["due"] == "Friday"


def test_a_gap_leads_to_what_would_fill_it(server: Serving, visitor: Visitor) -> None:
    an_ended_call(server, "missed-gap")
    panel = visitor.opens_call("missed-gap", size=WIDE)
    panel.page.get_by_role("tab", name="Value map").click()
    panel.row("O1").get_by_role("button", name="O1 has no capability. Fill in").click()
    panel.page.get_by_role("button", name="Add a capability that was missed").click()
    form = the_form(panel.page)
    expect(form.get_by_role("radio", name="Capability")).to_be_checked()
    expect(form.get_by_role("checkbox", name=re.compile("^ ?O1 "))).to_be_checked()
    panel.presses("Escape")
    expect(panel.row("O1")).to_be_focused()


def test_what_is_wrong_is_said_in_the_form_and_nothing_typed_is_lost(server: Serving, visitor: Visitor) -> None:
    an_ended_call(server, "missed-wrong")
    panel = visitor.opens_call("missed-wrong", size=WIDE)
    page = panel.page
    page.get_by_role("tab", name="Value map").click()
    page.get_by_role("button", name="Add", exact=True).click()
    form = the_form(page)
    save = form.get_by_role("button", name="Add", exact=True)
    known = panel.row("O1").locator(".words > span").first.inner_text()
    form.get_by_label("Outcome, in a few words").fill(known)
    save.click()
    expect(form.get_by_role("alert")).to_contain_text("Choose where it was said first")
    form.get_by_role("searchbox").fill("paper people")
    form.get_by_role("button", name=re.compile("paper people")).click()
    form.get_by_role("button", name="Cut them to what counts").click()
    expect(form.get_by_label("Their words")).to_be_focused()
    form.get_by_label("Their words").fill("they took nine months")
    save.click()
    expect(form.get_by_role("alert")).to_contain_text("does not say 'they took nine months'")
    form.get_by_label("Their words").fill(WORDS)
    save.click()
    expect(form.get_by_role("alert")).to_contain_text("O1 says that already")
    expect(form.get_by_label("Outcome, in a few words")).to_have_value(known)
    assert added(server, "missed-wrong", "outcomes") == []


def test_without_a_connection_it_is_kept_and_goes_out_later(server: Serving, visitor: Visitor) -> None:
    an_ended_call(server, "missed-away")
    page = visitor.opens("/new", size=WIDE)
    sockets: list[WebSocketRoute] = []
    away: list[bool] = []

    def through(socket: WebSocketRoute) -> None:
        if away:
            socket.close(code=1013)
        else:
            socket.connect_to_server()
            sockets.append(socket)

    page.route_web_socket(re.compile("/panel"), through)
    page.goto(f"{server.address}/calls/missed-away")
    panel = Panel(page)
    page.get_by_role("tab", name="Value map").click()
    panel.utterance(TAKES_NINE).get_by_role("button", name="Add from these words").click()
    page.get_by_role("button", name="Add as capability").click()
    form = the_form(page)
    form.get_by_label("Capability, in a few words").fill("One view of every truck")
    away.append(True)
    sockets[0].close(code=1013)
    expect(page.get_by_text("Reconnecting")).to_be_visible()
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form).to_be_hidden()
    expect(panel.map).to_contain_text("One view of every truck waiting")
    assert added(server, "missed-away", "capabilities") == []

    away.clear()
    page.get_by_role("button", name="Retry").click()
    expect(panel.map.get_by_role("treeitem").filter(has_text="One view of every truck")).to_be_visible()
    assert len(added(server, "missed-away", "capabilities")) == 1
