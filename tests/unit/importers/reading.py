"""What the importers' tests share: a file in, one call out, and what was said in it."""

from __future__ import annotations

from copilot.domain.call import Transcript
from copilot.importers.detect import read_transcripts


def call_in(text: str, *, reps: tuple[str, ...] = ()) -> Transcript:
    """The one call in a file that holds this text."""
    (transcript,) = read_transcripts(text.encode(), name="call", reps=reps)
    return transcript


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(utterance.speaker, utterance.text) for utterance in transcript.utterances]


def times(transcript: Transcript) -> list[tuple[float | None, float | None]]:
    return [(utterance.start_s, utterance.end_s) for utterance in transcript.utterances]
