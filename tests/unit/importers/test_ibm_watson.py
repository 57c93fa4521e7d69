from __future__ import annotations

from typing import Any

from copilot.importers import ibm_watson
from tests.unit.importers.files import file, said


def result(*words: list[object], final: bool = True) -> dict[str, Any]:
    return {"final": final, "alternatives": [{"transcript": "…", "timestamps": list(words)}]}


def label(start: float, speaker: int) -> dict[str, Any]:
    return {"from": start, "to": start + 0.2, "speaker": speaker, "final": False}


class TestWatson:
    def test_joins_speakers_by_the_start_of_a_word(self) -> None:
        document = {
            "result_index": 0,
            "results": [result(["why", 0.5, 0.7], ["not", 0.8, 1.0], ["well", 1.2, 1.5])],
            "speaker_labels": [label(0.5, 0), label(0.8, 0), label(1.2, 1)],
        }
        assert said(ibm_watson.read(file(document))[0]) == [
            ("Speaker 0", 0.5, 1.0, "why not"),
            ("Speaker 1", 1.2, 1.5, "well"),
        ]

    def test_leaves_out_hesitations_and_what_was_not_final(self) -> None:
        document = {"results": [result(["%HESITATION", 0, 0.3], ["yes", 0.4, 0.6]), result(["no", 1, 2], final=False)]}
        assert said(ibm_watson.read(file(document))[0]) == [(None, 0.4, 0.6, "yes")]

    def test_reads_text_without_times_and_jobs_with_several_responses(self) -> None:
        response = {"result_index": 0, "results": [{"alternatives": [{"transcript": "why not "}]}]}
        assert said(ibm_watson.read(file(response))[0]) == [(None, None, None, "why not")]
        assert said(ibm_watson.read(file({"id": "job", "results": [response]}))[0]) == [(None, None, None, "why not")]
