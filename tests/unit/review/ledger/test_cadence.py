from __future__ import annotations

from datetime import date

import pytest

from copilot.review.ledger.cadence import cadence_of


@pytest.mark.parametrize(
    ("text", "last", "next_look"),
    [
        ("monthly", date(2026, 1, 31), date(2026, 2, 28)),
        ("every month", date(2026, 12, 5), date(2027, 1, 5)),
        ("in the monthly board pack", date(2026, 3, 1), date(2026, 4, 1)),
        ("at the end of each quarter", date(2026, 1, 31), date(2026, 4, 30)),
        ("Weekly", date(2026, 12, 28), date(2027, 1, 4)),
        ("every two weeks", date(2026, 1, 1), date(2026, 1, 15)),
        ("every other week", date(2026, 1, 1), date(2026, 1, 15)),
        ("every 10 days", date(2026, 1, 1), date(2026, 1, 11)),
        ("on Mondays", date(2026, 1, 5), date(2026, 1, 12)),
        ("once a year", date(2024, 2, 29), date(2025, 2, 28)),
        ("month end", date(2026, 1, 31), date(2026, 2, 28)),
        ("at every QBR", date(2026, 1, 31), date(2026, 4, 30)),
    ],
)
def test_the_next_look_is_a_period_later(text: str, last: date, next_look: date) -> None:
    cadence = cadence_of(text)

    assert cadence is not None
    assert cadence.after(last) == next_look


@pytest.mark.parametrize("text", ["", "when we get round to it", "in six weeks' time maybe", "this year", "?" * 5000])
def test_what_names_no_rhythm_has_none(text: str) -> None:
    assert cadence_of(text) is None
