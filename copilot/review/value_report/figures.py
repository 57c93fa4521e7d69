"""Figures as a report tells them: with what they count, and none that does not stand any more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from copilot.analysis.numbers import find_changes, numbers_in, same_value
from copilot.analysis.numbers.quantities import Quantity
from copilot.domain.accounts import Figure
from copilot.review.ledger.entries import MetricEntry
from copilot.review.ledger.figures import figure_of
from copilot.review.ledger.told import CLAIMED, Scale, Told

_ENDS_THERE = re.compile(r"\s*(?:$|[.,;:!?)])")
_TO = re.compile(r"\s+(?:to|from)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\s+(?:by|before|until|within|in|on|at|for|across|this|next)\b", re.IGNORECASE)
_GOES_SOMEWHERE = re.compile(
    r"\b(?:bring|get|take|drive|push|pull|move|keep|go|come|be|is|are|was|were)(?:s|ing)?\b", re.IGNORECASE
)
_MOVES_IT = re.compile(
    r"(?:raise|lift|grow|increase|boost|improve|cut|reduce|lower|decrease|shorten|drop|trim|shrink)\b", re.IGNORECASE
)


def in_scale(figure: Figure, scale: Scale | None) -> str:
    """As it was told; a bare number with the unit that it was taken to be in, its promise's."""
    is_bare = figure.kind == "count" and figure.unit is figure.per is None and not any(map(str.isalpha, figure.text))
    if not is_bare or scale is None or scale.kind in ("multiple", "ratio"):
        return figure.text
    unit = f" {scale.unit}" if scale.unit else ""
    return f"{figure.text.strip()}{unit}{f' per {scale.per}' if scale.per else ''}"


def told_in_scale(told: Told, scale: Scale | None) -> str:
    """As it was told; with the mark that it is ours, where it is."""
    text = told.text if told.figure is None else in_scale(told.figure, scale)
    return f"{text} ({CLAIMED})" if told.ours else text


def heading(text: str, metrics: Sequence[MetricEntry]) -> str:
    """An outcome's words without its "from" and "to" where a figure of another size stands for its metric by now.

    So too without figures that only our side claimed. Where what is left of them would be a stump they stay whole,
    but that a metric's words take the place of those with a claim.
    """
    told = _without(text, sorted(_cuts(text, metrics)))
    return next((metric.text for metric in metrics if _tells_a_claim(told, metric)), told)


def _without(text: str, cuts: Sequence[tuple[int, int]]) -> str:
    if not all(_reads_on(text, cut) for cut in cuts):
        return text
    left, at = "", 0
    for start, end in cuts:
        left, at = left + text[at:start], end
    left += text[at:]
    return left if len(left.split()) > 1 else text


def _tells_a_claim(text: str, metric: MetricEntry) -> bool:
    claimed = [told.text for told in (metric.baseline, metric.target) if told is not None and told.ours]
    return any(numbers and numbers <= numbers_in(text) for numbers in map(numbers_in, claimed))


def _cuts(text: str, metrics: Sequence[MetricEntry]) -> Iterator[tuple[int, int]]:
    """From the space before "from", "to" or "down to" to the end of the figure."""
    baselines, targets = [metric.baseline for metric in metrics], [metric.target for metric in metrics]
    for change in find_changes(text):
        if change.relative:
            continue
        keeps_target = change.target is not None and not _is_outdated(change.target, targets)
        for word, quantity, standing in (("from", change.baseline, baselines), ("to", change.target, targets)):
            if quantity is None or not _is_outdated(quantity, standing):
                continue
            direction = "" if word == "from" and keeps_target else r"(?:\s+(?:down|up|back))?"
            before = re.search(rf"{direction}\s+{word}\s+$", text[: quantity.start], re.IGNORECASE)
            if before is not None:
                yield before.start(), quantity.end


def _reads_on(text: str, cut: tuple[int, int]) -> bool:
    """Whether the words hold together without the cut: "bring it down to two weeks" needs where to."""
    before, after = text[: cut[0]], text[cut[1] :]
    if _TO.match(after):
        return True
    if _GOES_SOMEWHERE.search(before):
        return False
    return bool(_ENDS_THERE.match(after) or (_GOES_ON.match(after) and _MOVES_IT.match(text)))


def _is_outdated(quantity: Quantity, standing: Iterable[Told | None]) -> bool:
    """Whether figures of its kind stand, and it is none of them, or one that only our side claimed."""
    alike = [told for told in standing if told is not None and figure_of(told.text).kind == quantity.kind]
    return bool(alike) and not any(same_value(quantity.text, told.text) and not told.ours for told in alike)
