from __future__ import annotations

import pytest

from copilot.domain.call import Role
from copilot.domain.speakers import SpeakerBook


class TestSpeakerBook:
    def test_leaves_what_the_sender_says_until_a_person_says_otherwise(self) -> None:
        assert SpeakerBook().resolve("Speaker 1", Role.CUSTOMER) == ("Speaker 1", Role.CUSTOMER)

    def test_swaps_sides_for_what_is_still_to_come(self) -> None:
        book = SpeakerBook().swap()

        assert book.resolve("Dana", Role.REP) == ("Dana", Role.CUSTOMER)
        assert book.resolve(None, Role.UNKNOWN) == (None, Role.UNKNOWN)

    def test_swapping_twice_is_as_if_nothing_had_happened(self) -> None:
        book = SpeakerBook().correct("Dana", None, Role.REP).swap().swap()

        assert book.resolve("Dana", Role.CUSTOMER) == ("Dana", Role.REP)

    def test_a_name_given_by_a_person_survives_the_senders_label(self) -> None:
        book = SpeakerBook().correct("Speaker 1", "Luis", Role.CUSTOMER)

        assert book.resolve("Speaker 1", Role.UNKNOWN) == ("Luis", Role.CUSTOMER)

    def test_a_name_can_be_given_again_under_the_name_given_before(self) -> None:
        book = SpeakerBook().correct("Speaker 1", "Luis", None).correct("Luis", "Luisa", Role.CUSTOMER)

        assert book.resolve("Speaker 1", Role.UNKNOWN) == ("Luisa", Role.CUSTOMER)

    def test_swapping_moves_the_sides_that_a_person_has_set(self) -> None:
        book = SpeakerBook().correct("Dana", None, Role.REP).swap()

        assert book.resolve("Dana", Role.UNKNOWN) == ("Dana", Role.CUSTOMER)

    @pytest.mark.parametrize("speaker", [None, ""])
    def test_the_unnamed_speaker_can_be_placed(self, speaker: str | None) -> None:
        book = SpeakerBook().correct(speaker, None, Role.REP)

        assert book.resolve(None, Role.UNKNOWN) == (None, Role.REP)


class TestSingleUtterances:
    def test_have_a_side_of_their_own(self) -> None:
        book = SpeakerBook().place(["u2"], Role.CUSTOMER)

        assert book.resolve(None, Role.UNKNOWN, "u1") == (None, Role.UNKNOWN)
        assert book.resolve(None, Role.UNKNOWN, "u2") == (None, Role.CUSTOMER)

    def test_keep_it_when_their_speaker_is_placed_and_change_it_with_the_sides(self) -> None:
        book = SpeakerBook().place(["u2"], Role.CUSTOMER).correct(None, None, Role.REP)

        assert [book.resolve(None, Role.UNKNOWN, u)[1] for u in ("u1", "u2")] == [Role.REP, Role.CUSTOMER]
        assert [book.swap().resolve(None, Role.UNKNOWN, u)[1] for u in ("u1", "u2")] == [Role.CUSTOMER, Role.REP]
