"""Short ways to write an assessment down, and to say what calls show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from copilot.domain.blueprint import Level
from copilot.domain.call import CallKind
from copilot.domain.journal import Written
from copilot.domain.maturity import MATURITY, AssessmentClosed, DimensionPlaced, MaturityNote, StepTaken, StepTicked
from copilot.review.maturity import MaturityMap, Seen, maturity_map
from copilot.review.maturity.seen import AccountSeen, CallSeen
from tests.unit.analysis.books import playbook

BLUEPRINT = playbook().value_blueprint
DIMENSIONS = [dimension.id for dimension in BLUEPRINT.dimensions]
MARCH, APRIL, MAY, JUNE = (date(2026, month, 10) for month in range(3, 7))


def placed(dimension: str, level: Level | None, on: date = MARCH, why: str = "As we all see it.") -> DimensionPlaced:
    return DimensionPlaced(dimension=dimension, level=level, why=why, on=on, by="Ana Lind")


def taken(step: str, owner: str | None, due: date | None = None, start: Level = Level.I) -> StepTaken:
    return StepTaken(from_level=start, step=step, owner=owner, due=due, by="Ana Lind")


def ticked(step: str, on: date | None, start: Level = Level.I) -> StepTicked:
    return StepTicked(from_level=start, step=step, on=on, by="Ana Lind")


def closed(name: str, on: date) -> AssessmentClosed:
    return AssessmentClosed(name=name, on=on, by="Ana Lind")


def written(notes: Sequence[MaturityNote]) -> list[Written[MaturityNote]]:
    """As a journal has them."""
    at = datetime.combine(MARCH, time(), UTC)
    return [Written(seq, at, MATURITY, note) for seq, note in enumerate(notes, 1)]


def drawn(
    *notes: MaturityNote, seen: Seen | None = None, today: date = JUNE, since: str | None = None, until: str = "now"
) -> MaturityMap:
    return maturity_map(BLUEPRINT, written(notes), seen or Seen(), today, since=since, until=until)


def call(
    number: int,
    *reps: str,
    kind: CallKind = CallKind.DISCOVERY,
    account: str | None = "Acme",
    outcomes: int = 1,
    score: float | None = 0.7,
) -> CallSeen:
    return CallSeen(
        id=f"call-{number:02}",
        title=f"Call {number}",
        account=account,
        kind=kind,
        on=date(2026, 3, 1 + number % 28),
        reps=reps,
        outcomes=outcomes,
        score=score,
    )


def account(
    name: str, *, before: int = 1, after: int = 0, promises: int = 2, confirmed: int = 0, readings: int = 0
) -> AccountSeen:
    return AccountSeen(
        name=name, before_sale=before, after_sale=after, promises=promises, confirmed=confirmed, readings=readings
    )
