"""What a metric's figures were before: a new figure takes a value's place, and the value goes into its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copilot.analysis.numbers import numbers_in, same_value
from copilot.domain.items import EarlierValue, Item, Metric


def with_history(item: Item, updates: Mapping[str, Any]) -> dict[str, Any]:
    """The updates, and for a metric the values that they take the place of.

    A value is in the history once, and not while it stands; another spelling of it is no other value.
    """
    if not isinstance(item, Metric):
        return {**updates}
    earlier = item.earlier
    for name in ("baseline", "target"):
        before, now = getattr(item, name), updates.get(name, getattr(item, name))
        if not _same(before, now):
            earlier = tuple(
                e for e in earlier if e.field != name or not (_same(e.value, now) or _same(e.value, before))
            )
            if before is not None:
                earlier = (*earlier, EarlierValue(field=name, value=before, utterance=_said_at(item, before)))
    return {**updates, "earlier": earlier}


def _same(a: str | None, b: str | None) -> bool:
    return a == b or (a is not None and b is not None and same_value(a, b))


def _said_at(metric: Metric, value: str) -> int | None:
    """The first utterance of its evidence that says the value, in these words or in other ones for the number."""
    numbers = numbers_in(value)
    verbatim = [e.utterance for e in metric.evidence if value.casefold() in e.quote.casefold()]
    likewise = [e.utterance for e in metric.evidence if numbers and numbers <= numbers_in(e.quote)]
    return next(iter((*verbatim, *likewise)), None)
