"""Figures in a review of what was reached: from what to what something moved, and what it has come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from copilot.analysis.coverage import FROM_THE_CUSTOMER
from copilot.analysis.extraction.antecedents import thing_named
from copilot.analysis.extraction.matching import by_number, latest, meant
from copilot.analysis.extraction.metrics.readings import same_measure
from copilot.analysis.extraction.metrics.sayings import measured_in
from copilot.analysis.extraction.metrics.stage import is_review
from copilot.analysis.extraction.metrics.words import measure_name, names_a_thing
from copilot.analysis.language.clauses import clauses, sentence_at
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import Quantity, find_changes, find_quantities, numbers_in
from copilot.domain.call import Role
from copilot.domain.items import Evidence, Metric
from copilot.domain.ops import AddMetric, AddOutcome, UpdateItem
from copilot.domain.state import CallState

MetricOp = AddMetric | UpdateItem
ReviewPass = Callable[[CallState, int], Sequence[MetricOp]]
ResultPass = Callable[[CallState, int], Sequence[AddOutcome]]

_MEASURES = ("results.wanted_higher", "results.wanted_lower", "results.either_way", "units.things")
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
_SAME = 0.5
_MOST_TIMES = 12  # as much, or as little, as before; what is further apart was told of two things
_MOST_NAME_WORDS = 7  # of a measure that is named; more are a sentence


def review_pass(lexicon: Lexicon) -> ReviewPass:
    """A pass that notes what the newest utterance of a review gives figures of; those of the rep are proposals."""

    def run(state: CallState, i: int) -> Sequence[MetricOp]:
        return (*_accepted(state, i), *_in_review(state, i, lexicon)) if is_review(state) else ()

    return run


def result_pass() -> ResultPass:
    """A pass for a review's figures that serve no result yet: where a measure has got to is itself what was wanted."""

    def run(state: CallState, i: int) -> Sequence[AddOutcome]:
        if not is_review(state):
            return ()
        fresh = (m for m in state.metrics.values() if m.stands and i in m.utterances and not m.outcomes)
        heard = (m for m in fresh if m.state in FROM_THE_CUSTOMER)
        told = (m for m in heard if m.target and m.kind == "lagging" and _is_told(m))
        return tuple(_as_result(metric) for metric in told)

    return run


def tells_no_result(text: str, lexicon: Lexicon) -> bool:
    """Whether it counts use, or tells figures of the vendor or of others: they measure nothing of the customer."""
    return any(lexicon.has(name, text) for name in _NO_RESULTS)


def _in_review(state: CallState, i: int, lexicon: Lexicon) -> Iterator[MetricOp]:
    """Where a review tells from what to what something moved; counts of use and figures of others are no measures."""
    text = state.utterances[i].text
    if text.endswith("?") or tells_no_result(text, lexicon):
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


def _is_told(metric: Metric) -> bool:
    """Whether it is named, and what it has come to can be told of it beside what it was."""
    if len(metric.text.split()) > _MOST_NAME_WORDS or not names_a_thing(metric.text):
        return False
    figures = [q for value in (metric.baseline, metric.target) if value for q in find_quantities(value)[:1]]
    if len(figures) < 2 or not same_measure(*figures) or figures[0].low == figures[1].low:
        return False
    lower, higher = sorted(abs(figure.low) for figure in figures)
    return lower == 0 or higher / lower <= _MOST_TIMES


def _as_result(metric: Metric) -> AddOutcome:
    target = (metric.target or "").lower()
    level = f"from {metric.baseline.lower()} to {target}" if metric.baseline else f"at {target}"
    return AddOutcome(text=f"{metric.text} {level}", evidence=metric.evidence, measurable=True)
