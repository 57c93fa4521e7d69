"""The measures that the reader hears spoken of: new ones by the likeliest of their names, and more words for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from copilot.analysis.extraction.matching import by_number, latest, likeness
from copilot.analysis.extraction.mentions import Mention, mentions
from copilot.analysis.extraction.metrics.names import MEASURES, Name, measure_names
from copilot.analysis.extraction.metrics.readings import readings, same_measure
from copilot.analysis.extraction.metrics.sayings import introduced_in
from copilot.analysis.extraction.metrics.weights import GOES_ON
from copilot.analysis.extraction.spotting import taken_up
from copilot.analysis.language.clauses import clauses
from copilot.analysis.language.dialogue import question_answered
from copilot.analysis.numbers import Quantity, find_changes, find_quantities, same_value
from copilot.analysis.reader import Impressions
from copilot.analysis.weighing import weighed
from copilot.domain.call import Utterance
from copilot.domain.impressions import Tag
from copilot.domain.items import Evidence, Metric
from copilot.domain.ops import AddMetric, UpdateItem
from copilot.domain.state import CallState

MeasureOp = AddMetric | UpdateItem
MeasurePass = Callable[[CallState, int], Sequence[MeasureOp]]

REACH = 12  # utterances for which a measure may be the one that is still spoken of
_GOES_ON = 0.5
_LIKELY = 0.4  # how likely a name has to be for a measure of its own
_LIKELY_OF_CHANGE = 0.15  # and where it is told from what to what it moves
_AS_LIKELY = 0.4
_SAME = 0.5
_OUTRIGHT = 1.0  # all of its words, or most of them and its figure
_FAR = 8
_YES = 0.2  # how likely an utterance without a mention has to be to take up what the rep proposed


def measure_pass(impressions: Impressions, *, unless: Callable[[Utterance], bool] = lambda _: False) -> MeasurePass:
    """A pass that notes what the newest utterance says of measures, beyond what is noted of them already."""

    def run(state: CallState, i: int) -> Sequence[MeasureOp]:
        if unless(state.utterances[i]):
            return ()
        found = mentions(state, i, MEASURES, impressions)
        if not found:
            return tuple(taken_up(state, i, state.metrics, impressions.of(state, i).tags[Tag.METRIC], _YES))
        quotes = [e.quote for metric in state.metrics.values() for e in metric.evidence if e.utterance == i]
        fresh = (m for m in found if not any(quote in m.said or m.said in quote for quote in quotes))
        return tuple(op for mention in fresh if (op := _noted(state, mention, impressions)) is not None)

    return run


def _noted(state: CallState, mention: Mention, impressions: Impressions) -> MeasureOp | None:
    here = Evidence(utterance=mention.i, quote=mention.quote)
    best = _best(state, mention, measure_names(state, mention, impressions))
    known = _spoken_of(state, mention, best)
    if known is not None:
        return UpdateItem(id=known.id, evidence=(here,))
    if best is None or best.likely < _least(mention):
        return None
    evidence = dict.fromkeys((*((best.evidence,) if best.evidence.utterance < mention.i else ()), here))
    return AddMetric(text=best.text, evidence=tuple(evidence))


def _best(state: CallState, mention: Mention, names: Sequence[Name]) -> Name | None:
    """The likeliest name; one said here before one said earlier that is as likely, and none of what does not fit."""
    told = [reading.quantity for reading in readings(mention.said)]
    standing = [metric for metric in state.metrics.values() if metric.stands]
    unfit = [metric for metric in standing if not _fits(_values(metric), told)]
    fitting = (n for n in names if not any(likeness(metric, n.text) >= _SAME for metric in unfit))
    first = next(fitting, None)
    if first is None or first.evidence.utterance == mention.i:
        return first
    as_likely = takewhile(lambda name: name.likely >= first.likely - _AS_LIKELY, fitting)
    return next((name for name in as_likely if name.evidence.utterance == mention.i), first)


def _least(mention: Mention) -> float:
    """How likely a name has to be: less where a change is told."""
    moved = any(c.baseline and c.target and not c.relative for c in find_changes(mention.said))
    return _LIKELY_OF_CHANGE if moved else _LIKELY


def _spoken_of(state: CallState, mention: Mention, best: Name | None) -> Metric | None:
    """The measure that a mention goes on about, or names again."""
    last = latest(state.metrics.values(), mention.i, reach=REACH)
    other = _named_outright(state, mention)
    if last is not None and other is not None and likeness(last, mention.said) < likeness(other, mention.said):
        return other
    if last is not None and weighed(signs_of_going_on(state, last, mention, best), GOES_ON) >= _GOES_ON:
        return last
    return _named_again(state, mention, best)


def _named_outright(state: CallState, mention: Mention) -> Metric | None:
    """The measure whose whole name is said: "And the time to close a ticket?"."""
    standing = (metric for metric in state.metrics.values() if metric.stands)
    return next((metric for metric in standing if likeness(metric, mention.said) >= _OUTRIGHT), None)


def _named_again(state: CallState, mention: Mention, best: Name | None) -> Metric | None:
    """The measure whose name or figures are said once more."""
    standing = [metric for metric in state.metrics.values() if metric.stands]
    for said in (best.text if best else "", mention.said):
        alike = [(likeness(metric, said), metric.utterances[-1], metric) for metric in standing] if said else []
        closest = max(alike, key=lambda one: one[:2], default=None)
        if closest is not None and closest[0] >= _SAME:
            return closest[2]
    return next(iter(by_number(standing, mention.said)), None)


def signs_of_going_on(state: CallState, metric: Metric, mention: Mention, best: Name | None) -> Mapping[str, float]:
    """What speaks for a mention's being of the measure spoken of last."""
    told = [reading.quantity for reading in readings(mention.said)]
    known = _values(metric)
    fits = _fits(known, told)
    asked = question_answered(state.utterances, mention.i)
    return {
        "bias": 1.0,
        "apart": min(mention.i - metric.utterances[-1], _FAR) / 4,
        "like it": likeness(metric, mention.said),
        "opening": mention.opening,
        "likely": mention.likely,
        "no figure": float(not told),
        "fits": float(bool(told and known) and fits),
        "does not fit": float(not fits),
        "open": float(not known),
        "introduced": float(_brings_up(mention)),
        "a name": best.likely if best else 0.0,
        "a name here": best.likely if best and best.evidence.utterance == mention.i else 0.0,
        "named like it": likeness(metric, best.text) if best else 0.0,
        "asked of it": float(asked is not None and asked in metric.utterances),
        "asked anew": float(asked is not None and asked not in metric.utterances),
    }


def _brings_up(mention: Mention) -> bool:
    """Whether something is called the next thing to speak of, in the utterance up to the mention's end."""
    return any(introduced_in(c.said) for c in clauses(mention.text) if c.start <= mention.told[-1].start)


def _values(metric: Metric) -> list[str]:
    return [value for value in (metric.baseline, metric.target) if value is not None]


def _fits(known: Sequence[str], told: Sequence[Quantity]) -> bool:
    """Whether one of the figures told, if any, is known already or can be a further one of a measure."""
    if not known or not told:
        return True
    if any(same_value(value, figure.text) for value in known for figure in told):
        return True
    firsts = [q for value in known for q in find_quantities(value)[:1]]
    return len(known) < 2 and any(all(same_measure(first, figure) for first in firsts) for figure in told)
