"""The rep says back what was heard: more words for what is known, and proposals for what is not on the map yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from copilot.analysis.extraction.capabilities.phases import Phase, phase_said
from copilot.analysis.extraction.matching import by_number, likeness, meant
from copilot.analysis.extraction.metrics.sayings import measured_in
from copilot.analysis.extraction.metrics.stage import is_review
from copilot.analysis.language.clauses import Clause, listed, sentences
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.phrasing import core
from copilot.analysis.language.references import tells_of_others
from copilot.analysis.numbers import Change, find_changes
from copilot.domain.call import Role
from copilot.domain.items import Capability, Evidence, Metric, Outcome
from copilot.domain.ops import AddMetric, AddOutcome, UpdateItem
from copilot.domain.state import CallState

ReadBackOp = AddOutcome | AddMetric | UpdateItem
ReadBackPass = Callable[[CallState, int], Sequence[ReadBackOp]]

_SAYS_BACK = re.compile(
    r"\b(?:let me (?:say|play|read|repeat|recap|run|sum|go over|check i|make sure)|say (?:it|that|all of it) back"
    r"|to (?:recap|sum(?:mari[sz]e)?)|i['’]ve (?:heard|noted|written|got you)"
    r"|what i(?:['’]m| am|['’]ve)? (?:hearing|heard|hear)|if i (?:understand|understood|got)|tell me where i"
    r"|in other words|so the (?:goal|target)s?|what you(?:['’]re| are) saying|correct me)\b",
    re.I,
)
_COUNTED = re.compile(r"(?:^|[.,;:]\s*)(?:first|second|third|one|two|three|number (?:one|two|three))\s*[,:]", re.I)
_NUMBERED = re.compile(
    r"^\W*(?:(?:(?:first|second|third|one|two|three|number (?:one|two|three))(?=\s*[,.:])|and|then|so|okay"
    r"|right|it['’]s|that['’]s|i['’]ve got|we['’]ve got|i have|you want|you['’]d like"
    r"|let me (?:say|read|play) (?:it|that) back)"
    r"\b[\s,.:]*)++",
    re.I,
)
_OF_OTHERS = re.compile(r"\b(?:they|their|customers?|clients?|compan(?:y|ies))\b", re.I)
_JOINS = re.compile(r"^[\s,;]*(?:and\b\s*)?")
_NOT_THEIRS = frozenset(("proof_points", "how_we_do_it"))
_LEAST_WORDS = 12
_SAME = 0.5
_SURELY = 0.75


def says_back(text: str, lexicon: Lexicon) -> bool:
    """Whether a rep sums up what the customer wants: by saying so, or by counting several things off."""
    if _SAYS_BACK.search(text):
        return True
    counted = len(_COUNTED.findall(text)) > 1 and len(text.split()) >= _LEAST_WORDS
    return counted or lexicon.has("speech.restatement", text)


def sums_up(state: CallState, i: int, lexicon: Lexicon) -> bool:
    """Whether utterance `i` is the rep's and puts what the customer wants in words: a summing up, or from what to what.

    Figures of other customers and of the product are none.
    """
    utterance = state.utterances[i]
    if utterance.role is not Role.REP or is_review(state):
        return False
    if says_back(utterance.text, lexicon):
        return True
    if "?" in utterance.text or state.stage_of(i) in _NOT_THEIRS or _OF_OTHERS.search(utterance.text):
        return False
    if tells_of_others(utterance.text):
        return False
    return any(_is_whole(change) for change in find_changes(utterance.text))


def read_back_pass(lexicon: Lexicon) -> ReadBackPass:
    """A pass for the rep's summing up."""

    def run(state: CallState, i: int) -> Sequence[ReadBackOp]:
        if not sums_up(state, i, lexicon):
            return ()
        told = (piece for sentence in sentences(state.utterances[i].text) for piece in _pieces(sentence))
        return tuple(op for piece in told for op in _said_back(state, i, piece, lexicon))

    return run


