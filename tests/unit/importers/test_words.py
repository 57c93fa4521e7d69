from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.call import Role
from copilot.importers.cues import Cue
from copilot.importers.words import Word, cues_from_words, cues_of_turn, in_order


def word(text: str, start_s: float | None = None, speaker: str | None = "A", length_s: float = 0.2) -> Word:
    return Word(text, start_s, None if start_s is None else start_s + length_s, speaker)


def spoken(count: int, *, pace_s: float = 0.3, speaker: str | None = "A") -> list[Word]:
    return [word(f"w{k}", k * pace_s, speaker) for k in range(count)]


class TestSplitting:
    def test_gathers_the_words_of_one_speaker(self) -> None:
        assert cues_from_words([word("six", 1.0), word("weeks", 1.3)]) == [
            Cue("six weeks", "A", Role.UNKNOWN, 1.0, 1.5)
        ]

    def test_begins_anew_with_another_speaker(self) -> None:
        cues = cues_from_words([word("why", 1.0), word("because", 1.1, "B")])
        assert [(cue.speaker, cue.text) for cue in cues] == [("A", "why"), ("B", "because")]

    def test_begins_anew_after_two_silent_seconds(self) -> None:
        cues = cues_from_words([word("so", 0.0), word("well", 2.1), word("yes", 4.4)])
        assert [cue.text for cue in cues] == ["so well", "yes"]

    def test_needs_less_silence_after_a_sentence(self) -> None:
        cues = cues_from_words([word("Yes.", 0.0), word("Really.", 0.5), word("And", 1.6)])
        assert [cue.text for cue in cues] == ["Yes. Really.", "And"]

    def test_closes_a_long_stretch_at_the_end_of_a_sentence(self) -> None:
        words = spoken(70)
        words[39] = word("done.", words[39].start_s)
        assert [len(cue.text.split()) for cue in cues_from_words(words)] == [40, 30]

    def test_closes_a_stretch_without_sentences_after_sixty_words(self) -> None:
        assert [len(cue.text.split()) for cue in cues_from_words(spoken(130))] == [60, 60, 10]

    def test_closes_a_slow_stretch_after_half_a_minute(self) -> None:
        cues = cues_from_words(spoken(30, pace_s=2.0))
        assert max((cue.end_s or 0) - (cue.start_s or 0) for cue in cues) <= 30.5


class TestPunctuation:
    def test_without_a_time_belongs_to_the_word_before(self) -> None:
        words = [word("why", 1.0), word("?", None, None), word("because", 1.4, "B"), word(".", None, "A")]
        assert [(c.speaker, c.text) for c in cues_from_words(words)] == [("A", "why?"), ("B", "because.")]

    def test_that_opens_belongs_to_the_word_after(self) -> None:
        assert (
            cues_from_words([word("about"), word("$"), word("40"), word("%"), word("off")])[0].text == "about $40% off"
        )

    def test_alone_makes_a_cue_without_raising(self) -> None:
        assert [cue.text for cue in cues_from_words([word(".")])] == ["."]


class TestSpeakers:
    def test_a_word_nobody_claims_goes_to_its_neighbours_where_they_agree(self) -> None:
        words = [word("in", 0.0), word("2024", None, None), word("we", 0.6)]
        assert [(c.speaker, c.text) for c in cues_from_words(words)] == [("A", "in 2024 we")]

    def test_a_word_nobody_claims_between_two_speakers_stays_nobodys(self) -> None:
        words = [word("in", 0.0), word("2024", None, None), word("we", 0.6, "B")]
        assert [c.speaker for c in cues_from_words(words)] == ["A", None, "B"]

    def test_marks_between_do_not_count_as_words_nobody_claims(self) -> None:
        words = [word("so", 0.0), word("1", None, None), *[Word(",")] * 3, word("2", None, None), word("right", 0.9)]
        assert [(c.speaker, c.text) for c in cues_from_words(words)] == [("A", "so 1,,, 2 right")]

    def test_a_whole_stretch_nobody_claims_stays_nobodys(self) -> None:
        words = [word("so", 0.0), *(word(f"x{k}", 0.3 + k * 0.3, None) for k in range(4)), word("right", 1.8)]
        assert [c.speaker for c in cues_from_words(words)] == ["A", None, "A"]


class TestTimes:
    def test_an_end_is_the_latest_time_known(self) -> None:
        words = [Word("to", 1.0, 1.4), Word("be", 1.2, 1.3), Word("sure", 1.5, None)]
        assert [(c.start_s, c.end_s) for c in cues_from_words(words)] == [(1.0, 1.5)]

    def test_a_word_of_no_length_is_over_when_it_begins(self) -> None:
        assert [(c.start_s, c.end_s) for c in cues_from_words([Word("yes", 1.0, 1.0)])] == [(1.0, 1.0)]

    def test_a_lone_start_is_no_end(self) -> None:
        assert [(c.start_s, c.end_s) for c in cues_from_words([Word("yes", 1.0, None)])] == [(1.0, None)]

    def test_words_without_any_have_none(self) -> None:
        assert [(c.start_s, c.end_s) for c in cues_from_words([Word("yes"), Word("no")])] == [(None, None)]


class TestTurns:
    def test_a_turn_keeps_its_own_text(self) -> None:
        turn = Cue("Six weeks.", "A", start_s=0, end_s=1)
        assert cues_of_turn(turn, [word("six", 0.0), word("weeks", 0.5)]) == [turn]

    def test_one_too_long_is_cut_by_its_words_and_keeps_its_speaker(self) -> None:
        words = spoken(90, speaker=None)
        turn = Cue(" ".join(w.text for w in words), "Luis", Role.CUSTOMER, 0, 27)
        cues = cues_of_turn(turn, words)
        assert [(c.speaker, c.role, len(c.text.split())) for c in cues] == [
            ("Luis", Role.CUSTOMER, 60),
            ("Luis", Role.CUSTOMER, 30),
        ]


class TestOrder:
    def test_channels_interleave_by_start(self) -> None:
        left, right = [Cue("a", start_s=0), Cue("c", start_s=4)], [Cue("b", start_s=2)]
        assert [cue.text for cue in in_order([*left, *right])] == ["a", "b", "c"]

    def test_a_cue_without_a_start_stays_behind_the_one_it_followed(self) -> None:
        cues = [Cue("a", start_s=5), Cue("b"), Cue("c", start_s=1)]
        assert [cue.text for cue in in_order(cues)] == ["c", "a", "b"]


@given(
    st.lists(
        st.builds(
            Word,
            text=st.sampled_from(["six", "weeks", "done.", "?", ",", "("]),
            start_s=st.none() | st.floats(0, 1e4),
            end_s=st.none() | st.floats(0, 1e4),
            speaker=st.sampled_from([None, "A", "B"]),
        )
    )
)
def test_no_word_is_lost_or_told_twice(words: list[Word]) -> None:
    told = "".join(cue.text for cue in cues_from_words(words))
    assert told.replace(" ", "") == "".join(word.text for word in words)
