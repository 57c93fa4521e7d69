"""A call of hours: the page grows no more than that of minutes, and every word of it can still be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import CDPSession, expect

from copilot.domain.events import Logged, UtteranceHeard
from copilot.web.encoding import event_view
from tests.acceptance.programs import Serving
from tests.browser.accessibility import findings
from tests.browser.senders import CALL, sending
from tests.browser.visitors import PANEL, WIDE, Panel, Visitor, loaded

pytestmark = [pytest.mark.browser, pytest.mark.chromium]

HALF = 180  # utterances
LONG = "and so on with every lane of every depot, one after the other, " * 8

HEAR = f"""async (events) => {{
    const [{{ receive }}, {{ seq }}] = await Promise.all([{loaded("messages.js")}, {loaded("store.js")}]);
    const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
    for (const [n, event] of events.entries()) {{
        receive({{ type: "event", seq: seq.peek() + 1 + (n % 3), event }});
        if (n % 3 === 2) await frame();
    }}
    for (let left = 3; left > 0; left -= 1) await frame();
}}"""
SHOW = f"async (i) => (await {loaded('ui.js')}).showUtterance(i)"
SCROLLED = "before => document.querySelector('.utterances').scrollTop !== before"
NEVER_TOLD = "window.IntersectionObserver = class { observe() {} disconnect() {} };"


def said(start: int, end: int) -> list[dict[str, Any]]:
    """The events of what is said in a call that goes on: the demo call's words again and again, with their number."""
    return [heard(i, f"{CALL.utterances[i % len(CALL.utterances)].text} (no. {i})") for i in range(start, end)]


def heard(i: int, text: str) -> dict[str, Any]:
    role = CALL.utterances[i % len(CALL.utterances)].role
    event = UtteranceHeard(utterance=f"long-{i}", i=i, role=role, start_s=i * 5, end_s=i * 5 + 4, text=text)
    return event_view(Logged(seq=i + 1, at=datetime(2026, 5, 14, tzinfo=UTC), event=event))


class Weight(NamedTuple):
    nodes: int
    listeners: int
    objects: int


def weight(cdp: CDPSession) -> Weight:
    """What a page holds that is still in use; its `objects` are those of the program."""
    group = {"objectGroup": "weighed"}
    prototype = cdp.send("Runtime.evaluate", {"expression": "Object.prototype", **group})["result"]["objectId"]
    objects = cdp.send("Runtime.queryObjects", {"prototypeObjectId": prototype, **group})["objects"]["objectId"]
    count = {"functionDeclaration": "function () { return this.length; }", "returnByValue": True}
    length = cdp.send("Runtime.callFunctionOn", {"objectId": objects, **count})["result"]["value"]
    cdp.send("Runtime.releaseObjectGroup", group)
    cdp.send("HeapProfiler.collectGarbage")
    counters = cdp.send("Memory.getDOMCounters")
    return Weight(counters["nodes"], counters["jsEventListeners"], length)


@pytest.mark.parametrize("seen", [True, False], ids=["seen", "behind other windows"])
@pytest.mark.parametrize("size", [PANEL, WIDE])
def test_an_hour_more_adds_words_and_hardly_any_elements(
    server: Serving, visitor: Visitor, size: tuple[int, int], seen: bool
) -> None:
    call = f"long-{size[0]}-{seen}"
    with sending(server, call):
        panel = visitor.opens_call(call, size=size)
        page = panel.page
        if not seen:
            page.add_init_script(NEVER_TOLD)
            page.reload()
        panel.says("Listening")
        if size == PANEL:
            panel.presses("t")
        cdp = page.context.new_cdp_session(page)
        page.evaluate(HEAR, said(0, HALF))
        half = weight(cdp)
        page.evaluate(HEAR, said(HALF, 2 * HALF))
        whole = weight(cdp)

        assert whole.nodes - half.nodes < HALF
        assert whole.listeners - half.listeners < HALF / 10
        assert whole.objects - half.objects < 20 * HALF
        expect(panel.utterance(2 * HALF - 1)).to_be_in_viewport()


@pytest.fixture
def panel(server: Serving, visitor: Visitor, request: pytest.FixtureRequest) -> Iterator[Panel]:
    """Beside a long call that goes on."""
    call = re.sub(r"\W", "-", request.node.name)[:64]
    with sending(server, call):
        panel = visitor.opens_call(call, size=WIDE)
        panel.says("Listening")
        panel.page.evaluate(HEAR, said(0, 2 * HALF))
        yield panel


