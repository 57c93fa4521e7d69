"""What was typed beside a Zoom call. It is not speech: alone it is refused, beside a transcript it becomes its chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from copilot.domain.call import Transcript, Utterance
from copilot.errors import UnreadableTranscript
from copilot.importers.cues import Cue, utterances_from
from copilot.importers.source import Source
from copilot.importers.times import seconds

NAME = "zoom_chat"

_LINE = re.compile(r"^(\d{1,2}:\d{2}:\d{2})\t\s*([^\t\n]{1,200}?):?\t(.*)$", re.ASCII)
_OLD_LINE = re.compile(
    r"^(\d{1,2}:\d{2}:\d{2})\s+From\s+(.{1,200}?)(?:\s+to\s+.{1,200}?)?\s*:(?:\s+(.*))?$", re.ASCII | re.IGNORECASE
)
_REACTION = re.compile(r"^(?:Reacted to|Removed an? .{1,20} reaction from)\b", re.DOTALL)
_REPLY = re.compile(r"^Replying to [\"“].*?[\"”]\s*\n", re.DOTALL)
_LATE_S = 3600.0


def matches(source: Source) -> bool:
    lines = [line for line in source.text.split("\n") if line.strip()]
    begun = sum(_begun(line) is not None for line in lines)
    return begun > 0 and _begun(lines[0]) is not None and begun >= 0.2 * len(lines)


def read(source: Source) -> tuple[Transcript, ...]:
    raise UnreadableTranscript(
        source.name, "this is a Zoom chat, not speech; give the call's transcript (VTT) and the chat beside it"
    )


def with_chat(transcript: Transcript, source: Source) -> Transcript:
    """The transcript with the chat's messages, `c1`, `c2`, …, without reactions and without what a reply quotes."""
    messages = utterances_from(list(_messages(source.text)), join=False)
    last_s = max((time for u in transcript.utterances if (time := u.end_s or u.start_s) is not None), default=None)
    # Older saves give the time of day, which says nothing about where in the call a message stands.
    of_day = last_s is not None and bool(messages) and (messages[0].start_s or 0.0) > last_s + _LATE_S
    return transcript.model_copy(update={"chat": tuple(_message(message, timed=not of_day) for message in messages)})


def _message(message: Utterance, *, timed: bool) -> Utterance:
    return message.model_copy(
        update={"id": f"c{message.i + 1}", "start_s": message.start_s if timed else None, "end_s": None}
    )


def _messages(text: str) -> Iterator[Cue]:
    open_message: Cue | None = None
    for line in text.split("\n"):
        if found := _begun(line):
            if open_message is not None:
                yield from _spoken(open_message)
            open_message = Cue(found[3] or "", speaker=found[2], start_s=seconds(found[1]))
        elif open_message is not None:
            open_message = replace(open_message, text=f"{open_message.text}\n{line}")
    if open_message is not None:
        yield from _spoken(open_message)


def _spoken(message: Cue) -> Iterator[Cue]:
    text = message.text.strip()
    if not _REACTION.match(text):
        yield replace(message, text=_REPLY.sub("", text))


def _begun(line: str) -> re.Match[str] | None:
    return _LINE.match(line) or _OLD_LINE.match(line)
