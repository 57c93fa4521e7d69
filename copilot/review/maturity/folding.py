"""Notes and the blueprint → the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from copilot.domain.blueprint import LEVELS, Dimension, Level, TransitionStep, ValueBlueprint
from copilot.domain.journal import Written
from copilot.domain.maturity import DimensionPlaced, MaturityNote, StepTaken, StepTicked
from copilot.review.maturity.entries import (
    MaturityDimension,
    MaturityGroup,
    MaturityMap,
    MaturityProposal,
    MaturitySummary,
    Placing,
    PlanStage,
    PlanStep,
    StepState,
    short_name,
)
from copilot.review.maturity.progress import points, progress
from copilot.review.maturity.proposals import proposals
from copilot.review.maturity.seen import Seen

Notes = Sequence[Written[MaturityNote]]


def maturity_map(
    blueprint: ValueBlueprint, notes: Notes, seen: Seen, today: date, *, since: str | None = None, until: str = "now"
) -> MaturityMap:
    """The map as the notes leave it, with what the calls show beside it.

    `since` and `until` are ids of points to compare; by default the last closed assessment, or the first day, and now.
    Raises UnusableAssessment where there is no such point. Notes on what the blueprint no longer has stay unseen.
    """
    placed = _placings(notes)
    proposed = proposals(seen)
    groups = tuple(
        MaturityGroup(
            id=group.id,
            title=group.title,
            dimensions=tuple(_dimension(d, placed.get(d.id, ()), proposed.get(d.id)) for d in group.dimensions),
        )
        for group in blueprint.groups
    )
    dimensions = [dimension for group in groups for dimension in group.dimensions]
    return MaturityMap(
        blueprint=blueprint.version,
        today=today,
        levels=blueprint.levels,
        groups=groups,
        summary=summary(dimensions),
        plan=_plan(blueprint, notes, dimensions, today),
        points=points(notes, today),
        progress=progress(blueprint, notes, today, since=since, until=until),
    )


def summary(dimensions: Sequence[MaturityDimension]) -> MaturitySummary:
    """Where most of it stands, and what is furthest behind."""
    at = [(d.standing.level, d.short) for d in dimensions if d.standing and d.standing.level]
    counts = {level: sum(placed == level for placed, _ in at) for level in LEVELS}
    mostly = max(LEVELS, key=lambda level: counts[level]) if at else None  # of several the first, which is the lowest
    lowest = next((level for level in LEVELS if counts[level]), None)
    behind = tuple(short for placed, short in at if placed == lowest) if lowest != mostly else ()
    return MaturitySummary(
        assessed=len(at),
        dimensions=len(dimensions),
        counts=counts,
        mostly=mostly,
        furthest_behind=behind,
        says=_says(counts, mostly, behind, len(dimensions)),
    )


def _says(counts: Mapping[Level, int], mostly: Level | None, behind: Sequence[str], dimensions: int) -> str:
    assessed = sum(counts.values())
    if mostly is None:
        return "Not assessed yet."
    alike = [level for level in LEVELS if counts[level] == counts[mostly]]
    if counts[mostly] == assessed:
        head = f"All at {mostly}"
    elif len(alike) > 1:
        head = f"{', '.join(alike[:-1])} and {alike[-1]} alike"
    else:
        head = f"{'Mostly' if 2 * counts[mostly] > assessed else 'Most often'} {mostly}"
    tail = f"; furthest behind: {', '.join(behind)}" if behind else ""
    part = "" if assessed == dimensions else f" {assessed} of {dimensions} assessed."
    return f"{head}{tail}.{part}"


def _placings(notes: Notes) -> Mapping[str, Sequence[Placing]]:
    """Everything placed, by dimension, as of earlier days first; of one day the one noted later comes last."""
    by_dimension: dict[str, list[Placing]] = {}
    for written in notes:
        if isinstance(note := written.note, DimensionPlaced):
            placing = Placing(level=note.level, why=note.why, said=note.said, on=note.on, by=note.by, note=written.seq)
            by_dimension.setdefault(note.dimension, []).append(placing)
    return {name: sorted(placed, key=lambda p: (p.on, p.note)) for name, placed in by_dimension.items()}


def _dimension(dimension: Dimension, placed: Sequence[Placing], proposal: MaturityProposal | None) -> MaturityDimension:
    standing = placed[-1] if placed and placed[-1].level is not None else None
    after = _next(standing.level) if standing and standing.level else None
    return MaturityDimension(
        id=dimension.id,
        short=short_name(dimension.id),
        title=dimension.title,
        levels=dimension.levels,
        standing=standing,
        next=after,
        gap=dimension.levels[after] if after else None,
        history=tuple(placed),
        proposal=proposal,
    )


def _next(level: Level) -> Level | None:
    place = LEVELS.index(level) + 1
    return LEVELS[place] if place < len(LEVELS) else None


def _plan(
    blueprint: ValueBlueprint, notes: Notes, dimensions: Iterable[MaturityDimension], today: date
) -> tuple[PlanStage, ...]:
    taken: dict[tuple[Level, str], StepTaken] = {}
    ticked: dict[tuple[Level, str], StepTicked] = {}
    for written in notes:
        match written.note:
            case StepTaken() as note:
                taken[note.from_level, note.step] = note
            case StepTicked() as note:
                ticked[note.from_level, note.step] = note
            case _:
                pass
    stages = []
    for transition in blueprint.transitions:
        start = transition.from_level
        steps = tuple(
            _step(step, taken.get((start, step.id)), ticked.get((start, step.id)), today) for step in transition.steps
        )
        held_up = tuple(
            d.short
            for d in dimensions
            if d.standing and d.standing.level and LEVELS.index(d.standing.level) <= LEVELS.index(start)
        )
        done = sum(step.state == "done" for step in steps)
        stages.append(PlanStage(from_level=start, to_level=transition.to_level, steps=steps, done=done, behind=held_up))
    return tuple(stages)


def _step(step: TransitionStep, taken: StepTaken | None, ticked: StepTicked | None, today: date) -> PlanStep:
    owner, due = (taken.owner, taken.due) if taken else (None, None)
    done_on = ticked.on if ticked else None
    return PlanStep(
        id=step.id,
        text=step.text,
        parts=step.parts,
        state=_state(owner, due, done_on, today),
        owner=owner,
        due=due,
        done_on=done_on,
        done_by=ticked.by if ticked and done_on else None,
    )


def _state(owner: str | None, due: date | None, done_on: date | None, today: date) -> StepState:
    if done_on is not None:
        return "done"
    if owner is None:
        return "open"
    return "overdue" if due is not None and due < today else "taken"