def _is_whole(change: Change) -> bool:
    return change.baseline is not None and change.target is not None and not change.relative


def _pieces(sentence: Clause) -> Iterator[Clause]:
    """The sentence, or one piece for each change it tells: "returns from eight to five, waste from six to two"."""
    ends = [max(c.baseline.end, c.target.end) for c in find_changes(sentence.said) if c.baseline and c.target]
    start = 0
    for end in [*ends[:-1], len(sentence.said)]:
        piece = sentence.said[start:end]
        bare = _JOINS.sub("", piece)
        at = sentence.start + start + len(piece) - len(bare)
        yield Clause(bare, at, at + len(bare))
        start = end


def _said_back(state: CallState, i: int, sentence: Clause, lexicon: Lexicon) -> Iterator[ReadBackOp]:
    """One sentence of the summing up; a question in it is none."""
    if sentence.said.endswith("?"):
        return
    evidence = (Evidence(utterance=i, quote=sentence.said),)
    change = next((c for c in find_changes(sentence.said) if c.target is not None and not c.relative), None)
    outcome = _outcome(state, sentence.said)
    if outcome is not None:
        yield UpdateItem(id=outcome.id, evidence=evidence, measurable=True if change else None)
    for other in meant(state.outcomes, sentence.said, least=_SURELY):
        if other is not outcome:
            yield UpdateItem(id=other.id, evidence=evidence)
    for capability in meant(state.capabilities, sentence.said, least=_SAME):
        links = (outcome.id,) if outcome is not None else None
        phase = _phase(capability, sentence.said, lexicon)
        yield UpdateItem(id=capability.id, evidence=evidence, outcomes=links, phase=phase)
    metrics = by_number(state.metrics.values(), sentence.said) or meant(state.metrics, sentence.said, least=_SAME)
    if metrics:
        yield _filled(metrics[0], evidence, change)
    elif change is not None and change.baseline is not None:
        yield from _proposed(sentence, evidence, change, outcome)


def _phase(capability: Capability, said: str, lexicon: Lexicon) -> Phase | None:
    """When it is to come, as the clause says that speaks of it: others may come at another time."""
    own = [clause.said for clause in listed(said) if likeness(capability, clause.said) >= _SAME]
    return next((phase for clause in own if (phase := phase_said(clause, lexicon))), None)


def _outcome(state: CallState, said: str) -> Outcome | None:
    found = meant(state.outcomes, said, least=_SAME) or by_number(state.outcomes.values(), said)
    return found[0] if found else None


def _filled(metric: Metric, evidence: tuple[Evidence, ...], change: Change | None) -> UpdateItem:
    """The metric with what the summing up says of it, where that was still open."""
    baseline = change.baseline.text if change and change.baseline and metric.baseline is None else None
    target = change.target.text if change and change.target and metric.target is None else None
    return UpdateItem(id=metric.id, evidence=evidence, baseline=baseline, target=target)


def _proposed(
    sentence: Clause, evidence: tuple[Evidence, ...], change: Change, outcome: Outcome | None
) -> Iterator[ReadBackOp]:
    """A change that nobody noted: it stands as a proposal until the customer says yes."""
    first = min(q.start for q in (change.baseline, change.target) if q)
    last = max(q.end for q in (change.baseline, change.target) if q)
    opening = _NUMBERED.match(sentence.said)
    begins = opening.end() if opening else 0
    text = core(sentence.said[begins:last])
    name = measured_in(sentence.said[begins:], first - begins, first - begins)
    if outcome is None:
        yield AddOutcome(text=text, evidence=evidence, measurable=True)
    if name:
        yield AddMetric(
            text=name,
            evidence=evidence,
            outcomes=(outcome.id,) if outcome else (),
            baseline=change.baseline.text if change.baseline else None,
            target=change.target.text if change.target else None,
            unit=change.baseline.unit if change.baseline else None,
        )
