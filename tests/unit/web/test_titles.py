from __future__ import annotations

import pytest

from copilot.web.api import title_of


@pytest.mark.parametrize(
    ("file", "title"),
    [("mine.txt", "mine"), ("Acme 2026.10.05.vtt", "Acme 2026.10.05"), ("the file", "the file"), (".txt", ".txt")],
)
def test_a_call_is_named_after_its_file_without_the_ending(file: str, title: str) -> None:
    assert title_of(file) == title
