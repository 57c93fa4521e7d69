from __future__ import annotations

import pytest

from copilot.analysis.hearing import hear
from copilot.analysis.pitfalls.signs import Signs
from copilot.analysis.questions import FRONT_STAYS_S, FRONT_STAYS_UTTERANCES, MOST, openings, question_pass
from copilot.analysis.reducer import decide
from copilot.analysis.reducer.question_ops import MOST_QUESTIONS
from copilot.domain.call import CallKind
from copilot.domain.events import QuestionClosed, QuestionsSuggested
from copilot.domain.gap_questions import Gap
from copilot.domain.items import QuestionState
from copilot.domain.ops import AnyOp
from copilot.domain.state import CallState, apply
from tests.unit.analysis.books import playbook
from tests.unit.analysis.builders import Plan, call_of, spoken
from tests.unit.analysis.dialogues import (
    AFTER,
    BEFORE,
    CAPABILITIES,
    HOW,
    METRICS,
    NEGATIVE,
    OTHER,
    OUTCOMES,
    Dialogue,
    asked_about,
    capability,
    metric,
    next_step,
    outcome,
)

HELLO = "customer: Good morning, we hear you well."
WISH = "customer: We want fewer night trips to the pumping stations."
FEWER = outcome("Fewer night trips to the pumping stations", 1, "fewer night trips to the pumping stations")


def wished(*more: str, about: dict[int, str] | None = None) -> Dialogue:
    return Dialogue([HELLO, WISH, *more], {0: OTHER, 1: OUTCOMES, **(about or {})}, {1: [FEWER]})


def gaps_of(state: CallState) -> list[str]:
    return [question.gap for question in state.questions]


class TestTheFirstMinutes:
    @pytest.mark.parametrize("kind", CallKind)
    def test_have_questions_before_anything_is_known(self, kind: CallKind) -> None:
        state = asked_about(Dialogue(["rep: Hello everyone."], {0: OTHER}), kind)
        assert 1 <= len(state.questions) <= MOST
        assert {question.gap for question in state.questions} == {Gap.STAGE_UNTOUCHED}

    @pytest.mark.parametrize(
        ("kind", "stage"),
        [("discovery", {BEFORE, OUTCOMES}), ("demo", {OUTCOMES}), ("qbr", {METRICS})],
    )
    def test_begin_where_the_kind_of_call_begins(self, kind: str, stage: set[str]) -> None:
        state = asked_about(Dialogue(["rep: Hello everyone."], {0: OTHER}), kind)
        assert state.questions[0].stage in stage

    def test_ask_of_a_review_where_the_agreed_figures_stand(self) -> None:
        state = asked_about(Dialogue(["rep: Hello everyone."], {0: OTHER}), "qbr")
        assert state.questions[0].text == "Where do the figures we agreed on stand today?"

    def test_name_no_goals_that_nobody_has_named(self) -> None:
        state = asked_about(Dialogue(["rep: Hello everyone."], {0: OTHER}), "demo")
        assert state.questions[0].text == "Before I show anything, which result matters most to you?"


