"""Pitfalls of selling too early: features before outcomes, return on investment that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copilot.analysis.asking import asks
from copilot.analysis.coverage import FROM_THE_CUSTOMER
from copilot.analysis.pitfalls.signs import Span, figures_in, is_rep, sentences
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, seen_since
from copilot.analysis.turns import running_turn
from copilot.analysis.words import content_words
from copilot.domain.call import Role
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_OFFERS = re.compile(
    r"\b(?:we(?:['’]ve| have|['’]re| are| do| also| can| offer| provide| support| built| include| added| launched)"
    r"|our \w+|it (?:has|does|comes|includes|supports|also|can|will)|(?:the|this) (?:platform|product|system"
    r"|tool|module|suite|app)"
    r"|there(?:['’]s| is| are)|you(?:['’]ll| will)? (?:get|also get|have|can|could)|here(?:['’]s| is)"
    r"|comes with|and then|plus)\b",
    re.I,
)
_LIST_BREAK = re.compile(r",\s*(?:and|or|plus)?\s*|\s+(?:and|plus)\s+", re.I)
_MOST_WORDS_LISTED = 5
_TIED_SHARE = 0.4  # of an outcome's content words
_TIED_WORDS = 2

_ROI = re.compile(
    r"\b(?:roi|return on (?:your |the )?investment|pay(?:s|ing)? (?:for itself|back)|payback|break[- ]?even"
    r"|net present value|npv|irr"
    r"|tco|total cost of ownership|cost[- ]benefit|(?:value|savings|roi) (?:calculator|model)|financial model"
    r"|business case)\b",
    re.I,
)
_DECLINED = re.compile(
    r"\b(?:no|not|never|without|don['’]?t|won['’]?t|doesn['’]?t|rather than|instead of)\b[^.!?]{0,40}$", re.I
)
_EPISODE = 12  # utterances within which a return to the same sum is the same event


def feature_dumping(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """Features in a row within one turn of the rep's, while no outcome is known or with no word about one."""
    if not is_rep(state, i):
        return ()
    turn = running_turn(state.utterances, i)
    offered = {k: named for k in turn if (named := _offered(state.utterances[k].text, watch))}
    if i not in offered:
        return ()
    features = frozenset[str]().union(*(words for words, _ in offered.values()))
    least = watch.limit(PitfallKind.FEATURE_DUMPING, "features", state)
    if len(features - _asked_for(state, turn[0], watch)) < least or _tied(state, turn, watch):
        return ()
    evidence = [evidence_at(state, k, span) for k, (_, span) in offered.items()]
    return (watch.flag(PitfallKind.FEATURE_DUMPING, evidence, count=len(features)),)


def _offered(text: str, watch: Watch) -> tuple[frozenset[str], Span] | None:
    """The features that a text offers in plain statements, and where the first stands."""
    named: set[str] = set()
    first: Span | None = None
    for start, end in sentences(text):
        said = text[start:end]
        if (
            asks(said)
            or not (_OFFERS.search(said) or watch.signs.has("product", said))
            or watch.signs.has("restatement", said)
        ):
            continue
        found = watch.signs.find("features", said)
        if found:
            first = first or (start + found[0][0], start + found[0][1])
            named |= set(_listed(said)) or watch.signs.words("features", said)
    return (frozenset(named), first) if first else None


def _listed(sentence: str) -> Iterator[str]:
    """The entries of an enumeration, where a sentence holds one of four or more."""
    parts = [part.strip(" .!") for part in _LIST_BREAK.split(sentence)]
    entries = [part.lower() for part in parts[1:] if 0 < len(part.split()) <= _MOST_WORDS_LISTED]
    return iter([*entries, parts[0].lower()] if len(entries) >= 3 else [])


def _asked_for(state: CallState, before: int, watch: Watch) -> frozenset[str]:
    """Features that the customer has named: showing those is an answer."""
    asked = (watch.signs.words("features", u.text) for u in state.utterances[:before] if u.role is Role.CUSTOMER)
    return frozenset[str]().union(*asked)


def _tied(state: CallState, turn: Sequence[int], watch: Watch) -> bool:
    texts = [state.utterances[k].text for k in turn]
    if any(watch.signs.has("restatement", text) for text in texts):
        return True
    words = frozenset[str]().union(*map(content_words, texts))
    return any(_names(words, content_words(o.text)) for o in state.outcomes.values() if o.state in FROM_THE_CUSTOMER)


def _names(said: frozenset[str], outcome: frozenset[str]) -> bool:
    shared = len(said & outcome)
    return shared >= _TIED_WORDS and shared >= _TIED_SHARE * len(outcome)


def assumed_roi_modeling(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The rep turns to a sum of return or payback before the customer has spoken of one."""
    kind = PitfallKind.ASSUMED_ROI_MODELING
    if not is_rep(state, i):
        return ()
    span = _modelled(state.utterances[i].text, watch)
    if span is None or seen_since(state, kind, i - _EPISODE) or _wanted(state, i, watch):
        return ()
    return (watch.flag(kind, (evidence_at(state, i, span),)),)


def _modelled(text: str, watch: Watch) -> Span | None:
    """Where a text turns to return on investment: named outright and not declined, or worked out in figures."""
    for match in _ROI.finditer(text):
        if not _DECLINED.search(text[max(0, match.start() - 60) : match.start()]):
            return match.span()
    sums = watch.signs.find("roi", text)
    return sums[0] if len(sums) >= 2 and len(figures_in(text)) >= 2 else None


def _wanted(state: CallState, i: int, watch: Watch) -> bool:
    """Whether the customer has spoken of return, payback or a business case before."""
    said = (u.text for u in state.utterances[:i] if u.role is not Role.REP)
    return any(_ROI.search(text) or watch.signs.has("roi", text) for text in said)
