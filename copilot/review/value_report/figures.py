"""Figures as a report tells them: with what they count, and none that does not stand any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copilot.analysis.numbers import find_changes, same_value
from copilot.analysis.numbers.quantities import Quantity
from copilot.domain.accounts import Figure
from copilot.review.ledger.entries import MetricEntry
from copilot.review.ledger.figures import figure_of
from copilot.review.ledger.told import Scale, Told


def with_unit(figure: Figure, scale: Scale | None) -> str:
    """As it was told; a bare number with the unit that it was taken to be in, its promise's."""
    is_bare = figure.kind == "count" and figure.unit is figure.per is None and not any(map(str.isalpha, figure.text))
    if not is_bare or scale is None or scale.kind in ("multiple", "ratio"):
        return figure.text
    unit = f" {scale.unit}" if scale.unit else ""
    return f"{figure.text.strip()}{unit}{f' per {scale.per}' if scale.per else ''}"


def told_with_unit(told: Told, scale: Scale | None) -> str:
    return told.text if told.figure is None else with_unit(told.figure, scale)


def heading(text: str, metrics: Sequence[MetricEntry]) -> str:
    """An outcome's words without its "from" and "to" where a figure of another size stands for its metric by now."""
    baselines, targets = [metric.baseline for metric in metrics], [metric.target for metric in metrics]
    for change in find_changes(text):
        for word, quantity, standing in (("from", change.baseline, baselines), ("to", change.target, targets)):
            if quantity is not None and not change.relative and _is_outdated(quantity, standing):
                text = text.replace(f" {word} {quantity.text}", "")
    return text


def _is_outdated(quantity: Quantity, standing: Iterable[Told | None]) -> bool:
    """Whether figures of its kind stand, and it is none of them."""
    alike = [told.text for told in standing if told is not None and figure_of(told.text).kind == quantity.kind]
    return bool(alike) and not any(same_value(quantity.text, text) for text in alike)
