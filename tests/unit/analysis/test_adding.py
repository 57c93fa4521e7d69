from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from copilot.analysis.adding import AlreadyThere, NotSaid, add_by_hand, take_back
from copilot.analysis.decisions import UnknownItem, UnusableEdit, decide_item
from copilot.analysis.hearing import Analyst, Step, analyse
from copilot.analysis.reducer.noting import ItemKind
from copilot.analysis.rework import rework
from copilot.domain.call import CallInfo, CallKind, Role
from copilot.domain.events import Event, SpeakersChanged
from copilot.domain.items import Item, ItemState, Metric, Question
from copilot.domain.ops import (
    AddCapability,
    AddMetric,
    AddOutcome,
    AnyOp,
    ConfirmItem,
    EmptyField,
    RetireItem,
    SuggestQuestions,
    UpdateItem,
)
from copilot.domain.state import CallState, apply
from tests.builders import PLAYBOOK, call_of, noticing, quoting, say

SAID = call_of(
    say("customer", "We want to release every four weeks, and the board asks for lower spend"),
    say("rep", "Our calendar syncs both ways"),
    say("customer", "Six weeks is what a release takes today, Priya reports on it"),
)


def with_events(state: CallState, events: Sequence[Event]) -> CallState:
    for event in events:
        assert event.by == "person"
        state = apply(state, event)
    return state


def added(
    state: CallState,
    kind: ItemKind = "outcome",
    *,
    i: int = 0,
    quote: str | None = "release every four weeks",
    name: str = "a-1",
    **fields: Any,
) -> CallState:
    return with_events(state, add_by_hand(state, name, kind, i=i, quote=quote, fields=fields))


def the_item(state: CallState, item_id: str) -> Item:
    item = state.item(item_id)
    assert item is not None
    return item


class TestAdding:
    def test_it_is_confirmed_by_a_person_who_quotes_the_call(self) -> None:
        item = the_item(added(SAID, text="Ship monthly"), "O1")

        assert (item.text, item.state, item.confirmed_by) == ("Ship monthly", ItemState.CONFIRMED, "person")
        assert (item.found_by, item.added_as) == ("person", "a-1")
        assert [(e.utterance, e.quote) for e in item.evidence] == [(0, "release every four weeks")]
        assert {"state", "text"} <= set(item.locked)

    def test_without_words_of_its_own_it_says_what_was_said(self) -> None:
        assert the_item(added(SAID), "O1").text == "release every four weeks"
        assert the_item(added(SAID, i=1, quote=None), "O1").evidence == quoting(SAID, 1)

    def test_a_quote_is_kept_as_it_was_said(self) -> None:
        assert (
            the_item(added(SAID, quote="Release  EVERY four weeks"), "O1").evidence[0].quote in SAID.utterances[0].text
        )

    def test_all_kinds_take_their_fields_and_what_is_typed_is_locked(self) -> None:
        state = added(SAID)
        state = added(
            state,
            "metric",
            i=2,
            quote=None,
            name="a-2",
            text="Length of a release",
            outcomes=["O1"],
            baseline="6 weeks",
        )
        state = added(state, "capability", i=1, quote=None, name="a-3", text="Sync", outcomes=["O1"], phase="1")
        state = added(state, "next_step", i=2, quote=None, name="a-4", text="Send figures", owner="Priya", due="Friday")

        metric = state.metrics["M1"]
        assert (metric.outcomes, metric.baseline, metric.target) == (("O1",), "6 weeks", None)
        assert set(metric.locked) == {"state", "text", "outcomes", "baseline"}
        assert (state.capabilities["C1"].outcomes, state.capabilities["C1"].phase) == (("O1",), "1")
        assert (state.next_steps["N1"].owner, state.next_steps["N1"].due) == ("Priya", "Friday")

    def test_a_number_in_its_words_makes_an_outcome_measurable_unless_the_person_says_otherwise(self) -> None:
        outcome = added(SAID, text="Ship often").outcomes["O1"]

        assert (outcome.measurable, set(outcome.locked)) == (True, {"state", "text"})
        assert not added(SAID, quote="lower spend").outcomes["O1"].measurable
        assert not added(SAID, text="Ship often", measurable=False).outcomes["O1"].measurable

    def test_adding_twice_under_one_name_adds_once_whatever_the_second_says(self) -> None:
        state = added(SAID)

        assert add_by_hand(state, "a-1", "metric", i=2, quote=None, fields={"text": "Another"}) == []

    def test_what_the_map_says_already_in_these_words_is_refused_and_named(self) -> None:
        state = Step(SAID).propose([AddOutcome(text="Lower spend", evidence=quoting(SAID, 0))], by="embedded").state

        with pytest.raises(AlreadyThere, match="O1 says that already; confirm or edit it there"):
            add_by_hand(state, "a-1", "outcome", i=0, quote="lower spend", fields={})
        state = with_events(state, decide_item(state, "O1", "reject", {}))
        with pytest.raises(AlreadyThere, match="restored"):
            add_by_hand(state, "a-1", "outcome", i=0, quote="lower spend", fields={})

    def test_the_same_words_may_be_two_kinds_of_item(self) -> None:
        assert added(added(SAID), "next_step", name="a-2").next_steps["N1"].text == "release every four weeks"

    @pytest.mark.parametrize("quote", ["release every six weeks", "lower spend and more"])
    def test_refuses_words_that_were_not_said_there(self, quote: str) -> None:
        with pytest.raises(NotSaid, match="utterance 1 does not say"):
            add_by_hand(SAID, "a-1", "outcome", i=0, quote=quote, fields={})

    @pytest.mark.parametrize(("i", "fields"), [(3, {}), (0, {"outcomes": ["O7"]})])
    def test_refuses_places_and_outcomes_that_are_not_there(self, i: int, fields: dict[str, Any]) -> None:
        with pytest.raises(UnknownItem):
            add_by_hand(SAID, "a-1", "capability", i=i, quote=None, fields=fields)

    @pytest.mark.parametrize("fields", [{"colour": "red"}, {"state": "heard"}, {"owner": 5}, {"text": ""}])
    def test_refuses_fields_that_such_an_item_cannot_have(self, fields: dict[str, Any]) -> None:
        with pytest.raises(UnusableEdit, match="a new metric cannot take that"):
            add_by_hand(SAID, "a-1", "metric", i=0, quote=None, fields=fields)


