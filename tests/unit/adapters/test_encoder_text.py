"""How talk becomes numbers for the small model."""

from __future__ import annotations

from copilot.adapters.encoder.packing import KIND_MARKS, MOST_TOKENS, MOST_TURNS, ROLE_MARKS, pack, stretches
from copilot.adapters.encoder.wordpiece import WordPiece, words
from copilot.domain.call import CallKind, Role
from copilot.domain.impressions import Turn

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "we", "re", "##re", "##lease", "weekly", "i", "-", "##d"]
MARKS = [*ROLE_MARKS.values(), *KIND_MARKS.values()]


def wordpiece() -> WordPiece:
    return WordPiece([*PIECES, *MARKS])


def spelled(ids: list[int]) -> list[str]:
    return [[*PIECES, *MARKS][n] for n in ids]


def test_words_are_lower_case_without_accents_and_signs_stand_alone() -> None:
    assert list(words("Café—€40k, it's 3.5%")) == ["cafe", "—", "€", "40k", ",", "it", "'", "s", "3", ".", "5", "%"]


def test_a_word_takes_the_longest_pieces_known() -> None:
    assert spelled(wordpiece().encode("We re-released weekly")) == ["we", "re", "-", "re", "##lease", "##d", "weekly"]


def test_a_word_that_no_pieces_make_up_is_unknown_as_a_whole() -> None:
    assert spelled(wordpiece().encode("we rexx")) == ["we", "[UNK]"]


class TestPacking:
    def test_a_turn_begins_with_who_speaks_and_the_call_with_its_kind(self) -> None:
        packed = pack(wordpiece(), [Turn(Role.REP, "weekly"), Turn(Role.CUSTOMER, "we release")], CallKind.QBR)

        assert spelled(packed.ids) == ["[CLS]", "[QBR]", "[REP]", "weekly", "[CUST]", "we", "re", "##lease", "[SEP]"]
        assert packed.spans == [(2, 4), (4, 8)]
        assert packed.turn_of == [0, 0, 1, 1, 2, 2, 2, 2, 2]

    def test_only_the_latest_turns_are_taken(self) -> None:
        packed = pack(wordpiece(), [Turn(Role.REP, "i")] * 20, CallKind.DEMO)

        assert len(packed.spans) == MOST_TURNS

    def test_a_long_turn_loses_its_beginning(self) -> None:
        packed = pack(wordpiece(), [Turn(Role.REP, "i " * 300 + "weekly")], CallKind.DEMO)

        assert len(packed.ids) == MOST_TOKENS
        assert spelled(packed.ids)[-2:] == ["weekly", "[SEP]"]
        assert packed.spans == [(2, MOST_TOKENS - 1)]

    def test_an_older_turn_that_is_cut_is_context_and_not_read(self) -> None:
        packed = pack(wordpiece(), [Turn(Role.REP, "i " * 300), Turn(Role.CUSTOMER, "weekly")], CallKind.DEMO)

        assert len(packed.ids) == MOST_TOKENS
        assert packed.spans == [(MOST_TOKENS - 3, MOST_TOKENS - 1)]
        assert packed.turn_of == [*[0] * (MOST_TOKENS - 3), 1, 1, 1]

    def test_no_room_is_given_to_a_few_words_of_an_older_turn(self) -> None:
        turns = [Turn(Role.REP, "i " * 300), Turn(Role.CUSTOMER, "we " * (MOST_TOKENS - 8))]

        packed = pack(wordpiece(), turns, CallKind.DEMO)

        assert "[REP]" not in spelled(packed.ids)
        assert len(packed.spans) == 1

    def test_a_turn_that_has_room_by_itself_is_read_at_once(self) -> None:
        fits = Turn(Role.CUSTOMER, "i " * (MOST_TOKENS - 10) + "weekly")
        too_long = Turn(Role.CUSTOMER, "i " * MOST_TOKENS)

        assert stretches(wordpiece(), fits) == [fits]
        assert len(stretches(wordpiece(), too_long)) == 2
        assert len(pack(wordpiece(), [fits], CallKind.DEMO).first_pieces) == MOST_TOKENS - 9