class TestTheList:
    def test_holds_three_at_most_each_of_another_stage(self) -> None:
        noted: dict[int, list[AnyOp]] = {
            1: [FEWER, capability("Alarm by phone", 1, "fewer night trips"), metric("Trips", 1, "night trips")]
        }
        state = asked_about(Dialogue([HELLO, WISH], {0: OTHER, 1: OUTCOMES}, noted))
        assert len(state.questions) == MOST == MOST_QUESTIONS
        assert len({question.stage for question in state.questions}) == MOST

    def test_puts_in_front_what_the_talk_has_just_opened(self) -> None:
        state = asked_about(wished())
        front = state.questions[0]
        assert (front.gap, front.about) == (Gap.OUTCOME_WITHOUT_METRIC, "O1")
        assert "night trips to the pumping stations" in front.text + front.why

    def test_weighs_by_kind_of_call(self) -> None:
        noted = {1: [capability("Alarm by phone", 1, "an alarm by phone")]}
        lines = [HELLO, "customer: We need an alarm by phone."]
        in_demo = asked_about(Dialogue(lines, {0: OTHER, 1: CAPABILITIES}, noted), "demo")
        in_review = asked_about(Dialogue(lines, {0: OTHER, 1: CAPABILITIES}, noted), "qbr")
        assert in_demo.questions[0].gap == Gap.CAPABILITY_WITHOUT_OUTCOME
        assert in_review.questions[0].gap != Gap.CAPABILITY_WITHOUT_OUTCOME

    def test_says_which_gap_each_would_close_and_why(self) -> None:
        for question in asked_about(wished()).questions:
            assert question.gap
            assert question.why
            assert question.stage

    def test_quotes_its_ground(self) -> None:
        state = asked_about(wished())
        for question in state.questions:
            for piece in question.evidence:
                assert piece.quote in state.utterances[piece.utterance].text

    def test_has_none_about_what_is_answered(self) -> None:
        known = metric(
            "Night trips", 1, "fewer night trips", "O1", baseline="nine", target="two", owner="Ada", cadence="weekly"
        )
        told = Dialogue([HELLO, WISH], {0: OTHER, 1: METRICS}, {1: [FEWER, known]})
        gaps = gaps_of(asked_about(told))
        assert not {g for g in gaps if g.startswith("metric_without")}
        assert Gap.OUTCOME_WITHOUT_METRIC not in gaps

    def test_has_none_about_what_the_rep_has_just_asked(self) -> None:
        lines = [
            HELLO,
            "customer: We want fewer night trips, and,",
            "rep: How would you measure those fewer night trips?",
            "customer: Good point, I would have to think about the trips first.",
        ]
        noted = {1: [outcome("Fewer night trips", 1, "fewer night trips")]}
        state = asked_about(Dialogue(lines, {0: OTHER, 1: OUTCOMES, 2: METRICS, 3: OTHER}, noted))
        assert state.outcomes
        assert Gap.OUTCOME_WITHOUT_METRIC not in gaps_of(state)

    def test_puts_what_the_customer_said_before_what_only_the_rep_did(self) -> None:
        lines = [
            "customer: We want fewer night trips, and,",
            "rep: Lower energy bills, no doubt.",
            "customer: I was saying.",
        ]
        noted: dict[int, list[AnyOp]] = {
            0: [outcome("Fewer night trips", 0, "fewer night trips")],
            1: [outcome("Lower energy bills", 1, "Lower energy bills")],
        }
        state = asked_about(Dialogue(lines, {0: OUTCOMES, 1: OUTCOMES, 2: OTHER}, noted))
        assert len(state.outcomes) == 2
        assert next(q for q in state.questions if q.stage == METRICS).about == "O1"


class TestPains:
    def test_are_asked_for_their_size_in_the_customers_words(self) -> None:
        line = "customer: Honestly, we lost two whole batches of vaccine."
        state = asked_about(Dialogue([HELLO, line], {0: OTHER, 1: NEGATIVE}))
        question = next(q for q in state.questions if q.gap == Gap.PAIN_WITHOUT_SCALE)
        assert question.text.startswith("“We lost two whole batches of vaccine”")
        assert question.why == "“We lost two whole batches of vaccine”: cost not told yet"

    @pytest.mark.parametrize(
        "size", ["It costs us 4,000 euros.", "It happens twice a week.", "We lose nine days over it."]
    )
    def test_are_not_asked_for_a_size_that_was_named(self, size: str) -> None:
        lines = [HELLO, f"customer: The vaccine spoils in the old fridges. {size}"]
        state = asked_about(Dialogue(lines, {0: OTHER, 1: NEGATIVE}))
        assert Gap.PAIN_WITHOUT_SCALE not in gaps_of(state)

    @pytest.mark.parametrize("told", ["It takes nine days.", "That is a third of the deliveries."])
    def test_are_asked_for_their_cost_where_only_a_level_was_named(self, told: str) -> None:
        lines = [HELLO, f"customer: The vaccine spoils in the old fridges. {told}"]
        state = asked_about(Dialogue(lines, {0: OTHER, 1: NEGATIVE}))
        assert Gap.PAIN_WITHOUT_SCALE in gaps_of(state)

    def test_keep_their_question_while_the_customer_tells_more_of_them(self) -> None:
        lines = [
            HELLO,
            "customer: We lost a whole batch of vaccine.",
            "customer: And the nurses are stuck with angry parents.",
            "customer: Then the paperwork is wrong as well, all of it.",
        ]
        about = {0: OTHER, 1: NEGATIVE, 2: NEGATIVE, 3: NEGATIVE}
        early, late = asked_about(Dialogue(lines[:2], about)), asked_about(Dialogue(lines, about))
        assert early.questions[0].gap == Gap.PAIN_WITHOUT_SCALE
        assert early.questions[0].model_dump() == late.questions[0].model_dump()


