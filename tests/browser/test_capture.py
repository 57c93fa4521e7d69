"""A call that the browser hears, from the start page to the review, over everything that goes wrong."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect

from tests.acceptance.programs import Serving, serving
from tests.browser.accessibility import findings
from tests.browser.reps import (
    CUSTOMER_LINES,
    EVERY_S,
    REP_LINES,
    Rep,
    browser_with_sound,
    follow_each_other,
    hearing_tones,
    lines_of,
)
from tests.browser.visitors import WIDE, loaded
from tests.loopback import free_port

pytestmark = [pytest.mark.browser, pytest.mark.chromium]


KEEPS_TWO_SECONDS = f"""async () => {{
    const {{ Kept }} = await {loaded("capture/kept.js")};
    const add = Kept.prototype.add;
    Kept.prototype.add = function (samples) {{ this.most = 20; return add.call(this, samples); }};
}}"""

OPENS_SLOWLY = """() => {
    const add = AudioWorklet.prototype.addModule;
    AudioWorklet.prototype.addModule = async function (...given) {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        return add.apply(this, given);
    };
}"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser_with_sound(tmp_path_factory.mktemp("sound")) as opened:
        yield opened


@pytest.fixture(scope="module")
def hearing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with hearing_tones(tmp_path_factory.mktemp("hearing") / "data") as running:
        yield running


@pytest.fixture
def rep(browser: Browser, hearing: Serving) -> Iterator[Rep]:
    someone = Rep(browser, hearing, size=WIDE)
    yield someone
    someone.leaves()


def test_both_sides_are_heard_and_the_call_ends_in_its_review(rep: Rep) -> None:
    rep.page.get_by_label("Account").fill("Acme")
    rep.page.get_by_label("Kind").select_option("demo")
    rep.page.get_by_label("Name of participant 1").fill("Dana Reyes")
    rep.page.get_by_label("Name of participant 2").fill("Luis Ortega")
    rep.page.get_by_label("Everyone on the call agreed").check()
    expect(rep.page.get_by_label("Said by")).to_have_value("Dana Reyes")

    rep.starts()
    rep.hears(6)
    expect(rep.panel.status).to_contain_text("Consent")
    expect(rep.panel.transcript).to_contain_text("Luis Ortega")
    rep.ends()

    state = rep.state()
    assert follow_each_other(lines_of(state, "rep"), REP_LINES)
    assert follow_each_other(lines_of(state, "customer"), CUSTOMER_LINES)
    call = state["call"]
    assert (call["title"], call["account"], call["kind"]) == ("Acme discovery", "Acme", "demo")
    assert [(p["name"], p["role"]) for p in call["participants"]] == [
        ("Dana Reyes", "rep"),
        ("Luis Ortega", "customer"),
    ]
    assert call["consent"]["by"] == "Dana Reyes"


def test_start_comes_forward_once_both_meters_have_moved(rep: Rep) -> None:
    start = rep.page.get_by_role("button", name="Start the call")
    expect(start).to_have_attribute("aria-disabled", "true")
    rep.clicks("Allow the microphone")
    expect(rep.page.get_by_text("✓ Heard")).to_have_count(1)
    rep.clicks("Share the meeting’s sound")
    expect(rep.page.get_by_text("Play a sound in the meeting")).to_be_visible()
    expect(start).to_have_attribute("aria-disabled", "false")
    expect(start).not_to_have_class(re.compile("primary"))
    rep.customer_talks()
    expect(start).to_have_class(re.compile("primary"))
    expect(rep.page.locator(".button.primary")).to_have_count(1)


def test_the_microphone_alone_hears_somebody_unknown(rep: Rep) -> None:
    rep.page.get_by_label("The microphone alone hears everyone").check()
    rep.clicks("Allow the microphone")
    rep.clicks_start()
    rep.hears(2)
    rep.ends()
    assert {u["role"] for u in rep.state()["utterances"]} == {"unknown"}


def test_both_sides_asked_for_at_once_share_one_clock(rep: Rep) -> None:
    """As on a busy computer, where the first is not there yet when the second is asked for."""
    rep.page.evaluate(OPENS_SLOWLY)
    rep.starts()
    rep.hears(6)
    rep.ends()
    for role in ("rep", "customer"):
        starts = [u["start_s"] for u in rep.state()["utterances"] if u["role"] == role][1:]
        assert len(starts) > 1
        assert all(abs(later - sooner - EVERY_S) < 0.5 for sooner, later in pairwise(starts)), starts


def test_nothing_is_lost_when_the_server_is_killed_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    with hearing_tones(data, port=port) as server:
        rep = Rep(browser, server, size=WIDE)
        rep.starts()
        rep.hears(3)
        server.kill()
    rep.panel.says(re.compile(r"Offline 0:0[3-9]"))
    rep.panel.says("kept on this computer")
    with hearing_tones(data, port=port) as server:
        rep.panel.says("Caught up, nothing lost")
        rep.hears(10)
        rep.ends()
        state = rep.state()
        rep.leaves()

    for role, lines in (("rep", REP_LINES), ("customer", CUSTOMER_LINES)):
        assert follow_each_other(lines_of(state, role), lines), lines_of(state, role)
    starts = [u["start_s"] for u in state["utterances"] if u["role"] == "rep"][1:]
    assert all(abs(later - sooner - EVERY_S) < 0.5 for sooner, later in pairwise(starts)), starts
    assert state["unheard"] == []


