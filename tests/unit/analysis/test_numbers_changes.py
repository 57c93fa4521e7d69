from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.numbers import Quantity, find_changes, find_quantities, is_baseline_like, is_target_like
from tests.proportion import grows_in_proportion


def value(quantity: Quantity | None) -> tuple[str, float, str | None] | None:
    return None if quantity is None else (quantity.text, quantity.low, quantity.unit)


_WORDS = """
from to 5 six weeks % now was want . , goal by down cut half → sorry take get x2 $
"""


class TestFromALevel:
    @pytest.mark.parametrize(
        ("text", "baseline", "target"),
        [
            ("halve our lead time of nine days", "nine days", "halve"),
            ("double sales from two million", "two million", "double"),
        ],
    )
    def test_how_much_to_move_may_name_the_level_it_starts_from(self, text: str, baseline: str, target: str) -> None:
        (change,) = find_changes(text)
        assert change.relative
        assert change.baseline is not None
        assert change.target is not None
        assert (change.baseline.text, change.target.text) == (baseline, target)


class TestFindChanges:
    @pytest.mark.parametrize(
        ("text", "baseline", "target", "direction"),
        [
            ("from 48 hours to 18", ("48 hours", 48, "hours"), ("18", 18, "hours"), "down"),
            ("nine to six weeks", ("nine", 9, "weeks"), ("six weeks", 6, "weeks"), "down"),
            ("down to four weeks from six", ("six", 6, "weeks"), ("four weeks", 4, "weeks"), "down"),
            ("15 minutes, down from 4 hours", ("4 hours", 4, "hours"), ("15 minutes", 15, "minutes"), "down"),
            ("we're at six weeks today and want four", ("six weeks", 6, "weeks"), ("four", 4, "weeks"), "down"),
            (
                "it used to be 4 hours, now it's 15 minutes",
                ("4 hours", 4, "hours"),
                ("15 minutes", 15, "minutes"),
                "down",
            ),
            (
                "it was 48 hours before and it is 18 hours now",
                ("48 hours", 48, "hours"),
                ("18 hours", 18, "hours"),
                "down",
            ),
            ("40 days → 12 days", ("40 days", 40, "days"), ("12 days", 12, "days"), "down"),
            ("NPS increased from 32 to 48", ("32", 32, None), ("48", 48, None), "up"),
            ("the goal is four weeks, we're at six", ("six", 6, "weeks"), ("four weeks", 4, "weeks"), "down"),
            (
                "from six weeks today to about four by Q3",
                ("six weeks", 6, "weeks"),
                ("four", 4, "weeks"),
                "down",
            ),
            (
                "our error rate is sixty, sorry, sixteen percent and the goal is five",
                ("sixteen percent", 16, "percent"),
                ("five", 5, "percent"),
                "down",
            ),
            ("get below 5 %", None, ("5 %", 5, "percent"), "down"),
            ("our target is 95 percent", None, ("95 percent", 95, "percent"), None),
        ],
    )
    def test_finds_baseline_and_target(
        self, text: str, baseline: object, target: object, direction: str | None
    ) -> None:
        (change,) = find_changes(text)
        assert (value(change.baseline), value(change.target), change.direction) == (baseline, target, direction)
        assert not change.relative

    @pytest.mark.parametrize(
        ("text", "amount", "direction"),
        [
            ("cut it by thirty percent", ("thirty percent", 30, "percent"), "down"),
            ("reduce costs by $60K", ("$60K", 60_000, "USD"), "down"),
            ("thirty percent fewer tickets", ("thirty percent", 30, "percent"), "down"),
            ("we doubled the output", ("doubled", 2, "times"), "up"),
            ("cut churn in half", ("half", 0.5, "times"), "down"),
            ("3x faster", ("3x", 3, "times"), None),
        ],
    )
    def test_marks_an_amount_of_change_as_relative(self, text: str, amount: object, direction: str | None) -> None:
        (change,) = find_changes(text)
        assert (change.baseline, value(change.target), change.direction) == (None, amount, direction)
        assert change.relative

    @pytest.mark.parametrize(
        "text",
        [
            "between 30 and 40",
            "it's four to six weeks",
            "anywhere from 30 to 40 people",
            "it takes us six weeks",
            "we have 40 people in 3 regions",
            "we spend 40 hours a week on this and we want two people",
        ],
    )
    def test_finds_none_in_ranges_and_levels(self, text: str) -> None:
        assert find_changes(text) == ()

    @given(st.integers(2, 500), st.integers(2, 500), st.sampled_from(["weeks", "percent", "tickets", "dollars"]))
    def test_reads_any_from_and_to(self, baseline: int, target: int, unit: str) -> None:
        (change,) = find_changes(f"we went from {baseline} {unit} to {target}")
        assert change.baseline is not None
        assert change.target is not None
        assert (change.baseline.low, change.target.low) == (baseline, target)
        assert change.baseline.unit == change.target.unit
        expected = None if baseline == target else "up" if target > baseline else "down"
        assert change.direction == expected

    @given(
        st.lists(
            st.sampled_from(_WORDS.split()),
            max_size=25,
        ).map(" ".join)
        | st.text(max_size=150)
    )
    def test_both_sides_are_verbatim_whatever_is_said(self, text: str) -> None:
        for change in find_changes(text):
            for side in (change.baseline, change.target):
                assert side is None or text[side.start : side.end] == side.text
            assert change.baseline or change.target

    @pytest.mark.parametrize("piece", ["six weeks today and want four ", "get a b ", "from 48 to 18 ", "take 5 "])
    def test_takes_time_in_proportion_to_the_text(self, piece: str) -> None:
        assert grows_in_proportion(find_changes, piece)


class TestRoles:
    @pytest.mark.parametrize(
        "text",
        [
            "it takes us six weeks",
            "six weeks right now",
            "we're at 12%",
            "the baseline is 12%",
            "it used to be 4 hours",
        ],
    )
    def test_what_is_or_was_is_a_baseline(self, text: str) -> None:
        (quantity,) = find_quantities(text)
        assert is_baseline_like(text, quantity)
        assert not is_target_like(text, quantity)

    @pytest.mark.parametrize(
        "text",
        ["we want six weeks", "the goal is 12%", "we need to get below 5 %", "95 percent would be great", "12% by Q3"],
    )
    def test_what_is_wanted_is_a_target(self, text: str) -> None:
        quantity = find_quantities(text)[0]
        assert is_target_like(text, quantity)
        assert not is_baseline_like(text, quantity)

    def test_a_level_reached_since_is_a_target(self) -> None:
        text = "it used to be 4 hours, now it's 15 minutes"
        before, after = find_quantities(text)
        assert is_baseline_like(text, before)
        assert is_target_like(text, after)

    def test_a_number_with_no_cue_is_neither(self) -> None:
        text = "forty engineers"
        (quantity,) = find_quantities(text)
        assert not is_baseline_like(text, quantity)
        assert not is_target_like(text, quantity)
