"""Which format a file is in, found by its content and never by its name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from copilot.domain.call import Transcript
from copilot.errors import UnreadableTranscript
from copilot.importers import (
    assemblyai,
    aws_call_analytics,
    aws_transcribe,
    azure_speech,
    deepgram,
    elevenlabs,
    fathom,
    fireflies,
    gong,
    google_meet,
    google_meet_rest,
    google_stt,
    ibm_watson,
    lrc,
    neutral_json,
    otter,
    own,
    plain_text,
    recall,
    rev,
    speechmatics,
    srt,
    table,
    vcon,
    webvtt,
    whisper_json,
    youtube_captions,
    zoom_chat,
)
from copilot.importers.same_people import with_one_name_each
from copilot.importers.sides import side_implied, sides_told
from copilot.importers.source import Source


class Format(Protocol):
    """What a format's module offers. `matches` is cheap; `read` may find more than one call in a file."""

    NAME: str

    def matches(self, source: Source) -> bool: ...

    def read(self, source: Source) -> tuple[Transcript, ...]: ...


# The first that matches reads the file: from those with a shape of their own to those that take any text.
FORMATS: tuple[Format, ...] = (
    own,
    vcon,
    gong,
    fathom,
    fireflies,
    recall,
    deepgram,
    aws_call_analytics,
    aws_transcribe,
    google_meet_rest,
    azure_speech,
    rev,
    speechmatics,
    ibm_watson,
    google_stt,
    elevenlabs,
    assemblyai,
    whisper_json,
    neutral_json,
    youtube_captions,
    srt,
    webvtt,
    zoom_chat,
    google_meet,
    otter,
    lrc,
    table,
    plain_text,
)

MOST_UTTERANCES = 20_000  # a day of talk

_WOULD_WORK = "a transcript as VTT, SRT, text (`Name: words`) or the JSON of a meeting or speech service would work"


def read_transcripts(content: bytes, *, name: str, reps: Collection[str] = ()) -> tuple[Transcript, ...]:
    """The calls in a file, at least one, each with at least one utterance.

    `reps` names the speakers who are reps; then every other named speaker is a customer. Without it roles are what the
    file says, mostly `unknown`. Raises `UnreadableTranscript` in one sentence for anything else.
    """
    source = Source.decode(name, content)
    read = (transcript for transcript in _format_of(source).read(source) if transcript.utterances)
    transcripts = tuple(side_implied(with_one_name_each(transcript)) for transcript in read)
    if not transcripts:
        raise UnreadableTranscript(name, f"there is not a word of speech in this file; {_WOULD_WORK}")
    most = max(len(transcript.utterances) for transcript in transcripts)
    if most > MOST_UTTERANCES:
        raise UnreadableTranscript(name, f"{most:,} utterances are more than a call has; {MOST_UTTERANCES:,} are taken")
    return sides_told(transcripts, name=name, reps=reps) if reps else transcripts


def attach_chat(transcript: Transcript, content: bytes, *, name: str) -> Transcript:
    """The transcript with what was typed beside it. Raises `UnreadableTranscript` where the file is no Zoom chat."""
    source = Source.decode(name, content)
    if not zoom_chat.matches(source):
        raise UnreadableTranscript(name, "this is not a chat as Zoom saves it (time, name and message on each line)")
    return zoom_chat.with_chat(transcript, source)


def _format_of(source: Source) -> Format:
    if not source.text.strip():
        raise UnreadableTranscript(source.name, f"this file is empty; {_WOULD_WORK}")
    if source.json is None and (flaw := _flaw(source.text)):
        raise UnreadableTranscript(source.name, f"{flaw}; {_WOULD_WORK}")
    found = next((known for known in FORMATS if known.matches(source)), None)
    if found is None:
        raise UnreadableTranscript(source.name, f"{_found(source)}; {_WOULD_WORK}")
    return found


def _flaw(text: str) -> str | None:
    """What looks like a document of another kind, whose markup would otherwise pass for speech."""
    start = text.lstrip()[:200].lower()
    if start.startswith(("{", '["', "[{", "[[", "[\n")):
        return "this begins like JSON and is broken or cut off"
    if start.startswith(("<!doctype", "<html", "<?xml", "<svg")):
        return "this is a web page or XML, not a transcript"
    return None


def _found(source: Source) -> str:
    if isinstance(source.json, dict):
        fields = ", ".join(sorted(source.json)[:6])
        return f"this JSON is in no format we know (its fields are {fields})" if fields else "this JSON is empty"
    if source.json is not None:
        return "this JSON is in no format we know"
    return "this file is in no format we know"
