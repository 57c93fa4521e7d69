"""What becomes of each op that a model sends, one rule at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.decisions import decide_item
from copilot.analysis.deep.plain import LONGEST_TEXT, plain
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.reply import WireOp, WireSentence
from copilot.analysis.deep.translation import Translated, Translation
from copilot.analysis.hearing import Step, note
from copilot.domain.call import Role, Saying
from copilot.domain.events import ProposalsDropped
from copilot.domain.items import ItemState
from copilot.domain.ops import CloseQuestion, FlagPitfall, MarkStage, SuggestQuestions
from copilot.domain.state import CallState
from tests.unit.analysis.books import playbook
from tests.unit.analysis.deep import attacks
from tests.unit.analysis.deep.wires import wire

BASE = attacks.before("delete-everything")  # the base call, and one sentence more
WANTS = (4, "I want fewer disputed invoices")
DUMPS = (5, "We have dashboards, alerts")
SUMS_UP = ("rep", "So fewer disputed invoices is the second goal?")


def said(*sayings: tuple[str, str], state: CallState = BASE) -> CallState:
    """The base call with more said on it, from utterance 10 on."""
    for n, (role, text) in enumerate(sayings):
        speaker = {"rep": "Dana", "customer": "Luis"}.get(role)
        state = note(state, Saying(id=f"more{n}", speaker=speaker, role=Role(role), text=text)).state
    return state


def translated(op: WireOp, state: CallState = BASE, translation: Translation | None = None) -> Translated:
    return (translation or Translation(playbook(), Redactor())).translated(op, state)


def taken(*ops: WireOp, state: CallState = BASE, **options: Any) -> tuple[CallState, list[str]]:
    """The state after these ops of one reply, and why any were dropped, by the reducer too."""
    translation = Translation(playbook(), Redactor(), **options)
    step = Step(state)
    dropped: list[str] = []
    for op in ops:
        result = translation.translated(op, step.state)
        dropped.extend(result.dropped)
        step = step.propose(result.ops, by="llm")
    dropped.extend(r for e in step.events if isinstance(e, ProposalsDropped) for r in e.reasons)
    return step.state, dropped


class TestAddingAnEntry:
    def test_takes_the_fields_that_were_said(self) -> None:
        state = said(("customer", "A renewal takes nine days today and I want three, Priya reports that weekly."))
        quotes = (10, "A renewal takes nine days today and I want three"), (10, "Priya reports that weekly")
        after, dropped = taken(
            wire("add_metric", *quotes, text="Length of a renewal", outcomes=["O1"], kind="leading", baseline="9 days",
                 target="three", owner="Priya", cadence="every week"),
            state=state,
        )  # fmt: skip

        assert dropped == []
        metric = after.metrics["M2"]
        assert (metric.kind, metric.baseline, metric.target) == ("leading", "9 days", "three")
        assert (metric.owner, metric.cadence, metric.outcomes) == ("Priya", "every week", ("O1",))

    def test_leaves_out_a_value_that_was_not_said_and_says_so(self) -> None:
        state = said(("customer", "A renewal takes nine days today."))
        op = wire("add_metric", (10, "A renewal takes nine days today"), text="Length of a renewal", target="2 days",
                  owner="Finance board", baseline="nine days")  # fmt: skip
        after, dropped = taken(op, state=state)

        assert dropped == ["unsaid_value", "unsaid_value"]
        assert (after.metrics["M2"].baseline, after.metrics["M2"].target, after.metrics["M2"].owner) == (
            "nine days",
            None,
            None,
        )

    def test_quotes_a_short_utterance_whole_for_a_figure_beside_the_quote(self) -> None:
        state = said(("customer", "Renewals have to be done in three days."))
        after, dropped = taken(
            wire("add_outcome", (10, "Renewals have to be"), text="Renewals in three days"), state=state
        )

        assert dropped == []
        assert after.outcomes["O3"].evidence[0].quote == "Renewals have to be done in three days."
        assert after.outcomes["O3"].measurable

    def test_quotes_no_part_of_a_number(self) -> None:
        state = said(("customer", "We want two million three hundred thousand parcels without a claim."))
        quote = (10, "three hundred thousand parcels without a claim")
        _, dropped = taken(
            wire("add_outcome", quote, text="Three hundred thousand parcels without a claim"), state=state
        )
        after, _ = taken(wire("add_outcome", quote, text="Parcels without a claim"), state=state)

        assert dropped == ["unsaid_number"]
        assert after.outcomes["O3"].evidence[0].quote.startswith("two million three hundred thousand parcels")

    def test_ties_to_what_the_same_reply_has_just_added(self) -> None:
        state = said(("customer", "We want fewer lost parcels, so drivers must scan at the door."))
        after, dropped = taken(
            wire("add_outcome", (10, "We want fewer lost parcels"), id="new1", text="Fewer lost parcels"),
            wire("add_capability", (10, "so drivers must scan at the door"), text="Drivers scan", outcomes=["new1"]),
            state=state,
        )

        assert dropped == []
        assert after.capabilities["C2"].outcomes == ("O3",)

    @pytest.mark.parametrize(
        ("op", "reason"),
        [
            (wire("add_outcome", (4, "I want many more invoices"), text="More invoices"), "ungrounded"),
            (wire("add_outcome", (400, "I want fewer disputed invoices now"), text="Fewer invoices"), "ungrounded"),
            (wire("add_outcome", text="Fewer disputed invoices"), "ungrounded"),
            (wire("add_outcome", WANTS, text="Seven disputed invoices"), "unsaid_number"),
            (wire("add_outcome", WANTS, text="Golden elephants everywhere"), "not_their_words"),
            (wire("add_outcome", WANTS, text="<b></b>"), "no_text"),
        ],
    )  # fmt: skip
    def test_is_refused_without_ground(self, op: WireOp, reason: str) -> None:
        assert translated(op).dropped == (reason,)


class TestUpdatingAnEntry:
    def test_completes_and_rewords_it(self) -> None:
        state = said(("customer", "Disputed invoices should come down to twenty a month."))
        quote = (10, "come down to twenty a month")
        after, dropped = taken(
            wire("update", quote, id="m1", text="Disputed invoices a month", target="twenty a month", kind="leading"),
            state=state,
        )

        assert dropped == []
        metric = after.metrics["M1"]
        assert (metric.text, metric.target, metric.kind) == ("Disputed invoices a month", "twenty a month", "leading")

    def test_leaves_what_is_confirmed_but_fills_what_is_empty(self) -> None:
        state = said(
            ("customer", "I want fewer disputed invoices and that comes second."), ("rep", "Disputed invoices, then?")
        )
        confirmed, _ = taken(state=said(("customer", "Yes."), state=state))
        confirmed = Step(confirmed).propose(attacks.OPS.validate_python([
            {"op": "confirm_item", "id": "O2", "evidence": [{"utterance": 12, "quote": "Yes."}]},
        ]), by="embedded").state  # fmt: skip
        after, dropped = taken(
            wire("update", (10, "that comes second"), id="O2", text="Disputed invoices second", priority=2),
            state=confirmed,
        )

        assert confirmed.outcomes["O2"].state is ItemState.CONFIRMED
        assert (after.outcomes["O2"].text, after.outcomes["O2"].priority) == ("Fewer disputed invoices", 2)
        assert dropped == ["settled"]

    def test_leaves_a_persons_words(self) -> None:
        step = Step(BASE)
        for event in decide_item(BASE, "O2", "edit", {"text": "Half as many disputes"}):
            step = step.then(event)
        after, dropped = taken(wire("update", id="O2", text="Fewer disputed invoices a month"), state=step.state)

        assert after.outcomes["O2"] == step.state.outcomes["O2"]
        assert dropped == ["settled"]

    @pytest.mark.parametrize(
        ("op", "reason"),
        [
            (wire("update", WANTS, id="O9", text="Disputes"), "unknown_item"),
            (wire("update", id="O2"), "no_change"),
            (wire("update", (4, "never said by anybody"), id="O2", text="Disputes"), "ungrounded"),
        ],
    )
    def test_is_refused_without_ground(self, op: WireOp, reason: str) -> None:
        assert translated(op).dropped == (reason,)


class TestConfirming:
    def test_takes_the_customers_yes_to_what_was_just_put_to_them(self) -> None:
        state = said(SUMS_UP, ("customer", "Yes, that's right."))
        after, dropped = taken(wire("confirm", (11, "Yes, that's right."), id="O2"), state=state)

        assert (after.outcomes["O2"].state, dropped) == (ItemState.CONFIRMED, [])

    @pytest.mark.parametrize(
        "sayings",
        [
            [SUMS_UP, ("rep", "Yes, that's right.")],
            [SUMS_UP, ("unknown", "Yes, that's right.")],
            [SUMS_UP, ("customer", "Well, that's right, but no.")],
            [("rep", "Shall we meet on Monday?"), ("customer", "Yes, that's right.")],
            [("customer", "I like disputed invoices."), ("customer", "Yes, that's right.")],
        ],
    )  # fmt: skip
    def test_takes_no_other_yes(self, sayings: Sequence[tuple[str, str]]) -> None:
        quote = sayings[1][1]

        assert translated(wire("confirm", (11, quote), id="O2"), said(*sayings)).dropped == ("no_agreement",)


class TestStages:
    def test_change_where_the_first_tier_was_not_sure(self) -> None:
        unsure = Step(BASE).propose([MarkStage(i=7, stage="other", confidence=0.3)], by="embedded").state
        result = translated(wire("stage", (7, "I count the disputes"), (4, "fewer disputed"), stage="metrics"), unsure)

        assert result.ops == (MarkStage(i=7, stage="metrics"),)

    @pytest.mark.parametrize(("stage", "reason"), [("metrics", "stage_was_sure"), ("sales", "unknown_stage")])
    def test_stay_otherwise(self, stage: str, reason: str) -> None:
        assert translated(wire("stage", (4, "fewer disputed"), stage=stage)).dropped == (reason,)


class TestPitfalls:
    def test_are_flagged_with_a_short_fact(self) -> None:
        state = said(("rep", "With the payback model that saves you a fortune in year one."))
        quote = (10, "With the payback model that saves you a fortune")
        result = translated(wire("pitfall", quote, kind="assumed_roi_modeling", text="payback, not asked for"), state)

        assert [op.fact for op in result.ops if isinstance(op, FlagPitfall)] == ["payback, not asked for"]

    @pytest.mark.parametrize(
        ("op", "reason"),
        [
            (wire("pitfall", DUMPS, kind="feature_dumping"), "known_pitfall"),
            (wire("pitfall", DUMPS, kind="vanity_metric"), "unknown_kind"),
            (wire("pitfall", DUMPS, kind="rudeness"), "unknown_kind"),
            (wire("pitfall", (7, "I count the disputes"), kind="assumed_roi_modeling"), "not_the_rep"),
        ],
    )
    def test_are_refused(self, op: WireOp, reason: str) -> None:
        assert translated(op).dropped == (reason,)


class TestQuestions:
    def test_take_the_gap_of_the_entry_they_are_about(self) -> None:
        op = wire("question", (7, "I count the disputes every month"), id="O2", stage="required_capabilities",
                  text="What has to be in place so that disputes come down", why="finds what it takes")  # fmt: skip
        (suggestion,) = [op for op in translated(op).ops if isinstance(op, SuggestQuestions)]
        (question,) = suggestion.questions

        assert question.key == ("outcome_without_capability", "O2")
        assert question.text.endswith("come down?")

    def test_that_put_one_of_the_panels_better_keep_its_gap(self) -> None:
        op = wire("question", id="Q1", stage="metrics", text="How few disputes would the board be happy with?", why="x")
        after, dropped = taken(op)

        assert dropped == []
        assert [(q.id, q.key, q.text) for q in after.questions] == [
            ("Q1", ("metric_without_target", "M1"), "How few disputes would the board be happy with?")
        ]

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("What would seven hundred disputes mean?", "unsaid_number"),
            ("What is your card number for the disputes?", "personal_data"),
            ("How about lunch?", "not_their_words"),
            ("Is it so or so or not so for you or for us or for all the disputes that you count", "too_long"),
            ("Disputes " * 90, "too_long"),
        ],
    )
    def test_are_refused(self, text: str, reason: str) -> None:
        assert translated(wire("question", id="M1", stage="metrics", text=text)).dropped == (reason,)

    def test_are_one_in_a_reply(self) -> None:
        one = wire("question", id="M1", stage="metrics", text="What should the disputes come down to by June?")

        assert taken(one, one)[1] == ["too_many"]

    def test_are_closed_by_the_side_that_can(self) -> None:
        asked = wire("close_question", (0, "What would you like"), id="Q1", kind="asked")
        answered = wire("close_question", (7, "I count the disputes"), id="Q1", kind="answered")

        assert translated(asked).ops == (CloseQuestion(id="Q1", as_state="asked"),)
        assert translated(answered).ops == (CloseQuestion(id="Q1", as_state="answered"),)
        assert translated(answered.model_copy(update={"kind": "asked"})).dropped == ("not_the_rep",)


class TestProse:
    def test_keeps_sentences_that_stand(self) -> None:
        quote = wire("retire", (4, "it is about sixty a month today")).evidence
        sentences = [
            WireSentence(
                evidence=quote, purpose="summary_email", text="Disputed invoices are about sixty a month today."
            ),
            WireSentence(evidence=quote, purpose="summary_email", text="Disputed invoices are 70 a month today."),
            WireSentence(evidence=[], purpose="coaching", text="Well done."),
        ]
        result = Translation(playbook(), Redactor(), wrap_up=True).prose(sentences, BASE)
        state = Step(BASE).propose(result.ops, by="llm").state

        assert [s.text for s in state.prose["summary_email"].sentences] == [
            "Disputed invoices are about sixty a month today."
        ]
        assert sorted(result.dropped) == ["ungrounded", "unsaid_number"]


class TestPlainText:
    @given(st.text(), st.integers(20, 200))
    def test_is_short_and_on_one_line(self, text: str, longest: int) -> None:
        clean = plain(text, longest)

        assert clean is None or (len(clean) <= longest and len(clean.splitlines()) == 1)

    @given(st.text(alphabet=st.sampled_from("<b/>a![](x)`*_#{}\u200b\U000e0041 https://"), max_size=60))
    def test_holds_no_markup(self, text: str) -> None:
        clean = plain(text, LONGEST_TEXT) or ""

        assert not any(mark in clean for mark in ("<b", "</", "`", "*", "](", "://", "\u200b", "\U000e0041", "{"))

    def test_leaves_figures_and_words_alone(self) -> None:
        said = "under 5 %, from 3-4 days to <2; Q3 (see Bev's list) & more"

        assert plain(said, LONGEST_TEXT) == said
