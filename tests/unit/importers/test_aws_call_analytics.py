from __future__ import annotations

from typing import Any

from copilot.domain.call import Role
from copilot.importers import aws_call_analytics
from tests.unit.importers.files import file, lines, roles, said


def turn(role: str, begin: object, end: object, text: str) -> dict[str, Any]:
    return {
        "ParticipantRole": role,
        "BeginOffsetMillis": begin,
        "EndOffsetMillis": end,
        "Content": text,
        "Items": [{"Type": "pronunciation", "Content": text, "BeginOffsetMillis": begin, "EndOffsetMillis": end}],
    }


def segment(channel: str, start: str, text: str, *, partial: bool = False, call: str = "c1") -> dict[str, Any]:
    return {
        "CallId": call,
        "Channel": channel,
        "SegmentId": f"{channel}-{start}",
        "StartTime": start,
        "EndTime": str(float(start) + 1),
        "Transcript": text,
        "IsPartial": partial,
        "EventType": "ADD_TRANSCRIPT_SEGMENT",
    }


class TestBatch:
    def test_gives_both_sides_their_role(self) -> None:
        turns = [turn("AGENT", 40, 1050, "How can I help?"), turn("CUSTOMER", "2310", "3450", "I lost my card.")]
        (transcript,) = aws_call_analytics.read(
            file({"JobStatus": "COMPLETED", "LanguageCode": "en", "Transcript": turns})
        )
        assert roles(transcript) == {"Agent": Role.REP, "Customer": Role.CUSTOMER}
        assert said(transcript) == [
            ("Agent", 0.04, 1.05, "How can I help?"),
            ("Customer", 2.31, 3.45, "I lost my card."),
        ]

    def test_cuts_a_turn_of_minutes_by_its_words(self) -> None:
        items: list[dict[str, Any]] = [
            {
                "Type": "pronunciation",
                "Content": f"w{k}",
                "BeginOffsetMillis": k * 400,
                "EndOffsetMillis": k * 400 + 300,
            }
            for k in range(70)
        ]
        items[40:40] = [{"Type": "punctuation", "Content": "."}]
        long = {**turn("CUSTOMER", 0, 28000, " ".join(item["Content"] for item in items)), "Items": items}
        told = said(aws_call_analytics.read(file({"Transcript": [long]}))[0])
        assert [(start, len(text.split())) for _, start, _, text in told] == [(0.0, 40), (16.0, 30)]
        assert told[0][3].endswith("w39.")


class TestPostCall:
    def test_names_speakers_by_their_label(self) -> None:
        labels = [{"Speaker": "spk_0", "DisplayText": "Agent"}, {"Speaker": "spk_1", "DisplayText": "Luis"}]
        segments = [
            {"SegmentSpeaker": "spk_0", "SegmentStartTime": 1.5, "SegmentEndTime": 2.5, "DisplayText": "Hello."},
            {"SegmentSpeaker": "spk_1", "SegmentStartTime": 3, "SegmentEndTime": 4, "OriginalText": "Hi."},
        ]
        document = {"ConversationAnalytics": {"SpeakerLabels": labels}, "SpeechSegments": segments}
        (transcript,) = aws_call_analytics.read(file(document))
        assert said(transcript) == [("Agent", 1.5, 2.5, "Hello."), ("Luis", 3.0, 4.0, "Hi.")]
        assert roles(transcript) == {"Agent": Role.REP, "Luis": Role.UNKNOWN}

    def test_keeps_a_label_that_no_name_is_given_for(self) -> None:
        segments = [{"SegmentSpeaker": "spk_0", "SegmentStartTime": 1, "SegmentEndTime": 2, "OriginalText": "Hello."}]
        assert said(aws_call_analytics.read(file({"SpeechSegments": segments}))[0])[0][0] == "spk_0"


class TestLiveSegments:
    def test_are_gathered_by_call_without_partials(self) -> None:
        source = lines(
            segment("CALLER", "2.0", "I lost", partial=True),
            segment("CALLER", "2.0", "I lost my card."),
            segment("AGENT", "0.5", "Hello."),
            segment("AGENT", "0.5", "Another call.", call="c2"),
        )
        first, second = aws_call_analytics.read(source)
        assert said(first) == [("Agent", 0.5, 1.5, "Hello."), ("Caller", 2.0, 3.0, "I lost my card.")]
        assert roles(first) == {"Agent": Role.REP, "Caller": Role.CUSTOMER}
        assert said(second)[0][3] == "Another call."
