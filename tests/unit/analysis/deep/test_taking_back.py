"""Entries and values that a model takes back: on words about them, so many at once, and nothing that is settled."""

from __future__ import annotations

import pytest

from copilot.analysis.adding import add_by_hand, take_back
from copilot.analysis.decisions import decide_item
from copilot.analysis.deep.reply import WireOp
from copilot.analysis.deep.translation import MOST_EMPTIED, MOST_RETIRED
from copilot.analysis.hearing import Step
from copilot.domain.items import ItemState
from copilot.domain.ops import UpdateItem
from copilot.domain.state import CallState
from tests.unit.analysis.deep.damage import items
from tests.unit.analysis.deep.test_translation import BASE, DUMPS, said, taken, translated
from tests.unit.analysis.deep.wires import wire


class TestRetiring:
    def test_takes_back_what_was_no_entry_on_its_own_words(self) -> None:
        op = wire("retire", (6, "It must read the rate sheets"), id="C1", why="a remark")
        after, _ = taken(op)

        assert (after.capabilities["C1"].state, after.capabilities["C1"].reason) == (ItemState.WITHDRAWN, "a remark")

    def test_takes_back_what_the_customer_takes_back(self) -> None:
        state = said(("customer", "Leave the rate sheets, we get them as files now."))

        assert taken(wire("retire", (10, "Leave the rate sheets"), id="C1"), state=state)[1] == []

    def test_takes_back_a_promise_on_the_word_of_who_made_it(self) -> None:
        state = said(("rep", "There, you have both of them."))

        assert taken(wire("retire", (10, "There, you have both of them."), id="N1"), state=state)[1] == []
        assert taken(wire("retire", (10, "There, you have both of them."), id="C1"), state=state)[1] == [
            "unrelated_words"
        ]

    def test_takes_back_a_promise_much_later_only_on_words_about_it(self) -> None:
        talk = [("customer", "We look at that on Monday."), ("rep", "And what does a delay cost you?")] * 11
        state = said(*talk, ("rep", "The two references went out this morning."))
        late = len(state.utterances) - 2

        assert taken(wire("retire", (late, "what does a delay cost you"), id="N1"), state=state)[1] == [
            "unrelated_words"
        ]
        assert taken(wire("retire", (late + 1, "The two references went out"), id="N1"), state=state)[1] == []

    @pytest.mark.parametrize(
        ("op", "reason"),
        [
            (wire("retire", (1, "get a new carrier live in four weeks"), id="O1"), "settled"),
            (wire("retire", (0, "Thanks for making the time"), id="C1"), "unrelated_words"),
            (wire("retire", DUMPS, id="O2"), "unrelated_words"),
            (wire("retire", id="C1"), "ungrounded"),
            (wire("retire", (0, "Thanks for making the time"), id="P1"), "unrelated_words"),
        ],
    )
    def test_is_refused(self, op: WireOp, reason: str) -> None:
        assert translated(op).dropped == (reason,)

    def test_takes_so_many_in_one_reply_and_no_more(self) -> None:
        own = {
            "O2": (4, "I want fewer disputed"),
            "C1": (6, "It must read"),
            "M1": (4, "sixty a month"),
            "N1": (8, "I will send"),
        }
        after, dropped = taken(*(wire("retire", quote, id=name) for name, quote in own.items()))

        assert dropped == ["too_many"] * (len(own) - MOST_RETIRED)
        assert sum(not item.stands for item in items(after)) == MOST_RETIRED


