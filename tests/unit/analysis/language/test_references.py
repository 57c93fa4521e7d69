"""Stories of other companies."""

from __future__ import annotations

import pytest

from copilot.analysis.language.references import tells_of_others
from tests.proportion import grows_in_proportion


@pytest.mark.parametrize(
    "text",
    [
        "At Acme we took it from nine weeks to four.",
        "One of our customers got there in a year.",
        "Companies like yours see eight percent.",
        "Another firm did it in two steps.",
        "A competitor of theirs halved it.",
        "At my last job it took three days.",
        "They cut it from nine to four.",
    ],
)
def test_are_heard(text: str) -> None:
    assert tells_of_others(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our customers wait nine weeks today.",
        "Your company wants it down to four weeks.",
        "For Q2 we need four weeks.",
        "They want it down from nine to four.",
        "I'd say at least four.",
    ],
)
def test_what_is_told_of_the_customer_is_none(text: str) -> None:
    assert not tells_of_others(text)


@pytest.mark.parametrize("piece", ["one of our ", "customers in ", "they all ", "At A"])
def test_takes_time_in_proportion_to_the_text(piece: str) -> None:
    assert grows_in_proportion(tells_of_others, piece)
