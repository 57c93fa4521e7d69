"""Recordings on the pages: uploaded with progress, transcribed in the background, and played beside their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.acceptance.programs import PATIENCE_S, Serving
from tests.browser.accessibility import findings
from tests.browser.recordings import recording_server, tones
from tests.browser.visitors import MEDIUM, PANEL, WIDE, Panel, Scheme, Visitor

pytestmark = pytest.mark.browser

LINES = 24


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with recording_server(tmp_path_factory.mktemp("recordings")) as running:
        yield running


def chooses(page: Page, name: str, content: bytes) -> Locator:
    """The form, with a file in it."""
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Upload").click()
    choosing.value.set_files(FilePayload(name=name, mimeType="audio/wav", buffer=content))
    return page.get_by_role("form", name="Upload")


def uploads(page: Page, name: str, content: bytes, *, consent: bool = True) -> str:
    """The address of the call that it becomes."""
    form = chooses(page, name, content)
    if consent:
        form.get_by_label("Everyone on the call agreed to be recorded").check()
        form.get_by_label("Said by").fill("Dana Reyes")
    form.get_by_role("button", name="Transcribe").click()
    page.wait_for_url("**/calls/*")
    return page.url.split("/calls/")[1]


@pytest.fixture(scope="module")
def call(server: Serving, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A recording that is transcribed, and whose sound is kept."""
    visitor = Visitor(browser, server.link)
    page = visitor.opens("/", size=WIDE)
    made = uploads(page, "weekly.wav", tones(tmp_path_factory.mktemp("tones"), LINES))
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible(timeout=PATIENCE_S * 1000)
    visitor.leave()
    return made


class TestUploading:
    @pytest.mark.chromium
    def test_says_how_far_it_is_and_shows_what_it_has_heard(
        self, server: Serving, visitor: Visitor, tmp_path: Path
    ) -> None:
        page = visitor.opens("/", size=WIDE)
        made = uploads(page, "acme.wav", tones(tmp_path, 100), consent=False)
        bar = page.get_by_role("progressbar", name="Transcription")
        expect(bar).to_have_attribute("aria-valuetext", re.compile(r"Transcribing \d:\d\d of 3:20, about \d+ (s|min)"))
        panel = Panel(page)
        expect(panel.utterance(2)).to_contain_text("this is line two")
        page.reload()
        expect(page.get_by_role("progressbar", name="Transcription")).to_be_visible()
        expect(panel.utterance(2)).to_contain_text("this is line two")
        assert panel.is_as_wide_as_its_window()
        assert findings(page) == []

        beside = visitor.opens("/", size=PANEL, scheme="dark")
        line = beside.locator(".call", has_text="acme")
        expect(line).to_contain_text(re.compile(r"Transcribing \d:\d\d of 3:20"))
        assert Panel(beside).is_as_wide_as_its_window()

        page.get_by_role("button", name="Cancel the transcription").click()
        page.get_by_role("button", name="Stop here").press("Enter")
        expect(page.get_by_text(re.compile(r"The transcription was stopped at \d:\d\d"))).to_be_visible()
        expect(page.locator(".no-sound")).to_contain_text("Nobody noted that everyone agreed")
        assert made

    def test_of_a_file_beyond_the_limit_is_refused_before_it_is_sent(self, server: Serving, visitor: Visitor) -> None:
        page = visitor.opens("/", size=WIDE)
        form = chooses(page, "long.mp3", bytes(9 * 2**20))
        expect(form.get_by_role("alert")).to_have_text(
            re.compile(r"long\.mp3 has 9\.0 MiB; .* up to 8\.0 MiB\. Of WAV")
        )
        expect(form.get_by_role("button", name="Transcribe")).to_have_attribute("aria-disabled", "true")

    def test_of_what_only_looks_like_a_recording_is_refused_where_it_was_chosen(
        self, server: Serving, visitor: Visitor
    ) -> None:
        visitor.expects_trouble("422")
        page = visitor.opens("/", size=WIDE)
        form = chooses(page, "call.flac", b"fLaC and then something else")
        form.get_by_role("button", name="Transcribe").click()
        expect(form.get_by_role("alert")).to_contain_text("call.flac: this is no recording that can be read")


class TestSides:
    def test_of_two_speakers_one_click_says_who_is_who_and_another_swaps_them(
        self, server: Serving, visitor: Visitor, tmp_path: Path
    ) -> None:
        page = visitor.opens("/", size=WIDE)
        uploads(page, "sides.wav", tones(tmp_path, 6))
        panel = Panel(page)
        expect(page.get_by_role("region", name="Player")).to_be_visible()
        page.locator(".who-is-who").get_by_role("button", name="Speaker 2").click()
        expect(panel.utterance(0)).to_have_class(re.compile("customer"))
        expect(panel.utterance(1)).to_have_class(re.compile("rep"))
        page.get_by_role("button", name="Swap sides").click()
        expect(panel.utterance(0)).to_have_class(re.compile("rep"))
        expect(panel.utterance(1)).to_have_class(re.compile("customer"))

    def test_of_one_channel_are_told_by_whoever_knows_utterance_by_utterance(
        self, server: Serving, visitor: Visitor, tmp_path: Path
    ) -> None:
        page = visitor.opens("/", size=WIDE)
        uploads(page, "memo.wav", tones(tmp_path, 6, channels=1))
        panel = Panel(page)
        expect(page.get_by_role("region", name="Player")).to_be_visible()
        expect(page.get_by_text("who speaks cannot be told apart")).to_be_visible()

        def says(i: int, role: str, scope: str) -> None:
            panel.utterance(i).get_by_role("button", name="Unknown: name and role").click()
            page.get_by_label("Set the side of").select_option(scope)
            page.get_by_label(role, exact=True).check()
            page.get_by_role("button", name="Save").click()

        says(4, "You or your side", "one")
        expect(panel.utterance(4)).to_have_class(re.compile("rep"))
        says(2, "Customer", "on")
        for i, role in enumerate(["unknown", "unknown", "customer", "customer", "rep", "unknown"]):
            expect(panel.utterance(i)).to_have_class(re.compile(role))
        page.reload()
        expect(panel.utterance(3)).to_have_class(re.compile("customer"))