class TestTakingBack:
    def test_it_leaves_the_map_with_the_questions_about_it(self) -> None:
        asked = Question(id="", stage="metrics", text="How?", why="", gap="a", about="O1", after=0)
        state = Step(added(SAID)).propose([SuggestQuestions(questions=(asked,))], by="embedded").state
        state = with_events(state, take_back(state, "a-1"))

        assert not state.outcomes["O1"].stands
        assert state.questions == ()
        assert take_back(state, "a-1") == []

    def test_restoring_makes_it_theirs_again(self) -> None:
        state = with_events(added(SAID), take_back(added(SAID), "a-1"))
        item = the_item(with_events(state, decide_item(state, "O1", "edit", {})), "O1")

        assert (item.state, item.confirmed_by, item.reason) == (ItemState.CONFIRMED, "person", None)

    def test_the_analysis_may_find_it_by_itself(self) -> None:
        state = with_events(added(SAID), take_back(added(SAID), "a-1"))
        found = AddOutcome(text="release every four weeks", evidence=quoting(SAID, 0))
        state = Step(state).propose([found], by="embedded").state

        assert [o.state for o in state.outcomes.values()] == [ItemState.WITHDRAWN, ItemState.HEARD]

    @pytest.mark.parametrize("by", ["embedded", "llm"])
    def test_it_stays_so_whatever_is_said_of_it_later(self, by: Any) -> None:
        state = added(SAID, "metric", i=0, text="Length of a release")
        state = with_events(state, take_back(state, "a-1"))
        more = UpdateItem(id="M1", owner="Priya", evidence=quoting(SAID, 2))

        assert Step(state).propose([more], by=by).events == ()

    def test_it_may_be_added_again_in_the_same_words(self) -> None:
        state = with_events(added(SAID), take_back(added(SAID), "a-1"))

        assert [o.stands for o in added(state, name="a-2").outcomes.values()] == [False, True]

    def test_what_was_rejected_instead_does_not_come_back(self) -> None:
        state = with_events(added(SAID), decide_item(added(SAID), "O1", "reject", {}))
        found = AddOutcome(text="release every four weeks", evidence=quoting(SAID, 0))

        assert Step(state).propose([found], by="embedded").events == ()

    def test_refuses_what_was_never_added(self) -> None:
        with pytest.raises(UnknownItem):
            take_back(SAID, "a-1")


