"""An account's calls and notes in few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from copilot.adapters.playbooks import load_playbook
from copilot.bundled import bundled
from copilot.domain.accounts import AccountNote, Amended, ReadingNoted
from copilot.domain.call import CallKind
from copilot.domain.items import Capability, Evidence, Item, Metric, Outcome
from copilot.domain.journal import Subject, Written
from copilot.review.ledger import AccountCall, Ledger, figure_of, ledger
from copilot.review.ledger.entries import MetricEntry
from tests.builders import call_of, say
from tests.unit.review.calls import keyed

ACCOUNT = "Larkfield"
KICK_OFF = date(2026, 1, 12)
TODAY = date(2026, 6, 1)
MILESTONES = load_playbook(bundled("rubrics")).value_demonstration.milestones


@dataclass(frozen=True)
class Line:
    """A customer's sentence, and the items that are heard in it."""

    said: str
    items: tuple[Item, ...] = ()
    role: str = "customer"


def outcome(text: str, item_id: str = "O1", **fields: Any) -> Outcome:
    return Outcome(id=item_id, text=text, evidence=_nowhere(), **fields)


def capability(text: str, item_id: str = "C1", **fields: Any) -> Capability:
    return Capability(id=item_id, text=text, evidence=_nowhere(), **fields)


def metric(text: str, item_id: str = "M1", **fields: Any) -> Metric:
    return Metric(id=item_id, text=text, evidence=_nowhere(), **fields)


def _nowhere() -> tuple[Evidence, ...]:
    return (Evidence(utterance=0, quote="…"),)


def call(
    call_id: str, *lines: Line, on: date = KICK_OFF, kind: CallKind | str = CallKind.DISCOVERY, demo: bool = False
) -> AccountCall:
    """A call of these lines; an item that is heard in several has all of them for its evidence."""
    kind = CallKind(kind)
    state = call_of(*(say(line.role, line.said, id=f"u{i}") for i, line in enumerate(lines)), kind=kind)
    items: dict[str, Item] = {}
    for i, line in enumerate(lines):
        for item in line.items:
            before = items[item.id].evidence if item.id in items else ()
            items[item.id] = item.model_copy(
                update={"evidence": (*before, Evidence(utterance=i, quote=line.said))},
            )
    made = replace(
        state,
        outcomes=keyed(*(i for i in items.values() if isinstance(i, Outcome))),
        capabilities=keyed(*(i for i in items.values() if isinstance(i, Capability))),
        metrics=keyed(*(i for i in items.values() if isinstance(i, Metric))),
    )
    return AccountCall(call_id, None, kind, on, made, demo=demo)


def written(*notes: AccountNote, at: date = TODAY) -> list[Written[AccountNote]]:
    """A journal of these notes, numbered from 1."""
    moment = datetime.combine(at, time(9), UTC)
    return [Written(n, moment, Subject("account", ACCOUNT), note) for n, note in enumerate(notes, 1)]


def reading(promise: str, figure: str, on: date, **fields: Any) -> ReadingNoted:
    return ReadingNoted(promise=promise, figure=figure_of(figure), on=on, **fields)


def amended(promise: str, field: Any, value: str | None) -> Amended:
    return Amended(promise=promise, field=field, value=value, by="Mira")


def fold(calls: Sequence[AccountCall], *notes: AccountNote, today: date = TODAY) -> Ledger:
    return ledger(ACCOUNT, calls, written(*notes), today, milestones=MILESTONES)


def only_metric(calls: Sequence[AccountCall], *notes: AccountNote, today: date = TODAY) -> MetricEntry:
    """The one metric that these calls and notes come to."""
    (entry,) = fold(calls, *notes, today=today).metrics
    return entry