class TestFigures:
    SAID = "customer: We want to halve the waiting time. Repairs shall get from six weeks to four."

    def asked(self, **fields: str) -> list[str]:
        ops = [outcome("Shorter waiting time", 0, "halve the waiting time")]
        measure = metric("Waiting time", 0, "We want to halve the waiting time.", "O1", **fields)
        state = asked_about(Dialogue([self.SAID], {0: METRICS}, {0: [*ops, measure]}))
        return [question.text for question in state.questions if question.stage == METRICS]

    def test_a_verb_is_no_figure_to_aim_for(self) -> None:
        assert self.asked(target="halve") == ["Where does “waiting time” stand today, and how do you count it?"]

    def test_a_level_is_named_with_its_unit(self) -> None:
        assert self.asked(target="four", unit="weeks") == [
            "You aim for four weeks; where does “waiting time” stand today?"
        ]


class TestWhatHasComeTrue:
    def asked(self, said: str) -> list[str]:
        ops = [outcome("Tickets dropped from 400 a month to 250", 0, said)]
        state = asked_about(Dialogue([f"customer: {said}", "customer: Good."], {0: METRICS}, {0: ops}), "qbr")
        return [question.gap for question in state.questions]

    def test_is_not_asked_for_what_stands_in_its_way(self) -> None:
        assert "outcome_without_capability" not in self.asked("Tickets dropped from 400 a month to 250.")

    def test_what_is_still_wanted_is(self) -> None:
        assert "outcome_without_capability" in self.asked("We want tickets down from 400 a month to 250.")


class TestReviews:
    def test_ask_where_a_measure_started_and_where_it_stands(self) -> None:
        line = "customer: The spoilt batches are the figure we look at."
        noted = {1: [metric("Spoilt batches", 1, "spoilt batches", target="two a year")]}
        state = asked_about(Dialogue([HELLO, line], {0: OTHER, 1: METRICS}, noted), "qbr")
        assert state.questions[0].text == "Where did “spoilt batches” stand before we started?"

    def test_ask_whether_a_gain_holds(self) -> None:
        lines = ["rep: Spoilt batches fell by 40 percent.", "customer: That is what I was told as well."]
        state = asked_about(Dialogue(lines, {0: METRICS, 1: METRICS}), "qbr")
        question = next(q for q in state.questions if q.gap == Gap.VALUE_WITHOUT_VALIDATION)
        assert question.text == "Does 40 percent match what you see on your side?"

    def test_turn_use_into_value(self) -> None:
        lines = ["rep: Nine hundred people logged in.", "customer: They have to, the rota is in there."]
        state = asked_about(Dialogue(lines, {0: METRICS, 1: METRICS}), "qbr", with_pitfalls=True)
        assert Gap.VANITY_TO_VALUE in gaps_of(state)

    def test_are_the_only_calls_in_which_value_is_checked(self) -> None:
        lines = ["rep: Spoilt batches fell by 40 percent.", "customer: That is what I was told as well."]
        state = asked_about(Dialogue(lines, {0: METRICS, 1: METRICS}), "discovery")
        assert Gap.VALUE_WITHOUT_VALIDATION not in gaps_of(state)