@pytest.mark.parametrize("opened", ["beside from the start", "in the drawer, late"])
def test_the_words_of_long_ago_are_scrolled_to_without_a_gap(panel: Panel, opened: str) -> None:
    if opened == "in the drawer, late":
        panel.page.set_viewport_size({"width": PANEL[0], "height": PANEL[1]})
        panel.presses("t")
        expect(panel.utterance(2 * HALF - 1)).to_be_in_viewport()
    log = panel.transcript.get_by_role("log")
    log.hover()
    seen: list[int] = []
    while 0 not in seen:
        before = log.evaluate("log => log.scrollTop")
        panel.page.mouse.wheel(0, -300)
        panel.page.wait_for_function(SCROLLED, arg=before)
        seen += in_view(panel)
    assert set(seen) >= set(range(2 * HALF - 20))
    assert findings(panel.page) == []
    log.press("End")
    expect(panel.utterance(2 * HALF - 1)).to_be_in_viewport()
    log.press("Home")
    expect(panel.utterance(0)).to_be_in_viewport()
    panel.transcript.get_by_role("button", name=re.compile("Back to live")).click()
    expect(panel.utterance(2 * HALF - 1)).to_be_in_viewport()


def in_view(panel: Panel) -> list[int]:
    """The numbers of the utterances that are to be seen now."""
    numbers: list[int] = panel.evaluate("""() => {
        const view = document.querySelector(".utterances").getBoundingClientRect();
        const isSeen = (at) => at.bottom > view.top && at.top < view.bottom;
        const rows = [...document.querySelectorAll(".utterance")].filter((row) => isSeen(row.getBoundingClientRect()));
        return rows.map((row) => Number(row.dataset.i));
    }""")
    return numbers


def test_what_is_not_drawn_is_found_and_led_to(panel: Panel) -> None:
    search = panel.transcript.get_by_role("searchbox")
    search.fill("no. 17)")
    expect(panel.transcript).to_contain_text(f"1 of {2 * HALF}")
    expect(panel.utterance(17)).to_be_in_viewport()
    panel.evaluate(SHOW, 123)
    expect(search).to_have_value("")
    expect(panel.utterance(123)).to_be_in_viewport()
    expect(panel.utterance(123)).to_have_class(re.compile("marked"))
    panel.page.evaluate(HEAR, said(2 * HALF, 2 * HALF + 9))
    expect(panel.utterance(123)).to_be_in_viewport()
    expect(panel.transcript.get_by_role("button", name="Back to live ↓ 9")).to_be_visible()


def test_words_that_were_never_drawn_are_led_to(panel: Panel) -> None:
    panel.page.set_viewport_size({"width": PANEL[0], "height": PANEL[1]})
    expect(panel.transcript).to_have_count(0)
    panel.evaluate(SHOW, 123)
    expect(panel.utterance(123)).to_be_in_viewport()
    expect(panel.utterance(99)).to_be_attached()
    expect(panel.utterance(123)).to_be_in_viewport()


def test_whoever_walks_by_keyboard_meets_every_utterance(panel: Panel) -> None:
    panel.evaluate(SHOW, 200)
    panel.utterance(200).get_by_role("button", name="Add from these words").focus()
    for i in range(201, 270):
        panel.presses("Tab", "Tab")
        expect(panel.utterance(i).get_by_role("button", name="Add from these words")).to_be_focused()
    for i in range(268, 180, -1):
        panel.presses("Shift+Tab", "Shift+Tab")
        expect(panel.utterance(i).get_by_role("button", name="Add from these words")).to_be_focused()


def test_where_somebody_is_at_work_the_words_stay(panel: Panel) -> None:
    panel.evaluate(SHOW, 200)
    row = panel.utterance(200)
    row.get_by_role("button", name=re.compile("name and role")).click()
    name = panel.page.get_by_role("dialog").get_by_label("Name", exact=True)
    name.fill("Ines")
    panel.transcript.get_by_role("log").evaluate("log => log.scrollTo({ top: log.scrollHeight })")
    panel.page.evaluate(HEAR, said(2 * HALF, 2 * HALF + 99))
    expect(name).to_have_value("Ines")
    panel.presses("Escape")
    expect(row.get_by_role("button", name=re.compile("name and role"))).to_be_focused()


def test_a_long_utterance_does_not_stop_the_transcript_from_following(panel: Panel) -> None:
    panel.page.evaluate(HEAR, [heard(2 * HALF, LONG)])
    expect(panel.utterance(2 * HALF)).to_be_in_viewport()
    panel.page.evaluate(HEAR, said(2 * HALF + 1, 2 * HALF + 6))
    expect(panel.utterance(2 * HALF + 5)).to_be_in_viewport()
    expect(panel.transcript.get_by_role("button", name=re.compile("Back to live"))).to_have_count(0)
