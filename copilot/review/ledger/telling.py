"""What the calls tell of one metric: its promise, how the promise changed, and where the metric stood when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from copilot.analysis.language.clauses import sentence_at
from copilot.analysis.numbers import numbers_in, same_value
from copilot.domain.accounts import Heard, Quoted
from copilot.domain.call import CallKind
from copilot.domain.items import ItemState, Metric
from copilot.review.ledger.figures import figure_of
from copilot.review.ledger.mentions import Found
from copilot.review.ledger.told import Change, Quote, Reading, Told

PromiseField = Literal["baseline", "target", "owner", "cadence"]

_WANTED = re.compile(
    r"\b(?:want\w*|would|need\w*|should|must|ha(?:s|ve) to|goals?|target\w*|aim\w*|hop(?:e|ing)|could|promised|agreed"
    r"|committed|get (?:it|that) )\b|['’]d\b",
    re.I,
)
_AHEAD = re.compile(r"\b(?:next (?:quarter|year|month)|by (?:the end|q[1-4]|next|christmas)|will)\b|['’]ll\b", re.I)
_HAS_MOVED = re.compile(
    r"\b(?:went|came|fell|dropped|rose|grew|climbed|improved|reduced|(?:has|have) (?:gone|come|fallen|risen|grown)"
    r"|(?:down|up) from)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What stands for each field of a metric after some calls, and what has been heard of it on the way."""

    baseline: Told | None = None
    target: Told | None = None
    owner: Told | None = None
    cadence: Told | None = None
    changes: tuple[Change, ...] = ()
    readings: tuple[Reading, ...] = ()


def told_by(mentions: Iterable[Found[Metric]]) -> Promise:
    """The promise after all of these mentions, which are in order of time.

    A review's figures are readings, unless it says that they are still wanted. What only we said promises nothing,
    though a reading of ours is kept, as ours.
    """
    promise = Promise()
    for found in mentions:
        promise = _after(promise, found)
    return promise


def _after(promise: Promise, found: Found[Metric]) -> Promise:
    if not found.mention.ours:
        promise = _with_figure(promise, found, "baseline")
        promise = replace(
            promise,
            owner=_told(found, found.item.owner) or promise.owner,
            cadence=_told(found, found.item.cadence) or promise.cadence,
        )
    if found.mention.kind is CallKind.QBR and _has_come_to(found):
        return _with_reading(promise, found)
    return promise if found.mention.ours else _with_figure(promise, found, "target")


def _has_come_to(found: Found[Metric]) -> bool:
    """Whether the call's figure says where the metric has got to, and not where it is to get."""
    value = found.item.target
    if value is None:
        return False
    said = _words_around(value, found)
    if said is None or _WANTED.search(said):
        return False
    return bool(_HAS_MOVED.search(said)) or not _AHEAD.search(said)


def _words_around(value: str, found: Found[Metric]) -> str | None:
    """The sentence that says the value, or None where a person typed it and nobody said it."""
    quote = _quote_of(value, found)
    if quote is None:
        return None
    at = quote.quote.casefold().find(value.casefold())
    return sentence_at(quote.quote, at).said if at >= 0 else quote.quote


def _with_reading(promise: Promise, found: Found[Metric]) -> Promise:
    value = found.item.target or ""
    quote = _quote_of(value, found)
    if quote is None:
        return promise
    said = Quoted(call=quote.call, utterance=quote.utterance, quote=quote.quote[:2000])
    reading = Reading(
        figure=figure_of(value),
        on=found.mention.on,
        source=Heard(said=said),
        quote=quote,
        mention=found.mention.id,
        ours=_is_ours(quote, found),
    )
    return replace(promise, readings=(*promise.readings, reading))


def _with_figure(promise: Promise, found: Found[Metric], name: Literal["baseline", "target"]) -> Promise:
    """The promise with the call's figure in place of another one, which goes into its history.

    The customer's takes the place of one that we claimed without more ado, and what we claim never that of theirs.
    """
    now = _told(found, getattr(found.item, name))
    before = promise.baseline if name == "baseline" else promise.target
    if now is None:
        return promise
    if before is None or (before.ours and not now.ours):
        return with_field(promise, name, now)
    if same_value(before.text, now.text) or (now.ours and not before.ours):
        return promise
    if found.mention.kind is CallKind.QBR and _is_a_reading(now, promise.readings):
        return promise  # "we were at thirty in spring": it was a step on the way, and not the start
    change = Change(field=name, before=before, after=now)
    return replace(with_field(promise, name, now), changes=(*promise.changes, change))


def with_field(promise: Promise, name: PromiseField, told: Told | None) -> Promise:
    """The promise with this for the field."""
    match name:
        case "baseline":
            return replace(promise, baseline=told)
        case "target":
            return replace(promise, target=told)
        case "owner":
            return replace(promise, owner=told)
        case "cadence":
            return replace(promise, cadence=told)


def _is_a_reading(told: Told, readings: Sequence[Reading]) -> bool:
    return any(same_value(told.text, reading.figure.text) for reading in readings)


def _told(found: Found[Metric], value: str | None) -> Told | None:
    if not value:
        return None
    quote = _quote_of(value, found)
    return Told(
        text=value,
        on=found.mention.on,
        figure=figure_of(value),
        quote=quote,
        mention=found.mention.id,
        ours=_is_ours(quote, found),
    )


def _is_ours(quote: Quote | None, found: Found[Metric]) -> bool:
    """Whether nobody but our side stands behind the words that say a value."""
    if found.item.state is ItemState.CONFIRMED:
        return False
    return found.mention.ours or (quote is not None and quote.claimed)


def _quote_of(value: str, found: Found[Metric]) -> Quote | None:
    """The words that say the value: the customer's before ours, verbatim before the same numbers in other words."""
    quotes = found.mention.quotes
    verbatim = [q for q in quotes if value.casefold() in q.quote.casefold()]
    numbers = numbers_in(value)
    likewise = [q for q in quotes if numbers and numbers <= numbers_in(q.quote)]
    return min((*verbatim, *likewise), key=lambda quote: quote.claimed, default=None)
