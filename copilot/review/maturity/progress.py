"""How far it has come between two points: days on which something was placed, and closed assessments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from copilot.domain.blueprint import LEVELS, Dimension, Level, ValueBlueprint
from copilot.domain.journal import Written
from copilot.domain.maturity import AssessmentClosed, DimensionPlaced, MaturityNote, StepTicked
from copilot.review.maturity.checking import UnusableAssessment
from copilot.review.maturity.entries import MaturityMove, MaturityProgress, ProgressPoint

NOW = "now"

Notes = Sequence[Written[MaturityNote]]


def points(notes: Notes, today: date) -> tuple[ProgressPoint, ...]:
    """What can be compared, the earliest first and now last; an assessment comes after what was placed on its day."""
    days = {written.note.on for written in notes if isinstance(written.note, DimensionPlaced)}
    found = [ProgressPoint(id=day.isoformat(), words="", on=day) for day in days]
    found += [
        ProgressPoint(id=f"closed-{written.seq}", words=written.note.name, on=written.note.on)
        for written in notes
        if isinstance(written.note, AssessmentClosed)
    ]
    found.sort(key=lambda point: (point.on, bool(point.words), point.id))
    return (*found, ProgressPoint(id=NOW, words="Now", on=today)) if found else ()


def progress(
    blueprint: ValueBlueprint, notes: Notes, today: date, *, since: str | None, until: str
) -> MaturityProgress | None:
    """None where there is nothing earlier to compare with, unless a point was asked for."""
    known = points(notes, today)
    before = _point(known, since) if since is not None else _usual(known, today)
    if before is None:
        return None
    after = _point(known, until)
    if (after.on, after.id == NOW) < (before.on, before.id == NOW):
        raise UnusableAssessment(f"{before.words or before.on} does not come before {after.words or after.on}")
    return _between(blueprint, notes, before, after)


def levels_at(notes: Notes, point: ProgressPoint) -> Mapping[str, Level]:
    """Where the dimensions stood. What was placed after an assessment was closed does not change it."""
    closed = int(point.id.removeprefix("closed-")) if point.id.startswith("closed-") else None
    placed = [
        (written.note.on, written.seq, written.note)
        for written in notes
        if isinstance(written.note, DimensionPlaced)
        and (point.id == NOW or written.note.on <= point.on)
        and (closed is None or written.seq < closed)
    ]
    last = {note.dimension: note.level for _, _, note in sorted(placed, key=lambda entry: entry[:2])}
    return {dimension: level for dimension, level in last.items() if level is not None}


def _point(known: Sequence[ProgressPoint], wanted: str) -> ProgressPoint:
    """By its id, or by the name under which an assessment was closed. Raises UnusableAssessment."""
    by_id = next((point for point in known if point.id == wanted), None)
    if by_id is not None:
        return by_id
    named = [point for point in known if point.words.casefold() == wanted.strip().casefold() != ""]
    if len(named) == 1:
        return named[0]
    if named:
        raise UnusableAssessment(f"“{wanted}” is the name of several; give one of {_listed(named)}")
    raise UnusableAssessment(f"there is no point {wanted!r} to compare; there are {_listed(known) or 'none yet'}")


def _listed(points: Sequence[ProgressPoint]) -> str:
    """Ids, with the names of those that have one."""
    return ", ".join(f"{p.id} (“{p.words}”, {p.on})" if p.words and p.id != NOW else p.id for p in points)


def _usual(known: Sequence[ProgressPoint], today: date) -> ProgressPoint | None:
    """The last closed assessment of an earlier day, else the first day."""
    earlier = [point for point in known if point.on < today and point.id != NOW]
    closed = [point for point in earlier if point.words]
    return closed[-1] if closed else next(iter(earlier), None)


def _between(blueprint: ValueBlueprint, notes: Notes, before: ProgressPoint, after: ProgressPoint) -> MaturityProgress:
    then, now = levels_at(notes, before), levels_at(notes, after)
    moves = tuple(
        _move(d, then.get(d.id), now.get(d.id)) for d in blueprint.dimensions if then.get(d.id) != now.get(d.id)
    )
    return MaturityProgress(
        before=before,
        after=after,
        moves=moves,
        unchanged=len(blueprint.dimensions) - len(moves),
        steps_done=_steps_done(blueprint, notes, before.on, after.on),
        says=_says(moves, len(blueprint.dimensions) - len(moves)),
    )


def _move(dimension: Dimension, before: Level | None, after: Level | None) -> MaturityMove:
    by = LEVELS.index(after) - LEVELS.index(before) if before and after else None
    return MaturityMove(dimension=dimension.id, title=dimension.title, before=before, after=after, by=by)


def _steps_done(blueprint: ValueBlueprint, notes: Notes, after: date, until: date) -> tuple[str, ...]:
    """The texts of the steps whose day lies after the one and not after the other."""
    ticked = {
        (written.note.from_level, written.note.step): written.note.on
        for written in notes
        if isinstance(written.note, StepTicked)
    }
    days = [(ticked.get((t.from_level, step.id)), step.text) for t in blueprint.transitions for step in t.steps]
    return tuple(text for day, text in days if day is not None and after < day <= until)


def _says(moves: Sequence[MaturityMove], unchanged: int) -> str:
    counted = {
        "up": sum(move.by is not None and move.by > 0 for move in moves),
        "down": sum(move.by is not None and move.by < 0 for move in moves),
        "newly assessed": sum(move.before is None for move in moves),
        "no longer assessed": sum(move.after is None for move in moves),
    }
    parts = [f"{n} {words}" for words, n in counted.items() if n]
    return f"{', '.join(parts) or 'Nothing has moved'}; {unchanged} as before."
