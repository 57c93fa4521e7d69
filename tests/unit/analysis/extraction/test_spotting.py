"""What the reader hears spoken of, and what becomes of it on the map."""

from __future__ import annotations

from copilot.domain.items import ItemState
from tests.unit.analysis.conversations import cards, heard


class TestNewItems:
    def test_the_words_that_count_become_the_card(self) -> None:
        state = heard("customer: It was raining, and um, {outcome:the parcels arrive whole on the evening tour}.")
        assert cards(state.outcomes) == ["Parcels arrive whole on the evening tour"]
        assert [e.quote for o in state.outcomes.values() for e in o.evidence] == [
            "the parcels arrive whole on the evening tour."
        ]

    def test_several_kinds_in_one_turn(self) -> None:
        state = heard(
            "customer: {outcome:Fewer broken parcels next winter}. {capability:It reads the labels of the old depot}."
        )
        assert cards(state.outcomes) == ["Fewer broken parcels next winter"]
        assert len(state.capabilities) == 1

    def test_words_that_only_point_back_are_told_with_what_was_said_before(self) -> None:
        state = heard(
            "customer: {outcome:The drivers' overtime on Sundays is what hurts}, and it was a long summer.",
            "customer: {outcome:Under ten, that is}.",
        )
        assert cards(state.outcomes) == ["Drivers' overtime on Sundays"]
        assert [o.utterances for o in state.outcomes.values()] == [(0, 1)]

    def test_what_a_rule_has_noted_already_is_not_noted_twice(self) -> None:
        state = heard(
            "rep: What are you hoping to get out of this?",
            "customer: {outcome:We want returns down from eight percent to five}.",
        )
        assert len(state.outcomes) == 1

    def test_a_figure_makes_an_outcome_measurable(self) -> None:
        state = heard("customer: {outcome:Nobody at the counter waits beyond ten minutes}.")
        assert [o.measurable for o in state.outcomes.values()] == [True]

    def test_the_words_heard_most_plainly_are_the_card_where_the_clause_goes_on(self) -> None:
        state = heard(
            "customer: {outcome:Group requests answered in two days} because the regional office is asking for that"
            " and has been all year."
        )
        assert cards(state.outcomes) == ["Group requests answered in two days"]

    def test_a_word_alone_is_no_outcome(self) -> None:
        assert not heard("rep: So we go {outcome:end to end}.").outcomes


class TestTheSameAgain:
    def test_the_same_words_are_more_evidence(self) -> None:
        state = heard(
            "customer: {outcome:Fewer broken parcels on the evening tours}.",
            "rep: And how is the depot in Graz?",
            "customer: Fine. But {outcome:fewer parcels broken, evening tours above all}.",
        )
        assert [o.utterances for o in state.outcomes.values()] == [(0, 2)]

    def test_other_words_soon_after_are_another_item(self) -> None:
        state = heard(
            "customer: {capability:It has the labels of the old depot}.",
            "customer: {capability:Supervisors approve overtime from their phones}.",
        )
        assert len(state.capabilities) == 2


class TestWhatOnlyTheRepSaid:
    def test_stays_proposed(self) -> None:
        state = heard("rep: So {outcome:fewer broken parcels by the spring} is what this is for.")
        assert [o.state for o in state.outcomes.values()] == [ItemState.PROPOSED]

    def test_is_heard_once_the_customer_takes_it_up(self) -> None:
        state = heard(
            "rep: So {outcome:fewer broken parcels by the spring} is what this is for.",
            "customer: {outcome:Fewer broken parcels}, yes.",
        )
        assert [o.state for o in state.outcomes.values()] == [ItemState.HEARD]

    def test_is_not_heard_where_the_customer_turns_it_down(self) -> None:
        state = heard(
            "rep: {capability:Our app has a calendar with drag and drop}.",
            "customer: {capability:Okay, I'm not sure we need that}.",
        )
        assert [c.state for c in state.capabilities.values()] == [ItemState.PROPOSED]

    def test_where_nobodys_side_is_known_it_may_be_the_customers(self) -> None:
        state = heard("unknown: {outcome:Fewer broken parcels by the spring}.")
        assert [o.state for o in state.outcomes.values()] == [ItemState.HEARD]


class TestNextSteps:
    def test_i_and_we_say_who_has_it_to_do_and_a_date_by_when(self) -> None:
        state = heard("rep Iva: {next_step:We're dropping the scanner off at the depot on Thursday}.")
        (step,) = state.next_steps.values()
        assert (step.owner, step.due) == ("Iva", "Thursday")

    def test_who_else_has_it_to_do_is_left_open(self) -> None:
        state = heard("rep Iva: {next_step:Somebody from the depot walks round with the scanner}.")
        assert [s.owner for s in state.next_steps.values()] == [None]


class TestWording:
    def test_the_clause_that_reads_well_is_chosen(self) -> None:
        state = heard("customer: {outcome:Well, it is what it is. I want the bread sold by noon, because they ask}.")
        assert cards(state.outcomes) == ["Bread sold by noon"]

    def test_a_level_goes_behind_the_thing_it_is_said_of(self) -> None:
        state = heard(
            "customer: {outcome:The broken eggs a week}, we count them.",
            "customer: {outcome:I'd take under thirty}.",
        )
        assert [o.utterances for o in state.outcomes.values()] == [(0, 1)]

    def test_what_the_rep_puts_better_stands_on_the_customers_words_too(self) -> None:
        state = heard(
            "customer: {outcome:Nine days, I'd take that}.",
            "rep: So {outcome:nine days for a mended window}.",
        )
        assert cards(state.outcomes) == ["Nine days for a mended window"]
        assert [(o.state, o.utterances) for o in state.outcomes.values()] == [(ItemState.HEARD, (0, 1))]

    def test_what_nobody_could_understand_is_left_out(self) -> None:
        assert not heard("customer: {capability:If it does that}.").capabilities

    def test_a_measure_is_named_and_not_told(self) -> None:
        state = heard("customer: {metric:How many crates are left at the gate, that's what I look at on a Monday}.")
        assert cards(state.metrics) == ["Crates left at the gate"]


class TestEvidence:
    def test_that_says_next_to_nothing_is_quoted_with_what_was_said_before_it(self) -> None:
        state = heard(
            "customer: {outcome:The depot lamps go out at night}.",
            "customer: Those lamps at the depot. {outcome:Switch off}. I was there on Sunday.",
        )
        quotes = [e.quote for outcome in state.outcomes.values() for e in outcome.evidence]
        assert quotes[1:] == ["Those lamps at the depot. Switch off."]
