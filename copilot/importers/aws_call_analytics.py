"""Amazon's call analytics: Transcribe's own, Post Call Analytics' turns, and Live Call Analytics' segments."""

from __future__ import annotations

from collections.abc import Mapping

from copilot.domain.call import Role, Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import (
    Fields,
    documents,
    fields,
    milliseconds,
    name,
    records,
    seconds,
    string,
)
from copilot.importers.source import Source
from copilot.importers.words import Word, cues_of_turn, in_order

NAME = "aws_call_analytics"
_SIDES = {"agent": Role.REP, "customer": Role.CUSTOMER, "caller": Role.CUSTOMER}


def matches(source: Source) -> bool:
    return any(_is_batch(d) or _is_post_call(d) or _is_live(d) for d in documents(source.json))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each call; live segments are gathered by call, without those that were still changing."""
    everything = documents(source.json)
    batch = [_batch(document) for document in everything if _is_batch(document)]
    post_call = [_post_call(document) for document in everything if _is_post_call(document)]
    live: dict[str, list[Cue]] = {}
    for segment in everything:
        if _is_live(segment) and segment.get("IsPartial") is not True:
            live.setdefault(string(segment.get("CallId")), []).append(_live_cue(segment))
    return (*batch, *post_call, *(transcript_from(in_order(cues), format=NAME) for cues in live.values()))


def _is_batch(document: Fields) -> bool:
    return any("ParticipantRole" in turn and "Content" in turn for turn in records(document.get("Transcript")))


def _is_post_call(document: Fields) -> bool:
    return any("SegmentSpeaker" in segment for segment in records(document.get("SpeechSegments")))


def _is_live(document: Fields) -> bool:
    return isinstance(document.get("Transcript"), str) and "Channel" in document and "StartTime" in document


def _batch(document: Fields) -> Transcript:
    cues = [cue for turn in records(document.get("Transcript")) for cue in _turn_cues(turn)]
    return transcript_from(in_order(cues), format=NAME, language=name(document.get("LanguageCode")))


def _turn_cues(turn: Fields) -> list[Cue]:
    speaker, role = _side(turn.get("ParticipantRole"))
    start_s, end_s = milliseconds(turn.get("BeginOffsetMillis")), milliseconds(turn.get("EndOffsetMillis"))
    words = [
        Word(
            text=string(item.get("Content")),
            start_s=milliseconds(item.get("BeginOffsetMillis")),
            end_s=milliseconds(item.get("EndOffsetMillis")),
            joins=item.get("Type") == "punctuation",
        )
        for item in records(turn.get("Items"))
    ]
    return cues_of_turn(Cue(string(turn.get("Content")), speaker, role, start_s, end_s), words)


def _post_call(document: Fields) -> Transcript:
    about = fields(document.get("ConversationAnalytics"))
    names = {string(label.get("Speaker")): label.get("DisplayText") for label in records(about.get("SpeakerLabels"))}
    cues = [_segment_cue(segment, names) for segment in records(document.get("SpeechSegments"))]
    return transcript_from(in_order(cues), format=NAME, language=name(about.get("LanguageCode")))


def _segment_cue(segment: Fields, names: Mapping[str, object]) -> Cue:
    label = string(segment.get("SegmentSpeaker"))
    speaker, role = _side(names.get(label) or label)
    return Cue(
        text=string(segment.get("OriginalText") or segment.get("DisplayText")),
        speaker=speaker,
        role=role,
        start_s=seconds(segment.get("SegmentStartTime")),
        end_s=seconds(segment.get("SegmentEndTime")),
    )


def _live_cue(segment: Fields) -> Cue:
    speaker, role = _side(segment.get("Channel"))
    start_s, end_s = seconds(segment.get("StartTime")), seconds(segment.get("EndTime"))
    return Cue(string(segment.get("Transcript")), speaker, role, start_s, end_s)


def _side(label: object) -> tuple[str | None, Role]:
    """The speaker and side that a role's name stands for: `AGENT` is Agent, the rep."""
    called = name(label)
    role = _SIDES.get((called or "").casefold(), Role.UNKNOWN)
    return (called.capitalize() if called and role is not Role.UNKNOWN else called), role
