"""When mentions on different calls are one promise."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.accounts import AccountNote, Merged, Parted, TakenBack
from copilot.domain.items import Item
from copilot.review.ledger import AccountCall, Ledger, ledger
from copilot.review.ledger.entries import Entry
from tests.unit.review.ledger.accounts import (
    ACCOUNT,
    KICK_OFF,
    TODAY,
    Line,
    call,
    capability,
    fold,
    metric,
    outcome,
    reading,
    written,
)


def groups(book: Ledger) -> list[list[str]]:
    entries: list[Entry] = [*book.outcomes, *book.capabilities, *book.metrics]
    return sorted(sorted(mention.id for mention in entry.mentions) for entry in entries)


def two(first: Item, second: Item) -> list[AccountCall]:
    """Two calls a month apart with an item each."""
    a, b = Line("That is how it is.", (first,)), Line("That is how it is.", (second,))
    return [call("a", a), call("b", b, on=KICK_OFF + timedelta(days=30))]


class TestByTheirWords:
    def test_the_same_words_are_one(self) -> None:
        assert groups(fold(two(outcome("Faster launches"), outcome("faster launches")))) == [["a:O1", "b:O1"]]

    def test_other_words_are_two(self) -> None:
        assert len(groups(fold(two(outcome("Faster launches"), outcome("Fewer credit notes"))))) == 2

    def test_other_numbers_in_the_words_are_two(self) -> None:
        same_but = two(outcome("cut onboarding by 20 percent"), outcome("cut onboarding by 40 percent"))

        assert len(groups(fold(same_but))) == 2

    def test_another_target_is_a_changed_promise_and_not_another_one(self) -> None:
        changed = two(metric("launch time", target="four weeks"), metric("launch time", target="three weeks"))

        assert groups(fold(changed)) == [["a:M1", "b:M1"]]

    def test_what_is_counted_in_something_else_is_another_measure(self) -> None:
        book = fold(two(metric("wrong rates", baseline="5 percent"), metric("wrong rates", baseline="$11,000")))

        assert groups(book) == [["a:M1"], ["b:M1"]]

    def test_what_somebody_else_answers_for_is_another_measure_that_may_be_the_same(self) -> None:
        book = fold(two(metric("launch time", owner="Ines"), metric("launch time", owner="Tom")))

        assert groups(book) == [["a:M1"], ["b:M1"]]
        assert [entry.like for entry in book.metrics] == [("b:M1",), ("a:M1",)]

    def test_what_one_call_keeps_apart_stays_apart(self) -> None:
        lines = Line("Both.", (metric("launch time", "M1"), metric("launch time", "M2")))

        assert groups(fold([call("a", lines)])) == [["a:M1"], ["a:M2"]]


class TestByPeople:
    TWO = two(outcome("Faster launches"), outcome("Open new sites sooner"))
    SAME = two(outcome("Faster launches"), outcome("Faster launches"))

    def test_two_are_made_one_under_the_name_of_the_first(self) -> None:
        book = fold(self.TWO, Merged(promise="b:O1", into="a:O1"))

        assert groups(book) == [["a:O1", "b:O1"]]
        assert book.outcomes[0].id == "a:O1"

    def test_a_merge_is_undone(self) -> None:
        merge = Merged(promise="b:O1", into="a:O1")

        assert len(groups(fold(self.TWO, merge, TakenBack(note=1)))) == 2
        assert len(groups(fold(self.TWO, merge, Parted(promise="b:O1", other="a:O1")))) == 2

    def test_the_same_words_are_parted_for_good(self) -> None:
        book = fold(self.SAME, Parted(promise="b:O1", other="a:O1"))

        assert groups(book) == [["a:O1"], ["b:O1"]]
        assert [entry.like for entry in book.outcomes] == [(), ()]

    def test_what_was_parted_is_put_together_again(self) -> None:
        notes: list[AccountNote] = [Parted(promise="b:O1", other="a:O1"), Merged(promise="b:O1", into="a:O1")]

        assert len(groups(fold(self.SAME, *notes))) == 1

    def test_a_decision_about_what_is_not_there_changes_nothing(self) -> None:
        assert len(groups(fold(self.TWO, Merged(promise="gone:O1", into="a:O1")))) == 2

    def test_readings_of_either_are_readings_of_both(self) -> None:
        calls = two(metric("launch time", baseline="6 weeks"), metric("days to open a site"))
        notes: list[AccountNote] = [
            reading("a:M1", "5 weeks", TODAY - timedelta(days=9)),
            reading("b:M1", "4 weeks", TODAY),
            Merged(promise="b:M1", into="a:M1"),
        ]

        assert [r.figure.text for r in fold(calls, *notes).metrics[0].readings] == ["5 weeks", "4 weeks"]


TEXTS = st.sampled_from(
    ["Faster launches", "launches are faster", "Fewer credit notes", "cut onboarding by 20 percent", "cut onboarding"]
)
MEASURES = st.builds(
    lambda text, baseline, owner: {"text": text, "baseline": baseline, "owner": owner},
    st.sampled_from(["launch time", "time to launch", "credit notes", "NPS"]),
    st.sampled_from([None, "6 weeks", "40 days", "$11,000", "32"]),
    st.sampled_from([None, "Ines", "Tom"]),
)


@st.composite
def some_calls(draw: st.DrawFn) -> list[AccountCall]:
    calls = []
    for n in range(draw(st.integers(1, 4))):
        items = [
            *(outcome(text, f"O{k}") for k, text in enumerate(draw(st.lists(TEXTS, max_size=3)), 1)),
            *(capability(text, f"C{k}") for k, text in enumerate(draw(st.lists(TEXTS, max_size=2)), 1)),
            *(metric(item_id=f"M{k}", **m) for k, m in enumerate(draw(st.lists(MEASURES, max_size=3)), 1)),
        ]
        day = KICK_OFF + timedelta(days=draw(st.integers(0, 3)))
        calls.append(call(f"call-{n}", Line("All of this.", tuple(items)), on=day, kind="discovery"))
    return calls


def mentioned(calls: list[AccountCall]) -> list[str]:
    maps = ((c.id, items) for c in calls for items in (c.state.outcomes, c.state.capabilities, c.state.metrics))
    return sorted(f"{call_id}:{item}" for call_id, items in maps for item in items)


@st.composite
def calls_and_decisions(draw: st.DrawFn) -> tuple[list[AccountCall], list[AccountNote]]:
    calls = draw(some_calls())
    names = mentioned(calls)
    if len(names) < 2:
        return calls, []
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=4))
    kinds = draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs)))
    return calls, [
        Merged(promise=a, into=b) if merge else Parted(promise=a, other=b)
        for (a, b), merge in zip(pairs, kinds, strict=True)
        if a != b
    ]


@settings(max_examples=120, deadline=None)
@given(calls_and_decisions(), st.randoms(use_true_random=False))
def test_the_order_of_calls_and_notes_makes_no_difference(
    given_account: tuple[list[AccountCall], list[AccountNote]], random: Random
) -> None:
    calls, notes = given_account
    journal = written(*notes)
    shuffled, mixed = [*calls], [*journal]
    random.shuffle(shuffled)
    random.shuffle(mixed)

    assert ledger(ACCOUNT, shuffled, mixed, TODAY) == ledger(ACCOUNT, calls, journal, TODAY)


@settings(max_examples=120, deadline=None)
@given(calls_and_decisions())
def test_nothing_is_lost_and_nothing_stands_twice(
    given_account: tuple[list[AccountCall], list[AccountNote]],
) -> None:
    calls, notes = given_account
    book = fold(calls, *notes)

    assert sorted(chain.from_iterable(groups(book))) == mentioned(calls)
    measured = [row.metric for row in book.rows if row.metric]
    assert sorted(measured) == sorted(entry.id for entry in book.metrics)
    tied = {tie for entry in book.metrics for tie in entry.outcomes}
    shown = {row.outcome for row in book.rows if row.outcome}
    assert shown | tied == {entry.id for entry in book.outcomes}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["30 hours", "24 hours", "a bit better"]), max_size=6))
def test_every_reading_is_kept_also_one_that_was_typed_twice(figures: list[str]) -> None:
    told = call("c", Line("It takes 48 hours.", (metric("time to answer", baseline="48 hours"),)))
    day = date(2026, 3, 2)
    (entry,) = fold([told], *(reading("c:M1", figure, day) for figure in figures)).metrics

    assert [r.figure.text for r in entry.readings] == figures
    assert [r.note for r in entry.readings] == [n for n, _ in enumerate(figures, 1)]
