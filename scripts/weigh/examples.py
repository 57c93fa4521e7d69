"""What there is to weigh in a labelled call, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from copilot.analysis.extraction.links.noting import likeliest
from copilot.analysis.extraction.links.signs import Tied, tie_signs
from copilot.analysis.pitfalls.need_signs import need_signs
from copilot.analysis.pitfalls.watching import Watch
from copilot.analysis.scoring.pairing import PITFALL_REACH, pair_items
from copilot.domain.items import Capability, Evidence, ItemState, Metric, Outcome
from copilot.domain.labelled import AnalysedCall, LabelledCall, Marked
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState
from scripts.train.data import writer_of


class Choice(NamedTuple):
    """Candidates with their signs, and which of them hold: often one, sometimes none, and at times more.

    `found`: they are what the analysis found, rather than what the labels name.
    """

    writer: str
    candidates: Sequence[Mapping[str, float]]
    hold: Sequence[bool]
    found: bool = True


@dataclass(frozen=True)
class Heard:
    """A labelled call, the state that the analysis left it in, and what it found in the labels' shape."""

    file: Path
    call: LabelledCall
    state: CallState
    analysed: AnalysedCall

    @property
    def writer(self) -> str:
        return writer_of(self.file)


def capability_ties(heard: Heard) -> Iterator[Choice]:
    labels, found = heard.call.labels.capabilities, heard.analysed.labels.capabilities
    for f, t in pair_items(labels, found).items():
        yield _found(heard, heard.state.capabilities[found[f].id or ""], labels[t].outcomes)
    for label in labels:
        if evidence := _evidence(heard, label):
            yield _of_labels(heard, Capability(id="C", text=label.text, evidence=evidence), label.outcomes)


def metric_ties(heard: Heard) -> Iterator[Choice]:
    labels, found = heard.call.labels.metrics, heard.analysed.labels.metrics
    for f, t in pair_items(labels, found).items():
        yield _found(heard, heard.state.metrics[found[f].id or ""], labels[t].outcomes)
    for label in labels:
        if evidence := _evidence(heard, label):
            yield _of_labels(heard, Metric(id="M", text=label.text, evidence=evidence), label.outcomes)


def needs(heard: Heard, watch: Watch) -> Iterator[Choice]:
    """What the customer requires: whether nothing in the call ties it to an outcome."""
    if heard.call.call.kind not in watch.playbook.pitfall(PitfallKind.UNMAPPED_CAPABILITY).calls:
        return
    labelled = {i for p in heard.call.labels.pitfalls if p.kind is PitfallKind.UNMAPPED_CAPABILITY for i in p.at}
    for capability in heard.state.capabilities.values():
        if capability.stands and capability.state is not ItemState.PROPOSED:
            best = likeliest(heard.state, capability)
            signs = need_signs(heard.state, capability, best[0] if best else 0.0, watch.signs)
            first = capability.evidence[0].utterance
            holds = any(abs(i - first) <= PITFALL_REACH for i in labelled)
            yield Choice(heard.writer, (signs,), (holds,))


def _found(heard: Heard, item: Tied, wanted: Sequence[str]) -> Choice:
    """Of the outcomes that the analysis knows; one that matches no label is wrong."""
    labels, found = heard.call.labels.outcomes, heard.analysed.labels.outcomes
    known = {found[f].id: labels[t].id for f, t in pair_items(labels, found).items()}
    outcomes = [o for o in heard.state.outcomes.values() if o.stands]
    return Choice(heard.writer, _signs(heard, item, outcomes), [known.get(o.id) in wanted for o in outcomes])


def _of_labels(heard: Heard, item: Tied, wanted: Sequence[str]) -> Choice:
    outcomes = [
        Outcome(id=o.id or "", text=o.text, evidence=evidence, priority=o.priority, measurable=o.measurable)
        for o in heard.call.labels.outcomes
        if (evidence := _evidence(heard, o))
    ]
    return Choice(heard.writer, _signs(heard, item, outcomes), [o.id in wanted for o in outcomes], found=False)


def _signs(heard: Heard, item: Tied, outcomes: Sequence[Outcome]) -> Sequence[Mapping[str, float]]:
    return tie_signs(heard.state, item, outcomes) if outcomes else ()


def _evidence(heard: Heard, label: Marked) -> tuple[Evidence, ...]:
    said = ((i, heard.state.utterances[i].text.strip()) for i in sorted(label.at))
    return tuple(Evidence(utterance=i, quote=text) for i, text in said if text)
