"""Whatever stands in a file: a transcript or one clear refusal, never another error."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import UnreadableTranscript
from copilot.importers.detect import FORMATS, read_transcripts
from copilot.importers.source import Source

WORD = {"word": "Why?", "start": 0.5, "end": 0.9, "speaker": 0}
EXAMPLES: dict[str, Any] = {
    "copilot": {
        "call": {"kind": "demo", "title": "t"},
        "participants": [{"name": "Dana", "role": "rep"}],
        "utterances": [
            {"id": "u1", "i": 0, "speaker": "Dana", "role": "rep", "start_s": 0, "end_s": 1, "text": "Why?"}
        ],
    },
    "gong": {
        "callTranscripts": [
            {"callId": "7", "transcript": [{"speakerId": "1", "sentences": [{"start": 1, "end": 900, "text": "Why?"}]}]}
        ],
        "calls": [
            {
                "metaData": {"id": "7", "title": "t", "duration": 5},
                "parties": [{"speakerId": "1", "name": "Dana", "affiliation": "Internal", "title": "AE"}],
                "context": [{"objects": [{"objectType": "Account", "fields": [{"name": "Name", "value": "Acme"}]}]}],
            }
        ],
    },
    "fathom": {
        "title": "t",
        "calendar_invitees": [{"email": "a@b.example", "is_external": True, "matched_speaker_display_name": "Luis"}],
        "crm_matches": {"companies": [{"name": "Acme"}]},
        "transcript": [
            {
                "speaker": {"display_name": "Luis", "matched_calendar_invitee_email": "a@b.example"},
                "text": "Why?",
                "timestamp": "00:00:01",
            }
        ],
    },
    "fireflies": {
        "host_email": "a@us.example",
        "organizer_email": "a@us.example",
        "meeting_attendees": [{"displayName": "Dana", "email": "a@us.example"}],
        "sentences": [{"speaker_name": "Dana", "speaker_id": 0, "start_time": "1", "end_time": 2, "text": "Why?"}],
    },
    "recall": [
        {
            "participant": {"id": 1, "name": "Dana"},
            "words": [{"text": "Why?", "start_timestamp": {"relative": 1.0}, "end_timestamp": {"relative": 1.5}}],
        }
    ],
    "deepgram": {
        "results": {
            "channels": [{"alternatives": [{"transcript": "Why?", "words": [WORD]}], "detected_language": "en"}],
            "utterances": [
                {"start": 0.5, "end": 0.9, "transcript": "Why?", "speaker": 0, "channel": 0, "words": [WORD]}
            ],
        }
    },
    "assemblyai": {
        "audio_duration": 2,
        "utterances": [{"text": "Why?", "start": 1, "end": 900, "speaker": "A", "words": []}],
        "words": [{"text": "Why?", "start": 1, "end": 900, "speaker": "A"}],
    },
    "aws_transcribe": {
        "results": {
            "items": [
                {"type": "pronunciation", "alternatives": [{"content": "Why"}], "start_time": "0.5", "end_time": "0.9"},
                {"type": "punctuation", "alternatives": [{"content": "?"}]},
            ],
            "speaker_labels": {
                "segments": [
                    {
                        "speaker_label": "spk_0",
                        "start_time": "0.5",
                        "end_time": "0.9",
                        "items": [{"start_time": "0.5", "speaker_label": "spk_0"}],
                    }
                ]
            },
        }
    },
    "aws_call_analytics": {
        "Transcript": [
            {"ParticipantRole": "AGENT", "BeginOffsetMillis": 1, "EndOffsetMillis": 9, "Content": "Why?", "Items": []}
        ],
        "ConversationAnalytics": {"SpeakerLabels": [{"Speaker": "spk_0", "DisplayText": "Agent"}]},
        "SpeechSegments": [
            {"SegmentSpeaker": "spk_0", "SegmentStartTime": 1.5, "SegmentEndTime": 2.5, "DisplayText": "Hello."}
        ],
    },
    "google_stt": {
        "results": [
            {
                "alternatives": [
                    {"words": [{"word": "Why?", "startTime": "0.5s", "endTime": {"seconds": "1", "nanos": 5}}]}
                ]
            },
            {"alternatives": [{"words": [{"word": "Why?", "startTime": "0.5s", "speakerTag": 1}]}], "channelTag": 1},
        ]
    },
    "google_meet_rest": {
        "transcriptEntries": [
            {
                "participant": "p/1",
                "text": "Why?",
                "startTime": "2026-03-02T10:00:00Z",
                "endTime": "2026-03-02T10:00:01Z",
            }
        ],
        "participants": [{"name": "p/1", "signedinUser": {"displayName": "Dana"}}],
    },
    "azure_speech": {
        "recognizedPhrases": [
            {
                "offsetInTicks": 5e6,
                "durationInTicks": "9000000",
                "speaker": 1,
                "channel": 0,
                "nBest": [{"display": "Why?"}],
            }
        ]
    },
    "ibm_watson": {
        "result_index": 0,
        "results": [{"final": True, "alternatives": [{"transcript": "why", "timestamps": [["why", 0.5, 0.7]]}]}],
        "speaker_labels": [{"from": 0.5, "to": 0.7, "speaker": 0}],
    },
    "rev": {
        "speakers": [{"id": 0, "name": "Dana"}],
        "monologues": [
            {
                "speaker": 0,
                "elements": [{"type": "text", "value": "Why", "ts": 1, "end_ts": 2}, {"type": "punct", "value": "?"}],
            }
        ],
    },
    "speechmatics": {
        "results": [
            {"type": "word", "start_time": 0.5, "end_time": 0.9, "alternatives": [{"content": "Why", "speaker": "S1"}]},
            {"type": "punctuation", "attaches_to": "previous", "alternatives": [{"content": "?", "speaker": "S1"}]},
        ],
    },
    "speechmatics 1": {
        "words": [{"name": "Why", "time": "0.50", "duration": "0.40"}],
        "speakers": [
            {"name": "M1", "time": "0.40", "duration": "0.50"},
            {"name": "M2", "time": "0.40", "duration": "0.50"},
        ],
    },
    "elevenlabs": {
        "language_code": "en",
        "words": [{"text": "Why?", "start": 0.5, "end": 0.9, "type": "word", "speaker_id": "speaker_0"}],
    },
    "vcon": {
        "vcon": "0.3.0",
        "subject": "t",
        "analysis": [{"type": "wtf_transcription", "body": {"segments": [{"start": 0.5, "end": 0.9, "text": "Why?"}]}}],
    },
    "neutral_json": {
        "title": "t",
        "data": {"turns": [{"speaker": {"name": "Dana"}, "role": "rep", "startTime": "0:01", "content": "Why?"}]},
    },
    "whisper_json": {
        "segments": [
            {"start": 0.5, "end": 0.9, "text": " Why?", "speaker": 0, "words": [WORD, {**WORD, "speaker": 1}]}
        ],
        "speakers": {"0": "Dana"},
        "language": "en",
    },
}
JUNK: list[Any] = [
    None,
    True,
    -1,
    -0.5,
    1e308,
    10**30,
    "",
    "nan",
    "-7",
    "[Music]",
    [],
    {},
    [None],
    {"": None},
    [[]],
    "2026-13-45",
]


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every path into a document, its root excepted."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [p for key, child in inner for p in ((*path, key), *places(child, (*path, key)))]


def spoilt(document: Any, path: tuple[str | int, ...], junk: object) -> Any:
    """A copy of the document with junk at one place."""
    copy = json.loads(json.dumps(document))
    target = copy
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = junk
    return copy


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_sound_file_is_read_by_its_own_format(name: str) -> None:
    source = Source.decode("call.json", json.dumps(EXAMPLES[name]).encode())
    found = next(known for known in FORMATS if known.matches(source))
    assert name.split()[0] == found.NAME
    assert all(transcript.utterances for transcript in found.read(source))


@pytest.mark.parametrize("name", EXAMPLES)
def test_junk_in_any_place_costs_a_field_or_the_file_but_raises_nothing_else(name: str) -> None:
    for path in places(EXAMPLES[name]):
        for junk in JUNK:
            with suppress(UnreadableTranscript):
                transcripts = read_transcripts(
                    json.dumps(spoilt(EXAMPLES[name], path, junk)).encode(), name="call.json"
                )
                assert all(transcript.utterances for transcript in transcripts)


keys = st.sampled_from(
    sorted({str(step) for example in EXAMPLES.values() for path in places(example) for step in path})
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | keys
shapes = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6), max_leaves=30
)


@given(shapes)
def test_any_json_made_of_known_fields_is_read_or_refused(document: object) -> None:
    with suppress(UnreadableTranscript):
        assert read_transcripts(json.dumps(document).encode(), name="call.json")
