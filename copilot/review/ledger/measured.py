"""One metric of the ledger: the promise as it stands, its readings, and where it has got to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from copilot.domain.accounts import AccountNote, AmendedField, Heard, ReadingNoted
from copilot.domain.items import Metric
from copilot.domain.journal import Written
from copilot.review.ledger.amending import Amendments, settled
from copilot.review.ledger.cadence import cadence_of
from copilot.review.ledger.entries import MetricEntry, OutcomeEntry, Standing
from copilot.review.ledger.mentions import Found, mentions_of
from copilot.review.ledger.results import is_result
from copilot.review.ledger.standing import moved, placed, scale_of, yardstick
from copilot.review.ledger.telling import Promise, PromiseField, told_by, with_field
from copilot.review.ledger.told import Mention, Quote, Reading

FIELDS: tuple[PromiseField, ...] = ("baseline", "target", "owner", "cadence")


def metric_entry(
    group: Sequence[Found[Metric]],
    standing: Sequence[Written[AccountNote]],
    amendments: Amendments,
    today: date,
    *,
    outcomes: Sequence[OutcomeEntry],
) -> MetricEntry:
    """The entry of these mentions, which are in order of time; `outcomes` are those that it serves."""
    mentions = mentions_of(group)
    promise, amended = _amended(told_by(group), mentions, amendments)
    text = amendments.text_of(mentions)
    readings = _in_order((*promise.readings, *_noted(mentions, standing)))
    like = yardstick(promise.baseline, promise.target, readings)
    quotes = dict.fromkeys(q.quote for m in mentions for q in m.quotes)
    words = (*quotes, text or mentions[0].text, *(outcome.text for outcome in outcomes))
    scale = scale_of(like, promise.baseline, promise.target, words) if like else None
    readings = tuple(placed(reading, like) for reading in readings)
    latest = next((reading for reading in reversed(readings) if not reading.ours), None)
    moved_to, progress = moved(scale, promise.baseline, promise.target, latest)
    open_changes = any(not change.settled for change in promise.changes)
    reported = promise.target is None and all(is_result(found) for found in group if not found.mention.ours)
    promised = not reported or any(not outcome.reported for outcome in outcomes)
    due = _reading_due(promise, latest.on if latest else mentions[0].on)
    return MetricEntry(
        id=mentions[0].id,
        text=text or mentions[0].text,
        mentions=mentions,
        amended=(*(("text",) if text else ()), *amended),
        reported=reported,
        outcomes=tuple(outcome.id for outcome in outcomes),
        kind=group[0].item.kind,
        baseline=promise.baseline,
        target=promise.target,
        owner=promise.owner,
        cadence=promise.cadence,
        changes=promise.changes,
        readings=readings,
        latest=latest,
        scale=scale,
        progress=progress,
        standing=_standing(moved_to, open_changes=open_changes, promised=promised),
        moved=moved_to,
        reading_due=due,
        overdue=due is not None and due < today,
    )


def _standing(moved_to: Standing, *, open_changes: bool, promised: bool) -> Standing:
    if not promised:
        return "result"
    return "promise_changed" if open_changes else moved_to


def _amended(
    promise: Promise, mentions: Sequence[Mention], amendments: Amendments
) -> tuple[Promise, tuple[AmendedField, ...]]:
    """The promise with the people's words in it, and the fields that they are on."""
    words = {field: amendments.on(mentions, field) for field in FIELDS}
    for field, word in words.items():
        if word is not None:
            promise = replace(promise, changes=settled(promise.changes, field, word))
            promise = with_field(promise, field, word.told)
    return promise, tuple(field for field, word in words.items() if word is not None)


def _noted(mentions: Sequence[Mention], standing: Sequence[Written[AccountNote]]) -> list[Reading]:
    named = {mention.id for mention in mentions}
    return [
        _reading(written, written.note)
        for written in standing
        if isinstance(written.note, ReadingNoted) and written.note.promise in named
    ]


def _reading(written: Written[AccountNote], note: ReadingNoted) -> Reading:
    said = note.source.said if isinstance(note.source, Heard) else None
    return Reading(
        figure=note.figure,
        on=note.on,
        source=note.source,
        quote=Quote(call=said.call, on=note.on, utterance=said.utterance, quote=said.quote) if said else None,
        note=written.seq,
        at=written.at,
        by=note.by,
    )


def _in_order(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """By day; of one day what was heard comes before what was noted."""
    return tuple(sorted(readings, key=lambda r: (r.on, r.note or 0)))


def _reading_due(promise: Promise, last: date) -> date | None:
    """One period after the last look; None where nobody said how often."""
    cadence = cadence_of(promise.cadence.text) if promise.cadence else None
    return cadence.after(last) if cadence else None
