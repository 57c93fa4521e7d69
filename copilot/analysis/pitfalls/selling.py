"""Pitfalls of selling too early: features before outcomes, return on investment that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from copilot.analysis.coverage import FROM_THE_CUSTOMER
from copilot.analysis.language.asking import asks
from copilot.analysis.language.turns import last_turn_before, running_turn
from copilot.analysis.language.words import content_words
from copilot.analysis.pitfalls.signs import Span, figures_in, is_rep, sentences
from copilot.analysis.pitfalls.value_shown import MONEY, WORKED_OUT
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, seen_since
from copilot.domain.call import Role
from copilot.domain.impressions import Tag
from copilot.domain.ops import FlagPitfall
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_OFFER = (
    r"(?:we(?:['’]ve| have)?(?: also| just| now)?\s+(?:have(?! to\b)|got|offer|provide|support|built|include|added"
    r"|launched|announced)|we do\b|(?:it|our \w+|the (?:platform|product|system|tool|module|suite"
    r"|app))\s+(?:also\s+)?(?:has|does|comes with|includes|supports|lets you|can|will)|there(?:['’]s| is"
    r"| are)(?: also)?|you(?:['’]ll|['’]ve| have| will)?(?: also)?\s+(?:get|got)(?! to\b)|here(?:['’]s| you)"
    r"|comes? with|(?:on the (?:left|right)|up top|at the top)\s+(?:there|is|are|you)|plus)"
)
_OFFERS = re.compile(rf"\b{_OFFER}\b", re.I)
_LIST_BREAK = re.compile(r",\s*(?:and|or|plus)?\s*|\s+(?:and|plus)\s+", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS_LISTED = 5
_NAMED_BY = 3  # content words after the words that offer something
_ABOUT_THEM = frozenset(
    {"before_scenario", "negative_consequences", "after_scenario", "positive_business_outcomes", "metrics"}
)
_NEEDS = "required_capabilities"
_LEEWAY_OF_AN_ANSWER = 2  # times as many features as count elsewhere
_TIED_SHARE = 0.4  # of an outcome's content words
_TIED_WORDS = 2

_ROI = re.compile(
    r"\b(?:roi|return on (?:your |the )?investment|pa(?:y|ys|ying|id) (?:(?:it|that|them) )?"
    r"(?:for (?:itself|us|the (?:whole )?(?:thing|system|platform|tool))|back)|payback|break[- ]?even|net present value"
    r"|npv|irr|tco|total cost of ownership|cost[- ]benefit|(?:value|savings|roi) (?:calculator|model)|financial model"
    r"|business case)\b",
    re.I,
)
_DECLINED = re.compile(
    r"\b(?:no|not|never|without|don['’]?t|won['’]?t|doesn['’]?t|rather than|instead of)\b[^.!?]{0,40}$", re.I
)
_WE_RUN_IT = re.compile(r"\b(?:i|we|let['’]?s|us)\b|\bfor you\b", re.I)
_FIGURES_OF_A_SUM = 3
_GAIN_ASSUMED = re.compile(
    r"\b(?:sav\w+|cut|cuts|reduc\w+|tak(?:e|es|ing)|knock(?:ing)?|bring(?:s|ing)?|com(?:e|es) to|avoid\w*|worth"
    r"|return\w*|earn\w*|gain\w*|free[sd]?)\b",
    re.I,
)
_EPISODE = 12  # utterances within which a return to the same sum is the same event

_Offered = tuple[frozenset[str], Span]
"""Features, and where the first of them is offered."""


def feature_dumping(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """Features in a row within one turn of the rep's, while no outcome is known or with no word about one.

    They are counted, or the reader takes the turn for it, which has heard the question that it may be the answer to.
    """
    kind = PitfallKind.FEATURE_DUMPING
    if not is_rep(state, i):
        return ()
    turn = running_turn(state.utterances, i)
    offered = {k: found for k in turn if (found := _offered(state, k, watch))}
    are_many = i in offered and _are_many(state, turn, offered, watch)
    is_read = watch.likely(Tag.FEATURE_DUMPING, state, i) >= watch.limit(kind, "likely", state)
    if not (are_many or is_read) or _just_told(state, turn[0]) or _tied(state, turn, watch):
        return ()
    if are_many:
        spans = {**dict.fromkeys(_told_in(state, turn)), **{k: span for k, (_, span) in offered.items()}}
        evidence = [evidence_at(state, k, spans[k]) for k in sorted(spans)]
        return (watch.flag(kind, evidence, count=len(_features(offered))),)
    if seen_since(state, kind, turn[0]):
        return ()
    return (FlagPitfall(kind=kind.value, evidence=(evidence_at(state, i, _longest(state.utterances[i].text)),)),)


def _longest(text: str) -> Span | None:
    """The sentence that says most: a run seldom stands in "Got it."."""
    return max(sentences(text), key=lambda span: span[1] - span[0], default=None)


def _told_in(state: CallState, turn: Sequence[int]) -> list[int]:
    """The utterances of a turn where it was told before: what is counted later is the same event."""
    told = [p.utterances for p in state.pitfalls.values() if p.kind == PitfallKind.FEATURE_DUMPING]
    return [k for k in turn if any(k in places for places in told)]


def _are_many(state: CallState, turn: Sequence[int], offered: Mapping[int, _Offered], watch: Watch) -> bool:
    """Whether a turn names more of the rep's features than the customer has asked for."""
    if not any(_is_ours(state.utterances[k].text, watch) for k in offered):
        return False
    least = watch.limit(PitfallKind.FEATURE_DUMPING, "features", state)
    if _was_asked(state, turn[0]):
        least *= _LEEWAY_OF_AN_ANSWER
    return len(_features(offered) - _asked_for(state, turn[0], watch)) >= least


