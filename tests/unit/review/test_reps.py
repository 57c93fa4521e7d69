"""One rep under several spellings is one person, wherever calls of many people are compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from copilot.domain.call import CallInfo, CallKind
from copilot.domain.journal import Subject, Written
from copilot.domain.kept_scorecards import COACHING, CallCounted, Coached, ScorecardKept, ScorecardNote
from copilot.domain.records import CallRecord
from copilot.review.maturity.seen import seen
from copilot.review.reps import spelt_alike
from copilot.review.scorecard import KeptScorecards, fold
from copilot.review.team.calls import Compared, Filters, TeamCall, compared, team_calls
from copilot.review.team.queue import coaching_queue
from tests.unit.review.teams import RUBRIC, answer, card

AT = datetime(2026, 5, 1, tzinfo=UTC)


def kept(*reps: tuple[str, ...]) -> dict[str, KeptScorecards]:
    """What was kept of calls that these held, each of which missed the criterion `pain`."""
    notes: list[tuple[int, ScorecardNote]] = []
    for n, names in enumerate(reps):
        scored = ScorecardKept(scorecard=card(f"call-{n}", [answer("pain", "not_met")], RUBRIC), engine="embedded")
        notes += [(n, CallCounted(reps=names)), (n, scored)]
    return fold([Written(seq, AT, Subject("scorecard", f"call-{n}"), note) for seq, (n, note) in enumerate(notes)])


def records(n: int) -> list[CallRecord]:
    infos = [CallInfo(id=f"call-{i}", kind=CallKind.DISCOVERY) for i in range(n)]
    return [CallRecord(info=info, started_at=AT, wrapped_up=True) for info in infos]


def calls_of(*reps: tuple[str, ...]) -> list[TeamCall]:
    return team_calls(records(len(reps)), spelt_alike(kept(*reps)))


JONAS = (("jonas falk",), ("Jonas  Falk",), ("Jonas Falk",), ("Jonas Falk",), ("Jonas Falke",))


def coached(rep: str, criterion: str = "pain") -> Written[Coached]:
    return Written(1, AT, COACHING, Coached(rep=rep, kind=CallKind.DISCOVERY, criterion=criterion))


def together(rep: str | None = None) -> Compared:
    return compared(calls_of(*JONAS), Filters(rep=rep))


def test_case_and_space_tell_nobody_apart_and_another_name_does() -> None:
    assert {rep: len(calls) for rep, calls in together().by_rep().items()} == {"Jonas Falk": 4, "Jonas Falke": 1}


def test_of_two_spellings_that_are_as_common_the_one_with_capitals_is_shown() -> None:
    assert [call.reps for call in calls_of(("mei tanaka",), ("Mei Tanaka",), ("MEI TANAKA", "mei tanaka"))] == [
        ("mei tanaka",)
    ] * 3
    assert [call.reps for call in calls_of(("mei tanaka",), ("Mei Tanaka",))] == [("Mei Tanaka",)] * 2


def test_of_spellings_that_are_as_common_one_in_both_cases_is_shown() -> None:
    assert [call.reps for call in calls_of(("MEI TANAKA",), ("mei tanaka",), ("Mei Tanaka",))] == [("Mei Tanaka",)] * 3


def test_spellings_are_counted_with_their_spaces_evened() -> None:
    spelt = calls_of(
        ("Mei  Tanaka",), (" Mei Tanaka",), ("MEI TANAKA",), ("mei tanaka",), ("mei tanaka",), ("Mei Tanaka",)
    )

    assert {call.reps for call in spelt} == {("Mei Tanaka",)}


def test_an_accent_apart_from_its_letter_is_no_other_name() -> None:
    spelt = calls_of(("Zoe\u0301 Roux",), ("ZO\u00c9 ROUX",), ("Zo\u00e9 Roux",))

    assert {call.reps for call in spelt} == {("Zo\u00e9 Roux",)}


def test_a_filter_finds_them_however_it_is_typed() -> None:
    asked = together("JONAS FALK")

    assert asked.rep == "Jonas Falk"
    assert [*asked.by_rep()] == ["Jonas Falk"]
    assert len(asked.calls) == 4


def test_who_was_coached_under_another_spelling_was_coached() -> None:
    queue = coaching_queue(together(), None, [coached("jonas falk")])

    assert [row.rep for row in queue.rows] == []  # coached since; the one of another name has one call alone
    assert [mark.rep for mark in queue.coached] == ["Jonas Falk"]


def test_who_was_coached_stays_under_a_filter_whose_first_call_spells_them_otherwise_and_was_not_scored() -> None:
    held = kept(("jonas falk",), ("Jonas Falk",), ("Jonas Falk",))
    held["call-0"] = replace(held["call-0"], cards=())
    asked = compared(team_calls(records(3), held), Filters(rep="JONAS FALK"))
    marked = [coached("Jonas Falk"), coached("Jonas Falke")]

    assert (asked.rep, len(asked.calls)) == ("jonas falk", 2)
    assert [mark.rep for mark in coaching_queue(asked, None, marked).coached] == ["Jonas Falk"]


def test_so_it_is_for_the_maturity_of_a_team() -> None:
    shown = seen(records(5), spelt_alike(kept(*JONAS)), [], ["jonas falk"])

    assert set(shown.by_rep) == {"Jonas Falk", "Jonas Falke"}
    assert shown.coached == frozenset({"Jonas Falk"})
