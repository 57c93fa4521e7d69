"""Take the README's picture of the panel, in the middle of the demo call: docs/images/panel.png.

`python -m scripts.panel_picture` starts a server of its own and looks at it with the Chromium that is installed, or
that COPILOT_TEST_CHROMIUM names.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from copilot.commands.serve import Running, running
from copilot.domain.call import CallInfo, Consent, Saying, Transcript, Utterance
from copilot.live.call import LiveCall
from copilot.settings import Settings
from copilot.wiring.server import open_services
from scripts.browsers import NO_CHROMIUM, chromium_program

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "panel.png"
WIDTH, HEIGHT, SCALE = 420, 860, 2
MOST_BYTES = 200_000
OPENED_AFTER = 34  # utterances; a pitfall follows, and its notice still stands at the moment of the picture
TAKEN_AFTER = 44
PARTIAL_WORDS = 6
PATIENCE_MS = 30_000


async def begin(server: Running, transcript: Transcript) -> LiveCall:
    known = transcript.model_dump(include={"title", "kind", "account", "language", "participants"}, exclude_none=True)
    consent = Consent(by="Maya", how="said at the start")
    call = await server.services.calls.begin(CallInfo(id="picture", consent=consent, **known))
    call.take_over(transcript)
    return call


def as_said(utterance: Utterance, text: str | None = None) -> Saying:
    return Saying(**{**utterance.model_dump(exclude={"i"}), "text": text or utterance.text})


async def play(server: Running, page: Page) -> None:
    """The call up to the moment of the picture, with the page open for its last part."""
    transcript = server.services.demos["discovery"]
    call = await begin(server, transcript)
    for utterance in transcript.utterances[:OPENED_AFTER]:
        await call.hear(as_said(utterance))
    await page.goto(server.link("/calls/picture"))
    await page.wait_for_selector(".question-text")
    for utterance in transcript.utterances[OPENED_AFTER:TAKEN_AFTER]:
        await call.hear(as_said(utterance))
    in_front = call.state.questions[0].text
    await page.wait_for_function(
        "wanted => document.querySelector('.question-text')?.textContent === wanted", arg=in_front
    )
    next_one = transcript.utterances[TAKEN_AFTER]
    call.partial(as_said(next_one, " ".join(next_one.text.split()[:PARTIAL_WORDS])))
    await page.wait_for_selector(".handle-words.partial")
    await page.wait_for_selector(".notice.pitfall")


async def take(program: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(port=0, data=Path(folder))
        async with running(settings, open_services) as server, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            page = await browser.new_page(
                viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE, color_scheme="light"
            )
            page.set_default_timeout(PATIENCE_MS)
            await play(server, page)
            picture = await page.screenshot()
            await browser.close()
    return picture


def main() -> int:
    program = chromium_program()
    if program is None:
        raise SystemExit(NO_CHROMIUM)
    picture = asyncio.run(take(program))
    if len(picture) > MOST_BYTES:
        raise SystemExit(f"the picture has {len(picture)} bytes, more than {MOST_BYTES}")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
