from __future__ import annotations

import pytest

from copilot.domain.call import Role
from copilot.importers.speaker_names import is_label, looks_like_name, may_be_name, named_role, names_in, split_prefix


class TestPrefix:
    def test_stands_before_the_first_colon(self) -> None:
        assert split_prefix("Dana : one: two") == ("Dana", "one: two")

    @pytest.mark.parametrize(
        "text", ["no colon", "https://example.org", "at 08:00", ": nothing before", "x" * 101 + ": long"]
    )
    def test_is_none_where_no_name_could_stand(self, text: str) -> None:
        assert split_prefix(text) is None


class TestNames:
    @pytest.mark.parametrize(
        "name", ["Dana", "Mary Ann O'Neil", "Speaker 12", "SPEAKER_01", "Ludwig van Beethoven", "李雷"]
    )
    def test_look_like_names(self, name: str) -> None:
        assert looks_like_name(name)

    @pytest.mark.parametrize("text", ["so we said", "10", "Key points", "Is it", "https", "A b c d e", "Wait. Then"])
    def test_differ_from_sentences_and_labels(self, text: str) -> None:
        assert not looks_like_name(text)

    @pytest.mark.parametrize("name", ["+1 (415) 555-0100", "dana (Northwind, Inc.)", "Boardroom 3 - Oslo", "pk910"])
    def test_may_be_accounts_rooms_and_telephones(self, name: str) -> None:
        assert may_be_name(name)

    @pytest.mark.parametrize("text", ["Agenda", "next steps", "10:30 Meeting", "#2", "NOTE"])
    def test_are_no_labels(self, text: str) -> None:
        assert is_label(text)
        assert not may_be_name(text)


class TestNamesInAFile:
    def test_may_come_once_where_nearly_every_text_has_one(self) -> None:
        assert names_in(["stokes: a", "nixo: b", "stokes: c"]) == {"stokes", "nixo"}

    def test_have_to_repeat_where_few_texts_have_one(self) -> None:
        texts = ["Dana: a", "words"] * 3 + ["Luis: b", *["words"] * 4]
        assert names_in(texts) == {"Dana"}

    def test_are_none_in_nothing(self) -> None:
        assert names_in([]) == frozenset()


class TestRoles:
    @pytest.mark.parametrize(
        ("written", "name", "role"),
        [
            ("Sales Rep", "Sales Rep", Role.REP),
            ("PROSPECT", "PROSPECT", Role.CUSTOMER),
            ("Luis (customer)", "Luis", Role.CUSTOMER),
            ("Luis (host)", "Luis (host)", Role.UNKNOWN),
            ("Dana", "Dana", Role.UNKNOWN),
        ],
    )
    def test_come_only_from_a_word_that_says_so(self, written: str, name: str, role: Role) -> None:
        assert named_role(written) == (name, role)