class TestEmptyingAValue:
    def test_takes_off_what_the_customer_takes_back(self) -> None:
        state = said(("customer", "That about sixty disputed invoices, I made that up, nobody has counted."))
        quote = (10, "I made that up, nobody has counted")
        after, dropped = taken(wire("empty", quote, id="M1", kind="baseline"), state=state)

        metric = after.metrics["M1"]
        assert (BASE.metrics["M1"].baseline, metric.baseline, dropped) == ("about sixty a month", None, [])
        assert [(e.field, e.value) for e in metric.earlier] == [("baseline", "about sixty a month")]
        assert 10 in metric.utterances

    def test_takes_off_what_its_own_words_never_said(self) -> None:
        after, dropped = taken(wire("empty", (7, "I count the disputes every month"), id="M1", kind="owner"))

        assert (BASE.metrics["M1"].owner, after.metrics["M1"].owner, dropped) == ("Priya", None, [])

    @pytest.mark.parametrize("kind", ["baseline", "cadence"])
    def test_leaves_what_the_very_words_state(self, kind: str) -> None:
        quotes = [(4, "it is about sixty a month today"), (7, "I count the disputes every month for the board")]

        assert taken(wire("empty", *quotes, id="M1", kind=kind))[1] == ["stated_value"]

    @pytest.mark.parametrize(
        "more",
        [
            "I made that up, nobody has counted the disputes.",
            "It is not about sixty a month, the disputes are far fewer.",
        ],
    )
    def test_takes_off_what_is_stated_and_then_taken_back(self, more: str) -> None:
        op = wire("empty", (4, "it is about sixty a month today"), (10, more), id="M1", kind="baseline")

        assert taken(op, state=said(("customer", more)))[1] == []

    def test_leaves_what_is_stated_again_later(self) -> None:
        more = "Disputed invoices, as I say, are about sixty a month."
        op = wire("empty", (4, "I want fewer disputed invoices"), (10, more), id="M1", kind="baseline")

        assert taken(op, state=said(("customer", more)))[1] == ["stated_value"]

    def test_takes_off_what_is_taken_back_in_one_breath(self) -> None:
        more = "Disputed invoices are sixty a month. Scratch that, I cannot tell."
        parts = [(10, "Disputed invoices are sixty a month."), (10, "Scratch that, I cannot tell.")]
        op = wire("empty", *parts, id="M1", kind="baseline")

        assert taken(op, state=said(("customer", more)))[1] == []

    def test_leaves_what_was_agreed_to(self) -> None:
        op = wire("empty", (1, "get a new carrier live in four weeks"), id="O1", kind="priority")

        assert BASE.outcomes["O1"].state is ItemState.CONFIRMED
        assert translated(op).dropped == ("settled",)

    def test_leaves_an_entry_that_a_person_touched(self) -> None:
        step = Step(BASE)
        for event in decide_item(BASE, "M1", "edit", {"owner": "Priya"}):
            step = step.then(event)
        after, dropped = taken(wire("empty", (4, "sixty a month"), id="M1", kind="baseline"), state=step.state)

        assert (after.metrics["M1"].baseline, dropped) == ("about sixty a month", ["settled"])

    @pytest.mark.parametrize(
        ("op", "reason"),
        [
            (wire("empty", id="M1", kind="baseline"), "ungrounded"),
            (wire("empty", (4, "seventy a month"), id="M1", kind="baseline"), "ungrounded"),
            (wire("empty", (0, "Thanks for making the time"), id="M1", kind="baseline"), "unrelated_words"),
            (wire("empty", (4, "sixty a month"), id="M1", kind="target"), "no_change"),
            (wire("empty", (4, "sixty a month"), id="M1", kind="due"), "no_such_field"),
            (wire("empty", (4, "sixty a month"), id="M1", kind="text"), "no_such_field"),
            (wire("empty", (4, "sixty a month"), id="M1"), "no_such_field"),
            (wire("empty", (4, "sixty a month"), id="M9", kind="baseline"), "unknown_item"),
        ],
    )
    def test_is_refused(self, op: WireOp, reason: str) -> None:
        assert translated(op).dropped == (reason,)

    def test_takes_so_many_in_one_reply_and_no_more(self) -> None:
        state = said(("customer", "All of that about disputed invoices I made up."))
        state = Step(state).propose([UpdateItem(id="M1", target="sixty")], by="embedded").state
        ops = [wire("empty", (10, "I made up"), id="M1", kind=k) for k in ("baseline", "target", "owner", "cadence")]

        assert taken(*ops, state=state)[1] == ["too_many"] * (len(ops) - MOST_EMPTIED)


class TestWhatAPersonAddedAndTookBack:
    QUEUES = (10, "we want shorter queues at the gate")

    def state(self) -> CallState:
        step = Step(said(("customer", "And then we want shorter queues at the gate.")))
        for event in add_by_hand(step.state, "a-1", "outcome", i=10, quote=None, fields={"text": "Shorter queues"}):
            step = step.then(event)
        for event in take_back(step.state, "a-1"):
            step = step.then(event)
        return step.state

    def test_is_added_to_no_more(self) -> None:
        gone = next(item for item in self.state().outcomes.values() if item.taken_back)

        assert translated(wire("update", self.QUEUES, id=gone.id), self.state()).dropped == ("set_aside",)

    def test_is_new_where_a_model_finds_it_by_itself_and_ties_others_to_it(self) -> None:
        after, dropped = taken(
            wire("add_outcome", self.QUEUES, id="new", text="Shorter queues"),
            wire("add_capability", DUMPS, text="Dashboards and alerts", outcomes=["new"]),
            state=self.state(),
        )
        *_, made = after.outcomes.values()

        assert (dropped, made.stands) == ([], True)
        assert list(after.capabilities.values())[-1].outcomes == (made.id,)
