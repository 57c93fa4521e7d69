"""Real telephone calls through the real voice detector, with a model that knows their words."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from copilot.adapters.asr.silero import Silero
from copilot.adapters.recordings import open_recording
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store import MemoryStore
from copilot.live.ears import Ears
from copilot.live.pace import Pace
from copilot.live.recordings import transcribed
from tests.samples import NOT_AT_HAND, SAMPLES
from tests.speech import Line, Oracle

pytestmark = [pytest.mark.anyio, pytest.mark.skipif(SAMPLES is None, reason=NOT_AT_HAND)]

CALLS = ["0002f70f7386445b", "01cefd6f5c044a6f", "a7ccc3379af44b9f", "eb82ec7b5f0944ca"]


def reference(file: Path) -> list[Line]:
    lines = []
    for segment in json.loads(file.read_text(encoding="utf-8")):
        text = re.sub(r"\[[^\]]*\]|<[^>]*>", " ", segment["human_transcript"]).strip()
        if text:
            start_s = segment["offset_ms"] / 1000
            channel = 0 if segment["speaker_role"] == "agent" else 1
            lines.append(Line(channel, start_s, start_s + segment["duration_ms"] / 1000, " ".join(text.split())))
    return lines


@pytest.mark.parametrize("call", CALLS)
async def test_nearly_every_word_of_a_real_call_is_heard_once(call: str, tmp_path: Path) -> None:
    """The reference has no times of words; they are taken to be spread evenly over their segment, and some are not."""
    assert SAMPLES is not None
    lines = reference(SAMPLES / "audio" / f"{call}.json")
    ears = Ears(Oracle(lines), Silero(), SpoolFolder(tmp_path), pace=Pace(watched=False))
    recording = open_recording(SAMPLES / "audio" / f"{call}.flac")
    transcript = await transcribed(recording, ears, MemoryStore(), lambda _: None)

    for channel in (0, 1):
        said = Counter(word for line in lines if line.channel == channel for word in line.text.split())
        utterances = [u for u in transcript.utterances if u.speaker == f"Speaker {channel + 1}"]
        heard = Counter(word for utterance in utterances for word in utterance.text.split())
        assert heard - said == Counter()
        assert heard.total() > 0.92 * said.total()
