from __future__ import annotations

from typing import Any

from copilot.importers import recall
from tests.unit.importers.files import file, said


def stretch(participant_id: int, called: str | None, *words: tuple[str, float, float | None]) -> dict[str, Any]:
    return {
        "participant": {"id": participant_id, "name": called, "is_host": True, "platform": "zoom", "extra_data": None},
        "words": [
            {
                "text": text,
                "start_timestamp": {"relative": start, "absolute": "2026-03-02T10:00:00Z"},
                "end_timestamp": None if end is None else {"relative": end},
            }
            for text, start, end in words
        ],
    }


class TestRecall:
    def test_joins_words_into_utterances(self) -> None:
        words = [("What", 1.0, 1.2), ("takes", 1.3, 1.5), ("long?", 1.6, 2.0), ("Well?", 6.0, 6.4)]
        (transcript,) = recall.read(file([stretch(1, "Dana", *words)]))
        assert said(transcript) == [("Dana", 1.0, 2.0, "What takes long?"), ("Dana", 6.0, 6.4, "Well?")]

    def test_gives_a_name_that_comes_late_to_the_same_participants_first_words(self) -> None:
        document = [
            stretch(1, None, ("Hello.", 0.0, 0.5)),
            stretch(2, None, ("Hi.", 1.0, 1.5)),
            stretch(1, "Dana", ("Shall", 2.0, 2.2)),
        ]
        assert [speaker for speaker, *_ in said(recall.read(file(document))[0])] == ["Dana", None, "Dana"]

    def test_takes_a_missing_end_from_the_last_time_known(self) -> None:
        (transcript,) = recall.read(file([stretch(1, "Dana", ("Six", 1.0, 1.2), ("weeks", 1.4, None))]))
        assert said(transcript) == [("Dana", 1.0, 1.4, "Six weeks")]

    def test_puts_overlapping_stretches_in_order(self) -> None:
        document = [stretch(1, "Dana", ("Later.", 9.0, 9.5)), stretch(2, "Luis", ("Sooner.", 3.0, 3.5))]
        assert [speaker for speaker, *_ in said(recall.read(file(document))[0])] == ["Luis", "Dana"]

    def test_reads_the_first_versions_shape(self) -> None:
        words = [{"text": "Hi.", "start_timestamp": 2.5, "end_timestamp": 2.9}]
        (transcript,) = recall.read(file([{"speaker": "Dana", "words": words, "language": "en"}]))
        assert (said(transcript), transcript.language) == ([("Dana", 2.5, 2.9, "Hi.")], "en")
