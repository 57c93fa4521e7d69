"""A transcript as plain text or Markdown: `Name: words`, `[time] Name: words`, headers with a time, or no names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from copilot.domain.call import Transcript
from copilot.importers.cues import Cue, bounded_by_next_start, participants_from, utterances_from
from copilot.importers.participants_line import participants_in, with_listed
from copilot.importers.source import Source
from copilot.importers.speaker_names import is_label, looks_like_name, named_role, split_prefix
from copilot.importers.times import call_start_s
from copilot.importers.turn_lines import Line, taken_apart

NAME = "plain_text"
_MARKS = re.compile(r"[:：.?!…。？！\d]")


def matches(source: Source) -> bool:
    """Any text with words, and with a name's colon, a time or a sentence's end in it: so this comes last.

    Broken JSON and markup are told apart from it by the caller.
    """
    return source.json is None and any(map(str.isalpha, source.text)) and _MARKS.search(source.text) is not None


def read(source: Source) -> tuple[Transcript, ...]:
    return (transcript_of(source.text, name=NAME),)


def transcript_of(text: str, *, name: str) -> Transcript:
    """The turns of a text whose header and trailer, if its program writes any, are taken off already."""
    lines = taken_apart(text)
    named = any(line.name for line in lines)
    headings, body = _parted(lines) if named else ([], lines)
    cues = _from_start(_cues(body))
    bounded = bounded_by_next_start(cues)
    utterances = utterances_from(bounded, join=not named)
    transcript = Transcript(
        format=name,
        title=next((heading for heading in headings if not _is_labelled(heading)), None),
        participants=participants_from(utterances),
        utterances=utterances,
        estimated_times=any(before.end_s != after.end_s for before, after in zip(cues, bounded, strict=True)),
    )
    return with_listed(transcript, participants_in(headings))


def _parted(lines: Sequence[Line]) -> tuple[list[str], Sequence[Line]]:
    """The headings above the first turn, and the rest; words that were spoken up there stay."""
    first = next(k for k, line in enumerate(lines) if line.name)
    above = [line for line in lines[:first] if not line.blank]
    headings = [line for line in above if line.start_s is None and _is_heading(line.text)]
    return [line.text for line in headings], [*(line for line in above if line not in headings), *lines[first:]]


def _is_heading(text: str) -> bool:
    """A label's line, or a short line without a sentence's end that does not begin as a speaker's would."""
    if _is_labelled(text):
        return True
    parts = split_prefix(text)
    short = len(text.split()) <= 12 and not text.endswith((".", "?", "!", ",", "…")) and not text[0].islower()
    return short and not (parts and looks_like_name(parts[0]))


def _is_labelled(text: str) -> bool:
    parts = split_prefix(text)
    return is_label(parts[0] if parts else text)


def _cues(lines: Sequence[Line]) -> list[Cue]:
    cues: list[Cue] = []
    after_blank = True
    pending: Line | None = None  # a time on a line of its own belongs to the words below it
    for line in lines:
        if line.blank:
            after_blank = True
            continue
        if not line.begins and not line.text:
            pending = line
            continue
        if pending is not None and line.start_s is None:
            line = replace(line, start_s=pending.start_s, end_s=pending.end_s)
        pending = None
        if line.begins or not cues or _opens(line, cues[-1], after_blank=after_blank):
            cues.append(_cue(line, cues[-1] if cues else None))
        else:
            cues[-1] = replace(cues[-1], text=f"{cues[-1].text} {line.text}".strip())
        after_blank = False
    return cues


def _opens(line: Line, above: Cue, *, after_blank: bool) -> bool:
    """Whether a line without a name is an utterance of its own rather than more of the one above."""
    if line.start_s is not None:
        return bool(above.text) or above.start_s is None
    if not above.text:
        return False
    return above.speaker is None or (after_blank and above.start_s is None)


def _cue(line: Line, above: Cue | None) -> Cue:
    if line.name is not None:
        name, role = named_role(line.name)
        return Cue(line.text, speaker=name, role=role, start_s=line.start_s, end_s=line.end_s)
    going_on = above or Cue("")
    return Cue(line.text, speaker=going_on.speaker, role=going_on.role, start_s=line.start_s, end_s=line.end_s)


def _from_start(cues: Sequence[Cue]) -> list[Cue]:
    """Times of day become times of the call."""
    zero_s = call_start_s(next((cue.start_s for cue in cues if cue.start_s is not None), None))
    return [replace(cue, start_s=_less(cue.start_s, zero_s), end_s=_less(cue.end_s, zero_s)) for cue in cues]


def _less(time_s: float | None, zero_s: float) -> float | None:
    return None if time_s is None else time_s - zero_s
