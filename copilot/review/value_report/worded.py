"""How the report's facts are put in sentences. The words change with the reader, the figures never do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copilot.domain.demonstration import Persona
from copilot.domain.formulas import PyramidLevelId
from copilot.review.ledger.entries import MetricEntry
from copilot.review.ledger.told import Reading, Told
from copilot.review.value_report.entries import Calculation, Reader
from copilot.review.value_report.figures import in_scale, told_in_scale
from copilot.review.value_report.quarters import day_text

_FOR_EXECUTIVES = frozenset({"strategic", "business"})
_STANDING = {
    "reached": "the target of {target} is reached",
    "on_the_way": "on the way to {target}",
    "moved_away": "it has moved away from the target of {target}",
    "unmoved": "it has not moved towards {target} yet",
}


def reader_of(persona: Persona) -> Reader:
    return Reader(
        id=persona.id,
        title=persona.title,
        focus=persona.focus,
        language=persona.language,
        metrics=persona.metrics,
        opens_with=persona.opens_with,
    )


def levels_in_order(persona: Persona | None, levels: Iterable[PyramidLevelId]) -> list[PyramidLevelId]:
    """The reader's own levels first, then the rest from the top."""
    own = list(persona.levels) if persona else []
    return [*own, *(level for level in levels if level not in own)]


def thinks_in_money(persona: Persona | None) -> bool:
    """Whether a sum comes before what it was made of."""
    return persona is None or bool(_FOR_EXECUTIVES.intersection(persona.levels[:1]))


def movement(metric: MetricEntry, persona: Persona | None, disputed: Sequence[Told] = ()) -> str | None:
    """From where to where a metric went; None without a reading of it or a baseline that the customer stands behind.

    `disputed`: what the baseline was told as before, where nobody has settled which one counts.
    """
    if metric.baseline is None or metric.baseline.ours or metric.latest is None:
        return None
    stand = _standing(metric)
    now = f"{in_scale(metric.latest.figure, metric.scale)} on {day_text(metric.latest.on)}"
    before = " and ".join(dict.fromkeys(told_in_scale(told, metric.scale) for told in disputed))
    baseline = told_in_scale(metric.baseline, metric.scale)
    start = f"{baseline} (told before as {before}, not settled)" if before else baseline
    moved = f"from {start} to {now}"
    if thinks_in_money(persona):
        return f"{metric.text}: {moved}{f'; {stand}' if stand else ''}."
    lead = f"{stand[0].upper()}{stand[1:]}: {lowered(metric.text)}" if stand else metric.text
    return f"{lead}, {moved}."


def standing_at(reading: Reading, metric: MetricEntry) -> str:
    return f"{metric.text} stood at {in_scale(reading.figure, metric.scale)} on {day_text(reading.on)}."


def sum_sentence(calculation: Calculation, persona: Persona | None) -> str:
    """A calculation that comes to a sum: the sum with how it was made."""
    assert calculation.value is not None  # noqa: S101  asked for those with a value only
    made = made_of(calculation)
    agreed = {"agreed": "agreed", "changed_since": "changed since it was agreed", "not_agreed": "not agreed yet"}
    state = agreed[calculation.agreement]
    if thinks_in_money(persona):
        return f"{calculation.value.text} from “{calculation.name}” ({made}; {state})."
    return f"{calculation.name}: {made}, which comes to {calculation.value.text} ({state})."


def made_of(calculation: Calculation) -> str:
    """The inputs in the formula's order, and the share that was put down to us."""
    inputs = ", ".join(f"{lowered(line.title)} {lowered(line.figure)}" for line in calculation.inputs if line.figure)
    whole = calculation.whole
    part = f", and {calculation.share_text} of {whole.text}" if whole and calculation.attribution != 1 else ""
    return f"{calculation.formula_text}: {inputs}{part}"


def _standing(metric: MetricEntry) -> str | None:
    words = _STANDING.get(metric.moved)
    return words.format(target=told_in_scale(metric.target, metric.scale)) if words and metric.target else None


def lowered(text: str) -> str:
    """Within a sentence; abbreviations stay as they are."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
