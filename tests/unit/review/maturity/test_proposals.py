from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.blueprint import LEVELS, Level
from copilot.domain.call import CallKind
from copilot.review.maturity import Seen
from copilot.review.maturity.proposals import READ, proposals
from tests.unit.review.maturity.assessments import DIMENSIONS, account, call, drawn

QBR = CallKind.QBR
THREE = ("Dana", "Mei", "Omar")


def proposed(dimension: str, *, calls: int = 0, **seen: object) -> Level | None:
    """The level; raises KeyError where nothing can be said."""
    return proposals(Seen(**seen))[dimension].level  # type: ignore[arg-type]


def shared(n: int, *reps: str, **of_each: object) -> tuple[object, ...]:
    return tuple(call(i, reps[i % len(reps)], **of_each) for i in range(n))  # type: ignore[arg-type]


class TestProposals:
    def test_nothing_is_said_of_nothing(self) -> None:
        assert proposals(Seen()) == {}

    def test_they_place_nothing(self) -> None:
        shown = drawn(seen=Seen(calls=tuple(call(i, "Dana") for i in range(9))))

        lead = next(d for d in shown.dimensions if d.id == "discussion_lead")
        assert lead.proposal is not None
        assert (lead.proposal.level, lead.standing) == (Level.I, None)
        assert shown.summary.assessed == 0

    def test_every_one_has_figures_a_rule_and_calls_to_look_at(self) -> None:
        calls = tuple(call(i, THREE[i % 3], kind=QBR if i % 2 else CallKind.DISCOVERY) for i in range(12))
        books = tuple(account(name, after=2, readings=1, confirmed=2) for name in ("Acme", "Birch", "Cedar"))

        found = proposals(Seen(calls=calls, accounts=books, coached=frozenset({"Dana"})))

        assert found.keys() == READ.keys() <= set(DIMENSIONS)
        assert all(p.figures and p.rule and p.calls for p in found.values())
        assert found["technology"].figures == (
            "3 of 3 accounts have a ledger with promises, 3 with readings too, 3 with readings and calls from before"
            " and after the sale.",
        )

    @pytest.mark.parametrize(("reps", "level"), [(("Dana",), Level.I), (("Dana", "Mei"), None), (THREE, Level.III)])
    def test_who_leads_value_talk(self, reps: tuple[str, ...], level: Level | None) -> None:
        calls = tuple(call(i, reps[i % len(reps)]) for i in range(6))
        assert proposals(Seen(calls=calls))["discussion_lead"].level is level

    @pytest.mark.parametrize(("meis", "level"), [(5, Level.III), (3, None), (2, Level.I)])
    def test_how_consistently_value_comes_up(self, meis: int, level: Level | None) -> None:
        calls = [call(i, "Dana") for i in range(5)] + [call(5 + i, "Mei", outcomes=int(i < meis)) for i in range(5)]
        assert proposals(Seen(calls=tuple(calls)))["prioritization"].level is level

    @pytest.mark.parametrize(("good", "level"), [(3, Level.III), (2, Level.III), (1, Level.I), (0, None)])
    def test_how_many_do_it_well(self, good: int, level: Level | None) -> None:
        calls = tuple(
            call(3 * n + i, rep, score=0.8 if n < good else 0.3) for n, rep in enumerate(THREE) for i in range(3)
        )
        assert proposals(Seen(calls=calls))["scope"].level is level

    @pytest.mark.parametrize(
        ("after", "level"), [((0, 0, 0), Level.II), ((1, 0, 0), None), ((1, 1, 0), Level.III), ((2, 2, 2), Level.IV)]
    )
    def test_at_which_points_of_the_life_cycle_calls_are_held(
        self, after: tuple[int, ...], level: Level | None
    ) -> None:
        books = tuple(account(f"A{n}", after=reviews) for n, reviews in enumerate(after))
        calls = [call(i, "Dana") for i in range(5)] + [call(5 + i, "Dana", kind=QBR) for i in range(sum(after))]
        assert proposals(Seen(calls=tuple(calls), accounts=books))["timing"].level is level

    @pytest.mark.parametrize(("readings", "after", "level"), [(0, 0, Level.II), (1, 0, Level.III), (1, 1, Level.IV)])
    def test_how_many_accounts_have_a_ledger(self, readings: int, after: int, level: Level) -> None:
        books = tuple(account(name, readings=readings, after=after) for name in ("Acme", "Birch", "Cedar"))
        found = proposals(Seen(calls=(call(1, "Dana"),), accounts=books))
        assert found["technology"].level is level
        assert found["targeting"].level is Level.III

    def test_too_few_say_nothing(self) -> None:
        few = Seen(calls=tuple(call(i, THREE[i % 2]) for i in range(4)), accounts=(account("Acme"), account("Birch")))
        assert proposals(few) == {}

    @given(
        st.lists(
            st.builds(
                call,
                st.integers(0, 99),
                st.sampled_from(THREE),
                kind=st.sampled_from([*CallKind]),
                account=st.sampled_from(["Acme", "Birch", None]),
                outcomes=st.integers(0, 3),
                score=st.none() | st.floats(0, 1),
            ),
            max_size=30,
        ),
        st.lists(
            st.builds(
                account,
                st.sampled_from(["Acme", "Birch", "Cedar", "Dune"]),
                before=st.integers(0, 2),
                after=st.integers(0, 3),
                promises=st.integers(0, 5),
                readings=st.integers(0, 4),
            ),
            max_size=6,
        ),
        st.frozensets(st.sampled_from(THREE)),
    )
    def test_whatever_is_seen_no_level_is_proposed_that_calls_cannot_tell(
        self, calls: list[object], books: list[object], coached: frozenset[str]
    ) -> None:
        found = proposals(Seen(tuple(calls), tuple(books), coached))  # type: ignore[arg-type]
        for proposal in found.values():
            assert proposal.level in (None, *LEVELS[:4])
            assert len(proposal.calls) <= 3
