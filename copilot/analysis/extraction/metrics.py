"""How results would be measured: figures as they are told, with where they stand and where they are to get."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from copilot.analysis.coverage import FROM_THE_CUSTOMER
from copilot.analysis.extraction.antecedents import fragment_before, thing_named
from copilot.analysis.extraction.matching import by_number, latest, meant
from copilot.analysis.extraction.measures import as_measure, measure_name, measured_by_question, measured_in, watched_in
from copilot.analysis.extraction.outcomes import RESULTS
from copilot.analysis.extraction.readings import Reading, asks_for_figure, readings, same_measure
from copilot.analysis.language.asking import asks
from copilot.analysis.language.clauses import clauses, sentence_at, sentences
from copilot.analysis.language.dialogue import may_be_about, question_answered
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import Quantity, find_changes, find_quantities, numbers_in
from copilot.domain.call import CallKind, Role
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
_NO_RESULTS = ("claims.usage", "claims.benchmark", "claims.vendor_figures")
_HOLDS = re.compile(
    r"\b(?:that['’]s (?:right|correct|fair|true|what i have)|that holds|i accept|i agree|i['’]d (?:sign|agree)|correct"
    r"|exactly|yes)\b",
    re.I,
)
_ACCEPTING_REACH = 2
_BACK_THEN = re.compile(
    r"\b(?:was|were|took|stood at|ran at|averaged|had been|used to|back then|originally|last year"
    r"|a year ago|baseline|at the start)\b",
    re.I,
)
_EXACTLY = re.compile(r"\b(?:to be (?:exact|precise)|exactly|precisely|actually|in fact)\b", re.I)
_NOW_AT = re.compile(r"\b(?:now|we(?:['’]re| are) (?:at|down|up)|it['’]s (?:at|down|up)|these days|today)\b", re.I)
_SPAN = re.compile(
    r"\b(?:for|after|in|within|over|every|last|past|next)(?: the)?(?: last| past)?\s*(?:about|around)?\s*$", re.I
)
_LEVEL_REACH = 3
_MOST_TOLD = 6  # figures of one utterance; more are a list read out
_REACH = 6  # utterances for which a measure stays the one that is spoken of
_SAME = 0.5
_MOST_CORRECTING_WORDS = 4


def metric_pass(lexicon: Lexicon) -> MetricPass:
    """A pass that notes the measures of which the newest utterance gives figures.

    In a review of what was reached the rep's figures count too, as proposals.
    """

    def run(state: CallState, i: int) -> Sequence[MetricOp]:
        if is_review(state):
            return (*_accepted(state, i), *_in_review(state, i, lexicon))
        if state.utterances[i].role is not Role.CUSTOMER:
            return ()
        told = tuple(op for told in _told(state, i, lexicon) if (op := _noted(state, i, told)) is not None)
        return told or tuple(_watched(state, i))

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
    unit: str | None = None
    quotes: tuple[str, ...] = ()

    def takes(self, reading: Reading) -> None:
        if reading.side == "target":
            self.target = self.target or reading.value
        elif self.baseline is None and (self.target is None or reading.side == "baseline"):
            self.baseline = reading.value
        if self.unit is None and reading.quantity.kind != "multiple":
            self.unit = reading.quantity.unit
        if reading.clause.said not in self.quotes:
            self.quotes = (*self.quotes, reading.clause.said)


def _told(state: CallState, i: int, lexicon: Lexicon) -> list[_Told]:
    text = state.utterances[i].text
    asked = question_answered(state.utterances, i)
    question = state.utterances[asked].text if asked is not None else ""
    found = readings(text, question)
    if not found or text.endswith("?"):
        return []
    if not _about_measures(state, i, found) and not (
        asks_for_figure(question) and latest(state.metrics.values(), i, reach=_ACCEPTING_REACH + 1)
    ):
        found = tuple(r for r in found if measured_by_question(question) and r.quantity.kind != "count")
    early = lexicon.has("signals.early_signal", question) or lexicon.has("signals.early_signal", text)
    wanted = asks_for_figure(question) or bool(measured_by_question(question))
    both_sides = {"baseline", "target"} <= {reading.side for reading in found}
    told: list[_Told] = []
    for reading in found[:_MOST_TOLD]:
        if reading.side is None and not wanted:
            continue
        at = reading.quantity.start - reading.clause.start
        if _SAVING.search(reading.clause.said):
            continue
        name = measured_in(reading.clause.said, at, at + len(reading.value))
        name = name if _is_measure(state, name, lexicon) else ""
        if not told and not name and both_sides:
            name = measure_name(fragment_before(text, reading.clause.start))
        if told and (not name or name == told[-1].name) and same_measure(told[-1].first.quantity, reading.quantity):
            told[-1].takes(reading)
        elif not told or name:
            told.append(_Told(name, question, "leading" if early else "lagging", reading))
            told[-1].takes(reading)
    return told


def _in_review(state: CallState, i: int, lexicon: Lexicon) -> Iterator[MetricOp]:
    """Where a review tells from what to what something moved; counts of use and figures of others are no measures."""
    text = state.utterances[i].text
    if text.endswith("?") or any(lexicon.has(name, text) for name in _NO_RESULTS):
        return
    changes = [c for c in find_changes(text) if c.baseline and c.target and not c.relative][:_MOST_TOLD]
    for change in changes:
        if change.baseline is not None and change.target is not None:
            yield from _moved(state, i, lexicon, change.baseline, change.target)
    if changes:
        return
    figures = [q for q in find_quantities(text) if q.kind != "date" and not _counts_people(text, q)][:_MOST_TOLD]
    for k, figure in enumerate(figures):
        ops = list(_level(state, i, lexicon, figure))
        if ops and isinstance(ops[0], AddMetric):
            yield _with_level_now(ops[0], i, text, figures[k + 1 :])
            return
        yield from ops


def _moved(state: CallState, i: int, lexicon: Lexicon, baseline: Quantity, target: Quantity) -> Iterator[MetricOp]:
    text = state.utterances[i].text
    name = _name_in_review(text, baseline)
    quotes = dict.fromkeys((sentence_at(text, baseline.start).said, sentence_at(text, target.start).said))
    evidence = tuple(Evidence(utterance=i, quote=quote) for quote in quotes)
    figures = f"{baseline.text}, {target.text}"
    known = meant(state.metrics, name, least=_SAME) if name else by_number(state.metrics.values(), figures)
    if known:
        yield UpdateItem(
            id=known[0].id,
            evidence=evidence,
            baseline=baseline.text if known[0].baseline is None else None,
            target=target.text if known[0].target is None else None,
        )
    elif name and _is_measure(state, name, lexicon):
        yield AddMetric(text=name, evidence=evidence, baseline=baseline.text, target=target.text, unit=baseline.unit)


def _level(state: CallState, i: int, lexicon: Lexicon, figure: Quantity) -> Iterator[MetricOp]:
    """One figure alone: where something stood, by its name, or what the measure just spoken of has come to."""
    utterance = state.utterances[i]
    sentence = sentence_at(utterance.text, figure.start)
    evidence = (Evidence(utterance=i, quote=sentence.said),)
    name = _name_in_review(utterance.text, figure)
    known = meant(state.metrics, name, least=_SAME) if name else []
    last = known[0] if known else latest(state.metrics.values(), i, reach=_LEVEL_REACH)
    if last is not None and (known or not name):
        if not _reads(last, figure):
            return
        if _EXACTLY.search(sentence.said) and utterance.role is not Role.REP:
            yield UpdateItem(id=last.id, evidence=evidence, baseline=figure.text)
        elif last.target is None and not numbers_in(last.baseline or "") & numbers_in(figure.text):
            yield UpdateItem(id=last.id, evidence=evidence, target=figure.text)
    elif _BACK_THEN.search(sentence.said) and name and _is_measure(state, name, lexicon):
        yield AddMetric(text=name, evidence=evidence, baseline=figure.text, unit=figure.unit)


def _counts_people(text: str, figure: Quantity) -> bool:
    """ "The three of you", "for nine weeks": no level of anything."""
    return bool(_SPAN.search(text[: figure.start]) or re.match(r"\s+of (?:you|us|them)\b", text[figure.end :], re.I))


def _with_level_now(op: AddMetric, i: int, text: str, later: Sequence[Quantity]) -> AddMetric:
    """The measure with what it has come to, where a later sentence of the utterance says so: "We're at four now." """
    for figure in later:
        sentence = sentence_at(text, figure.start)
        if sentence.said != op.evidence[0].quote and _NOW_AT.search(sentence.said):
            evidence = (*op.evidence, Evidence(utterance=i, quote=sentence.said))
            return op.model_copy(update={"target": figure.text, "evidence": evidence})
    return op


def _reads(metric: Metric, figure: Quantity) -> bool:
    """Whether a figure can be one of this measure's."""
    values = (value for value in (metric.baseline, metric.target) if value)
    return all(same_measure(q, figure) for value in values for q in find_quantities(value)[:1])