class TestWhatIsFoundLater:
    @pytest.mark.parametrize("by", ["embedded", "llm"])
    def test_the_same_thing_becomes_evidence_of_it(self, by: Any) -> None:
        state = added(SAID, "metric", i=0, text="Length of a release")
        again = AddMetric(text="length of a release", evidence=quoting(SAID, 2), owner="Priya")
        (item,) = Step(state).propose([again], by=by).state.metrics.values()

        assert item.utterances == (0, 2)
        assert (item.state, item.confirmed_by, item.text) == (ItemState.CONFIRMED, "person", "Length of a release")
        assert item.owner == "Priya"  # left open by the person, and heard since

    def test_it_is_known_by_the_words_it_quotes_when_it_was_worded_otherwise(self) -> None:
        state = added(SAID, text="A monthly cadence")
        again = AddOutcome(text="Release every four weeks", evidence=quoting(SAID, 0))

        assert list(Step(state).propose([again], by="embedded").state.outcomes) == ["O1"]

    def test_what_is_said_otherwise_waits_beside_what_was_typed(self) -> None:
        state = added(SAID, "metric", i=0, text="Length of a release", baseline="seven weeks")
        again = AddMetric(text="Length of a release", evidence=quoting(SAID, 2), baseline="six weeks")
        item = Step(state).propose([again], by="embedded").state.metrics["M1"]

        assert item.baseline == "seven weeks"
        assert [(a.field, a.value, a.utterance) for a in item.also_heard] == [("baseline", "six weeks", 2)]

    def test_something_else_stands_beside_it(self) -> None:
        found = AddOutcome(text="Lower spend", evidence=quoting(SAID, 0, "lower spend"))

        assert list(Step(added(SAID)).propose([found], by="llm").state.outcomes) == ["O1", "O2"]

    def test_no_analyst_withdraws_rewords_empties_or_confirms_it(self) -> None:
        state = added(SAID, "metric", i=0, text="Length of a release", baseline="seven weeks")
        ops: list[AnyOp] = [
            RetireItem(id="M1", reason="doubt"),
            UpdateItem(id="M1", text="Other", baseline="six weeks", evidence=()),
            EmptyField(id="M1", field="baseline", evidence=quoting(SAID, 0)),
            ConfirmItem(id="M1", evidence=quoting(SAID, 2)),
        ]
        after = Step(state).propose(ops, by="llm").state.metrics["M1"]

        assert (after.text, after.baseline, after.confirmed_by) == ("Length of a release", "seven weeks", "person")
        assert after.state is ItemState.CONFIRMED


def needs_of_customers(state: CallState, i: int) -> Sequence[AnyOp]:
    needed = AddCapability(text=state.utterances[i].text, evidence=quoting(state, i))
    return [needed] if state.utterances[i].role is Role.CUSTOMER else []


ANALYST: Analyst = noticing(needs_of_customers)
TALK = [say("rep", "Our calendar syncs both ways"), say("customer", "We want releases every four weeks")]


class TestWorkingOutAnew:
    def analysed(self) -> CallState:
        return analyse(CallInfo(id="call", kind=CallKind.DISCOVERY), TALK, ANALYST, playbook=PLAYBOOK).state

    def test_what_the_analysis_does_not_find_stays(self) -> None:
        state = added(self.analysed(), i=1, quote="releases every four weeks")
        again = rework(apply(state, SpeakersChanged(by="person", swap=True)), ANALYST).state

        assert again.outcomes["O1"] == state.outcomes["O1"]

    def test_what_it_finds_now_is_more_evidence_and_the_quote_of_the_person_stays(self) -> None:
        state = added(self.analysed(), "capability", i=1, quote="every four weeks", text="Our calendar syncs both ways")
        again = rework(apply(state, SpeakersChanged(by="person", swap=True)), ANALYST).state
        item = again.capabilities["C2"]

        assert {(e.utterance, e.quote) for e in item.evidence} == {
            (1, "every four weeks"),
            (0, "Our calendar syncs both ways"),
        }
        assert (item.state, item.confirmed_by, item.added_as) == (ItemState.CONFIRMED, "person", "a-1")
        assert [c.text for c in again.capabilities.values() if c.stands] == ["Our calendar syncs both ways"]


def test_a_typed_figure_that_is_replaced_was_said_nowhere() -> None:
    state = added(SAID, "metric", i=0, text="Length of a release", baseline="7 weeks")
    item = the_item(with_events(state, decide_item(state, "M1", "edit", {"baseline": "6 weeks"})), "M1")

    assert isinstance(item, Metric)
    assert [(e.value, e.utterance) for e in item.earlier] == [("7 weeks", None)]
