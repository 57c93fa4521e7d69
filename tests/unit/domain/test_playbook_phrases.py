from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from copilot.domain.phrases import Phrase, phrase_pattern

FOUND = [
    ("manual*", "so much manually typed", "manually"),
    ("utili*ation", "fleet utilisation and utilization", "utilisation"),
    ("time to market", "the time-to-market of it", "time-to-market"),
    ("follow-up", "a Follow up call, a followup", "Follow up"),
    ("don't know", "We don’t know.", "don’t know"),
    ("from N .. to N", "from 6 weeks to 4", "from 6 weeks to 4"),
    ("N%", "about 12.5 percent", "12.5 percent"),
    ("N%", "fell by 1,200%.", "1,200%"),
    ("N%", "12 percentage points", None),
    ("by N", "we will be there by 4.", "by 4"),
    ("by N", "cut by $1,200 now", "by $1,200"),
    ("by N", "cut by 40% now", "by 40%"),
    ("by N", "cut by 2k in all", "by 2k"),
    ("how do you .. today", "how do you plan the week today?", "how do you plan the week today"),
    ("cost", "the costs", None),
    ("we .. today", "we don't, can’t, won't today", "we don't, can’t, won't today"),
    ("how do you .. today", "how do you plan and run and review today", None),
    ("how do you .. today", "How do you do? Today is fine", None),
    ("24/7", "open 24/7", "24/7"),
]


class TestPhrasePattern:
    @pytest.mark.parametrize(("phrase", "speech", "found"), FOUND)
    def test_finds_phrases_in_speech(self, phrase: str, speech: str, found: str | None) -> None:
        match = phrase_pattern([phrase]).search(speech)
        assert (match and match.group(0)) == found

    def test_prefers_the_longer_phrase(self) -> None:
        match = phrase_pattern(["lead", "lead time", "lead*"]).search("our lead time")
        assert match is not None
        assert match.group(0) == "lead time"

    def test_finds_nothing_for_no_phrases(self) -> None:
        assert phrase_pattern([]).search("anything") is None

    @given(st.lists(st.from_regex(r"[a-z]{1,8}( [a-z]{1,8}){0,3}", fullmatch=True), min_size=1, max_size=5))
    def test_finds_every_phrase_of_its_own(self, phrases: list[str]) -> None:
        pattern = phrase_pattern(phrases)
        assert all(pattern.search(f"Well, {phrase.upper()}.") for phrase in phrases)


class TestPhrase:
    @pytest.mark.parametrize(
        "text", ["", " a", "a ", "a  b", "Big", "*", "..", ".. a", "a ..", "what?", "a, b", "n|m", "(a)"]
    )
    def test_refuses_what_is_none(self, text: str) -> None:
        with pytest.raises(ValidationError):
            TypeAdapter(Phrase).validate_python(text)

    @pytest.mark.parametrize("text", ["a", "24/7", "r&d", "don't", "N", "N%", "in N% .. days", "über*", "day-one"])
    def test_takes_what_is_one(self, text: str) -> None:
        assert TypeAdapter(Phrase).validate_python(text) == text
