"""How results would be measured: figures as they are told, with where they stand and where they are to get."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from copilot.analysis.dialogue import may_be_about, may_be_customer, question_answered
from copilot.analysis.lexicon import Lexicon
from copilot.analysis.matching import by_number, latest, meant
from copilot.analysis.measures import measure_name, measured_by_question, measured_in
from copilot.analysis.numbers import find_quantities
from copilot.analysis.outcomes import RESULTS
from copilot.analysis.readings import Reading, asks_for_figure, readings, same_measure
from copilot.analysis.words import content_words
from copilot.domain.call import CallKind
from copilot.domain.items import Evidence, Metric, Outcome
from copilot.domain.ops import AddMetric, AddOutcome, UpdateItem
from copilot.domain.state import CallState

MetricOp = AddMetric | UpdateItem
MetricPass = Callable[[CallState, int], Sequence[MetricOp]]
ResultPass = Callable[[CallState, int], Sequence[AddOutcome]]
TiePass = Callable[[CallState, int], Sequence[UpdateItem]]

MEASURES = "metrics"
_MEASURES = ("results.wanted_higher", "results.wanted_lower", "results.either_way", "units.things")
_SAVING = re.compile(r"\b(?:would|['’]d|could) save\b", re.I)
_REACH = 6  # utterances for which a measure stays the one that is spoken of
_SAME = 0.5
_MOST_CORRECTING_WORDS = 4


def metric_pass(lexicon: Lexicon) -> MetricPass:
    """A pass that notes the measures of which the newest utterance gives figures.

    In a review of what was reached the rep's figures count too, as proposals.
    """

    def run(state: CallState, i: int) -> Sequence[MetricOp]:
        if not (may_be_customer(state.utterances[i]) or is_review(state)):
            return ()
        return tuple(op for told in _told(state, i, lexicon) if (op := _noted(state, i, told)) is not None)

    return run


def is_review(state: CallState) -> bool:
    """Whether the call looks back on value that was delivered."""
    return state.call is not None and state.call.kind is CallKind.QBR


@dataclass(slots=True)
class _Told:
    """What one utterance tells of one measure."""

    name: str
    question: str
    kind: Literal["leading", "lagging"]
    first: Reading
    baseline: str | None = None
    target: str | None = None
    quotes: tuple[str, ...] = ()

    def takes(self, reading: Reading) -> None:
        if reading.side == "target":
            self.target = self.target or reading.value
        elif self.baseline is None and self.target is None:
            self.baseline = reading.value
        if reading.clause.said not in self.quotes:
            self.quotes = (*self.quotes, reading.clause.said)


def _told(state: CallState, i: int, lexicon: Lexicon) -> list[_Told]:
    text = state.utterances[i].text
    asked = question_answered(state.utterances, i)
    question = state.utterances[asked].text if asked is not None else ""
    found = readings(text, question, review=is_review(state))
    if not found or text.endswith("?"):
        return []
    if not _about_measures(state, i, found):
        found = tuple(r for r in found if measured_by_question(question) and r.quantity.kind != "count")
    early = lexicon.has("signals.early_signal", question) or lexicon.has("signals.early_signal", text)
    wanted = asks_for_figure(question) or bool(measured_by_question(question))
    told: list[_Told] = []
    for reading in found:
        if reading.side is None and not (wanted or is_review(state)):
            continue
        at = reading.quantity.start - reading.clause.start
        if _SAVING.search(reading.clause.said):
            continue
        name = measured_in(reading.clause.said, at, at + len(reading.value))
        name = name if _is_measure(state, name, lexicon) else ""
        if told and (not name or name == told[-1].name) and same_measure(told[-1].first.quantity, reading.quantity):
            told[-1].takes(reading)
        elif not told or name:
            told.append(_Told(name, question, "leading" if early else "lagging", reading))
            told[-1].takes(reading)
    return told


def _is_measure(state: CallState, name: str, lexicon: Lexicon) -> bool:
    """One word alone is taken for a measure only where it is known as one, or an outcome has it."""
    if len(content_words(name)) > 1:
        return True
    return bool(lexicon.count(name, *_MEASURES) or meant(state.outcomes, name) or meant(state.metrics, name))


def _about_measures(state: CallState, i: int, found: Sequence[Reading]) -> bool:
    if may_be_about(state, i, MEASURES) or may_be_about(state, i, RESULTS):
        return True
    return {"baseline", "target"} <= {reading.side for reading in found}


def _noted(state: CallState, i: int, told: _Told) -> MetricOp | None:
    evidence = tuple(Evidence(utterance=i, quote=quote) for quote in told.quotes)
    known = _known(state, i, told)
    if known is not None:
        baseline = told.baseline if known.baseline is None or _corrects(state, i, known) else None
        target = told.target if known.target is None else None
        return UpdateItem(id=known.id, evidence=evidence, baseline=baseline, target=target)
    outcome = None if told.kind == "leading" else _outcome(state, i, told)
    asked_for = measured_by_question(told.question)
    asked_for = "" if _is_a_name(state, asked_for) else asked_for
    text = told.name or asked_for or (measure_name(outcome.text) if outcome else "")
    if not text or (outcome is None and not (told.target or asked_for)):
        return None
    if is_review(state) and not (told.baseline and told.target) and len(content_words(text)) < 2:
        return None
    return AddMetric(
        text=text,
        evidence=evidence,
        outcomes=(outcome.id,) if outcome else (),
        kind=told.kind,
        baseline=told.baseline,
        target=told.target,
        unit=told.first.quantity.unit,
    )


def _is_a_name(state: CallState, words: str) -> bool:
    people = state.call.participants if state.call else ()
    return any(words in p.name.split() for p in people)


def _known(state: CallState, i: int, told: _Told) -> Metric | None:
    """The measure that is read again: by its name, by a figure of it in the question, or as the one spoken of."""
    metrics = state.metrics.values()
    for words in (told.name, measured_by_question(told.question)):
        named = meant(metrics, words, least=_SAME) if words else []
        if named:
            return named[0]
    repeated = by_number(metrics, told.question)
    if repeated:
        return repeated[0]
    last = latest(metrics, i, reach=_REACH)
    newer = latest(state.outcomes.values(), i, reach=_REACH)
    if (
        last is None
        or told.name
        or (newer and newer.utterances[-1] > last.utterances[-1] and newer.id not in last.outcomes)
    ):
        return None
    return last if _fits(last, told) else None


def _fits(metric: Metric, told: _Told) -> bool:
    """Whether the figure can be one of this measure's that is still open."""
    wanted = metric.target is None if told.target else True
    values = (value for value in (metric.baseline, metric.target) if value)
    return wanted and all(same_measure(q, told.first.quantity) for value in values for q in find_quantities(value)[:1])