class TestTheEnd:
    def test_asks_for_the_date_and_the_owner_of_what_was_agreed(self) -> None:
        lines = [HELLO, "customer: So, a trial at the east station and a list of all pumps."]
        steps: list[AnyOp] = [next_step("Send the list of pumps", 1, "a list of all pumps", owner="Ada")]
        one = asked_about(Dialogue(lines, {0: OTHER, 1: OTHER}, {1: steps}), "demo")
        steps = [*steps, next_step("Trial at the east station", 1, "a trial at the east station", due="in May")]
        both = asked_about(Dialogue(lines, {0: OTHER, 1: OTHER}, {1: steps}), "demo")
        assert not set(gaps_of(one)) & {Gap.NEXT_STEP_WITHOUT_DATE, Gap.NEXT_STEP_WITHOUT_OWNER}
        assert set(gaps_of(both)) & {Gap.NEXT_STEP_WITHOUT_DATE, Gap.NEXT_STEP_WITHOUT_OWNER}

    def test_asks_for_an_early_signal_once_a_target_stands(self) -> None:
        trips = metric("Night trips", 1, "night trips", "O1", baseline="nine", target="two")
        alarms = metric("Alarms answered from home", 1, "We want", "O1", kind="leading")

        def opened(*noted: AnyOp) -> set[str]:
            state = asked_about(Dialogue([HELLO, WISH], {0: OTHER, 1: METRICS}, {1: noted}))
            return {opening.gap for opening in openings(state, 1, playbook(), Signs(playbook()))}

        assert Gap.EARLY_SIGNAL_MISSING not in opened(FEWER)
        assert Gap.EARLY_SIGNAL_MISSING in opened(FEWER, trips)
        assert Gap.EARLY_SIGNAL_MISSING not in opened(FEWER, trips, alarms)

    def test_asks_who_decides_once_a_decision_is_spoken_of(self) -> None:
        lines = [HELLO, "customer: Something like this has to be approved first."]
        open_still = asked_about(Dialogue(lines, {0: OTHER, 1: OTHER}), "other")
        named = asked_about(Dialogue([*lines, "customer: Ada decides that."], {0: OTHER, 1: OTHER, 2: OTHER}), "other")
        assert Gap.DECISION_WITHOUT_OWNER in gaps_of(open_still)
        assert Gap.DECISION_WITHOUT_OWNER not in gaps_of(named)


class TestRestraint:
    @pytest.mark.parametrize(
        "said",
        [
            "customer: We want fewer night trips, and then,",
            "customer: We want fewer night trips and...",
            "rep: How long have you wanted fewer night trips?",
            "customer: What would fewer night trips cost us?",
        ],
    )
    def test_suggests_nothing_within_an_answer_or_before_one(self, said: str) -> None:
        lines = [HELLO, "customer: They go out by van.", said]
        about = {0: OTHER, 1: BEFORE, 2: OUTCOMES}
        noted = {2: [outcome("Fewer night trips", 2, "fewer night trips")]}
        before, after = asked_about(Dialogue(lines[:2], about)), asked_about(Dialogue(lines, about, noted))
        assert after.outcomes
        assert {q.key for q in after.questions} <= {q.key for q in before.questions}

    def test_changes_nothing_for_a_nod(self) -> None:
        dialogue = wished("rep: Mm-hm.", "customer: Yeah.", about={2: OTHER, 3: OTHER})
        assert asked_about(dialogue).questions == asked_about(wished()).questions


CHATTER = "customer: The pumps are old, as I may have told you."
PHASE = "customer: An alarm by phone would be nice to have as well."
ALARM = capability("Alarm by phone", 0, "An alarm by phone", "O1")


