from __future__ import annotations

import pytest

from copilot.domain.call import Role, Transcript
from copilot.errors import UnreadableTranscript
from copilot.importers.detect import read_transcripts


def read(text: str, *reps: str) -> Transcript:
    (transcript,) = read_transcripts(text.encode(), name="call.txt", reps=reps)
    return transcript


def said(transcript: Transcript) -> list[tuple[str | None, Role]]:
    return [(u.speaker, u.role) for u in transcript.utterances]


class TestNames:
    @pytest.mark.parametrize("name", ["You", "Me", "I", "Sam"])
    def test_a_pronoun_may_be_a_speaker(self, name: str) -> None:
        transcript = read(f"{name}: What would you like?\nLuis: Fewer returns.\n{name}: Great.\n")

        assert [u.speaker for u in transcript.utterances] == [name, "Luis", name]
        assert transcript.utterances[0].text == "What would you like?"

    def test_spellings_of_one_name_are_one_person(self) -> None:
        transcript = read("JOE (Acme): Hi.\nLena K.: Hello.\njoe: How are quotes made?\nLENA K: Slowly.\njoe: I see.\n")

        assert [u.speaker for u in transcript.utterances] == ["joe", "Lena K.", "joe", "Lena K.", "joe"]
        assert sorted(p.name for p in transcript.participants) == ["Lena K.", "joe"]

    def test_namesakes_of_two_companies_stay_apart(self) -> None:
        transcript = read("Joe (Acme): Hi.\nJoe (Zenith): Hello.\nJoe (Acme): Well.\nJoe (Zenith): Yes.\n")

        assert {u.speaker for u in transcript.utterances} == {"Joe (Acme)", "Joe (Zenith)"}


class TestSides:
    def test_of_two_the_one_who_is_not_the_rep_is_the_customer(self) -> None:
        assert said(read("Rep: How is it going?\nDave: Slowly.\n")) == [("Rep", Role.REP), ("Dave", Role.CUSTOMER)]

    def test_of_three_nobodys_side_follows(self) -> None:
        transcript = read("Rep: How is it going?\nDave: Slowly.\nLena: Very.\n")

        assert [role for _, role in said(transcript)] == [Role.REP, Role.UNKNOWN, Role.UNKNOWN]

    def test_of_two_without_a_side_nobodys_follows(self) -> None:
        assert {role for _, role in said(read("Sam: How is it going?\nDave: Slowly.\n"))} == {Role.UNKNOWN}

    def test_a_rep_is_told_without_case_or_brackets(self) -> None:
        transcript = read("JOE (Acme): Hi.\nLena: Hello.\n", "joe")

        assert said(transcript) == [("JOE (Acme)", Role.REP), ("Lena", Role.CUSTOMER)]

    def test_a_rep_whom_nobody_heard_is_refused_with_those_who_were(self) -> None:
        with pytest.raises(UnreadableTranscript, match="no speaker Max in this file; its speakers are Dave, Sam"):
            read("Sam: How is it going?\nDave: Slowly.\n", "Max")
