from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from copilot.domain.accounts import Quoted
from copilot.domain.blueprint import LEVELS, Level
from copilot.domain.call import Utterance
from copilot.domain.maturity import DimensionPlaced, MaturityNote
from copilot.review.maturity.checking import UnusableAssessment, check, check_said
from copilot.review.maturity.entries import MaturityDimension, MaturityMap, PlanStep
from copilot.review.maturity.exports import as_csv
from copilot.review.maturity.progress import levels_at
from copilot.review.maturity.telling import as_markdown, as_text
from tests.unit.review.maturity.assessments import (
    APRIL,
    BLUEPRINT,
    DIMENSIONS,
    JUNE,
    MARCH,
    MAY,
    closed,
    drawn,
    placed,
    taken,
    ticked,
    written,
)

PLACINGS = st.lists(
    st.builds(
        placed,
        st.sampled_from(DIMENSIONS),
        st.sampled_from([*LEVELS, None]),
        st.sampled_from([MARCH, APRIL, MAY]),
    ),
    max_size=40,
)


def dimension(shown: MaturityMap, name: str) -> MaturityDimension:
    return next(d for d in shown.dimensions if d.id == name)


def step(shown: MaturityMap, name: str) -> PlanStep:
    return next(s for stage in shown.plan for s in stage.steps if s.id == name)


class TestPlacing:
    def test_what_nobody_placed_is_blank_and_not_the_first_level(self) -> None:
        shown = drawn()

        assert len(shown.dimensions) == 15
        assert {d.standing for d in shown.dimensions} == {None}
        assert (shown.summary.assessed, shown.summary.mostly, shown.summary.says) == (0, None, "Not assessed yet.")

    def test_a_dimension_has_its_level_what_it_rests_on_and_the_gap_to_the_next(self) -> None:
        targeting = dimension(drawn(placed("targeting", Level.II, why="Only the forty largest.")), "targeting")

        assert targeting.standing is not None
        assert (targeting.standing.level, targeting.standing.why) == (Level.II, "Only the forty largest.")
        assert (targeting.standing.by, targeting.standing.on) == ("Ana Lind", MARCH)
        assert (targeting.next, targeting.gap) == (Level.III, targeting.levels[Level.III])

    def test_nothing_lies_beyond_the_last_level(self) -> None:
        timing = dimension(drawn(placed("timing", Level.V)), "timing")
        assert (timing.next, timing.gap) == (None, None)

    def test_the_latest_day_counts_whenever_it_was_written(self) -> None:
        scope = dimension(drawn(placed("scope", Level.III, MAY), placed("scope", Level.I, MARCH)), "scope")

        assert scope.standing is not None
        assert scope.standing.level is Level.III
        assert [p.level for p in scope.history] == [Level.I, Level.III]

    def test_a_level_without_a_note_or_a_quote_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="needs a note or a quote"):
            DimensionPlaced(dimension="scope", level=Level.II, on=MARCH, by="Ana Lind")

    @given(PLACINGS)
    def test_the_last_of_the_latest_day_stands_for_every_dimension(self, notes: list[DimensionPlaced]) -> None:
        shown = drawn(*notes)
        for line in shown.dimensions:
            ours = sorted((n for n in notes if n.dimension == line.id), key=lambda n: n.on)
            expected = ours[-1].level if ours else None
            assert (line.standing.level if line.standing else None) == expected
            assert len(line.history) == len(ours)

    @given(PLACINGS)
    def test_counts_add_up_and_mostly_is_the_level_of_most(self, notes: list[DimensionPlaced]) -> None:
        summary = drawn(*notes).summary
        assert sum(summary.counts.values()) == summary.assessed <= summary.dimensions == 15
        assert (summary.mostly is None) == (summary.assessed == 0)
        if summary.mostly is not None:
            assert summary.counts[summary.mostly] == max(summary.counts.values())

    @given(PLACINGS)
    def test_notes_on_different_dimensions_may_come_in_any_order(self, notes: list[DimensionPlaced]) -> None:
        by_dimension = sorted(notes, key=lambda note: DIMENSIONS.index(note.dimension))
        assert [d.standing and d.standing.level for d in drawn(*notes).dimensions] == [
            d.standing and d.standing.level for d in drawn(*by_dimension).dimensions
        ]