class TestTheFront:
    def better_after(self, utterances: int, *, seconds_each: float | None = None) -> CallState:
        """A question of little weight in front, and a clearly better one that opens so many utterances later."""
        lines = [PHASE, *[CHATTER] * (utterances - 1), WISH]
        at = len(lines) - 1
        about = dict.fromkeys(range(at), OTHER) | {at: OUTCOMES}
        noted: dict[int, list[AnyOp]] = {0: [ALARM], at: [outcome("Fewer night trips", at, "fewer night trips")]}
        return asked_about(Dialogue(lines, about, noted, seconds_each), "other")

    def test_stays_for_some_utterances_whatever_comes(self) -> None:
        front = self.better_after(FRONT_STAYS_UTTERANCES - 1).questions[0]
        assert front.after == 0
        assert front.gap != Gap.OUTCOME_WITHOUT_METRIC

    def test_stays_for_some_seconds_too(self) -> None:
        quick = FRONT_STAYS_S / (FRONT_STAYS_UTTERANCES + 2)
        slow = FRONT_STAYS_S
        later = FRONT_STAYS_UTTERANCES + 1
        assert self.better_after(later, seconds_each=quick).questions[0].after == 0
        assert self.better_after(later, seconds_each=slow).questions[0].gap == Gap.OUTCOME_WITHOUT_METRIC

    def test_gives_way_to_something_clearly_better_then(self) -> None:
        state = self.better_after(FRONT_STAYS_UTTERANCES + 1)
        assert state.questions[0].gap == Gap.OUTCOME_WITHOUT_METRIC

    def test_that_would_fit_any_call_gives_way_at_once(self) -> None:
        assert asked_about(wished()).questions[0].gap == Gap.OUTCOME_WITHOUT_METRIC

    def test_does_not_flicker_between_equals(self) -> None:
        lines = ["rep: Hello everyone."] + [
            f"customer: Pump {n} is an old one, from my father's time." for n in range(12)
        ]
        about = {0: OTHER} | dict.fromkeys(range(1, 13), HOW)
        plan = Plan((question_pass(playbook()),), noted=Dialogue(lines, about).ops())
        state, fronts = call_of("discovery", spoken(*lines[:1]), plan), set[str]()
        for saying in spoken(*lines)[1:]:
            state = hear(state, saying, plan).state
            fronts.add(state.questions[0].id)
        assert len(fronts) == 1

    def test_is_the_pinned_one_whatever_comes(self) -> None:
        plan = Plan((question_pass(playbook()),), noted=Dialogue([], {9: OUTCOMES}, {9: [FEWER_LATER]}).ops())
        lines = ["rep: Hello everyone.", *[CHATTER] * 8, WISH]
        state = call_of("discovery", spoken(*lines[:1]), plan)
        pinned = state.questions[1].model_copy(update={"state": QuestionState.PINNED})
        state = apply(state, QuestionsSuggested(by="person", questions=(pinned, *state.questions[:1])))
        for saying in spoken(*lines)[1:]:
            state = hear(state, saying, plan).state
        assert state.questions[0].key == pinned.key
        assert state.questions[0].state is QuestionState.PINNED
        assert len(state.questions) <= MOST


FEWER_LATER = outcome("Fewer night trips", 9, "fewer night trips")


class TestADismissedQuestion:
    def test_does_not_come_back(self) -> None:
        plan = Plan(
            (question_pass(playbook()),), noted=wished(*[CHATTER] * 9, about=dict.fromkeys(range(2, 11), AFTER)).ops()
        )
        sayings = spoken(HELLO, WISH, *[CHATTER] * 9)
        state = call_of("discovery", sayings[:2], plan)
        gone = state.questions[0]
        dismissed = gone.model_copy(update={"state": QuestionState.DISMISSED})
        state = apply(state, QuestionClosed(by="person", question=dismissed))
        for saying in sayings[2:]:
            state = hear(state, saying, plan).state
            assert gone.key not in {question.key for question in state.questions}
        assert len(state.questions) == MOST


def test_the_pass_proposes_what_the_reducer_takes() -> None:
    state = asked_about(Dialogue([HELLO], {0: OTHER}))
    for op in question_pass(playbook())(state, 0):
        assert isinstance(decide(state, op, by="embedded"), tuple | list)
