"""What holds for all sums, periods and formulas."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.accounts import Figure, Period
from copilot.domain.formulas import Formula
from copilot.review.value_report.inputs import NotReckoned, Number, number_for
from copilot.review.value_report.money import Money, Ranged, money_text, rounded, share_text, summed
from copilot.review.value_report.quarterly import returns
from copilot.review.value_report.quarters import after, before, is_over, period_of, quarter_of, shares, span
from tests.unit.analysis.books import playbook

FORMULAS = playbook().value_demonstration.formulas
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
amounts = st.decimals(Decimal(-(10**9)), Decimal(10**9), allow_nan=False, places=4)
currencies = st.sampled_from(["USD", "EUR", "GBP", None])
positive = st.decimals(Decimal("0.01"), Decimal(10**6), allow_nan=False, places=2)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    return Period(start=start, end=start + timedelta(days=draw(st.integers(0, 1500))))


@st.composite
def ranges(draw: st.DrawFn) -> Ranged:
    low, high = sorted((draw(amounts), draw(amounts)))
    currency = draw(currencies)
    return Ranged(low=Money(amount=low, currency=currency), high=Money(amount=high, currency=currency))


@given(st.decimals(Decimal(0), Decimal(1), allow_nan=False, places=10), st.none() | ranges())
def test_a_share_is_written_so_that_the_product_is_what_is_shown(share: Decimal, whole: Ranged | None) -> None:
    text = share_text(share, whole)
    written = Decimal(text.removesuffix(" %")) / 100
    if whole is None:
        assert abs(written - share) <= Decimal("0.00005")
    else:
        assert whole.times(written).text == whole.times(share).text


class TestQuarters:
    @given(days)
    def test_a_day_lies_in_its_quarter_and_quarters_follow_one_another(self, day: date) -> None:
        quarter = quarter_of(day)
        whole = period_of(quarter)
        assert whole.start <= day <= whole.end
        assert before(after(quarter)) == quarter
        assert period_of(after(quarter)).start == whole.end + timedelta(days=1)

    @given(periods())
    def test_the_shares_of_a_period_come_to_all_of_it(self, period: Period) -> None:
        parts = shares(period)
        assert sum(parts.values()) == 1
        assert list(parts) == list(span(quarter_of(period.start), quarter_of(period.end)))
        assert all(part > 0 for part in parts.values())

    def test_the_shares_of_a_period_are_worked_out_once(self) -> None:
        first, again = (Period(start=date(2019, 1, 1), end=date(2028, 12, 31)) for _ in range(2))
        assert shares(first) is shares(again)

    def test_on_its_last_day_a_period_is_not_over(self) -> None:
        quarter = period_of("2026-Q1")
        assert [is_over(quarter, day) for day in (quarter.end, quarter.end + timedelta(days=1))] == [False, True]

    @given(days)
    def test_a_year_of_whole_months_gives_each_quarter_a_fourth(self, day: date) -> None:
        year = Period(start=date(day.year, 1, 1), end=date(day.year, 12, 31))
        assert set(shares(year).values()) == {Decimal("0.25")}


class TestSums:
    @given(st.lists(ranges(), max_size=12))
    def test_are_exact_and_by_currency(self, given_sums: list[Ranged]) -> None:
        totals = {total.currency: total for total in summed(given_sums)}
        assert set(totals) == {one.currency for one in given_sums}
        for currency, total in totals.items():
            assert total.low.amount == sum(one.low.amount for one in given_sums if one.currency == currency)
            assert total.low.amount <= total.high.amount

    @given(st.lists(ranges(), min_size=1, max_size=8))
    def test_are_rounded_once_at_the_end(self, given_sums: list[Ranged]) -> None:
        for total in summed(given_sums):
            assert abs(Decimal(rounded(total.low.amount)) - total.low.amount) <= Decimal("0.5")

    @given(amounts, currencies)
    def test_are_written_as_they_are_read(self, amount: Decimal, currency: str | None) -> None:
        text = money_text(amount, currency)
        digits = "".join(letter for letter in text if letter.isdigit())
        assert int(digits) == abs(rounded(amount))
        assert text.startswith("−") == (rounded(amount) < 0)

    def test_halves_go_away_from_zero(self) -> None:
        assert [rounded(Decimal(text)) for text in ("0.5", "1.5", "2.4999", "-0.5")] == [1, 2, 2, -1]


class TestReturns:
    @given(st.lists(ranges(), max_size=6), st.lists(ranges(), max_size=6))
    def test_are_within_one_currency_or_there_is_a_reason(self, value: list[Ranged], paid: list[Ranged]) -> None:
        gained, spent = summed(value), summed(paid)
        for one in returns(gained, spent):
            invested = {total.currency: total.high.amount for total in spent}.get(one.currency)
            if one.share is None:
                assert one.why_not
            else:
                assert invested is not None
                assert one.share == one.value.amount / invested


class TestBounds:
    @given(st.sampled_from(FORMULAS), st.data())
    def test_hold_whatever_lies_between_the_ends(self, formula: Formula, data: st.DataObject) -> None:
        ends = {one.id: tuple(sorted((data.draw(positive), data.draw(positive)))) for one in formula.inputs}
        within = {
            name: data.draw(st.decimals(low, high, allow_nan=False, places=2)) for name, (low, high) in ends.items()
        }
        low, high = formula.bounds({name: (pair[0], pair[1]) for name, pair in ends.items()})
        point, same = formula.bounds({name: (value, value) for name, value in within.items()})
        assert point == same
        assert low <= point <= high

    @given(st.sampled_from(FORMULAS))
    def test_are_what_the_worked_example_says(self, formula: Formula) -> None:
        exact = {name: (Decimal(str(value)), Decimal(str(value))) for name, value in formula.example.inputs.items()}
        assert formula.bounds(exact) == (Decimal(str(formula.example.result)),) * 2


class TestNumbers:
    @given(
        st.floats(0, 1e9, allow_nan=False),
        st.sampled_from(["money", "percent", "duration", "count", "multiple", "ratio", None]),
        st.sampled_from(["USD", "percent", "hours", "days", "tickets", None]),
        st.sampled_from(["hour", "month", "quarter", "ticket", None]),
        st.sampled_from([given.unit for formula in FORMULAS for given in formula.inputs]),
        periods(),
    )
    def test_are_in_the_unit_asked_for_or_there_is_a_reason(
        self, value: float, kind: str | None, unit: str | None, per: str | None, wanted: str, period: Period
    ) -> None:
        figure = Figure.model_validate(
            {"text": "so much", "low": value, "high": value, "kind": kind, "unit": unit, "per": per}
        )
        number = _number_or_reason(figure, wanted, period)
        if isinstance(number, str):
            assert number
        else:
            assert number.money == wanted.startswith("money")
            assert wanted != "share" or 0 <= number.ends[0] <= number.ends[1] <= 1


def _number_or_reason(figure: Figure, wanted: str, period: Period) -> Number | str:
    try:
        return number_for(figure, wanted, period)
    except NotReckoned as why:
        return str(why)
