"""Pitfalls of counting the wrong thing: use of the product, and the vendor's own figures, in place of the gain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.analysis.language.asking import asks
from copilot.analysis.language.turns import last_turn_before, running_turn
from copilot.analysis.language.words import content_words
from copilot.analysis.pitfalls import ways_to_say as ways
from copilot.analysis.pitfalls.signs import Span, figures_in, is_rep, sentences, sentences_with
from copilot.analysis.pitfalls.value_shown import gain_in
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, seen_since
from copilot.domain.call import Role
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_SENTENCE_END = re.compile(r"[.!?;]\s+")
_CLAUSE_END = re.compile(r"[.!?;,]\s+")
_SHORT = 12  # words
_A_RUN = 3
_GOES_ON = 3  # utterances within which a report is still the same one
_NO_SUBJECT = re.compile(r"(?:up|down|that['’]s|which|about|over|from|to|by|in|on|with|so|of)\b", re.I)
_OF_TIME = re.compile(r"\s*(?:days?|weeks?|months?|quarters?|years?)\b", re.I)
_YOURS = re.compile(r"\byou(?:r|rs)?\b", re.I)


def vanity_metric(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """A count of use that is offered with no result beside it in the same turn."""
    if not is_rep(state, i):
        return ()
    counts = _use_counted(state.utterances[i].text, watch)
    limit = watch.limit(PitfallKind.VANITY_METRIC, "usage_figures", state)
    if len(counts) < limit or _gain_beside(state, i, watch) or _goes_on(state, i, watch):
        return ()
    return (watch.flag(PitfallKind.VANITY_METRIC, (evidence_at(state, i, counts[0]),), count=len(counts)),)


def _goes_on(state: CallState, i: int, watch: Watch) -> bool:
    """Whether it belongs to what has just been told of, or to a run through features, which is a pitfall of its own."""
    told = (PitfallKind.VANITY_METRIC, PitfallKind.FEATURE_USAGE_REPORT)
    return any(seen_since(state, kind, i - _GOES_ON) for kind in told) or bool(feature_usage_report(state, i, watch))


def feature_usage_report(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """Several features with how often each was used, within one turn, and no result."""
    kind = PitfallKind.FEATURE_USAGE_REPORT
    if not is_rep(state, i) or not figures_in(state.utterances[i].text) or _gain_beside(state, i, watch):
        return ()
    turn = running_turn(state.utterances, i)
    counted = {k: named for k in turn if (named := _features_counted(state, k, watch))}
    named = frozenset[str]().union(*counted.values())
    if i not in counted or len(named) < watch.limit(kind, "features", state):
        return ()
    figures = sum(len(figures_in(state.utterances[k].text)) for k in counted)
    if figures < watch.limit(kind, "usage_figures", state):
        return ()
    evidence = [evidence_at(state, k, _first_count(state.utterances[k].text, watch)) for k in counted]
    return (watch.flag(kind, evidence, count=len(named)),)


def vendor_centric_metric(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The vendor's own figure, which nobody asked for and nothing ties to the customer's business."""
    text = state.utterances[i].text
    if not is_rep(state, i) or ways.BROUGHT_THEM.search(text):
        return ()
    span = next((span for span in sentences(text) if _counts_ours(text[slice(*span)], watch)), None)
    if span is None or gain_in(text[: span[0]] + text[span[1] :], watch.signs) or _answers(state, i):
        return ()
    return (watch.flag(PitfallKind.VENDOR_CENTRIC_METRIC, (evidence_at(state, i, span),)),)


def _counts_ours(said: str, watch: Watch) -> bool:
    ours = ways.VENDORS_OWN.search(said) or watch.signs.has("vendor", said)
    theirs = gain_in(said, watch.signs) is not None and _YOURS.search(said)
    return bool(
        ours
        and figures_in(said)
        and not (theirs or ways.WHOLE_CLAIMED.search(said))
        and not asks(said)
        and not watch.signs.has("benchmark", said)
    )


def _use_counted(text: str, watch: Watch) -> list[Span]:
    """The sentences that count use."""
    found = {
        *sentences_with("usage", text, watch.signs),
        *(s for s in sentences(text) if ways.USED.search(text[slice(*s)])),
    }
    return sorted(s for s in found if _counts_something(text[slice(*s)]) and not asks(text[slice(*s)]))


def _counts_something(said: str) -> bool:
    """Whether a figure in it counts more than time that passes ("in six months")."""
    return any(not _OF_TIME.match(said[end:]) for _, end in figures_in(said))


def _first_count(text: str, watch: Watch) -> Span | None:
    """The first sentence that names a feature and counts."""
    return next((s for s in sentences_with("features", text, watch.signs) if figures_in(text[slice(*s)])), None)


def _features_counted(state: CallState, k: int, watch: Watch) -> frozenset[str]:
    """Features that are counted, where the utterance speaks of use; known by name, or by being told one by one."""
    text = state.utterances[k].text
    if not (watch.signs.has("usage", text) or ways.USED.search(text)):
        return frozenset()
    named: set[str] = set()
    for start, end in sentences(text):
        said = text[start:end]
        if figures_in(said) and not asks(said):
            named |= watch.signs.words("features", said)
    told = _told_one_by_one(text)
    return told if len(told) >= _A_RUN else frozenset(named)


def _told_one_by_one(text: str) -> frozenset[str]:
    """What stands before the figure in short sentences, or clauses, that each hold one."""
    return max(_subjects(_SENTENCE_END.split(text)), _subjects(_CLAUSE_END.split(text)), key=len)


def _subjects(parts: Sequence[str]) -> frozenset[str]:
    counted = (part for part in parts if figures_in(part) and len(part.split()) <= _SHORT)
    subjects = (part[: figures_in(part)[0][0]].strip(" ,-–—:").lower() for part in counted)
    return frozenset(subject for subject in subjects if content_words(subject) and not _NO_SUBJECT.match(subject))


def _gain_beside(state: CallState, i: int, watch: Watch) -> bool:
    """Whether the same turn names a result in figures."""
    turn = running_turn(state.utterances, i)
    return any(gain_in(state.utterances[k].text, watch.signs) is not None for k in turn)


def _answers(state: CallState, i: int) -> bool:
    """Whether the customer has just asked about what the rep's utterance speaks of."""
    asked = [state.utterances[k].text for k in last_turn_before(state.utterances, i, Role.CUSTOMER)]
    questions = frozenset[str]().union(*(content_words(text) for text in asked if asks(text)))
    return bool(questions & content_words(state.utterances[i].text))
