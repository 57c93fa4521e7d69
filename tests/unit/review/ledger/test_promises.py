"""What was promised, in whose words, and what became of it."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.domain.accounts import AccountNote, Heard, TakenBack
from copilot.domain.items import ItemState
from copilot.review.ledger.entries import Standing
from copilot.review.ledger.exports import promises_as_csv
from tests.unit.review.ledger.accounts import (
    KICK_OFF,
    Line,
    amended,
    call,
    capability,
    fold,
    metric,
    only_metric,
    outcome,
    reading,
)

FASTER = outcome("Answer customers within a day", priority=1)
ANSWER_TIME = metric(
    "time to answer", outcomes=("O1",), baseline="48 hours", target="18 hours", owner="Grace", cadence="monthly"
)
DISCOVERY = call(
    "discovery", Line("It takes us 48 hours to answer, and I want that down to 18 hours.", (FASTER, ANSWER_TIME))
)
PROMISE = "discovery:M1"
MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 13)


class TestARow:
    def test_says_where_it_was_promised_and_in_whose_words(self) -> None:
        book = fold([DISCOVERY])
        (row,) = book.rows

        assert row.outcome is not None
        first = book.outcome(row.outcome).first
        assert (first.call, first.on, first.quotes[0].speaker) == ("discovery", KICK_OFF, "Luis")
        assert first.quotes[0].quote == "It takes us 48 hours to answer, and I want that down to 18 hours."

    def test_has_an_outcome_without_a_metric_and_a_metric_without_an_outcome(self) -> None:
        untied = metric("tickets reopened")
        book = fold([call("c", Line("Fewer reopened, and happier people.", (outcome("Happier people"), untied)))])

        assert [(r.outcome, r.metric, r.standing) for r in book.rows] == [
            ("c:O1", None, "no_metric"),
            (None, "c:M1", "no_baseline"),
        ]

    def test_comes_in_the_order_in_which_the_customer_ranked_the_outcomes(self) -> None:
        first, second = outcome("Fewer credit notes", "O1", priority=2), outcome("Faster launches", "O2", priority=1)
        book = fold([call("c", Line("Credit notes down, launches faster.", (first, second)))])

        assert [row.outcome for row in book.rows] == ["c:O2", "c:O1"]

    def test_a_metric_of_two_outcomes_stands_once_and_both_have_a_row(self) -> None:
        both = metric("launch time", outcomes=("O1", "O2"))
        lines = Line("Launches.", (outcome("Faster launches", "O1"), outcome("Cheaper starts", "O2"), both))

        book = fold([call("c", lines)])

        assert [(r.outcome, r.metric, r.standing) for r in book.rows] == [
            ("c:O1", "c:M1", "no_baseline"),
            ("c:O2", None, "measured_elsewhere"),
        ]
        assert "Cheaper starts,," in promises_as_csv(book)

    def test_what_only_we_said_is_no_promise(self) -> None:
        ours = outcome("Double your revenue", state=ItemState.PROPOSED)

        assert fold([call("c", Line("We will double your revenue.", (ours,), role="rep"))]).rows == ()

    def test_what_a_person_set_aside_is_none(self) -> None:
        gone = outcome("Answer within a day", state=ItemState.REJECTED)

        assert fold([call("c", Line("Within a day.", (gone,)))]).outcomes == ()


class TestStanding:
    @pytest.mark.parametrize(
        ("figures", "readings", "standing", "progress"),
        [
            ({"target": "18 hours"}, [], "no_baseline", None),
            ({"baseline": "48 hours"}, [], "no_target", None),
            ({"baseline": "48 hours", "target": "18 hours"}, [], "no_reading", None),
            ({"baseline": "48 hours", "target": "18 hours"}, ["48 hours"], "unmoved", 0),
            ({"baseline": "48 hours", "target": "18 hours"}, ["33 hours"], "on_the_way", 0.5),
            ({"baseline": "48 hours", "target": "18 hours"}, ["33 hours", "18 hours"], "reached", 1),
            ({"baseline": "48 hours", "target": "18 hours"}, ["18 hours", "60 hours"], "moved_away", -0.4),
            ({"baseline": "48 hours", "target": "18 hours"}, ["a lot better"], "unclear", None),
            ({"baseline": "48 hours", "target": "18 hours"}, ["12 tickets"], "unclear", None),
            ({"baseline": "two days", "target": "18 hours"}, ["990 minutes"], "reached", None),
            ({"baseline": "48 hours", "target": "18 hours"}, ["33"], "on_the_way", 0.5),
            ({"baseline": "3.2 out of 5", "target": "4.4 out of 5"}, ["3.8"], "on_the_way", 0.5),
            ({"baseline": "one in twenty", "target": "1 %"}, ["3 %"], "on_the_way", 0.5),
            ({"baseline": "$200,000", "target": "$140,000"}, ["€150,000"], "unclear", None),
        ],
    )
    def test_follows_from_the_figures(
        self, figures: dict[str, str], readings: list[str], standing: Standing, progress: float | None
    ) -> None:
        said = f"It is {figures.get('baseline')} and should be {figures.get('target')}."
        entry = only_metric(
            [call("c", Line(said, (metric("the figure", **figures),)))],
            *(reading("c:M1", figure, date(2026, 2, 1 + n)) for n, figure in enumerate(readings)),
        )

        assert entry.standing == standing
        if progress is not None:
            assert entry.progress == pytest.approx(progress)

    def test_a_range_counts_by_its_less_favourable_end(self) -> None:
        (book,) = (fold([DISCOVERY], reading(PROMISE, "16 to 20 hours", MARCH)),)

        assert book.metrics[0].standing == "on_the_way"

    def test_up_is_good_where_the_target_is_higher(self) -> None:
        nps = metric("NPS", baseline="32", target="48")
        entry = only_metric([call("c", Line("NPS is 32 and should be 48.", (nps,)))], reading("c:M1", "30", MARCH))

        assert (entry.standing, entry.scale and entry.scale.direction) == ("moved_away", "up")

    def test_a_target_told_as_a_change_becomes_a_level_and_says_so(self) -> None:
        cut = metric("time to answer", baseline="48 hours", target="25 percent")
        lines = (Line("We are at 48 hours today.", (cut,)), Line("I want to cut it by 25 percent.", (cut,)))
        entry = only_metric([call("c", *lines)], reading("c:M1", "36 hours", MARCH))

        assert entry.scale is not None
        assert (entry.scale.target, entry.scale.calculated, entry.standing) == (36, True, "reached")

    def test_the_reading_of_the_last_day_counts_whenever_it_was_noted(self) -> None:
        late_note = [reading(PROMISE, "30 hours", APRIL), reading(PROMISE, "40 hours", MARCH)]
        entry = only_metric([DISCOVERY], *late_note)

        assert entry.latest is not None
        assert (entry.latest.on, entry.latest.low) == (APRIL, 30)


class TestReadingsHeard:
    def test_a_reviews_figure_is_a_reading_with_its_quote(self) -> None:
        now = metric("time to answer", baseline="48 hours", target="20 hours", owner="Grace")
        review = call("review", Line("We went from 48 hours to 20 hours.", (now,)), on=APRIL, kind="qbr")
        entry = only_metric([DISCOVERY, review])

        (heard,) = entry.readings
        assert isinstance(heard.source, Heard)
        assert (heard.figure.text, heard.on, heard.low, heard.note) == ("20 hours", APRIL, 20, None)
        assert heard.quote is not None
        assert heard.quote.call == "review"
        assert (entry.standing, entry.changes) == ("on_the_way", ())

    @pytest.mark.parametrize(
        ("said", "reached"),
        [
            ("It went from 48 hours to 20 hours by the end of the quarter.", True),
            ("We are at 20 hours now.", True),
            ("The target is 20 hours.", False),
            ("By the end of the quarter it will be 20 hours.", False),
            ("We agreed on 20 hours.", False),
        ],
    )
    def test_it_is_one_only_where_the_words_say_that_it_was_reached(self, said: str, reached: bool) -> None:
        review = call("review", Line(said, (metric("time to answer", target="20 hours"),)), on=APRIL, kind="qbr")

        assert bool(only_metric([DISCOVERY, review]).readings) is reached

    def test_what_is_still_wanted_in_a_review_is_a_changed_promise(self) -> None:
        more = metric("time to answer", target="12 hours")
        review = call("review", Line("By the end of the year we want 12 hours.", (more,)), on=APRIL, kind="qbr")
        entry = only_metric([DISCOVERY, review])

        assert (entry.readings, entry.standing, entry.moved) == ((), "promise_changed", "no_reading")
        (change,) = entry.changes
        assert (change.before.text, change.after.text) == ("18 hours", "12 hours")
        assert change.before.quote is not None
        assert change.after.quote is not None
        assert (change.before.quote.call, change.after.quote.call) == ("discovery", "review")

    def test_what_only_we_claimed_is_kept_as_ours_and_moves_nothing(self) -> None:
        claim = metric("time to answer", target="15 hours", state=ItemState.PROPOSED)
        review = call("review", Line("You are at 15 hours now.", (claim,), role="rep"), on=APRIL, kind="qbr")
        entry = only_metric([DISCOVERY, review])

        assert [reading.ours for reading in entry.readings] == [True]
        assert (entry.latest, entry.standing) == (None, "no_reading")

    def test_an_earlier_reading_told_again_is_no_new_baseline(self) -> None:
        first = metric("time to answer", target="30 hours")
        second = metric("time to answer", baseline="30 hours", target="18 hours")
        reviews = [
            call("r1", Line("We are down to 30 hours.", (first,)), on=MARCH, kind="qbr"),
            call("r2", Line("We were at 30 hours and now take 18 hours.", (second,)), on=APRIL, kind="qbr"),
        ]
        entry = only_metric([DISCOVERY, *reviews])

        assert (entry.baseline and entry.baseline.text, entry.changes, entry.standing) == ("48 hours", (), "reached")


class TestAPersonsHand:
    def test_wins_over_what_was_heard_and_is_named(self) -> None:
        entry = only_metric([DISCOVERY], amended(PROMISE, "target", "20 hours"), amended(PROMISE, "owner", "Tom"))

        assert entry.target is not None
        assert (entry.target.text, entry.target.by, entry.owner and entry.owner.text) == ("20 hours", "Mira", "Tom")
        assert entry.amended == ("target", "owner")

    def test_settles_a_changed_promise(self) -> None:
        more = metric("time to answer", target="12 hours")
        later = call("later", Line("We agreed on 12 hours.", (more,)), on=MARCH)
        changed = only_metric([DISCOVERY, later])
        entry = only_metric([DISCOVERY, later], amended(PROMISE, "target", "12 hours"))

        assert (changed.standing, entry.standing) == ("promise_changed", "no_reading")
        assert [change.settled for change in entry.changes] == [True]

    def test_a_call_after_it_that_tells_otherwise_is_shown_beside_it(self) -> None:
        later = call(
            "later", Line("Make it 12 hours.", (metric("time to answer", target="12 hours"),)), on=date(2026, 6, 20)
        )
        entry = only_metric([DISCOVERY, later], amended(PROMISE, "target", "20 hours"), today=date(2026, 7, 1))

        assert (entry.target and entry.target.text, entry.standing) == ("20 hours", "promise_changed")
        assert [(c.before.text, c.after.text) for c in entry.changes] == [("20 hours", "12 hours")]

    def test_can_say_that_something_is_not_known(self) -> None:
        assert only_metric([DISCOVERY], amended(PROMISE, "baseline", None)).standing == "no_baseline"

    def test_gives_it_other_words(self) -> None:
        book = fold([DISCOVERY], amended("discovery:O1", "text", "Answer every customer within a day"))

        assert book.outcomes[0].text == "Answer every customer within a day"
        assert book.outcomes[0].first.text == "Answer customers within a day"

    def test_what_is_taken_back_does_not_count_and_comes_back_when_that_is_taken_back(self) -> None:
        notes: list[AccountNote] = [reading(PROMISE, "18 hours", MARCH), TakenBack(note=1)]

        assert only_metric([DISCOVERY], *notes).standing == "no_reading"
        assert only_metric([DISCOVERY], *notes, TakenBack(note=2)).standing == "reached"


class TestOverdue:
    @pytest.mark.parametrize(
        ("today", "due", "overdue"),
        [(date(2026, 2, 12), date(2026, 2, 12), False), (date(2026, 2, 13), date(2026, 2, 12), True)],
    )
    def test_counts_from_the_promise_until_there_is_a_reading(self, today: date, due: date, overdue: bool) -> None:
        entry = only_metric([DISCOVERY], today=today)

        assert (entry.reading_due, entry.overdue) == (due, overdue)

    def test_counts_from_the_last_reading(self) -> None:
        entry = only_metric([DISCOVERY], reading(PROMISE, "30 hours", APRIL), today=date(2026, 5, 14))

        assert (entry.reading_due, entry.overdue) == (date(2026, 5, 13), True)

    def test_nothing_is_overdue_where_nobody_said_how_often(self) -> None:
        entry = only_metric([DISCOVERY], amended(PROMISE, "cadence", None))

        assert (entry.reading_due, entry.overdue) == (None, False)


def test_a_capability_keeps_its_phase_and_the_outcomes_of_every_call() -> None:
    sync = capability("two-way sync with the tracker", outcomes=("O1",), phase="later")
    again = capability("two-way sync with the tracker", outcomes=("O1",), phase="1")
    book = fold(
        [
            call("a", Line("Sync.", (outcome("Faster releases"), sync))),
            call("b", Line("Sync from day one.", (outcome("Fewer mistakes"), again)), on=MARCH),
        ]
    )

    (entry,) = book.capabilities
    assert (entry.phase, entry.outcomes) == ("1", ("a:O1", "b:O1"))
