from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.adapters.llm.json_only import JsonOnly

OBJECT = '{"a": ["{", "}\\"}", {"b": null}]}'


def passed_on(*pieces: str) -> str:
    answer = JsonOnly()
    return "".join(answer.feed(piece) for piece in pieces)


@pytest.mark.parametrize(
    "text",
    [
        OBJECT,
        f"```json\n{OBJECT}\n```",
        f"Here it is:\n\n{OBJECT} Anything else? {{}}",
        f"<think>Is it {{this}}?</think>\n{OBJECT}",
        f"  \n<think>\n</think>Well: {OBJECT}",
    ],
)
@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_passes_on_the_object_alone_in_whatever_pieces_it_comes(text: str, size: int) -> None:
    assert passed_on(*(text[i : i + size] for i in range(0, len(text), size))) == OBJECT


def test_passes_on_what_there_is_of_a_cut_object() -> None:
    assert passed_on("Sure. ", '{"a": [{"b"', ": 1}, {") == '{"a": [{"b": 1}, {'


@pytest.mark.parametrize("text", ["", "I cannot say.", "<think>{}", "[1, 2]", "<thi"])
def test_passes_on_nothing_where_there_is_no_object(text: str) -> None:
    assert passed_on(*text) == ""


def test_does_not_wait_with_what_it_has() -> None:
    answer = JsonOnly()

    assert [answer.feed(piece) for piece in ("<", "th", "{x")] == ["", "", "{x"]


@given(st.text())
def test_never_makes_up_a_character(text: str) -> None:
    assert passed_on(*text) in text