def _corrects(state: CallState, i: int, metric: Metric) -> bool:
    """A colleague who says another figure, and nothing else, right after the first."""
    text = state.utterances[i].text
    return metric.utterances[-1] == i - 1 and len(text.split()) <= _MOST_CORRECTING_WORDS


def _outcome(state: CallState, i: int, told: _Told) -> Outcome | None:
    outcomes: Iterable[Outcome] = state.outcomes.values()
    for words in (told.name, measured_by_question(told.question), *told.quotes):
        named = meant(outcomes, words, least=_SAME) if words else []
        if named:
            return named[0]
    repeated = by_number(outcomes, " ".join((told.question, *told.quotes)))
    return repeated[0] if repeated else latest(outcomes, i, reach=_REACH)


def result_pass() -> ResultPass:
    """A pass for figures with a goal but no result to serve: where a measure is to get to is itself what is wanted."""

    def run(state: CallState, i: int) -> Sequence[AddOutcome]:
        fresh = (m for m in state.metrics.values() if m.stands and i in m.utterances and not m.outcomes)
        return tuple(_as_result(metric) for metric in fresh if metric.target and metric.kind == "lagging")

    return run


def metric_tie_pass() -> TiePass:
    """A pass that links the measures just spoken of to the outcomes they are named like."""

    def run(state: CallState, i: int) -> Sequence[UpdateItem]:
        fresh = [m for m in state.metrics.values() if m.stands and i in m.utterances and not m.outcomes]
        ties = ((m, meant(state.outcomes, m.text, least=_SAME)[:1]) for m in fresh)
        return tuple(UpdateItem(id=m.id, outcomes=(outcome.id,)) for m, found in ties for outcome in found)

    return run


def _as_result(metric: Metric) -> AddOutcome:
    level = f"from {metric.baseline} to {metric.target}" if metric.baseline else f"at {metric.target}"
    return AddOutcome(text=f"{metric.text} {level}", evidence=metric.evidence, measurable=True)
