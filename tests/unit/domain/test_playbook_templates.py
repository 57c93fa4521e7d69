from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.templates import fill, placeholders, uses_only


class TestPlaceholders:
    def test_are_the_names_in_braces(self) -> None:
        assert placeholders("“{figure}” from {figure} for {metric}") == {"figure", "metric"}

    def test_refuse_a_brace_left_open(self) -> None:
        with pytest.raises(ValueError, match="}"):
            placeholders("What is {metric today?")


class TestFill:
    @given(st.text())
    def test_takes_speech_as_it_is(self, said: str) -> None:
        assert fill("“{pain}” has no size", {"pain": said}) == f"“{said}” has no size"

    def test_misses_a_value_loudly(self) -> None:
        with pytest.raises(KeyError, match="metric"):
            fill("What is {metric}?", {})


class TestUsesOnly:
    def test_names_the_stranger_and_what_is_known(self) -> None:
        with pytest.raises(ValueError, match=r"\{pan\}.*\{pain\}"):
            uses_only("pain")("How often {pan}?")

    def test_refuses_attributes_and_positions(self) -> None:
        for template in ("{pain.__class__}", "{0}", "{}"):
            with pytest.raises(ValueError, match="unknown placeholder"):
                uses_only("pain")(template)
