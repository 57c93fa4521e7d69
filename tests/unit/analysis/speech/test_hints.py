from __future__ import annotations

from copilot.analysis.speech.hints import MOST_CHARACTERS, MOST_TERMS, likely_said
from copilot.domain.call import CallInfo, Participant

CALL = CallInfo(id="c", account="Brouwer", participants=(Participant(name="Dana  Lind"), Participant(name="Luis")))


class TestWhatIsLikelySaid:
    def test_the_calls_own_names_come_first(self) -> None:
        assert likely_said(CALL, ["Lintel", "Talktrack"]) == ("Dana Lind", "Luis", "Brouwer", "Lintel", "Talktrack")

    def test_nothing_is_there_twice(self) -> None:
        assert likely_said(CALL, ["BROUWER", "luis", ""]) == ("Dana Lind", "Luis", "Brouwer")

    def test_there_is_an_end_to_it(self) -> None:
        many = [f"t{n}" for n in range(200)]
        assert len(likely_said(CALL, many)) == MOST_TERMS

        long = [f"{n:03}" + "x" * 60 for n in range(40)]
        assert len(", ".join(likely_said(CALL, long))) <= MOST_CHARACTERS

    def test_a_term_that_is_too_long_leaves_room_for_others(self) -> None:
        assert likely_said(None, ["x" * 600, "Lintel"]) == ("Lintel",)

    def test_without_a_call_the_terms_alone(self) -> None:
        assert likely_said(None, ["Lintel"]) == ("Lintel",)
