from __future__ import annotations

import pytest

from copilot.domain.items import Alternative, Evidence, ItemState
from copilot.review.summary_email import (
    left_out,
    write_letter,
)
from tests.unit.review.calls import CYCLE, OUTCOME, REPORTS, SYNC, keyed, marked, proposed, saying, whole_call


class TestWhatStaysInside:
    @pytest.mark.parametrize("state", [ItemState.PROPOSED, ItemState.REJECTED, ItemState.WITHDRAWN])
    def test_only_what_was_heard_or_confirmed(self, state: ItemState) -> None:
        items = [item.model_copy(update={"state": state}) for item in (OUTCOME, SYNC, CYCLE, REPORTS)]
        call = whole_call(
            outcomes=keyed(items[0]), capabilities=keyed(items[1]), metrics=keyed(items[2]), next_steps=keyed(items[3])
        )
        letter = write_letter(call)

        assert (letter.aims, letter.phases, letter.measures, letter.steps) == ((), (), (), ())
        assert letter.open_questions == ()

    def test_a_tie_to_what_is_not_told_is_not_told_either(self) -> None:
        letter = write_letter(whole_call(outcomes=keyed(proposed(OUTCOME))))

        assert letter.phases[0].needs[0].serves == ()

    def test_the_reps_words_are_never_quoted(self) -> None:
        state = saying(
            ("rep", "You plan in one tool and track in another tool, and that must hurt."),
            ("unknown", "We plan in one tool and track in another, every single week."),
            marks=marked(["before_scenario", "before_scenario"]),
        )

        assert not write_letter(state).says_something

    @pytest.mark.parametrize(
        "aside",
        [
            "Off the record, our director wants the other vendor to lose.",
            "Our director is leaving in March, but don't quote me on that.",
            "Between you and me, the whole team is looking for other jobs.",
        ],
    )
    def test_what_is_said_in_confidence_is_not_put_in_writing(self, aside: str) -> None:
        about = OUTCOME.model_copy(update={"text": "told aside", "evidence": (Evidence(utterance=0, quote=aside),)})
        state = saying(("customer", aside), marks=marked(["before_scenario"]), outcomes=keyed(about))

        assert not write_letter(state).says_something
        assert [(remark.item, remark.why) for remark in left_out(state)] == [("O1", "it was said in confidence")]

    def test_nor_what_the_same_person_says_right_before_or_after(self) -> None:
        state = saying(
            ("customer", "I have seen the budget for next year and it is cut by half."),
            ("customer", "Please keep that to yourself."),
            ("customer", "The board will only hear of it in the second week of March."),
            marks=marked(["before_scenario"] * 3),
        )

        assert not write_letter(state).says_something

    def test_a_people_between_us_and_them_is_no_secret(self) -> None:
        words = ("customer", "There are four handovers between us and the plant, and each takes a day.")

        assert write_letter(saying(words, marks=marked(["before_scenario"]))).before


class TestForTheRepAlone:
    def test_nothing_is_left_out_of_a_clear_call_but_a_date_that_depends_on_the_day(self) -> None:
        (remark,) = left_out(whole_call())

        assert (remark.item, remark.why) == ("N1", "'Friday' was said on the call; a date is clearer")

    def test_a_call_that_still_goes_on(self) -> None:
        first, *_ = left_out(whole_call(ended=False))

        assert first.why == "it has not ended, and more may come"

    def test_own_promises_come_first_then_what_only_the_rep_said(self) -> None:
        call = whole_call(
            outcomes=keyed(proposed(OUTCOME)),
            capabilities=keyed(),
            metrics=keyed(proposed(CYCLE)),
            next_steps=keyed(proposed(REPORTS)),
        )

        assert [remark.item for remark in left_out(call)] == ["N1", "O1", "M1"]

    def test_what_was_heard_beside_a_settled_value(self) -> None:
        other = Alternative(field="target", value="five weeks", utterance=4)
        settled = CYCLE.model_copy(update={"locked": ("target",), "also_heard": (other,)})

        remarks = left_out(whole_call(metrics=keyed(settled), next_steps=keyed()))
        assert [remark.why for remark in remarks] == [
            "the email says 'four weeks' as you settled it; the call also says 'five weeks'"
        ]

    def test_speakers_whose_side_is_not_known(self) -> None:
        (remark,) = left_out(saying(("unknown", "We plan in one tool."), ("rep", "I see.")))

        assert remark.what == "1 of 2 utterances"