class TestSummary:
    def test_it_says_where_most_stands_and_what_is_furthest_behind(self) -> None:
        notes = [placed(name, Level.I if name == "targeting" else Level.II) for name in DIMENSIONS]
        assert drawn(*notes).summary.says == "Mostly II; furthest behind: targeting."

    @pytest.mark.parametrize(
        ("levels", "says"),
        [
            ([Level.II], "All at II. 1 of 15 assessed."),
            ([Level.I, Level.II], "I and II alike. 2 of 15 assessed."),
            ([Level.III, Level.III, Level.II], "Mostly III; furthest behind: scope. 3 of 15 assessed."),
            (
                [Level.III, Level.III, Level.II, Level.IV, Level.V],
                "Most often III; furthest behind: scope. 5 of 15 assessed.",
            ),
        ],
    )
    def test_it_has_no_average(self, levels: list[Level], says: str) -> None:
        notes = [placed(name, level) for name, level in zip(DIMENSIONS, levels, strict=False)]
        assert drawn(*notes).summary.says == says


class TestPlan:
    def test_the_steps_are_those_on_from_the_level_of_most(self) -> None:
        stage = drawn(*(placed(name, Level.II) for name in DIMENSIONS)).next_stage
        assert stage is not None
        assert (stage.from_level, stage.to_level, len(stage.steps)) == (Level.II, Level.III, 11)
        assert len(stage.behind) == 15

    def test_a_step_is_open_taken_overdue_done_and_open_again(self) -> None:
        name = "collect_examples"
        notes: list[MaturityNote] = []
        states = []
        for note in (taken(name, "Ben", JUNE), taken(name, "Ben", MAY), ticked(name, MAY), ticked(name, None)):
            notes.append(note)
            states.append(step(drawn(*notes), name).state)
        notes.append(taken(name, None))

        assert step(drawn(), name).state == "open"
        assert states == ["taken", "overdue", "done", "overdue"]
        assert step(drawn(*notes), name).state == "open"

    def test_ticks_are_counted_by_stage(self) -> None:
        plan = drawn(ticked("collect_examples", MAY), ticked("win_managers", MAY, Level.II)).plan
        assert [stage.done for stage in plan] == [1, 1, 0, 0]


class TestProgress:
    NOTES = (
        placed("scope", Level.I, MARCH),
        placed("timing", Level.III, MARCH),
        closed("Spring", APRIL),
        placed("scope", Level.II, MAY),
        placed("timing", Level.II, MAY),
        placed("support", Level.I, MAY),
        ticked("collect_examples", MAY),
    )

    def test_it_is_since_the_last_closed_assessment_by_default(self) -> None:
        progress = drawn(*self.NOTES).progress

        assert progress is not None
        assert (progress.before.words, progress.after.words) == ("Spring", "Now")
        assert [(m.title, m.before, m.after, m.by) for m in progress.moves] == [
            ("Scope of the capability", Level.I, Level.II, 1),
            ("Timing of value engagement", Level.III, Level.II, -1),
            ("Added organisational support for value-based conversations", None, Level.I, None),
        ]
        assert progress.says == "1 up, 1 down, 1 newly assessed; 12 as before."
        assert progress.steps_done == ("Gather the best business cases and value content that are in use now.",)

    def test_any_two_points_can_be_compared(self) -> None:
        progress = drawn(*self.NOTES, since=MARCH.isoformat(), until="closed-3").progress
        assert progress is not None
        assert (progress.moves, progress.says) == ((), "Nothing has moved; 15 as before.")

    def test_an_assessment_goes_by_its_name_too(self) -> None:
        by_name = drawn(*self.NOTES, since=" spring").progress
        assert by_name == drawn(*self.NOTES, since="closed-3").progress

    def test_a_name_of_two_is_asked_about(self) -> None:
        with pytest.raises(UnusableAssessment, match=r"the name of several; give one of closed-3 \(“Spring”"):
            drawn(*self.NOTES, closed("Spring", MAY), since="Spring")

    def test_a_closed_assessment_stays_as_it_was(self) -> None:
        notes = (*self.NOTES, placed("scope", Level.V, MARCH))
        spring = next(point for point in drawn(*notes).points if point.words == "Spring")
        assert levels_at(written(notes), spring) == {"scope": Level.I, "timing": Level.III}

    def test_without_anything_earlier_there_is_none(self) -> None:
        assert drawn().progress is None
        assert drawn(placed("scope", Level.I, JUNE), today=JUNE).progress is None

    @pytest.mark.parametrize(
        ("since", "until", "words"),
        [("closed-9", "now", "no point 'closed-9'"), ("2026-05-10", "closed-3", "does not come before")],
    )
    def test_points_that_are_not_there_or_the_wrong_way_round(self, since: str, until: str, words: str) -> None:
        with pytest.raises(UnusableAssessment, match=words):
            drawn(*self.NOTES, since=since, until=until)

    @given(PLACINGS)
    def test_moves_lead_from_the_first_day_to_what_stands(self, notes: list[DimensionPlaced]) -> None:
        shown = drawn(*notes)
        if shown.progress is None:
            assert notes == []
            return
        first = levels_at(written(notes), shown.points[0])
        moved = {move.dimension: move.after for move in shown.progress.moves}
        now = {d.id: d.standing.level for d in shown.dimensions if d.standing}
        assert {d: level for d, level in {**first, **moved}.items() if level is not None} == now


