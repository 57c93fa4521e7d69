"""Lists of words as groups of a pattern."""

from __future__ import annotations

import re

from copilot.analysis.numbers.tokens import one_of


def test_a_list_is_a_group_in_its_order_with_each_word_once() -> None:
    assert one_of(" more_than more\n better more ") == "(?:more than|more|better)"


def test_a_word_may_be_a_pattern() -> None:
    assert re.fullmatch(one_of("wants? don['’]t"), "don’t")
