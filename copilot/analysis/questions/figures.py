"""A measure's figures as a question can name them."""

from __future__ import annotations

from functools import lru_cache

from copilot.analysis.language.wording import as_spoken
from copilot.analysis.numbers import find_changes, find_quantities
from copilot.domain.items import Metric

_UNITS_NAMED = frozenset(
    ("minutes", "hours", "days", "weeks", "months", "quarters", "years", "seconds", "percent", "points", "people")
)


def level_of(metric: Metric, value: str | None) -> str:
    """The figure with its unit: "four weeks" where "from six weeks to four" was said.

    Empty where it is no level but how much to move: "halve", "by a fifth".
    """
    if not value or _is_step(value, tuple(e.quote for e in metric.evidence)):
        return ""
    return as_spoken(_with_unit(value, metric.unit))


@lru_cache(maxsize=512)
def _is_step(value: str, quotes: tuple[str, ...]) -> bool:
    if any(q.kind == "multiple" for q in find_quantities(value)):
        return True
    steps = (c.target for quote in quotes for c in find_changes(quote) if c.relative)
    return any(step is not None and step.text == value for step in steps)


def _with_unit(value: str, unit: str | None) -> str:
    figures = find_quantities(value)
    bare = len(figures) == 1 and figures[0].unit is None and figures[0].kind == "count" and figures[0].end == len(value)
    return f"{value} {unit}" if bare and unit in _UNITS_NAMED else value
