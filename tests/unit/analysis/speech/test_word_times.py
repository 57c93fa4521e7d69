from __future__ import annotations

import pytest

from copilot.analysis.speech.word_times import word_starts_s
from copilot.domain.audio import RATE_HZ, Segment, Span, Word

SPAN = Span(10 * RATE_HZ, 13 * RATE_HZ)


def segment(text: str, *words: tuple[str, float]) -> Segment:
    return Segment(text, 0, 3, words=tuple(Word(word, start_s, start_s + 0.2) for word, start_s in words))


class TestWordTimes:
    def test_are_counted_from_the_start_of_the_call(self) -> None:
        assert word_starts_s([segment(" Nine days.", (" Nine", 0.5), (" days.", 1.1))], SPAN) == (10.5, 11.1)

    def test_run_on_over_segments(self) -> None:
        segments = [
            segment("nine", ("nine", 0.5)),
            segment("days from order", ("days", 1), ("from", 1.5), ("order", 2)),
        ]

        assert word_starts_s(segments, SPAN) == (10.5, 11.0, 11.5, 12.0)

    @pytest.mark.parametrize(
        "words",
        [
            [("Well", 0.2), ("its", 0.6), ("two", 0.9), ("thirds", 1.2)],  # without punctuation
            [(" Well,", 0.2), (" it", 0.6), ("'s", 0.7), (" two", 0.9), ("-", 1.1), ("thirds", 1.2), (".", 1.4)],
            [(" Well, it's", 0.2), (" two-thirds.", 0.9)],  # two at a time
        ],
    )
    def test_a_model_may_part_words_in_its_own_way(self, words: list[tuple[str, float]]) -> None:
        well, _, two_thirds = word_starts_s([segment(" Well, it's two-thirds.", *words)], SPAN)

        assert (well, two_thirds) == (10.2, 10.9)

    def test_of_other_words_than_were_written_are_none(self) -> None:
        assert word_starts_s([segment("nine days", ("five", 0.5), ("days", 1))], SPAN) == ()

    def test_that_a_model_did_not_give_are_none(self) -> None:
        assert word_starts_s([segment("nine days")], SPAN) == ()
        assert word_starts_s([segment("…")], SPAN) == ()
        assert word_starts_s([], SPAN) == ()

    def test_never_run_backwards_nor_out_of_what_was_decoded(self) -> None:
        starts = word_starts_s([segment("a b c", ("a", 1.0), ("b", 0.4), ("c", 99.0))], SPAN)

        assert starts == (11.0, 11.0, 13.0)