def _name_in_review(text: str, figure: Quantity) -> str:
    """The measure: named with the figure, or by a clause before it that says nothing else."""
    for clause in reversed([c for c in clauses(text) if c.start <= figure.start]):
        if figure.start < clause.end:
            start = figure.start - clause.start
            name = measured_in(clause.said, start, min(len(clause.said), start + figure.end - figure.start))
        else:
            name = measure_name(thing_named(clause.said))
        if name:
            return name
    return ""


def _accepted(state: CallState, i: int) -> Iterator[UpdateItem]:
    """The customer repeats a figure of the rep's, or says that it holds."""
    utterance = state.utterances[i]
    if utterance.role is Role.REP or utterance.text.endswith("?"):
        return
    said = numbers_in(utterance.text)
    for metric in state.metrics.values():
        near = metric.stands and i - _ACCEPTING_REACH <= metric.utterances[-1] < i
        figures = numbers_in(metric.baseline or "") | numbers_in(metric.target or "")
        if near and (said & figures or (not said and _HOLDS.search(utterance.text))):
            yield UpdateItem(id=metric.id, evidence=(Evidence(utterance=i, quote=utterance.text.strip()),))


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
        unit = told.unit if known.unit is None else None
        return UpdateItem(id=known.id, evidence=evidence, baseline=baseline, target=target, unit=unit)
    outcome = None if told.kind == "leading" else _outcome(state, i, told)
    asked_for = measured_by_question(told.question)
    asked_for = "" if _is_a_name(state, asked_for) else asked_for
    text = told.name or asked_for or (measure_of(outcome, told) if outcome else "")
    if not text or (outcome is None and not (told.target or asked_for)):
        return None
    return AddMetric(
        text=text,
        evidence=evidence,
        outcomes=(outcome.id,) if outcome else (),
        kind=told.kind,
        baseline=told.baseline,
        target=told.target,
        unit=told.unit,
    )


