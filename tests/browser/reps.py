"""A rep on a call: a microphone that says numbered lines, and a meeting in another tab in which a customer does."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts.browsers import NO_CHROMIUM, chromium_program
from tests.acceptance.programs import ROOT, Serving, started
from tests.browser.visitors import PANEL, PATIENCE_MS, Panel, Scheme
from tests.tones import NUMBERS, pitch_of, tones

REP_LINES = (0, 1, 2, 3, 4, 5)
CUSTOMER_LINES = (6, 7, 8, 9, 10, 11)
EVERY_S = 2.0
MEETING = "The meeting"

# A tone for every line, planned on the sound's own clock: timers of a tab behind another one are slow.
TALK = """async ([pitches, every]) => {
    const context = new AudioContext();
    await context.resume();
    const tone = new OscillatorNode(context);
    const volume = new GainNode(context, { gain: 0 });
    tone.connect(volume).connect(context.destination);
    tone.start();
    for (let n = 0; n < 100; n += 1) {
        const at = context.currentTime + 0.5 + n * every;
        tone.frequency.setValueAtTime(pitches[n % pitches.length], at);
        volume.gain.setValueAtTime(0.25, at);
        volume.gain.setValueAtTime(0, at + 0.9);
    }
}"""


@contextlib.contextmanager
def hearing_tones(data: Path, *, port: int = 0) -> Iterator[Serving]:
    """A server whose speech model knows tones."""
    program = (sys.executable, "-m", "tests.browser.tone_server", data, str(port))
    with started(*program, output=data.with_suffix(".log"), cwd=ROOT) as running:
        yield running


@contextlib.contextmanager
def browser_with_sound(folder: Path) -> Iterator[Browser]:
    """Chromium with a microphone, and which shares the tab of the meeting when it is asked for a tab."""
    program = chromium_program()
    if program is None:
        pytest.skip(NO_CHROMIUM)
    microphone = tones(REP_LINES, folder / "microphone.wav")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            ignore_default_args=["--mute-audio"],
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={microphone}",
                f"--auto-select-tab-capture-source-by-title={MEETING}",
                "--autoplay-policy=no-user-gesture-required",
            ],
        )
        yield browser
        browser.close()


class Rep:
    def __init__(
        self, browser: Browser, server: Serving, *, size: tuple[int, int] = PANEL, scheme: Scheme = "light"
    ) -> None:
        self.server = server
        width, height = size
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, permissions=["microphone"]
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.meeting = self.joins_meeting()
        self.page: Page = self.context.new_page()
        self.page.goto(server.link.replace("/?", "/new?"))
        self.panel = Panel(self.page)
        self.bar = self.page.get_by_role("region", name="What this computer hears")

    def joins_meeting(self) -> Page:
        meeting = self.context.new_page()
        meeting.goto(f"data:text/html,<title>{MEETING}</title>")
        return meeting

    def customer_talks(self) -> None:
        self.meeting.evaluate(TALK, [[pitch_of(line) for line in CUSTOMER_LINES], EVERY_S])

    def clicks(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def starts(self, title: str = "Acme discovery") -> str:
        """A call with both sides; its id."""
        self.page.get_by_label("Title", exact=True).fill(title)
        self.clicks("Allow the microphone")
        self.clicks("Share the meeting’s sound")
        self.customer_talks()
        self.clicks_start()
        return self.call

    def clicks_start(self) -> None:
        start = self.page.get_by_role("button", name="Start the call")
        expect(start).to_have_class(re.compile("primary"))
        start.click()
        self.page.wait_for_url("**/calls/*")
        self.panel.says("Listening")

    def ends(self) -> None:
        self.bar.get_by_role("button", name="End the call").click()
        self.page.get_by_role("dialog").get_by_role("button", name="End the call").click()
        expect(self.page.locator(".review")).to_be_visible()

    @property
    def call(self) -> str:
        return self.page.url.rsplit("/", 1)[1].partition("?")[0]

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.server.asks("GET", f"/api/calls/{self.call}")["state"]
        return state

    def hears(self, count: int) -> None:
        """Waits until so many utterances are in the transcript."""
        expect(self.panel.transcript.locator(".utterance:not(.partial)").nth(count - 1)).to_be_visible(timeout=40_000)

    def leaves(self) -> None:
        self.context.close()


def lines_of(state: dict[str, Any], role: str) -> list[int]:
    """The numbers of the lines that were heard from one side, in order."""
    texts = [u["text"] for u in state["utterances"] if u["role"] == role]
    return [NUMBERS.index(text.rsplit(" ", 1)[1]) for text in texts]


def follow_each_other(heard: Sequence[int], lines: Sequence[int]) -> bool:
    """Whether none is missing and none is there twice; where it began does not matter."""
    first = lines.index(heard[0])
    return list(heard) == [lines[(first + n) % len(lines)] for n in range(len(heard))]