def _features(offered: Mapping[int, _Offered]) -> frozenset[str]:
    return frozenset[str]().union(*(named for named, _ in offered.values()))


def _was_asked(state: CallState, first: int) -> bool:
    """Whether the customer has just asked something or said what they need: the rep's turn is the answer."""
    heard = last_turn_before(state.utterances, first, Role.CUSTOMER)
    return bool(heard) and (asks(state.utterances[heard[-1]].text) or state.stage_of(heard[-1]) == _NEEDS)


def _just_told(state: CallState, first: int) -> bool:
    """Whether it was told of in an earlier turn, a moment ago: a demonstration that goes on is one event."""
    told = (p.utterances[-1] for p in state.pitfalls.values() if p.kind == PitfallKind.FEATURE_DUMPING)
    return any(first - _EPISODE <= at < first for at in told)


def _offered(state: CallState, k: int, watch: Watch) -> _Offered | None:
    """The features that an utterance offers in plain statements, and where the first stands.

    Words of the playbook tell that it speaks of a product; how things are offered and listed tells how many they are.
    """
    text = state.utterances[k].text
    if state.stage_of(k) in _ABOUT_THEM or not (watch.signs.has("features", text) or watch.signs.has("product", text)):
        return None
    named: set[str] = set()
    first: Span | None = None
    for start, end in sentences(text):
        found = _offered_in(text[start:end], watch)
        if found:
            named |= found
            first = first or (start, end)
    return (frozenset(named), first) if first else None


def _is_ours(text: str, watch: Watch) -> bool:
    """Whether it speaks of what the rep has to offer; "there is" alone may speak of anything."""
    offers = (match.group().lower() for match in _OFFERS.finditer(text))
    return watch.signs.has("product", text) or any(not offer.startswith("there") for offer in offers)


def _offered_in(said: str, watch: Watch) -> set[str]:
    """What one sentence offers: the entries of a list, else a thing per offer, and the playbook's features in it."""
    offers = list(_OFFERS.finditer(said))
    if asks(said) or not (offers or watch.signs.has("product", said)) or watch.signs.has("restatement", said):
        return set()
    listed = set(_listed(said)) if offers else set()
    if listed:
        return listed
    things = {" ".join(_WORD.findall(said[m.end() :])[:_NAMED_BY]).lower() for m in offers} - {""}
    features = set(watch.signs.words("features", said))
    return features if len(features) >= len(things) else things


def _listed(sentence: str) -> Iterator[str]:
    """The entries of an enumeration, where a sentence holds one of four or more."""
    parts = [part.strip(" .!") for part in _LIST_BREAK.split(sentence)]
    entries = [part.lower() for part in parts[1:] if len(part.split()) <= _MOST_WORDS_LISTED and _WORD.search(part)]
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


def speaks_of_return(text: str) -> bool:
    """Whether a text names return on investment, payback or a business case."""
    return bool(_ROI.search(text))


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
        if not _about_theirs(text, match) and not _DECLINED.search(text[max(0, match.start() - 60) : match.start()]):
            return match.span()
    sums = watch.signs.find("roi", text)
    if len(sums) >= 2 and len(figures_in(text)) >= 2:
        return sums[0]
    return _sum_of_return(text) if len(figures_in(text)) >= _FIGURES_OF_A_SUM else None


def _sum_of_return(text: str) -> Span | None:
    """Where a gain is worked out in money; what today's trouble costs is none, nor how others got faster."""
    if not (MONEY.search(text) and WORKED_OUT.search(text) and _GAIN_ASSUMED.search(text)):
        return None
    return next(((a, b) for a, b in sentences(text) if MONEY.search(text[a:b])), None)


def _about_theirs(text: str, match: re.Match[str]) -> bool:
    """Whether it asks about a case of the customer's own rather than offering one."""
    start, end = next(((a, b) for a, b in sentences(text) if a <= match.start() < b), (0, len(text)))
    said = text[start:end]
    return asks(said) and not _WE_RUN_IT.search(said)


def _wanted(state: CallState, i: int, watch: Watch) -> bool:
    """Whether the customer has spoken of return, payback or a business case before."""
    said = (u.text for u in state.utterances[:i] if u.role is not Role.REP)
    return any(_ROI.search(text) or watch.signs.has("roi", text) for text in said)
