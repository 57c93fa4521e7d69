from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.talk_stats import count_talk, talk_pass
from copilot.domain.call import Role, Utterance
from copilot.domain.events import SpeakersChanged
from copilot.domain.state import CallState, apply
from copilot.domain.talk import TalkStats
from tests.unit.analysis.builders import Plan, call_of, say, spoken


class TestTalkRatio:
    def test_is_undefined_before_anyone_speaks(self) -> None:
        assert count_talk([]) == TalkStats()

    def test_counts_overlap_for_both_sides(self) -> None:
        assert count_talk([say("rep", 0, 4), say("customer", 2, 6)]).talk_ratio == 0.5

    def test_leaves_silence_and_unknown_speakers_out(self) -> None:
        talk = count_talk([say("rep", 0, 3), say("unknown", 3, 30), say("customer", 60, 61)])
        assert (talk.talk_ratio, talk.unknown_s) == (0.75, 27.0)

    def test_is_a_share_of_words_where_no_times_are_known(self) -> None:
        talk = count_talk([say("rep", text="one two three"), say("customer", text="four")])
        assert (talk.talk_ratio, talk.rep_s, talk.rep_words) == (0.75, 0.0, 3)

    def test_guesses_an_end_from_the_words_and_says_so(self) -> None:
        talk = count_talk([say("rep", 10, None, "one two three four five")])
        assert (talk.rep_s, talk.estimated) == (2.0, True)


class TestMonologues:
    def test_a_backchannel_does_not_end_one(self) -> None:
        talk = count_talk([say("rep", 0, 50), say("customer", 50, 51, "Mm-hm."), say("rep", 51, 100)])
        assert talk.longest_monologue_s == 100.0

    def test_a_turn_of_the_other_side_ends_one(self) -> None:
        talk = count_talk([say("rep", 0, 50), say("customer", 50, 52, "Who does that?"), say("rep", 52, 100)])
        assert talk.longest_monologue_s == 50.0

    def test_so_do_ten_silent_seconds(self) -> None:
        assert count_talk([say("rep", 0, 50), say("rep", 60, 100)]).longest_monologue_s == 50.0

    def test_is_unknown_without_times_but_counted_in_words(self) -> None:
        talk = count_talk([say("rep", text="a b c"), say("customer", text="okay"), say("rep", text="d e")])
        assert (talk.longest_monologue_s, talk.longest_monologue_words) == (None, 5)

    def test_the_customers_longest_story_is_its_own_figure(self) -> None:
        talk = count_talk([say("customer", 0, 40), say("rep", 40, 41, "I see."), say("customer", 41, 70)])
        assert (talk.longest_customer_story_s, talk.longest_monologue_s) == (70.0, None)

    def test_tells_who_is_in_the_middle_of_one(self) -> None:
        running = count_talk([say("customer", 0, 5), say("rep", 6, 30), say("customer", 30, 31, "Right.")]).running
        assert running is not None
        assert (running.role, running.seconds, running.since_s) == (Role.REP, 24.0, 6.0)


class TestPatience:
    def test_is_the_median_silence_before_the_rep_answers(self) -> None:
        call = [say("customer", 0, 5), say("rep", 6, 7), say("customer", 7, 9), say("rep", 12, 13)]
        assert count_talk(call).patience_s == 2.0

    def test_is_negative_where_the_rep_cuts_in(self) -> None:
        assert count_talk([say("customer", 0, 5), say("rep", 4.5, 7)]).patience_s == -0.5

    def test_does_not_take_a_backchannel_for_an_answer(self) -> None:
        call = [say("customer", 0, 5), say("rep", 5, 6, "Mm-hm."), say("customer", 6, 10), say("rep", 11, 12)]
        assert count_talk(call).patience_s == 1.0

    def test_is_unknown_until_the_rep_has_answered(self) -> None:
        assert count_talk([say("rep", 0, 1), say("customer", 1, 9)]).patience_s is None


class TestCounts:
    def test_questions_belong_to_the_side_that_asks(self) -> None:
        talk = count_talk(
            [say("rep", text="Who owns that?"), say("customer", text="Do you support SAP? And what else is there?")]
        )
        assert (talk.rep_questions, talk.customer_questions) == (1, 2)

    def test_switches_are_per_minute_of_the_call(self) -> None:
        call = [say("rep", 0, 30), say("customer", 30, 60), say("rep", 60, 120)]
        assert count_talk(call).switches_per_minute == 1.0

    def test_switches_are_unknown_without_times(self) -> None:
        assert count_talk([say("rep"), say("customer")]).switches_per_minute is None


UTTERANCES = st.lists(
    st.builds(
        say,
        role=st.sampled_from(["rep", "customer", "unknown"]),
        start_s=st.none() | st.floats(0, 4000),
        end_s=st.none() | st.floats(0, 4000),
        text=st.text(max_size=60) | st.sampled_from(["mm-hm", "right", "why is that?"]),
    ),
    max_size=12,
)


class TestAnyCall:
    @given(UTTERANCES)
    def test_shares_are_shares_and_lengths_are_not_negative(self, call: list[Utterance]) -> None:
        talk = count_talk(call)
        assert talk.talk_ratio is None or 0 <= talk.talk_ratio <= 1
        assert min(talk.rep_s, talk.customer_s, talk.unknown_s, talk.longest_monologue_s or 0) >= 0
        assert talk.rep_words + talk.customer_words + talk.unknown_words == sum(len(u.text.split()) for u in call)


class TestTalkPass:
    LINES = ("rep: Who owns that figure?", "customer: Priya does, since spring.", "rep: Okay.", "rep: And before her?")

    def test_counts_utterance_by_utterance_what_counting_at_once_gives(self) -> None:
        state = call_of("discovery", spoken(*self.LINES, seconds_each=4), Plan([talk_pass()]))
        assert state.talk == count_talk(state.utterances)
        assert state.talk.rep_questions == 2

    def test_counts_anew_when_the_sides_change_places(self) -> None:
        counting = talk_pass()
        state = call_of("discovery", spoken(*self.LINES, seconds_each=4), Plan([counting]))
        swapped = apply(state, SpeakersChanged(swap=True))
        (op,) = counting(swapped, len(swapped.utterances) - 1)
        assert op.talk == count_talk(swapped.utterances)
        assert op.talk.customer_questions == 2

    def test_keeps_calls_apart(self) -> None:
        counting = talk_pass()
        long = call_of("discovery", spoken(*self.LINES, seconds_each=4), Plan([counting]))
        short = CallState(call=long.call and long.call.model_copy(update={"id": "c2"}), utterances=long.utterances[:1])
        (op,) = counting(short, 0)
        assert op.talk == count_talk(short.utterances)