def test_what_was_more_than_can_be_kept_is_said_to_be_lost_and_all_else_keeps_its_time(
    browser: Browser, tmp_path: Path
) -> None:
    data, port = tmp_path / "data", free_port()
    with hearing_tones(data, port=port) as server:
        rep = Rep(browser, server, size=WIDE)
        rep.page.evaluate(KEEPS_TWO_SECONDS)
        rep.starts()
        rep.hears(3)
        server.kill()
    rep.panel.says(re.compile(r"Offline 0:(0[6-9]|[1-5])"))
    with hearing_tones(data, port=port) as server:
        rep.panel.says(re.compile(r"0:\d\d lost at \d\d:\d\d"))
        rep.hears(len(rep.state()["utterances"]) + 4)
        rep.ends()
        state = rep.state()
        rep.leaves()

    (lost,) = state["unheard"]
    assert (lost["reason"], lost["role"]) == ("lost", None)
    assert lost["end_s"] - lost["start_s"] > 3
    starts = [u["start_s"] for u in state["utterances"] if u["role"] == "rep"]
    assert not [s for s in starts if lost["start_s"] + 0.5 < s < lost["end_s"] - 0.5]
    after = next(s for s in starts if s > lost["end_s"])  # the one at the edge was cut
    assert after - lost["end_s"] < 2 * EVERY_S


def test_off_the_record_nothing_is_heard_and_the_clock_goes_on(rep: Rep) -> None:
    rep.starts()
    rep.hears(4)
    began = time.monotonic()
    rep.clicks("Pause")
    rep.panel.says("Off the record")
    time.sleep(2 * EVERY_S)  # two lines of each side go by unheard
    rep.clicks("Resume")
    took_s = time.monotonic() - began
    expect(rep.panel.transcript.locator(".unheard-row")).to_contain_text(re.compile(r"Off the record for 0:\d\d"))
    heard = len(rep.state()["utterances"])
    rep.hears(heard + 3)
    rep.ends()
    timeline = rep.page.get_by_role("region", name="Timeline")
    expect(timeline).to_contain_text("Hatched: Off the record for 0:")
    expect(timeline.locator(".unheard")).to_have_count(1)

    state = rep.state()
    (pause,) = state["unheard"]
    assert (pause["reason"], pause["role"]) == ("off_record", None)
    assert 2 * EVERY_S <= pause["end_s"] - pause["start_s"] <= took_s + 0.5
    assert not [u for u in state["utterances"] if pause["start_s"] + 0.3 < u["start_s"] < pause["end_s"] - 0.3]
    after = [u["start_s"] for u in state["utterances"] if u["start_s"] > pause["end_s"] - 0.3]
    assert len(after) >= 3


def test_a_muted_side_sends_silence(rep: Rep) -> None:
    rep.starts()
    rep.hears(2)
    rep.bar.get_by_role("button", name="You: mute").click()
    expect(rep.bar).to_contain_text("muted")
    rep.hears(len(rep.state()["utterances"]) + 3)  # with what was being said
    said = lines_of(rep.state(), "rep")
    rep.hears(len(rep.state()["utterances"]) + 3)
    rep.ends()
    state = rep.state()
    assert lines_of(state, "rep") == said
    assert follow_each_other(lines_of(state, "customer"), CUSTOMER_LINES)


def test_a_share_that_stops_is_a_loud_sign_with_one_way_back(rep: Rep) -> None:
    rep.starts()
    rep.hears(2)
    rep.meeting.close()
    expect(rep.panel.status.get_by_role("alert")).to_contain_text("Not listening")
    rep.panel.says("The share has stopped.")

    rep.meeting = rep.joins_meeting()
    rep.customer_talks()
    rep.page.bring_to_front()
    rep.clicks("Share again")
    rep.panel.says("Listening")
    expect(rep.panel.status.get_by_role("alert")).to_have_count(0)
    before = len(rep.state()["utterances"])
    rep.hears(before + 3)
    rep.ends()
    (gap,) = rep.state()["unheard"]
    assert (gap["reason"], gap["role"]) == ("no_sound", "customer")
    assert gap["end_s"] > gap["start_s"]
    assert [u for u in rep.state()["utterances"] if u["role"] == "customer" and u["start_s"] > gap["end_s"] - 0.3]


def test_a_share_without_sound_says_what_to_do(rep: Rep) -> None:
    rep.page.evaluate("""() => {
        navigator.mediaDevices.getDisplayMedia = async () => document.createElement("canvas").captureStream();
    }""")
    rep.clicks("Allow the microphone")
    rep.clicks("Share the meeting’s sound")
    expect(rep.page.get_by_role("alert")).to_have_text(
        "That share has no sound. Choose the meeting's tab and tick ‘Share audio’."
    )
    expect(rep.page.get_by_role("button", name="Start the call")).to_have_attribute("aria-disabled", "true")


