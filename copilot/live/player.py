"""Plays a transcript as if it were spoken now: word by word as partials, then as finals at their time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from copilot.domain.call import Saying, Utterance

WORDS_PER_SECOND = 2.5  # an ordinary pace of speech, where a file has no times
PAUSE_S = 0.4
PARTIAL_EVERY_S = 0.7  # of the listener's time, at whatever speed


@dataclass(frozen=True, slots=True)
class Spoken:
    """A saying at the moment it is heard; `final` is False while it is still being said."""

    saying: Saying
    final: bool


async def spoken(utterances: Sequence[Utterance], *, speed: float, begin: int = 0) -> AsyncIterator[Spoken]:
    """The utterances from `begin` on, paced by their times divided by `speed` (0: as fast as they are taken)."""
    clock = asyncio.get_running_loop()
    timed = _timed(utterances)
    rest = timed[begin:]
    if not rest:
        return
    zero_s = max(min(start for start, _ in rest) - 0.5, 0.0)
    began = clock.time()

    def due(call_s: float) -> float:
        return began + (call_s - zero_s) / speed

    for utterance, (start_s, end_s) in zip(utterances[begin:], rest, strict=True):
        if speed:
            words = utterance.text.split()
            ends, starts = due(end_s), due(start_s)
            while (now := clock.time()) < ends - PARTIAL_EVERY_S:
                if now > starts:
                    share = (now - starts) / (ends - starts)
                    so_far = " ".join(words[: int(len(words) * share)])
                    if so_far:
                        yield Spoken(_saying(utterance, so_far), final=False)
                await asyncio.sleep(PARTIAL_EVERY_S if now > starts else min(starts - now + 0.05, PARTIAL_EVERY_S))
            await asyncio.sleep(max(ends - clock.time(), 0))
        yield Spoken(_saying(utterance, utterance.text), final=True)


def _saying(utterance: Utterance, text: str) -> Saying:
    return Saying(**{**utterance.model_dump(exclude={"i"}), "text": text})


def _timed(utterances: Sequence[Utterance]) -> list[tuple[float, float]]:
    """Start and end of each, for pacing only: where the file has none, an ordinary pace."""
    times = []
    now_s = 0.0
    for utterance in utterances:
        start_s = now_s + PAUSE_S if utterance.start_s is None else utterance.start_s
        length_s = max(len(utterance.text.split()) / WORDS_PER_SECOND, 0.5)
        end_s = utterance.end_s if utterance.end_s is not None and utterance.end_s > start_s else start_s + length_s
        times.append((start_s, end_s))
        now_s = max(now_s, end_s)
    return times