class TestChecks:
    @pytest.mark.parametrize(
        ("note", "words"),
        [
            (placed("charm", Level.I), "no dimension 'charm'; there are prioritization"),
            (placed("scope", Level.I, JUNE), "2026-06-10 has not come yet"),
            (taken("dance", "Ben"), "level I has no step 'dance'; there are collect_examples"),
            (taken("dance", "Ben", start=Level.V), "none, since it is the last"),
            (ticked("collect_examples", JUNE), "has not come yet"),
            (closed("Spring", MARCH), "nothing had been placed by 2026-03-10"),
        ],
    )
    def test_what_does_not_fit_is_refused_with_what_would(self, note: MaturityNote, words: str) -> None:
        with pytest.raises(UnusableAssessment, match=words):
            check(note, BLUEPRINT, [], MAY)

    def test_what_fits_is_taken(self) -> None:
        before = written([placed("scope", Level.I)])
        for note in (placed("scope", None, MAY), ticked("collect_examples", None), closed("Spring", MAY)):
            check(note, BLUEPRINT, before, MAY)

    @pytest.mark.parametrize(("i", "quote"), [(0, "five weeks"), (1, "six weeks")])
    def test_a_quote_has_to_stand_where_it_is_said_to(self, i: int, quote: str) -> None:
        said = [Utterance(id="u1", i=0, text="It takes six weeks.")]
        check_said(Quoted(call="acme", utterance=0, quote="six weeks"), said)
        with pytest.raises(UnusableAssessment, match=f"utterance {i + 1} of acme does not say"):
            check_said(Quoted(call="acme", utterance=i, quote=quote), said)


class TestTelling:
    NOTES = (
        placed("targeting", Level.I, why="=cmd() | <b>the forty</b> largest"),
        placed("scope", Level.II),
        placed("timing", Level.II),
        taken("collect_examples", "Ben", MAY),
    )

    def test_a_terminal_sees_a_table_what_is_behind_and_the_next_steps(self) -> None:
        text = as_text(drawn(*self.NOTES))

        assert "Mostly II; furthest behind: targeting. 3 of 15 assessed." in text
        assert "  targeting            ●    ○    ·    ·    ·    2026-03-10, Ana Lind" in text
        assert "  targeting: I → II" in text
        assert "Next steps, II → III · 0 of 11 done" in text
        assert max(map(len, text.splitlines())) < 250

    def test_markdown_escapes_what_people_wrote(self) -> None:
        markdown = as_markdown(drawn(*self.NOTES))

        assert "<b>" not in markdown
        assert "- [ ] Gather the best business cases and value content that are in use now. · Ben, overdue" in markdown

    def test_csv_has_a_line_for_every_dimension_and_step_and_no_formula(self) -> None:
        lines = [*csv.DictReader(io.StringIO(as_csv(drawn(*self.NOTES)).removeprefix("\ufeff")))]

        assert [line["what"] for line in lines].count("dimension") == 15
        assert [line["what"] for line in lines].count("step") == 37
        targeting = next(line for line in lines if line["id"] == "targeting")
        assert (targeting["level"], targeting["next"]) == ("I", "II")
        assert targeting["note"].startswith("'=cmd()")
