"""What is to be done after the call, in words that anybody can read."""

from __future__ import annotations

import pytest

from copilot.analysis.extraction.next_steps.tasks import task_in, task_said


@pytest.mark.parametrize(
    ("said", "task"),
    [
        ("I need to get the keys copied by Friday", "Get the keys copied"),
        ("Let's do a short walk through the bakery", "A short walk through the bakery"),
        ("could you or somebody give me the list of ovens?", "Give the list of ovens"),
        ("and send me the bread prices, would you", "Send the bread prices"),
        ("We're measuring the doors next week", "Measuring the doors"),
        ("Shall we say the same room a week on Thursday", "The same room a week"),
    ],
)
def test_a_task_is_told_in_many_ways(said: str, task: str) -> None:
    assert task_said(task_in(said)) == task


@pytest.mark.parametrize("said", ["I can have that on Monday", "We'd like it warm", "The bread was cold"])
def test_what_nobody_undertakes_is_no_task(said: str) -> None:
    assert task_in(said) == ""
