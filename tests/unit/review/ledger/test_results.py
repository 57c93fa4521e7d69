"""What a review tells as a result is a reading or a result; a promise is what it wishes for."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.domain.items import Item
from copilot.review.ledger.entries import Ledger
from copilot.review.maturity.seen import seen
from tests.unit.review.ledger.accounts import Line, amended, call, fold, metric, outcome

APRIL = date(2026, 4, 13)


def review(said: str, *items: Item) -> Ledger:
    return fold([call("review", Line(said, items), on=APRIL, kind="qbr")])


class TestAResultThatNobodyPromised:
    FEWER = outcome("Open cases from eleven to five")
    CASES = metric("open cases", outcomes=("O1",), baseline="11", target="5")

    def test_is_no_promise_and_its_figure_is_a_reading(self) -> None:
        book = review("We went from 11 open cases to 5.", self.FEWER, self.CASES)

        assert [(row.outcome, row.metric, row.standing) for row in book.rows] == [("review:O1", "review:M1", "result")]
        assert [entry.reported for entry in (*book.outcomes, *book.metrics)] == [True, True]
        assert [reading.figure.text for reading in book.metrics[0].readings] == ["5"]

    def test_is_one_without_a_metric_too(self) -> None:
        book = review("The desk has had no complaint since March.", outcome("No complaint at the desk"))

        assert [row.standing for row in book.rows] == ["result"]

    def test_becomes_a_promise_once_somebody_gives_it_a_target(self) -> None:
        told = call("review", Line("We went from 11 open cases to 5.", (self.FEWER, self.CASES)), on=APRIL, kind="qbr")
        book = fold([told], amended("review:M1", "target", "2"))

        assert [(row.standing, book.metrics[0].reported) for row in book.rows] == [("on_the_way", False)]

    @pytest.mark.parametrize(
        "said",
        [
            "We want the open cases from 11 to 5.",
            "It has to go from 11 open cases to 5 by the end of June.",
            "Open cases are at 11, and I'd like them at 5.",
        ],
    )
    def test_is_a_promise_where_it_is_still_to_come(self, said: str) -> None:
        book = review(said, self.FEWER, metric("open cases", outcomes=("O1",), baseline="11"))

        assert [row.standing for row in book.rows] == ["no_target"]

    def test_is_one_on_no_other_kind_of_call(self) -> None:
        line = Line("We went from 11 open cases to 5.", (self.FEWER, self.CASES))

        assert [row.standing for row in fold([call("c", line, kind="discovery")]).rows] == ["no_reading"]

    def test_counts_as_no_promise_where_the_company_looks_at_its_own_work(self) -> None:
        book = review("We went from 11 open cases to 5.", self.FEWER, self.CASES)
        (account,) = seen([], {}, [book], coached=()).accounts

        assert (account.promises, account.readings) == (0, 1)


class TestAResultOfAKnownPromise:
    WANTED = outcome("Close cases faster")
    PROMISED = metric("days that a case is open", outcomes=("O1",), baseline="11 days", target="4 days")
    DISCOVERY = call("discovery", Line("It takes 11 days, and it must take 4 days.", (WANTED, PROMISED)))
    TOLD = outcome("From eleven to five days")

    def after(self, *, text: str, baseline: str) -> Ledger:
        now = metric(text, outcomes=("O1",), baseline=baseline, target="5 days")
        line = Line(f"We went from {baseline} to 5 days.", (self.TOLD, now))
        return fold([self.DISCOVERY, call("review", line, on=APRIL, kind="qbr")])

    def test_is_its_reading_where_it_begins_at_the_figure_that_was_promised_from(self) -> None:
        book = self.after(text="every case", baseline="11 days")

        assert [(row.outcome, row.metric, row.standing) for row in book.rows] == [
            ("discovery:O1", "discovery:M1", "on_the_way")
        ]
        assert [reading.figure.text for reading in book.metrics[0].readings] == ["5 days"]

    def test_is_none_where_another_figure_or_no_word_is_shared(self) -> None:
        for book in (self.after(text="every case", baseline="9 days"), self.after(text="invoices", baseline="11 days")):
            assert [row.standing for row in book.rows] == ["no_reading", "result"]
