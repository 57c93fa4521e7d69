from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.numbers import Quantity, find_quantities
from tests.proportion import grows_in_proportion

_WORDS = """
a an and half one two five ten twenty thirty hundred thousand million point of in out per to from or by
about weeks hours percent % $ € 5 30 1,000 1.000 2.4 4.4/5 k mil x - – , . sorry quarter second between
minus day Q2 2026 couple dozen doubled week grand + / the 14th sometimes the times twice dollars people
tickets
"""

_SPEECH = st.lists(
    st.sampled_from(_WORDS.split()),
    max_size=25,
).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


def sizes(text: str) -> list[tuple[str, float, float, str | None]]:
    return [(q.text, q.low, q.high, q.unit) for q in find_quantities(text)]


class TestFindQuantities:
    @pytest.mark.parametrize(
        ("text", "said", "low", "unit", "kind"),
        [
            ("it costs a grand and a half", "a grand and a half", 1500, None, "money"),
            ("about half a million", "half a million", 500_000, None, "count"),
            ("two and a half million dollars", "two and a half million dollars", 2_500_000, "USD", "money"),
            ("a million and a half", "a million and a half", 1_500_000, None, "count"),
            ("fifteen hundred", "fifteen hundred", 1500, None, "count"),
            (
                "two hundred and fifty thousand dollars",
                "two hundred and fifty thousand dollars",
                250_000,
                "USD",
                "money",
            ),
            ("one fifty k", "one fifty k", 150_000, None, "count"),
            ("$2.4M", "$2.4M", 2_400_000, "USD", "money"),
            ("€140k", "€140k", 140_000, "EUR", "money"),
            ("£1.000", "£1.000", 1000, "GBP", "money"),
            ("five mil", "five mil", 5_000_000, None, "count"),
            ("1,000 users", "1,000 users", 1000, "users", "count"),
            ("1.000 users", "1.000 users", 1000, "users", "count"),
            ("2.375 points", "2.375 points", 2.375, "points", "count"),
            ("a couple of hours", "a couple of hours", 2, "hours", "duration"),
            ("a 48-hour turnaround", "48-hour", 48, "hours", "duration"),
            ("half an hour", "half an hour", 0.5, "hours", "duration"),
            ("an hour and a half", "an hour and a half", 1.5, "hours", "duration"),
            ("4 hours and 15 minutes", "4 hours and 15 minutes", 4.25, "hours", "duration"),
            ("it takes a week", "a week", 1, "weeks", "duration"),
            ("48 business hours", "48 business hours", 48, "hours", "duration"),
            ("25 bps", "25 bps", 25, "basis points", "percent"),
            ("two pp", "two pp", 2, "percentage points", "percent"),
            ("eighty per cent", "eighty per cent", 80, "percent", "percent"),
            ("ninety nine point nine percent", "ninety nine point nine percent", 99.9, "percent", "percent"),
            ("20 five percent", "20 five percent", 25, "percent", "percent"),
            ("twenty five people", "twenty five people", 25, "people", "count"),
            ("zero tickets", "zero tickets", 0, "tickets", "count"),
            ("40 open support tickets", "40 open support tickets", 40, "tickets", "count"),
            ("a dozen reps", "a dozen reps", 12, "reps", "count"),
            ("it's at -60", "-60", -60, None, "count"),
            ("one in five", "one in five", 0.2, None, "ratio"),
            ("four point four out of five", "four point four out of five", 0.88, None, "ratio"),
            ("4.4/5", "4.4/5", 0.88, None, "ratio"),
            ("a quarter of our time", "a quarter", 0.25, None, "ratio"),
            ("we doubled that", "doubled", 2, "times", "multiple"),
            ("3x faster", "3x", 3, "times", "multiple"),
            ("three times faster", "three times", 3, "times", "multiple"),
            ("cut it in half", "half", 0.5, "times", "multiple"),
            ("by end of Q2", "Q2", 2, "quarter", "date"),
            ("by end of q two", "q two", 2, "quarter", "date"),
            ("in twenty twenty-six", "twenty twenty-six", 2026, "year", "date"),
            ("your 2024 goals", "2024", 2024, "year", "date"),
            ("2000 tickets", "2000 tickets", 2000, "tickets", "count"),
            ("by the 14th", "14th", 14, "day", "date"),
        ],
    )
    def test_reads_number_unit_and_kind(self, text: str, said: str, low: float, unit: str | None, kind: str) -> None:
        quantity = only(text)
        assert (quantity.text, quantity.unit, quantity.kind) == (said, unit, kind)
        assert quantity.low == quantity.high == pytest.approx(low)

    @pytest.mark.parametrize(
        ("text", "said", "low", "high", "unit"),
        [
            ("thirty to forty percent", "thirty to forty percent", 30, 40, "percent"),
            ("the first 30-60 days", "30-60 days", 30, 60, "days"),
            ("nine weeks, sometimes ten", "nine weeks, sometimes ten", 9, 10, "weeks"),
            ("five six weeks", "five six weeks", 5, 6, "weeks"),
            ("nine, ten weeks", "nine, ten weeks", 9, 10, "weeks"),
            ("it takes a week or two", "a week or two", 1, 2, "weeks"),
            ("between 30 and 40", "between 30 and 40", 30, 40, None),
            ("between a hundred and two hundred users", "between a hundred and two hundred users", 100, 200, "users"),
            ("anywhere from 30 to 40 people", "30 to 40 people", 30, 40, "people"),
            ("two to three million", "two to three million", 2e6, 3e6, None),
            ("$30-40k", "$30-40k", 30_000, 40_000, "USD"),
            ("thirty thirty-five percent", "thirty thirty-five percent", 30, 35, "percent"),
        ],
    )
    def test_keeps_both_ends_of_a_range(self, text: str, said: str, low: float, high: float, unit: str | None) -> None:
        assert sizes(text) == [(said, low, high, unit)]

    @pytest.mark.parametrize(
        "text",
        [
            "one of the things",
            "the second one",
            "for one",
            "give me one second",
            "we're open 24/7",
            "twenty-four seven support",
            "call 555-0132 or +1 415 555 0132",
            "five five five one two three four",
            "version 2.4 or 1.2.3",
            "phase 2 starts on day one",
            "quarter to nine",
            "let's meet at nine thirty",
            "at 9:30, or 3 pm",
            "the 3rd time",
            "it has 5G and SOC2",
            "double check the first half",
            "a grand plan",
            "hundreds of thousands",
            "at that point we stop",
            "home before eight",
            "they all come at half ten",
        ],
    )
    def test_leaves_out_what_counts_nothing(self, text: str) -> None:
        assert find_quantities(text) == ()

    @pytest.mark.parametrize(
        ("text", "per"),
        [
            ("a grand and a half a day", "day"),
            ("two hours per person per week", "person per week"),
            ("8 hours/week", "week"),
            ("2,400 tickets/month", "month"),
            ("twice a week", "week"),
            ("three times each quarter", "quarter"),
            ("$5 per annum", "year"),
            ("six weeks a year ago", None),
        ],
    )
    def test_reads_the_rate(self, text: str, per: str | None) -> None:
        assert only(text).per == per

    @pytest.mark.parametrize(
        ("text", "approx"),
        [
            ("about six weeks", "about"),
            ("six weeks or so", "about"),
            ("we'd like six weeks", None),
            ("more than about six weeks", "at_least"),
            ("130+ integrations", "at_least"),
            ("under 5 %", "at_most"),
            ("up to 40 percent", "at_most"),
            ("it went up to 40 percent", None),
        ],
    )
    def test_tells_hedges_and_bounds_from_the_value(self, text: str, approx: str | None) -> None:
        assert only(text).approx == approx

    def test_takes_the_correction_in_the_next_breath(self) -> None:
        assert sizes("sixty, sorry, sixteen percent") == [("sixteen percent", 16, 16, "percent")]
        assert sizes("sixty percent, no wait, sixteen") == [("sixteen", 16, 16, "percent")]

    def test_gives_both_sides_of_a_change_the_unit_said_once(self) -> None:
        assert sizes("from 48 hours to 18") == [("48 hours", 48, 48, "hours"), ("18", 18, 18, "hours")]
        assert sizes("nine to six weeks") == [("nine", 9, 9, "weeks"), ("six weeks", 6, 6, "weeks")]

    @given(st.one_of(st.text(max_size=200), _SPEECH))
    def test_slices_are_verbatim_and_never_overlap(self, text: str) -> None:
        last = 0
        for quantity in find_quantities(text):
            assert text[quantity.start : quantity.end] == quantity.text
            assert last <= quantity.start < quantity.end
            assert quantity.low <= quantity.high
            last = quantity.end

    @pytest.mark.parametrize(
        "piece", ["1-", "1 in ", "5 or ", "twenty-", "$", "-", "and a half ", "from 48 to 18 ", "9", "+1 ", "a", "1."]
    )
    def test_takes_time_in_proportion_to_the_text(self, piece: str) -> None:
        assert grows_in_proportion(find_quantities, piece)


