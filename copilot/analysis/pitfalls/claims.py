"""Pitfalls of showing value: use, the vendor's figures, and groundless claims in place of the customer's gain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.analysis.asking import asks
from copilot.analysis.pitfalls.signs import Span, figures_in, is_rep, sentences
from copilot.analysis.pitfalls.value_shown import gain_in
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at
from copilot.analysis.turns import last_turn_before, running_turn
from copilot.analysis.words import content_words
from copilot.domain.call import Role
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_NOT_NOW = re.compile(
    r"\b(?:if|would|could|should|might|may|will|['’]ll|going to|want|wants|hope|goal|target|aim|plan|need|once"
    r"|until)\b",
    re.I,
)
_THEIRS = re.compile(
    r"\byou(?:r|rs|['’]re|['’]ve)?\b|\b(?:teams?|people|everyone|everybody|things|process\w*|users|staff)\b", re.I
)
_CHANGED = re.compile(
    r"\b(?:(?:is|are|was|were|has|have|had|been|got|gotten|became|become|feels?|looks?|works?|runs?|goes|going)|\w+ed"
    r"|(?:you|they|it|that|there)['’](?:re|ve|s))\b",
    re.I,
)
_OWN_FIGURE = re.compile(r"\byou(?:r|rs|['’]re| are| were| went| have| had| cut| moved| came| got| sit| stand)\b", re.I)
_WHOLE = re.compile(
    r"\b(?:all|every bit|everything|entirely|purely|solely|100\s?%|(?:a |one )?hundred percent|single-handedly"
    r"|completely|the whole"
    r"|the entire|nothing else|only)\b[^.!?]{0,60}\b(?:because of|thanks to|due to|down to|comes? from"
    r"|came from|driven by"
    r"|result of|attribut\w+ to|credit\w* to)\b[^.!?]{0,20}\b(?:us|our|we|the (?:platform|product|tool|system"
    r"|software|app)|it|this)\b"
    r"|\b(?:because of|thanks to|due to) (?:us|our \w+|the (?:platform|product|tool|system"
    r"|software))\b[^.!?]{0,20}\b(?:alone|entirely|only)\b"
    r"|\bwithout (?:us|our \w+)\b[^.!?]{0,40}\b(?:would|wouldn['’]t|never|none|could)\b",
    re.I,
)
_CAREFUL = re.compile(
    r"\b(?:conservativ\w+|part of|partly|share of|some of|not all|not claim\w*|can['’]?t claim|cannot claim"
    r"|won['’]t claim|at least in part"
    r"|contribut\w+|other factors|also helped|low end|at minimum|roughly half)\b",
    re.I,
)


def vanity_metric(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """A count of use that is offered with no result beside it in the same turn."""
    if not is_rep(state, i) or asks(state.utterances[i].text):
        return ()
    counts = _use_counted(state.utterances[i].text, watch)
    limit = watch.limit(PitfallKind.VANITY_METRIC, "usage_figures", state)
    if len(counts) < limit or _gain_beside(state, i, watch) or _feature_counts(state, i, watch) >= 2:
        return ()
    return (watch.flag(PitfallKind.VANITY_METRIC, (evidence_at(state, i, counts[0]),), count=len(counts)),)


def feature_usage_report(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """Several features with how often each was used, within one turn, and no result."""
    kind = PitfallKind.FEATURE_USAGE_REPORT
    if not is_rep(state, i) or not figures_in(state.utterances[i].text) or _gain_beside(state, i, watch):
        return ()
    turn = running_turn(state.utterances, i)
    counted = {k: named for k in turn if (named := _features_counted(state.utterances[k].text, watch))}
    named = frozenset[str]().union(*counted.values())
    if i not in counted or len(named) < watch.limit(kind, "features", state):
        return ()
    figures = sum(len(figures_in(state.utterances[k].text)) for k in counted)
    if figures < watch.limit(kind, "usage_figures", state):
        return ()
    return (watch.flag(kind, [evidence_at(state, k) for k in counted], count=len(named)),)


def vendor_centric_metric(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The vendor's own figure, which nobody asked for and nothing ties to the customer's business."""
    text = state.utterances[i].text
    if not is_rep(state, i) or asks(text) or gain_in(text, watch.signs) is not None:
        return ()
    span = next((a for a in _sentences_with("vendor", text, watch) if figures_in(text[slice(*a)])), None)
    if span is None or _answers(state, i):
        return ()
    return (watch.flag(PitfallKind.VENDOR_CENTRIC_METRIC, (evidence_at(state, i, span),)),)


