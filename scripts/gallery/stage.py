"""A server with the demo call as far along as a picture needs it, and pages to look at it with."""

from __future__ import annotations

import io
import itertools
import wave
from dataclasses import dataclass
from urllib.parse import parse_qsl

from playwright.async_api import Page

from copilot.commands.serve import Running
from copilot.domain.call import CallInfo, Consent, Role, Saying, Transcript, Utterance
from copilot.live.call import LiveCall
from copilot.live.sending import send

RATE_HZ = 8000
_MADE = itertools.count()


@dataclass
class Stage:
    """`page` is where the picture is taken; every picture has calls of its own."""

    server: Running
    page: Page

    @property
    def demo(self) -> Transcript:
        return self.server.services.demos["discovery"]

    async def begins(self, until: int = 0) -> LiveCall:
        """The demo call, live, with the utterances before `until`."""
        known = self.demo.model_dump(
            include={"title", "kind", "account", "language", "participants"}, exclude_none=True
        )
        consent = Consent(by="Maya", how="said at the start")
        call = await self.server.services.calls.begin(CallInfo(id=self._id(), consent=consent, **known))
        call.take_over(self)
        await self.says(call, 0, until)
        return call

    async def says(self, call: LiveCall, begin: int, until: int) -> None:
        for utterance in self.demo.utterances[begin:until]:
            await call.hear(as_said(utterance))

    async def over(self, transcript: Transcript | None = None) -> LiveCall:
        """A call that has been wrapped up."""
        known = (transcript or self.demo).model_dump(include={"title", "kind", "account", "participants"})
        call = await self.server.services.calls.begin(CallInfo(id=self._id(), **known))
        await send(call, transcript or self.demo, speed=0)
        return call

    async def opens(self, path: str, until: str) -> None:
        """The page at this path, once what the selector names is there."""
        place, _, query = path.partition("?")
        await self.page.goto(self.server.link(place, **dict(parse_qsl(query))))
        await self.page.wait_for_selector(until)

    async def opens_call(self, call: LiveCall, until: str = ".status-line.listening") -> None:
        await self.opens(f"/calls/{call.id}", until)

    def _id(self) -> str:
        return f"shot-{next(_MADE)}"


def as_said(utterance: Utterance, text: str | None = None) -> Saying:
    return Saying(**{**utterance.model_dump(exclude={"i"}), "text": text or utterance.text})


def monologue(after_s: float, seconds: float) -> Saying:
    """The rep, without a break."""
    words = "And then there is the way in which we would set this up with you, step by step, over the first weeks."
    return Saying(id="long", speaker="Maya", role=Role.REP, start_s=after_s, end_s=after_s + seconds, text=words)


def silence(seconds: float) -> bytes:
    """A WAV in which nothing is heard."""
    file = io.BytesIO()
    with wave.open(file, "wb") as opened:
        opened.setparams((1, 1, RATE_HZ, 0, "NONE", ""))
        opened.writeframes(b"\x80" * round(seconds * RATE_HZ))
    return file.getvalue()