def test_a_refused_microphone_says_what_to_do(rep: Rep) -> None:
    rep.page.evaluate("""() => {
        navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); };
    }""")
    rep.clicks("Allow the microphone")
    expect(rep.page.get_by_role("alert")).to_contain_text("The microphone was not allowed.")


def test_leaving_asks_first_and_after_a_reload_it_listens_again(rep: Rep) -> None:
    rep.starts()
    rep.hears(2)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    rep.page.on("dialog", leave)
    rep.page.reload()
    assert asked == ["beforeunload"]
    rep.panel.says("Not listening")
    time.sleep(2)  # so that there is something to miss
    rep.clicks("Listen again")
    rep.panel.says(re.compile(r"0:\d\d lost at \d\d:\d\d"))
    expect(rep.panel.transcript.locator(".unheard-row.lost")).to_contain_text(re.compile(r"0:\d\d lost"))
    before = len(rep.state()["utterances"])
    rep.hears(before + 2)
    rep.ends()
    (gap,) = rep.state()["unheard"]
    assert gap["end_s"] - gap["start_s"] >= 2


def test_the_own_window_has_the_controls_and_the_call_goes_on(rep: Rep) -> None:
    rep.starts()
    rep.page.keyboard.press("o")
    expect(rep.page.get_by_role("button", name="Bring back")).to_be_visible()
    (own,) = [page for page in rep.context.pages if page.url == "about:blank"]
    bar = own.get_by_role("region", name="What this computer hears")
    expect(bar.get_by_role("button", name="Pause")).to_be_visible()
    rep.hears(4)
    bar.get_by_role("button", name="Pause").click()
    expect(own.get_by_role("region", name="Status of the call")).to_contain_text("Off the record")
    rep.clicks("Bring back")
    rep.clicks("Resume")
    rep.panel.says("Listening")


def test_nothing_keeps_people_from_using_it(rep: Rep) -> None:
    assert findings(rep.page) == []
    rep.starts()
    assert findings(rep.page) == []
    rep.clicks("Pause")
    assert findings(rep.page) == []
    rep.bar.get_by_role("button", name="End the call").click()
    assert findings(rep.page) == []


def test_a_second_page_takes_the_call_over_and_the_first_says_so(rep: Rep) -> None:
    rep.starts()
    rep.page.evaluate(
        """(call) => {
            const other = new WebSocket(`ws://${location.host}/ws/calls/${call}/ingest`);
            other.onopen = () => other.send(JSON.stringify({ type: "start", protocol: 1 }));
        }""",
        rep.call,
    )
    rep.panel.says("another sender has taken over this call")


def test_without_a_speech_model_it_says_so_beforehand_and_what_works(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server:
        rep = Rep(browser, server)
        expect(rep.page.get_by_text("This server has no speech model")).to_be_visible()
        expect(rep.page.get_by_role("radio", name="This computer")).to_be_checked()
        expect(rep.page.get_by_text("COPILOT_SPEECH__MODEL=base.en")).to_be_visible()
        expect(rep.page.get_by_role("button", name="Start the call")).to_have_count(0)
        rep.page.get_by_role("radio", name="From elsewhere").check()
        expect(rep.page.get_by_text(f"ws://{server.address.removeprefix('http://')}/ws/twilio")).to_be_visible()
        rep.page.get_by_role("radio", name="Demo call").check()
        rep.clicks("Play the demo call")
        rep.page.wait_for_url("**/calls/*")
        rep.leaves()


def test_the_list_of_calls_leads_there(rep: Rep) -> None:
    rep.page.goto(rep.server.address)
    rep.page.get_by_role("link", name="Start a call").click()
    expect(rep.page.get_by_role("heading", level=1)).to_have_text("New call")


@pytest.mark.parametrize("size", [(320, 640), WIDE])
def test_nothing_is_cut_at_any_size(browser: Browser, hearing: Serving, size: tuple[int, int]) -> None:
    rep = Rep(browser, hearing, size=size)
    assert rep.panel.is_as_wide_as_its_window()
    rep.starts()
    for state in ("Listening", "Off the record"):
        rep.panel.says(state)
        assert rep.panel.is_as_wide_as_its_window()
        for button in rep.bar.get_by_role("button").all():
            assert button.evaluate("b => b.scrollWidth <= b.clientWidth + 1"), button.inner_text()
        rep.clicks("Pause" if state == "Listening" else "Resume")
    rep.meeting.close()
    rep.panel.says("The share has stopped.")
    assert rep.panel.is_as_wide_as_its_window()
    if size != (320, 640):  # where nothing is fixed any more, words wrap
        for words in rep.panel.status.locator(".state-words > *:not(.visually-hidden)").all():
            assert words.evaluate("w => w.scrollWidth - w.clientWidth") <= 1, words.inner_text()
    rep.leaves()