def unsubstantiated_claim(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The rep says that things have got better, and the turn holds no figure."""
    text = state.utterances[i].text
    if not is_rep(state, i) or any(figures_in(state.utterances[k].text) for k in running_turn(state.utterances, i)):
        return ()
    for start, end in _sentences_with("gain", text, watch):
        said = text[start:end]
        if not asks(said) and not _NOT_NOW.search(said) and _THEIRS.search(said) and _CHANGED.search(said):
            return (watch.flag(PitfallKind.UNSUBSTANTIATED_CLAIM, (evidence_at(state, i, (start, end)),)),)
    return ()


def generic_benchmark(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """An average of others', with no figure of the customer's own in the same utterance."""
    text = state.utterances[i].text
    if not is_rep(state, i) or asks(text):
        return ()
    for start, end in _sentences_with("benchmark", text, watch):
        if figures_in(text[start:end]) and not _own_figure(text[:start] + text[end:]):
            return (watch.flag(PitfallKind.GENERIC_BENCHMARK, (evidence_at(state, i, (start, end)),)),)
    return ()


def inflated_claim(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The whole gain is put down to the product, or more is claimed than anybody could know."""
    text = state.utterances[i].text
    if not is_rep(state, i) or _CAREFUL.search(text):
        return ()
    whole = _WHOLE.search(text)
    if whole:
        return (watch.flag(PitfallKind.INFLATED_CLAIM, (evidence_at(state, i, whole.span()),)),)
    for start, end in _sentences_with("inflation", text, watch):
        said = text[start:end]
        grand = len(watch.signs.find("inflation", said)) + watch.signs.has("attribution", said)
        if grand >= 2 and not asks(said) and (figures_in(said) or watch.signs.has("business", said)):
            return (watch.flag(PitfallKind.INFLATED_CLAIM, (evidence_at(state, i, (start, end)),)),)
    return ()


def _sentences_with(name: str, text: str, watch: Watch) -> list[Span]:
    """The sentences in which words of a list stand."""
    found = watch.signs.find(name, text)
    return (
        [(start, end) for start, end in sentences(text) if any(start <= at < end for at, _ in found)] if found else []
    )


def _use_counted(text: str, watch: Watch) -> list[Span]:
    return [(a, b) for a, b in _sentences_with("usage", text, watch) if figures_in(text[a:b])]


def _features_counted(text: str, watch: Watch) -> frozenset[str]:
    """Features in sentences that count, and that speak of use."""
    named: set[str] = set()
    for start, end in sentences(text):
        said = text[start:end]
        if figures_in(said) and not asks(said):
            named |= watch.signs.words("features", said)
    return frozenset(named) if named and (watch.signs.has("usage", text) or "used" in text.lower()) else frozenset()


def _feature_counts(state: CallState, i: int, watch: Watch) -> int:
    return len(_features_counted(state.utterances[i].text, watch))


def _gain_beside(state: CallState, i: int, watch: Watch) -> bool:
    """Whether the same turn names a result in figures."""
    turn = running_turn(state.utterances, i)
    return any(gain_in(state.utterances[k].text, watch.signs) is not None for k in turn)


def _own_figure(text: str) -> bool:
    return any(figures_in(text[a:b]) and _OWN_FIGURE.search(text[a:b]) for a, b in sentences(text))


def _answers(state: CallState, i: int) -> bool:
    """Whether the customer has just asked about what the rep's utterance speaks of."""
    asked = [state.utterances[k].text for k in last_turn_before(state.utterances, i, Role.CUSTOMER)]
    questions = frozenset[str]().union(*(content_words(text) for text in asked if asks(text)))
    return bool(questions & content_words(state.utterances[i].text))