_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_ROUND = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"
_ONES, _TENS = _SMALL.split(), _ROUND.split()


def spoken(number: int, *, hyphen: str, joined: str) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (hyphen + _ONES[number % 10] if number % 10 else "")
    size, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    head, rest = divmod(number, size)
    said = f"{spoken(head, hyphen=hyphen, joined=joined)} {word}"
    if not rest:
        return said
    return f"{said}{joined if rest < 100 else ' '}{spoken(rest, hyphen=hyphen, joined=joined)}"


class TestSpokenNumbers:
    @given(
        st.integers(2, 999_999),
        st.sampled_from([" ", "-"]),
        st.sampled_from([" ", " and "]),
        st.sampled_from([("percent", "percent"), ("weeks", "weeks"), ("dollars", "USD"), ("tickets", "tickets")]),
        st.sampled_from(["", "we are at ", "um ", "roughly "]),
    )
    def test_words_and_digits_read_the_same(
        self, number: int, hyphen: str, joined: str, unit: tuple[str, str], lead: str
    ) -> None:
        renderings = [spoken(number, hyphen=hyphen, joined=joined), str(number), f"{number:,}"]
        for rendering in renderings:
            said = f"{rendering} {unit[0]}"
            quantity = only(f"{lead}{said} today")
            assert (quantity.text, quantity.low, quantity.high, quantity.unit) == (said, number, number, unit[1])

    @given(st.integers(2, 98), st.integers(1, 50), st.sampled_from([" to ", "-", "–", " or ", " – "]))
    def test_ranges_read_the_same_in_words_and_digits(self, low: int, more: int, link: str) -> None:
        high = low + more
        in_digits = only(f"{low}{link}{high} percent")
        in_words = only(f"{spoken(low, hyphen='-', joined=' ')} to {spoken(high, hyphen='-', joined=' ')} percent")
        assert (in_digits.low, in_digits.high) == (in_words.low, in_words.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "said", "share"),
    [
        ("wrong in one in a hundred", "one in a hundred", 0.01),
        ("one in seventy comes back", "one in seventy", 1 / 70),
        ("two calls in ten go unanswered", "two calls in ten", 0.2),
    ],
)
def test_reads_rare_shares_and_those_that_name_what_they_count(text: str, said: str, share: float) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.kind, quantity.text) == ("ratio", said)
    assert quantity.low == pytest.approx(share)
