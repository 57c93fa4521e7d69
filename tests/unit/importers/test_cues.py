from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.call import Participant, Role, Utterance
from copilot.importers.cues import Cue, bounded_by_next_start, participants_from, utterances_from


def cue(text: str, start_s: float | None = None, end_s: float | None = None, speaker: str | None = "Dana") -> Cue:
    return Cue(text, speaker=speaker, start_s=start_s, end_s=end_s)


def texts(utterances: tuple[Utterance, ...]) -> list[str]:
    return [utterance.text for utterance in utterances]


class TestJoining:
    def test_completes_a_sentence_that_runs_over_cues(self) -> None:
        (utterance,) = utterances_from([cue("so the release takes", 1.0, 2.5), cue("six weeks.", 2.9, 4.0)])
        assert (utterance.text, utterance.start_s, utterance.end_s) == ("so the release takes six weeks.", 1.0, 4.0)

    def test_stops_at_the_end_of_a_sentence(self) -> None:
        assert texts(utterances_from([cue("Six weeks.", 0, 1), cue("And then", 1, 2)])) == ["Six weeks.", "And then"]

    def test_goes_on_where_dots_trail_off(self) -> None:
        assert texts(utterances_from([cue("because…", 0, 1), cue("well, it failed.", 1.2, 2)])) == [
            "because… well, it failed."
        ]

    def test_stops_at_a_silence_of_more_than_two_seconds(self) -> None:
        assert len(utterances_from([cue("so we", 0, 1), cue("tried", 3.5, 4)])) == 2

    def test_leaves_each_speaker_their_own_words_where_they_alternate_within_a_sentence(self) -> None:
        cues = [cue("we could", 0, 1), cue("Right,", 0.9, 1.2, "Luis"), cue("start in May.", 1.1, 2)]
        said = [(u.speaker, u.text) for u in utterances_from(cues)]
        assert said == [("Dana", "we could"), ("Luis", "Right,"), ("Dana", "start in May.")]

    def test_never_shrinks_an_end(self) -> None:
        (utterance,) = utterances_from([cue("a long", 0, 5), cue("stretch", 4, 4.5)])
        assert utterance.end_s == 5

    def test_stops_at_a_reasonable_length(self) -> None:
        cues = [cue("and on and on", k, k + 1.0) for k in range(100)]
        lengths = [(u.end_s or 0) - (u.start_s or 0) for u in utterances_from(cues)]
        assert max(lengths) <= 40
        assert len(lengths) > 2

    def test_needs_no_times(self) -> None:
        assert texts(utterances_from([cue("so we"), cue("tried.")])) == ["so we tried."]

    def test_is_left_out_where_cues_are_whole_turns(self) -> None:
        assert texts(utterances_from([cue("so we"), cue("tried.")], join=False)) == ["so we", "tried."]


class TestUtterances:
    def test_are_numbered_over_what_holds_words(self) -> None:
        utterances = utterances_from([cue("[Music]"), cue("Hello."), cue(" "), cue("(laughs)"), cue("Hi.")])
        assert [(u.id, u.i, u.text) for u in utterances] == [("u1", 0, "Hello."), ("u2", 1, "Hi.")]

    def test_have_no_end_before_their_start(self) -> None:
        (utterance,) = utterances_from([cue("Hello.", 5, 3)])
        assert (utterance.start_s, utterance.end_s) == (5, None)

    def test_have_no_times_that_cannot_be(self) -> None:
        (utterance,) = utterances_from([cue("Hello.", -1, float("inf"))])
        assert (utterance.start_s, utterance.end_s) == (None, None)

    def test_are_cut_at_a_sentence_where_a_text_has_no_paragraphs(self) -> None:
        utterances = utterances_from([cue("We ship every six weeks. " * 1000, 0, 900)], join=False)
        assert max(len(u.text) for u in utterances) <= 5000
        assert all(u.text.endswith("weeks.") for u in utterances)
        assert (utterances[0].start_s, utterances[-1].end_s) == (0, 900)

    @given(
        st.lists(
            st.builds(
                Cue,
                text=st.text(max_size=40),
                speaker=st.sampled_from([None, "Dana", "Luis"]),
                start_s=st.none() | st.floats(),
                end_s=st.none() | st.floats(),
            )
        ),
        st.booleans(),
    )
    def test_always_hold_words_and_times_in_order(self, cues: list[Cue], join: bool) -> None:
        utterances = utterances_from(cues, join=join)
        assert [u.i for u in utterances] == list(range(len(utterances)))
        for u in utterances:
            assert u.text.strip() == u.text != ""
            assert u.start_s is None or u.end_s is None or 0 <= u.start_s <= u.end_s


class TestMissingEnds:
    def test_are_the_next_start_of_any_speaker(self) -> None:
        bounded = bounded_by_next_start([cue("a", 0), cue("b", 7, speaker="Luis"), cue("c", 9)])
        assert [c.end_s for c in bounded] == [7, 9, None]

    def test_stay_missing_where_the_next_start_lies_before(self) -> None:
        assert [c.end_s for c in bounded_by_next_start([cue("a", 8), cue("b", 7)])] == [None, None]

    def test_leave_ends_that_the_file_has(self) -> None:
        assert [c.end_s for c in bounded_by_next_start([cue("a", 0, 2), cue("b", 7, 8)])] == [2, 8]

    def test_of_nothing_are_nothing(self) -> None:
        assert bounded_by_next_start([]) == []


class TestParticipants:
    def test_are_each_named_speaker_once_with_the_role_that_is_known(self) -> None:
        said = [Cue("a.", "Dana"), Cue("b.", None), Cue("c.", "Luis", Role.CUSTOMER), Cue("d.", "Dana", Role.REP)]
        assert participants_from(utterances_from(said), {"Luis": "VP Operations"}) == (
            Participant(name="Dana", role=Role.REP),
            Participant(name="Luis", role=Role.CUSTOMER, title="VP Operations"),
        )