class TestThePlayer:
    @pytest.mark.chromium
    def test_keeps_step_with_the_transcript(self, call: str, visitor: Visitor) -> None:
        panel = visitor.opens_call(call, size=WIDE)
        panel.page.get_by_role("button", name="Play from 0:09").click()
        expect(panel.page.get_by_role("button", name="Pause")).to_be_visible()
        for i in (4, 5, 6):
            expect(panel.utterance(i)).to_have_class(re.compile("playing"))
            expect(panel.transcript.locator(".playing")).to_have_count(1)

    def test_begins_a_second_before_the_words_that_are_chosen(self, call: str, visitor: Visitor) -> None:
        panel = visitor.opens_call(call, size=WIDE)
        expect(panel.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        panel.evaluate("() => { window.HTMLMediaElement.prototype.play = async function () {}; }")
        panel.page.get_by_role("button", name="Play from 0:21").click()
        expect(panel.page.locator(".player-time")).to_have_text("0:20 / 0:48")

    @pytest.mark.chromium
    def test_can_be_played_after_the_browser_has_refused_once(self, call: str, visitor: Visitor) -> None:
        page = visitor.opens(f"/calls/{call}", size=WIDE)
        page.evaluate("""() => {
            const { play } = HTMLMediaElement.prototype;
            HTMLMediaElement.prototype.play = () => {
                HTMLMediaElement.prototype.play = play;
                return Promise.reject(new DOMException("no", "NotAllowedError"));
            };
        }""")
        page.get_by_role("button", name="Play", exact=True).click()
        expect(page.get_by_text("The browser does not let this page play sound yet.")).to_be_visible()
        page.get_by_role("button", name="Play", exact=True).click()
        expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()

    @pytest.mark.chromium
    def test_is_followed_until_somebody_scrolls(self, call: str, visitor: Visitor) -> None:
        panel = visitor.opens_call(call, size=(1440, 600))
        panel.page.get_by_role("button", name="Play from 0:25").click()
        expect(panel.utterance(12)).to_have_class(re.compile("playing"))
        expect(panel.utterance(12)).to_be_in_viewport()
        panel.transcript.locator(".utterances").hover()
        panel.page.mouse.wheel(0, -2000)
        panel.page.get_by_role("button", name="Follow").click()
        expect(panel.transcript.locator(".playing")).to_be_in_viewport()
        expect(panel.page.get_by_role("button", name="Follow")).to_have_count(0)

    @pytest.mark.chromium
    def test_is_worked_by_keys_alone(self, call: str, visitor: Visitor) -> None:
        panel = visitor.opens_call(call, size=WIDE)
        time = panel.page.locator(".player-time")
        expect(panel.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        panel.presses("l", "l")
        expect(time).to_have_text("0:10 / 0:48")
        panel.presses("j")
        expect(time).to_have_text("0:05 / 0:48")
        panel.presses("k")
        expect(panel.page.get_by_role("button", name="Pause")).to_be_visible()
        panel.presses("k")
        expect(panel.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        panel.page.get_by_role("slider", name="Place in the call").focus()
        panel.presses("Home", "ArrowRight")
        expect(time).to_have_text("0:05 / 0:48")
        panel.page.get_by_label("Speed").select_option("2")
        expect(panel.page.get_by_label("Speed")).to_have_value("2")

    def test_an_address_leads_to_the_moment_without_playing_it(self, call: str, visitor: Visitor) -> None:
        panel = Panel(visitor.opens(f"/calls/{call}?u=10", size=WIDE))
        expect(panel.page.locator(".player-time")).to_have_text("0:20 / 0:48")
        expect(panel.page.get_by_role("button", name="Play", exact=True)).to_be_visible()

    @pytest.mark.parametrize(("size", "scheme"), [(PANEL, "dark"), (MEDIUM, "light"), (WIDE, "dark")])
    def test_stays_in_view_and_hides_nothing(
        self, call: str, visitor: Visitor, size: tuple[int, int], scheme: Scheme
    ) -> None:
        panel = visitor.opens_call(call, size=size, scheme=scheme)
        player = panel.page.get_by_role("region", name="Player")
        expect(player.get_by_role("button", name="Play", exact=True)).to_be_in_viewport()
        panel.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        expect(player.get_by_role("button", name="The sound")).to_be_in_viewport()
        assert panel.is_as_wide_as_its_window()

    @pytest.mark.parametrize("size", [PANEL, WIDE])
    def test_keeps_nobody_from_using_it(self, call: str, visitor: Visitor, size: tuple[int, int]) -> None:
        panel = visitor.opens_call(call, size=size)
        panel.page.get_by_role("button", name="The sound").click()
        expect(panel.page.get_by_role("button", name="Delete the sound")).to_be_visible()
        assert findings(panel.page) == []

    def test_says_what_became_of_sound_that_somebody_deletes(
        self, server: Serving, visitor: Visitor, tmp_path: Path
    ) -> None:
        page = visitor.opens("/", size=WIDE)
        uploads(page, "gone.wav", tones(tmp_path, 4))
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        page.get_by_role("button", name="The sound").click()
        page.get_by_role("button", name="Delete the sound").click()
        expect(page.locator(".no-sound")).to_contain_text("The sound was deleted on")
        expect(page.get_by_role("button", name=re.compile("Play from"))).to_have_count(0)
