"""What there is to weigh of measures: which name is that of a figure, and which mention is of the measure before it."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.analysis.extraction.mentions import mentions
from copilot.analysis.extraction.metrics.names import MEASURES, measure_names, names_heard
from copilot.analysis.extraction.metrics.noting import REACH, signs_of_going_on
from copilot.analysis.language.words import containment
from copilot.analysis.reader import Impressions
from copilot.analysis.scoring.pairing import ITEM_REACH, LEAST_CONTAINMENT
from copilot.domain.items import Evidence, Metric
from copilot.domain.labelled import LabelledMetric
from scripts.weigh.examples import Choice, Heard


def names(heard: Heard, impressions: Impressions) -> Iterator[Choice]:
    """Every name within hearing of a mention: whether a measure that is labelled there has it."""
    labels = heard.call.labels.metrics
    for i in range(len(heard.state.utterances)):
        for mention in mentions(heard.state, i, MEASURES, impressions):
            for name in names_heard(heard.state, mention, impressions):
                places = (i, name.evidence.utterance)
                holds = any(
                    containment(label.text, name.text) >= LEAST_CONTAINMENT
                    and min(abs(at - place) for at in label.at for place in places) <= ITEM_REACH
                    for label in labels
                )
                yield Choice(heard.writer, (name.signs,), (holds,))


def goings_on(heard: Heard, impressions: Impressions) -> Iterator[Choice]:
    """Every mention after a measure was spoken of: whether the labels have it among the places of that measure."""
    for i in range(len(heard.state.utterances)):
        last = _spoken_of_last(heard, i)
        if last is None:
            continue
        metric = _as_heard(heard, last, i)
        for mention in mentions(heard.state, i, MEASURES, impressions):
            best = next(iter(measure_names(heard.state, mention, impressions)), None)
            signs = signs_of_going_on(heard.state, metric, mention, best)
            yield Choice(heard.writer, (signs,), (i in last.at,))


def _spoken_of_last(heard: Heard, i: int) -> LabelledMetric | None:
    before = [label for label in heard.call.labels.metrics if min(label.at) < i]
    last = max(before, key=lambda label: max(at for at in label.at if at < i), default=None)
    return last if last is not None and i - max(at for at in last.at if at < i) <= REACH else None


def _as_heard(heard: Heard, label: LabelledMetric, i: int) -> Metric:
    """The labelled measure as far as it has been told before utterance `i`."""
    said = [(at, heard.state.utterances[at].text.strip()) for at in sorted(label.at) if at < i]
    told = " ".join(text for _, text in said)
    return Metric(
        id="M",
        text=label.text,
        evidence=tuple(Evidence(utterance=at, quote=text) for at, text in said if text),
        baseline=label.baseline if label.baseline and label.baseline in told else None,
        target=label.target if label.target and label.target in told else None,
    )
