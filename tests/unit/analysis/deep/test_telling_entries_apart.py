"""What a strong reader meant, answering rendered prompts of labelled calls, and what must come of it."""

from __future__ import annotations

from copilot.analysis.decisions import decide_item
from copilot.analysis.hearing import Step
from copilot.domain.ops import AddMetric, AddNextStep, AddOutcome
from copilot.domain.state import CallState
from tests.builders import quoting
from tests.unit.analysis.deep.test_translation import said, taken
from tests.unit.analysis.deep.wires import wire


def first_tier(state: CallState, *ops: AddMetric | AddNextStep | AddOutcome) -> CallState:
    return Step(state).propose(ops, by="embedded").state


class TestWhatIsNewToAModelThatWasShownTheMap:
    def test_a_measure_that_shares_a_word_is_another_one(self) -> None:
        state = said(("customer", "We have written off ninety thousand on claims, and one in seven claims came back."))
        state = first_tier(state, AddMetric(text="Written off on claims", evidence=quoting(state, 10)))
        after, dropped = taken(
            wire(
                "add_metric",
                (10, "one in seven claims came back"),
                text="Claims that came back",
                baseline="one in seven",
            ),
            state=state,
        )

        assert dropped == []
        assert [m.text for m in after.metrics.values()][-2:] == ["Written off on claims", "Claims that came back"]

    def test_of_two_steps_promised_in_one_breath_both_are_kept(self) -> None:
        state = said(
            ("customer", "You find out about the old phones by Wednesday and I send you the gate log for March.")
        )
        state = first_tier(state, AddNextStep(text="Send the gate log for March", evidence=quoting(state, 10)))
        after, dropped = taken(
            wire("add_next_step", (10, "You find out about the old phones by Wednesday"),
                 text="Find out about the old phones", owner="Dana", due="Wednesday"),
            state=state,
        )  # fmt: skip

        assert dropped == []
        assert [step.text for step in after.next_steps.values()][-1] == "Find out about the old phones"

    def test_the_same_again_in_nearly_the_same_words_stays_one(self) -> None:
        state = said(("customer", "We count the reverses per shift."))
        state = first_tier(state, AddMetric(text="Reverses per shift", evidence=quoting(state, 10)))
        after, _ = taken(wire("add_metric", (10, "the reverses per shift"), text="The reverses a shift"), state=state)

        assert len(after.metrics) == len(state.metrics)

    def test_what_a_person_rejected_does_not_come_back_under_a_similar_name(self) -> None:
        state = said(("customer", "We have written off ninety thousand on claims, and one in seven claims came back."))
        state = first_tier(state, AddMetric(text="Written off on claims", evidence=quoting(state, 10)))
        (rejected,) = state.metrics.keys() - said().metrics.keys()
        for event in decide_item(state, rejected, "reject", {}):
            state = Step(state).then(event).state
        after, _ = taken(
            wire("add_metric", (10, "one in seven claims came back"), text="Claims that came back"), state=state
        )

        assert after.metrics.keys() == state.metrics.keys()


class TestAnOlderUtteranceThatIsNotShownAnyMore:
    def test_is_quoted_by_the_words_of_its_entry(self) -> None:
        state = said(("customer", "The stops have to come down, ten or under every shift, that was the number."))
        outcome = AddOutcome(text="Stops, ten or under every shift that was the number", evidence=quoting(state, 10))
        state = first_tier(state, outcome)
        (made,) = state.outcomes.keys() - said().outcomes.keys()
        quoted = "stops, ten or under every shift that was the number"
        after, dropped = taken(wire("retire", (10, quoted), id=made), state=state)
        _, elsewhere = taken(wire("retire", (4, quoted), id=made), state=state)

        assert (dropped, after.outcomes[made].stands) == ([], False)
        assert elsewhere == ["ungrounded"]

    def test_gives_a_value_that_stands_in_the_entrys_own_quotes(self) -> None:
        state = said(
            ("customer", "The queue is at forty percent and I want fifteen percent."),
            ("customer", "You see the queue every evening."),
        )
        metric = AddMetric(text="Queue", target="forty percent", evidence=quoting(state, 10))
        state = first_tier(state, metric)
        (made,) = state.metrics.keys() - said().metrics.keys()
        after, dropped = taken(
            wire(
                "update",
                (11, "You see the queue every evening"),
                id=made,
                target="fifteen percent",
                cadence="every evening",
            ),
            state=state,
        )

        assert dropped == []
        assert (after.metrics[made].target, after.metrics[made].cadence) == ("fifteen percent", "every evening")

    def test_may_have_named_what_is_spoken_of(self) -> None:
        talk = [("customer", "The overfill average is eleven today.")]
        talk += [("rep", "And then the next bar on this page.")] * 16
        talk += [("customer", "I'd want lower than six.")]
        state = said(*talk)
        named = first_tier(state, AddMetric(text="Overfill average", evidence=quoting(state, 10)))
        op = wire("add_outcome", (27, "I'd want lower than six"), text="Overfill average down")

        assert taken(op, state=state)[1] == ["not_their_words"]
        assert taken(op, state=named)[1] == []


class TestWordingAPromise:
    def test_is_for_the_one_who_made_it(self) -> None:
        state = said(
            ("customer", "Does it work in China?"), ("rep", "I'd have to check that."), ("rep", "Luis sends it.")
        )
        step = AddNextStep(text="Does it work in China", owner="Dana", evidence=quoting(state, 10))
        state = first_tier(state, step)
        (made,) = state.next_steps.keys() - said().next_steps.keys()
        check = wire("update", (11, "I'd have to check that"), id=made, text="Check whether it works in China")
        after, dropped = taken(check, state=state)
        theirs = first_tier(said(("customer", "I send the log."), ("rep", "Luis sends the gate log.")))
        theirs = first_tier(theirs, AddNextStep(text="Send it over", owner="Luis", evidence=quoting(theirs, 10)))
        (other,) = theirs.next_steps.keys() - said().next_steps.keys()

        assert (dropped, after.next_steps[made].text) == ([], "Check whether it works in China")
        reworded = wire("update", (11, "Luis sends the gate log"), id=other, text="Luis sends the gate log")
        assert taken(reworded, state=theirs)[1] == ["not_the_customer"]
