"""Scores one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from copilot.analysis.numbers import same_value, with_unit
from copilot.analysis.scoring.pairing import pair_items, pair_pitfalls
from copilot.analysis.scoring.tally import FIELDS, ITEM_KINDS, Bin, Counts, Share, StagePair, Tally
from copilot.domain.labelled import (
    AnalysedCall,
    Analysis,
    LabelledCall,
    LabelledCapability,
    LabelledMetric,
    Labels,
    Marked,
    Suggested,
    SuggestionsStanding,
)

TOP = 3  # suggestions that count at a moment
BINS = 10  # of confidence
_OTHER_SIDE = {"baseline": "target", "target": "baseline"}

Pairs = Mapping[int, int]


def score_call(labelled: LabelledCall, analysed: AnalysedCall) -> Tally:
    """How an analysis compares with the labels of the same call."""
    truth, found = labelled.labels, analysed.labels
    pairs = {kind: pair_items(getattr(truth, kind), getattr(found, kind)) for kind in ITEM_KINDS}
    seconds, pitfalls = _length_s(labelled), _pitfalls(truth, found)
    return Tally(
        calls=1,
        seconds=seconds,
        stages=_stage_pairs(truth, found),
        items={
            kind: Counts(len(getattr(truth, kind)), len(getattr(found, kind)), len(pairs[kind])) for kind in ITEM_KINDS
        },
        links=_links(truth, found, pairs),
        links_between=_links(truth, found, pairs, between=True),
        fields=_fields(truth.metrics, found.metrics, pairs["metrics"]),
        pitfalls=pitfalls,
        timed_pitfalls=pitfalls if seconds else {},
        questions=_questions(truth, found),
        grounding=_grounding(labelled, found),
        stage_or_next=_stage_or_next(truth, found),
        confidence=_confidence(truth, found),
    )


def _length_s(call: LabelledCall) -> float:
    starts = [u.start_s for u in call.utterances if u.start_s is not None]
    ends = [u.end_s for u in call.utterances if u.end_s is not None]
    return max(0.0, max(ends) - min(starts)) if starts and ends else 0.0


def _stage_pairs(truth: Labels, found: Analysis) -> Counter[StagePair]:
    marked = {mark.i: mark.stage for mark in found.stages}
    pairs: Counter[StagePair] = Counter()
    for label in truth.stages:
        got = marked.get(label.i)
        pairs[label.stage, label.stage if got in label.also else got] += 1
    return pairs


def _stage_or_next(truth: Labels, found: Analysis) -> Share:
    likely = {mark.i: {mark.stage, *mark.also[:1]} for mark in found.stages}
    right = sum(bool(likely.get(label.i, set()) & {label.stage, *label.also}) for label in truth.stages)
    return Share(len(truth.stages), right)


def _confidence(truth: Labels, found: Analysis) -> dict[str, Bin]:
    defensible = {label.i: {label.stage, *label.also} for label in truth.stages}
    bins: dict[str, Bin] = {}
    for mark in found.stages:
        if mark.confidence is not None and mark.i in defensible:
            name = f"{min(int(mark.confidence * BINS), BINS - 1) / BINS:.1f}"
            bins[name] = bins.get(name, Bin()) + Bin(1, mark.stage in defensible[mark.i], mark.confidence)
    return bins


def _links(truth: Labels, found: Analysis, pairs: Mapping[str, Pairs], *, between: bool = False) -> Counts:
    """Ties of matched capabilities and metrics; one that leads to an outcome without a pair is wrong.

    `between`: only those of outcomes with a pair count, on either side, so that a missed outcome takes none along.
    """
    known = {
        found.outcomes[p].id: truth.outcomes[t].id
        for p, t in pairs["outcomes"].items()
        if found.outcomes[p].id is not None
    }
    links = _links_of(truth.capabilities, found.capabilities, pairs["capabilities"], known, between=between)
    return links + _links_of(truth.metrics, found.metrics, pairs["metrics"], known, between=between)


Tied = LabelledCapability | LabelledMetric


def _links_of(
    truth: Sequence[Tied],
    found: Sequence[Tied],
    pairs: Pairs,
    known: Mapping[str | None, str | None],
    *,
    between: bool,
) -> Counts:
    counts = Counts()
    for p, t in pairs.items():
        wanted, got = set(truth[t].outcomes), set(found[p].outcomes)
        if between:
            wanted, got = wanted & set(known.values()), got & known.keys()
        counts += Counts(len(wanted), len(got), len({known.get(link) for link in got} & wanted))
    return counts


def _fields(truth: Sequence[LabelledMetric], found: Sequence[LabelledMetric], pairs: Pairs) -> dict[str, Share]:
    """Over matched metrics, every field that either side fills."""
    shares = dict.fromkeys(FIELDS, Share())
    for p, t in pairs.items():
        for name in FIELDS:
            wanted, got = getattr(truth[t], name), getattr(found[p], name)
            if wanted is not None or got is not None:
                shares[name] += Share(1, int(_right(truth[t], found[p], name)))
    return shares


def _right(label: LabelledMetric, metric: LabelledMetric, name: str) -> bool:
    """Whether a field says the same; a bare figure has the unit of the other side: "five" after "nine days"."""
    wanted, got = getattr(label, name), getattr(metric, name)
    if wanted is None or got is None:
        return False
    other = _OTHER_SIDE.get(name)
    beside = (getattr(label, other), getattr(metric, other)) if other else (None, None)
    return same_value(wanted, got) or same_value(with_unit(wanted, beside[0]), with_unit(got, beside[1]))


def _pitfalls(truth: Labels, found: Analysis) -> dict[str, Counts]:
    pairs = pair_pitfalls(truth.pitfalls, found.pitfalls)
    labelled = Counter(pitfall.kind.value for pitfall in truth.pitfalls)
    predicted = Counter(pitfall.kind.value for pitfall in found.pitfalls)
    matched = Counter(found.pitfalls[p].kind.value for p in pairs)
    kinds = sorted(labelled.keys() | predicted.keys())
    return {kind: Counts(labelled[kind], predicted[kind], matched[kind]) for kind in kinds}


def _questions(truth: Labels, found: Analysis) -> Share:
    right = sum(
        any(suggestion.stage in moment.stages for suggestion in _standing(found.questions, moment.after)[:TOP])
        for moment in truth.questions
    )
    return Share(len(truth.questions), right)


def _standing(lists: Sequence[SuggestionsStanding], after: int) -> tuple[Suggested, ...]:
    """The suggestions that stand once utterance `after` has been heard."""
    earlier = [entry for entry in lists if entry.after <= after]
    return max(earlier, key=lambda entry: entry.after).suggestions if earlier else ()


def _grounding(call: LabelledCall, found: Analysis) -> Share:
    """Items and pitfalls with a quote for every utterance they name, each verbatim in it."""
    said = [utterance.text for utterance in call.utterances]
    items: list[Marked] = [item for kind in ITEM_KINDS for item in getattr(found, kind)]
    items.extend(found.pitfalls)
    return Share(len(items), sum(_stands(item, said) for item in items))


def _stands(item: Marked, said: Sequence[str]) -> bool:
    quoted = {piece.utterance for piece in item.evidence}
    return (
        bool(quoted)
        and set(item.utterances) <= quoted
        and all(piece.utterance < len(said) and piece.quote in said[piece.utterance] for piece in item.evidence)
    )
