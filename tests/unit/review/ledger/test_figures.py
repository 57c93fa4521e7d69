from __future__ import annotations

import pytest

from copilot.review.ledger.figures import figure_of, on_the_scale_of


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "kind"),
    [
        ("18 hours", 18, 18, "hours", "duration"),
        ("about sixteen to eighteen hours", 16, 18, "hours", "duration"),
        ("$42,000", 42_000, 42_000, "USD", "money"),
        ("4.4 out of 5", 0.88, 0.88, None, "ratio"),
        ("62 %", 62, 62, "percent", "percent"),
        ("1200", 1200, 1200, None, "count"),
        ("since May 2025, three weeks", 3, 3, "weeks", "duration"),
        ("much better", None, None, None, None),
    ],
)
def test_words_and_what_they_come_to(
    text: str, low: float | None, high: float | None, unit: str | None, kind: str | None
) -> None:
    figure = figure_of(text)

    assert (figure.text, figure.unit, figure.kind) == (text, unit, kind)
    assert (figure.low, figure.high) == ((low, high) if low is None else pytest.approx((low, high)))


@pytest.mark.parametrize(
    ("figure", "scale", "ends"),
    [
        ("90 minutes", "2 hours", (1.5, 1.5)),
        ("two to three days", "one week", (2 / 7, 3 / 7)),
        ("1 in 20", "3 percent", (5, 5)),
        ("3 percent", "one in twenty", (0.03, 0.03)),
        ("18", "48 hours", (18, 18)),
        ("4.4", "3.2 out of 5", (0.88, 0.88)),
        ("7", "3.2 out of 5", None),
        ("$5,000", "€5,000", None),
        ("5 tickets", "40 ticket", (5, 5)),
        ("5 tickets", "40 calls", None),
        ("5 tickets a week", "40 tickets a month", None),
        ("5 hours", "40 percent", None),
        ("much better", "48 hours", None),
        ("48 hours", "much better", None),
    ],
)
def test_a_place_on_anothers_scale(figure: str, scale: str, ends: tuple[float, float] | None) -> None:
    placed = on_the_scale_of(figure_of(figure), figure_of(scale))

    assert placed == (ends if ends is None else pytest.approx(ends))
