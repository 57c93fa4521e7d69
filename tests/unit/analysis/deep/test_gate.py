from __future__ import annotations

from functools import cache

from copilot.analysis.deep.gate import HELD_BACK, LEAST_BETWEEN, LONGEST_WAIT, Gate
from copilot.analysis.pitfalls.signs import Signs
from copilot.domain.call import Role
from copilot.domain.events import (
    By,
    Event,
    Logged,
    OutcomeNoted,
    PitfallNoted,
    QuestionClosed,
    StageMarked,
    TalkCounted,
    UtteranceHeard,
)
from copilot.domain.items import Evidence, Outcome, Pitfall, Question, QuestionState
from copilot.domain.talk import TalkStats
from tests.unit.analysis.books import playbook
from tests.unit.analysis.deep.logs import AT

QUOTE = (Evidence(utterance=0, quote="faster"),)
PLAIN = "and then the parcel goes over to the other side of the building"


@cache
def signs() -> Signs:
    return Signs(playbook())


def gate(*events: Event) -> Gate:
    opened = Gate(signs())
    for n, event in enumerate(events, start=1):
        opened = opened.after(Logged(seq=n, at=AT, event=event))
    return opened


def says(text: str, role: str = "customer", i: int = 0, at_s: float | None = None) -> UtteranceHeard:
    end_s = None if at_s is None else at_s + 4
    return UtteranceHeard(utterance=f"s{i}", i=i, role=Role(role), text=text, start_s=at_s, end_s=end_s)


def outcome(by: By = "embedded", text: str = "Faster", evidence: tuple[Evidence, ...] = QUOTE) -> OutcomeNoted:
    return OutcomeNoted(by=by, change="added", item=Outcome(id="O1", text=text, evidence=evidence))


def plain(count: int, role: str = "customer") -> list[Event]:
    return [says(PLAIN, role, i) for i in range(count)]


class TestStaysShut:
    def test_where_nothing_was_said(self) -> None:
        assert gate().due is None

    def test_for_nods_however_many(self) -> None:
        assert (
            gate(*[says("Mm-hm.", i=i) for i in range(50)], *[says("right okay", "rep", i) for i in range(50)]).due
            is None
        )

    def test_for_what_a_model_or_a_person_changed(self) -> None:
        assert gate(*plain(1), outcome("llm"), outcome("person", "Slower")).due is None

    def test_for_more_evidence_of_what_is_known(self) -> None:
        known = gate(*plain(1), outcome()).asked()
        more = outcome(evidence=(*QUOTE, Evidence(utterance=1, quote="faster")))

        assert known.after(Logged(seq=9, at=AT, event=more)).due is None

    def test_for_counts_of_talk(self) -> None:
        assert gate(*plain(2), TalkCounted(talk=TalkStats(rep_words=9))).due is None

    def test_for_numbers_of_the_reps(self) -> None:
        assert gate(*plain(2, "rep"), says("we have eighty customers in nine countries", "rep", 3)).due is None


class TestOpens:
    def test_for_what_the_first_tier_found(self) -> None:
        assert gate(*plain(1), outcome()).due == "item"

    def test_for_a_pitfall(self) -> None:
        pitfall = Pitfall(id="P1", kind="ignored_cue", evidence=QUOTE)

        assert gate(*plain(1), PitfallNoted(by="embedded", change="found", item=pitfall)).due == "pitfall"

    def test_for_a_question_that_was_answered(self) -> None:
        question = Question(id="Q1", stage="metrics", text="?", why="", gap="x", after=0, state=QuestionState.ANSWERED)

        assert gate(*plain(1), QuestionClosed(by="embedded", question=question)).due == "answer"

    def test_for_a_number_or_a_pain_in_the_customers_words(self) -> None:
        assert gate(*plain(HELD_BACK - 1), says("it takes us six weeks every time")).due == "number"
        assert (
            gate(*plain(HELD_BACK - 1), says("it is a nightmare for everyone here and a waste", "unknown")).due
            == "pain"
        )

    def test_for_a_number_alone_not_right_after_a_request(self) -> None:
        first = gate(*plain(1), outcome()).asked().after(Logged(seq=5, at=AT, event=says("it takes us six weeks now")))
        later = first
        for n in range(HELD_BACK - 1):
            later = later.after(Logged(seq=6 + n, at=AT, event=says(PLAIN, i=n)))

        assert (first.due, later.due) == (None, "number")

    def test_for_what_the_first_tier_changed_not_right_after_a_request(self) -> None:
        first = gate(*plain(1), outcome()).asked().after(Logged(seq=5, at=AT, event=outcome(text="Sooner")))
        later = first
        for n in range(HELD_BACK):
            later = later.after(Logged(seq=6 + n, at=AT, event=says(PLAIN, i=n)))

        assert (first.due, later.due) == (None, "change")

    def test_for_several_utterances_whose_stage_is_not_certain(self) -> None:
        unsure = [StageMarked(by="embedded", i=i, stage="metrics", confidence=0.3) for i in range(3)]
        sure = StageMarked(by="embedded", i=1, stage="metrics", confidence=0.9)

        assert gate(*plain(3), *unsure).due == "stage"
        assert gate(*plain(3), *unsure, sure).due is None

    def test_after_the_longest_wait_in_utterances(self) -> None:
        assert gate(*plain(LONGEST_WAIT - 1)).due is None
        assert gate(*plain(LONGEST_WAIT)).due == "wait"

    def test_after_the_longest_wait_in_seconds_of_the_call(self) -> None:
        assert gate(says(PLAIN, at_s=0), says(PLAIN, i=1, at_s=70)).due is None
        assert gate(says(PLAIN, at_s=0), says(PLAIN, i=1, at_s=72)).due == "wait"


class TestARequest:
    def test_shuts_it(self) -> None:
        assert gate(*plain(LONGEST_WAIT), outcome()).asked().due is None

    def test_that_came_to_nothing_opens_it_again_for_the_same_reason(self) -> None:
        assert gate(*plain(1), outcome()).asked().not_answered().due == "item"

    def test_is_followed_by_the_next_after_two_utterances_and_nothing_is_lost_meanwhile(self) -> None:
        pitfall = PitfallNoted(by="embedded", change="found", item=Pitfall(id="P1", kind="ignored_cue", evidence=QUOTE))
        after = gate(*plain(1), outcome()).asked().after(Logged(seq=9, at=AT, event=pitfall))
        due = []
        for n in range(LEAST_BETWEEN):
            due.append(after.due)
            after = after.after(Logged(seq=10 + n, at=AT, event=says(PLAIN, i=2 + n)))

        assert (due, after.due) == ([None] * LEAST_BETWEEN, "pitfall")

    def test_that_came_to_nothing_is_followed_at_once(self) -> None:
        failed = gate(*plain(1), outcome()).asked().not_answered().asked().not_answered()

        assert failed.after(Logged(seq=9, at=AT, event=says(PLAIN, i=2))).due == "item"