def measure_of(outcome: Outcome, told: _Told) -> str:
    """The measure that a result names: of "close the books in five days" the time to close the books."""
    said = " ".join((*told.quotes, *(e.quote for e in outcome.evidence)))
    return as_measure(measure_name(outcome.text), said, spans=told.first.quantity.kind == "duration")


def _watched(state: CallState, i: int) -> Iterator[MetricOp]:
    """A measure that is named without a figure where measures are spoken of."""
    text = state.utterances[i].text
    if state.stage_of(i) != MEASURES or asks(text):
        return
    for sentence in sentences(text):
        name = watched_in(sentence.said)
        if name and not meant(state.metrics, name, least=_SAME):
            served = meant(state.outcomes, name, least=_SAME)[:1]
            evidence = (Evidence(utterance=i, quote=sentence.said),)
            yield AddMetric(text=name, evidence=evidence, outcomes=tuple(o.id for o in served))
            return


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
    return (metric.target is None or not told.target) and _reads(metric, told.first.quantity)


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
    if repeated:
        return repeated[0]
    return None if told.name else latest(outcomes, i, reach=_REACH)


def result_pass() -> ResultPass:
    """A pass for figures with a goal but no result to serve: where a measure is to get to is itself what is wanted."""

    def run(state: CallState, i: int) -> Sequence[AddOutcome]:
        told = is_review(state) or may_be_about(state, i, MEASURES) or may_be_about(state, i, RESULTS)
        fresh = (m for m in state.metrics.values() if m.stands and i in m.utterances and not m.outcomes)
        heard = (m for m in fresh if m.state in FROM_THE_CUSTOMER)
        wanted = (m for m in heard if m.target and (told or m.baseline) and m.kind == "lagging")
        return tuple(_as_result(metric) for metric in wanted)

    return run


def metric_tie_pass() -> TiePass:
    """A pass that links the measures just spoken of to the outcomes they are named like."""

    def run(state: CallState, i: int) -> Sequence[UpdateItem]:
        fresh = [m for m in state.metrics.values() if m.stands and i in m.utterances and not m.outcomes]
        ties = ((m, meant(state.outcomes, m.text, least=_SAME)[:1]) for m in fresh)
        return tuple(UpdateItem(id=m.id, outcomes=(outcome.id,)) for m, found in ties for outcome in found)

    return run


def _as_result(metric: Metric) -> AddOutcome:
    target = (metric.target or "").lower()
    level = f"from {metric.baseline.lower()} to {target}" if metric.baseline else f"at {target}"
    return AddOutcome(text=f"{metric.text} {level}", evidence=metric.evidence, measurable=True)
