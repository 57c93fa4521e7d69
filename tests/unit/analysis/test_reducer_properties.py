"""What must hold for every log, whatever analysts propose and people decide."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.analysis.adding import AlreadyThere, NotSaid, add_by_hand, take_back
from copilot.analysis.decisions import (
    QuestionGone,
    UnknownItem,
    UnusableEdit,
    decide_item,
    judge_pitfall,
    judge_question,
)
from copilot.analysis.grounding import grounded
from copilot.analysis.hearing import Step
from copilot.analysis.numbers import numbers_in
from copilot.domain.events import EVENT, Event, MetricNoted, ProposalsDropped
from copilot.domain.items import Evidence, ItemState, Metric, Question
from copilot.domain.ops import (
    AddCapability,
    AddMetric,
    AddNextStep,
    AddOutcome,
    AnyOp,
    ConfirmItem,
    FlagPitfall,
    RetireItem,
    RetirePitfall,
    SuggestQuestions,
    UpdateItem,
)
from copilot.domain.snapshot import snapshot
from copilot.domain.state import CallState, apply, replay
from tests.builders import call_of, say

SAID = call_of(
    say("customer", "We want to release every four weeks instead of six"),
    say("rep", "Our calendar sync could help with fewer planning meetings"),
    say("customer", "Fewer planning meetings would be good and the board asks for lower spend"),
    say("unknown", "Onboarding of new people takes nine days"),
    say("customer", "Yes exactly, Priya reports on it every month"),
)
TEXTS = (
    "Release every four weeks",
    "Release every six weeks",
    "Fewer planning meetings",
    "Lower spend",
    "Onboarding of new people in nine days",
    "Calendar sync",
)
ITEM_IDS = [f"{letter}{n}" for letter in "OCMN" for n in (1, 2, 3)]


Decision = tuple[str, str, str, dict[str, str]]  # on what, its id, the verdict, the fields


@st.composite
def evidence(draw: st.DrawFn) -> tuple[Evidence, ...]:
    """Mostly words that stand in the call, sometimes words that do not."""
    pieces = []
    for _ in range(draw(st.integers(1, 2))):
        i = draw(st.integers(0, len(SAID.utterances) - 1))
        words = SAID.utterances[i].text.split()
        begin = draw(st.integers(0, len(words) - 2))
        quote = " ".join(words[begin : draw(st.integers(begin + 1, len(words)))])
        pieces.append(Evidence(utterance=i, quote=draw(st.sampled_from([quote, quote, "never said by anyone"]))))
    return tuple(pieces)


values = st.one_of(st.none(), st.sampled_from(["six weeks", "four weeks", "Priya", "monthly"]))
links = st.lists(st.sampled_from(["O1", "O2", "O9"]), max_size=2).map(tuple)
texts = st.sampled_from(TEXTS)
ids = st.sampled_from(ITEM_IDS)
questions = st.builds(
    Question,
    id=st.just(""),
    stage=st.just("metrics"),
    text=texts,
    why=st.just("no measure yet"),
    gap=st.sampled_from("abcd"),
    about=st.one_of(st.none(), ids),
    after=st.just(0),
)
adding: st.SearchStrategy[AnyOp] = st.one_of(
    st.builds(AddOutcome, text=texts, evidence=evidence(), priority=st.sampled_from([None, 1, 2])),
    st.builds(
        AddCapability, text=texts, evidence=evidence(), outcomes=links, phase=st.sampled_from([None, "1", "later"])
    ),
    st.builds(AddMetric, text=texts, evidence=evidence(), outcomes=links, baseline=values, target=values, owner=values),
    st.builds(AddNextStep, text=texts, evidence=evidence(), owner=values, due=values),
)
ops: st.SearchStrategy[AnyOp] = st.one_of(
    adding,
    st.builds(
        UpdateItem, id=ids, evidence=st.one_of(st.just(()), evidence()), baseline=values, target=values, owner=values
    ),
    st.builds(UpdateItem, id=ids, text=texts),
    st.builds(ConfirmItem, id=ids, evidence=evidence()),
    st.builds(RetireItem, id=ids, reason=st.just("doubt")),
    st.builds(FlagPitfall, kind=st.sampled_from(["vague_outcome", "ignored_cue"]), evidence=evidence()),
    st.builds(RetirePitfall, id=st.sampled_from(["P1", "P2"]), reason=st.just("doubt")),
    st.builds(SuggestQuestions, questions=st.lists(questions, max_size=4).map(tuple)),
)
question_ids = st.sampled_from(["Q1", "Q2"])
nothing: st.SearchStrategy[dict[str, str]] = st.just({})
decisions = st.one_of(
    st.tuples(st.just("item"), ids, st.sampled_from(["confirm", "reject", "edit"]), nothing),
    st.tuples(st.just("item"), ids, st.just("edit"), st.fixed_dictionaries({"text": texts})),
    st.tuples(st.just("item"), ids, st.just("edit"), st.fixed_dictionaries({"baseline": values})),
    st.tuples(
        st.just("question"), st.sampled_from(["Q1", "Q2"]), st.sampled_from(["asked", "dismiss", "pin"]), nothing
    ),
    st.tuples(st.just("pitfall"), st.sampled_from(["P1", "P2"]), st.sampled_from(["dismiss", "wrong"]), nothing),
    st.tuples(
        st.just("add"),
        st.sampled_from(["a-1", "a-2", "a-3"]),
        st.sampled_from(["outcome", "capability", "metric", "next_step"]),
        st.one_of(nothing, st.fixed_dictionaries({"text": texts})),
    ),
    st.tuples(st.just("take_back"), st.sampled_from(["a-1", "a-2", "a-3"]), st.just(""), nothing),
)
histories = st.lists(st.one_of(ops, decisions), max_size=25)


def decided(state: CallState, decision: Decision) -> list[Event]:
    what, item_id, verdict, fields = decision
    try:
        if what == "add":
            place = (int(item_id[-1]) + len(verdict)) % len(SAID.utterances)
            return add_by_hand(state, item_id, verdict, i=place, quote=None, fields=fields)  # type: ignore[arg-type]
        if what == "take_back":
            return take_back(state, item_id)
        if what == "question":
            return judge_question(state, item_id, verdict)  # type: ignore[arg-type]  # drawn from its three verdicts
        if what == "pitfall":
            return judge_pitfall(state, item_id, verdict)  # type: ignore[arg-type]
        return decide_item(state, item_id, verdict, fields)  # type: ignore[arg-type]
    except (UnknownItem, QuestionGone, UnusableEdit, NotSaid, AlreadyThere):
        return []


def played(history: Sequence[AnyOp | Decision], state: CallState = SAID) -> Step:
    step = Step(state)
    for entry in history:
        if isinstance(entry, tuple):
            for event in decided(step.state, entry):
                step = step.then(event)
        else:
            step = step.propose([entry], by="embedded")
    return step


@given(histories)
def test_replaying_the_log_gives_the_live_state(history: list[AnyOp]) -> None:
    step = played(history)
    log = [EVENT.validate_json(event.model_dump_json()) for event in step.events]
    again = SAID
    for event in log:
        again = apply(again, event)

    assert again == step.state
    assert snapshot(again, ["metrics"]) == snapshot(step.state, ["metrics"])


def test_a_state_is_replayed_from_nothing() -> None:
    assert replay([]) == CallState()


@given(histories, ops)
def test_the_same_op_twice_changes_nothing_the_second_time(history: list[AnyOp], op: AnyOp) -> None:
    once = played(history).state
    first = Step(once).propose([op], by="embedded").state
    second = Step(first).propose([op], by="embedded")

    assert all(isinstance(event, ProposalsDropped) for event in second.events)


@given(histories)
def test_ids_are_stable_and_never_given_again(history: list[AnyOp]) -> None:
    state = SAID
    seen: dict[str, set[str]] = {}
    for entry in history:
        state = played([entry], state).state
        for items in (state.outcomes, state.capabilities, state.metrics, state.next_steps):
            for item_id, item in items.items():
                assert item.id == item_id
                wordings = {item.text, *item.wordings}
                assert seen.get(item_id, wordings) & wordings  # still the thing that it was
                seen[item_id] = wordings
        assert seen.keys() <= {*state.outcomes, *state.capabilities, *state.metrics, *state.next_steps}


@given(histories)
def test_every_quote_stands_in_the_utterance_it_names(history: list[AnyOp]) -> None:
    state = played(history).state
    for items in (state.outcomes, state.capabilities, state.metrics, state.next_steps, state.pitfalls):
        for item in items.values():
            assert item.evidence
            assert all(e.quote in state.utterances[e.utterance].text for e in item.evidence)


@given(histories)
def test_every_figure_that_ever_stood_stands_or_is_in_the_history(history: list[AnyOp]) -> None:
    step = played(history)
    for event in step.events:
        if isinstance(event, MetricNoted):
            item = step.state.metrics[event.item.id]
            for name in ("baseline", "target"):
                kept = [getattr(item, name), *(e.value for e in item.earlier if e.field == name)]
                assert getattr(event.item, name) is None or getattr(event.item, name) in kept


@given(histories)
def test_the_history_holds_each_figure_once_none_that_stands_and_where_it_was_said(history: list[AnyOp]) -> None:
    state = played(history).state
    for item in state.metrics.values():
        values = [(e.field, e.value) for e in item.earlier]
        assert len(set(values)) == len(values)
        assert not {("baseline", item.baseline), ("target", item.target)} & set(values)
        for earlier in item.earlier:
            if earlier.utterance is not None:
                text = state.utterances[earlier.utterance].text
                assert earlier.value in text or numbers_in(earlier.value) <= numbers_in(text)


@settings(max_examples=200)
@given(histories, st.lists(ops, max_size=15))
def test_what_a_person_set_is_never_overwritten_or_brought_back(history: list[AnyOp], later: list[AnyOp]) -> None:
    state = played(history).state
    step = Step(state).propose(later, by="llm")
    for item_id in ITEM_IDS:
        before, after = state.item(item_id), step.state.item(item_id)
        if before is None or after is None:
            assert before is None
            continue
        for name in set(before.locked) & type(before).model_fields.keys():
            assert getattr(after, name) == getattr(before, name)
            if isinstance(before, Metric) and isinstance(after, Metric):
                assert [e for e in after.earlier if e.field == name] == [e for e in before.earlier if e.field == name]
        if before.state is ItemState.REJECTED:
            assert after == before
    for pitfall_id, pitfall in state.pitfalls.items():
        if pitfall.locked:
            assert step.state.pitfalls[pitfall_id] == pitfall
    closed = {q.key for q in state.closed_questions}
    assert not closed & {q.key for q in step.state.questions}


@given(histories, decisions)
def test_what_a_person_adds_is_there_once_and_theirs(history: list[AnyOp | Decision], decision: Decision) -> None:
    state = played([*history, decision]).state
    items = [*state.outcomes.values(), *state.capabilities.values(), *state.metrics.values()]
    added = [item for item in (*items, *state.next_steps.values()) if item.found_by == "person"]

    assert len({item.added_as for item in added}) == len(added)
    assert all((i.state, i.confirmed_by) == (ItemState.CONFIRMED, "person") for i in added if i.stands)
    if decision[0] in ("add", "take_back"):
        assert played([decision], state).events == ()


@given(histories)
def test_nothing_is_asked_about_what_was_set_aside(history: list[AnyOp]) -> None:
    state = played(history).state
    asked_about = [state.item(q.about) for q in state.questions if q.about]
    assert all(item is None or item.stands for item in asked_about)


@given(histories)
def test_a_question_has_an_end_once_it_is_closed_and_not_before(history: list[AnyOp]) -> None:
    state = played(history).state
    assert all(q.closed_at is None for q in state.questions)
    assert all(q.closed_at == len(SAID.utterances) - 1 for q in state.closed_questions)


@given(st.lists(adding, max_size=8), st.lists(adding, max_size=8))
def test_the_order_in_which_two_analysts_answer_loses_neithers_work(a: list[AnyOp], b: list[AnyOp]) -> None:
    one = Step(SAID).propose(a, by="embedded").propose(b, by="llm").state
    other = Step(SAID).propose(b, by="llm").propose(a, by="embedded").state

    proposed = _letters(a) | _letters(b)
    assert proposed <= _quotes(one)
    assert proposed <= _quotes(other)


def _letters(ops: list[AnyOp]) -> set[tuple[str, int, str]]:
    """Every letter that ops quote and that was said, by kind of item."""
    kinds = {"add_outcome": "O", "add_capability": "C", "add_metric": "M", "add_next_step": "N"}
    quoted = set()
    for op in ops:
        assert isinstance(op, AddOutcome | AddCapability | AddMetric | AddNextStep)
        for piece in grounded(op.evidence, SAID.utterances):
            begin = SAID.utterances[piece.utterance].text.index(piece.quote)
            quoted |= {(kinds[op.op], piece.utterance, str(at)) for at in range(begin, begin + len(piece.quote))}
    return quoted


def _quotes(state: CallState) -> set[tuple[str, int, str]]:
    """Every letter of evidence that stands in a state, by kind of item: what would be lost with an item."""
    kinds = {"O": state.outcomes, "C": state.capabilities, "M": state.metrics, "N": state.next_steps}
    covered = set()
    for kind, items in kinds.items():
        for item in items.values():
            for piece in item.evidence:
                text = state.utterances[piece.utterance].text
                begin = text.index(piece.quote)
                covered |= {(kind, piece.utterance, str(at)) for at in range(begin, begin + len(piece.quote))}
    return covered
