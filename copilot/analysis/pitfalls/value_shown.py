"""Where a call shows value: gains in figures, what kind of value they are, and whether the customer was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from copilot.analysis.language.asking import asks, questions_in
from copilot.analysis.language.clauses import clauses
from copilot.analysis.pitfalls.signs import Signs, Span, figures_in, sentences
from copilot.domain.call import Role, Utterance

LEVELS = ("strategic", "business", "operational", "technical")
"""The value pyramid, top first; each is a word list too."""

_GAINED = re.compile(
    r"\b(?:sav(?:ed?|es|ing|ings)|reduc\w+|cut|cuts|drop(?:ped|s)?|fell|down (?:from|to|by)|up (?:from|by)"
    r"|from .{1,40}? to|improv\w+|increas\w+|grew|grown|rose|risen|gain\w*|avoid\w+|recover\w+|went (?:from|up|down)"
    r"|faster|fewer|less|lower|higher|more than|shorter|earlier|sooner|quicker|cheaper|safer|worth|value|instead of"
    r"|used to (?:take|be)|came down|halved|doubled|freed|retain\w+|lost|brought|(?:mak|earn|cost|gav|bring)\w* you)\b",
    re.I,
)
WORKED_OUT = re.compile(
    r"\b(?:times|multipl\w+|works out|comes? (?:out )?to|adds? up|equals?|which (?:is|makes|means)|that(?:['’]s"
    r"| is) (?:about|roughly|around|worth)?"
    r"|per (?:hour|head|year|month)|an hour|a year|translates?|amounts? to|total(?:s|ling)?|in (?:savings"
    r"|value))\b|[=×]",
    re.I,
)
MONEY = re.compile(
    r"[$€£]\s?\d|\b(?:dollars?|euros?|pounds?|francs?|usd|eur|gbp|chf|quid|grand|rupees?|kroner"
    r"|millions?(?=\s*(?:[.,;!?…]|$|(?:a|per|in|of|saved|for|over|value|worth)\b)))\b|\d\s?[km]\b"
    r"|\bthousand\s+(?:a|per|each|every)\s+(?:year|month|week|quarter)\b",
    re.I,
)
_PRICE = re.compile(
    r"\b(?:price\w*|pricing|renewals?|licen[cs]es?|seats?|contract|quote|discount|fees?|subscription|budget)\b", re.I
)
_TIME_GAINED = re.compile(
    r"\b(?:minutes?|hours?|days?|weeks?|months?)\s+(?:earlier|sooner|faster|less|shorter|quicker|saved|back|fewer)\b",
    re.I,
)
_TIME = re.compile(r"\b(?:minutes?|hours?|days?|weeks?)\b", re.I)
_BY_A_SHARE = re.compile(
    r"\b(?:fell|dropped|down|up|rose|cut|reduced|grew|increased|improved|lower|higher|fewer|less)\b[^.!?]{0,20}(?:%"
    r"|\bper ?cent\b)"
    r"|(?:%|\bper ?cent\b)\s+(?:fewer|less|lower|higher|faster|shorter)\b",
    re.I,
)
_FROM_TO = re.compile(r"\bfrom\b.{1,40}?\bto\b", re.I)
_ASKS_THEM = re.compile(
    r"\b(?:agree|accept|sign|stand (?:by|over|behind)|go along|put your (?:own )?name|believe|happy with|comfortable"
    r"|recogni[sz]e|match(?:es)?|holds?(?: up)?|fair|accurate|(?:sound|look|feel|sit|read)s? (?:right|true|well)"
    r"|reasonable|defend|live with|challenge|change anything|too (?:high|low|generous))\b",
    re.I,
)
_VOUCHES = re.compile(
    r"\b(?:i|we)(?:['’]d|['’]ll| would| will| can| could)?\s+(?:\w+\s+)?(?:accept|agree|sign|buy|believe|stand (?:by"
    r"|over|behind)|vouch)\b|\bthat(?:['’]s| is) what (?:i|we) (?:have|see|get|make it)\b",
    re.I,
)
_BEFORE_NOW = re.compile(
    r"\b(?:was|were|before|used to)\b[^?]{0,160}?\b(?:now|today|you(?:['’]re| are) (?:at|on|down|up))\b",
    re.I,
)
_HOURS = re.compile(r"\bhours\b", re.I)


@lru_cache(maxsize=4096)
def gain_in(text: str, signs: Signs) -> Span | None:
    """The first sentence that puts a gain of business or operations in figures; counts of use are none."""
    for start, end in sentences(text):
        said = text[start:end]
        if figures_in(said) and not asks(said) and any(_is_gain(part, signs) for part in _parts(said, signs)):
            return start, end
    return _then_and_now(text, signs)


def _then_and_now(text: str, signs: Signs) -> Span | None:
    """How it was and how it is, each with a figure, in one sentence or over several."""
    contrast = _BEFORE_NOW.search(text)
    if contrast is None or asks(text[contrast.start() :]) or signs.has("usage", text):
        return None
    after = text[contrast.end() :]
    both = figures_in(contrast.group()) and figures_in(after)
    return next((span for span in sentences(text) if span[1] > contrast.start()), None) if both else None


def _parts(said: str, signs: Signs) -> Iterable[str]:
    """A sentence that also counts use by its clauses, so that what came of the use is seen."""
    return [clause.said for clause in clauses(said)] if signs.has("usage", said) else (said,)


def _is_gain(said: str, signs: Signs) -> bool:
    if signs.has("usage", said) or not figures_in(said) or not _GAINED.search(said):
        return False
    named = any(signs.has(name, said) for name in ("business", "operational", "strategic", "results"))
    if named or MONEY.search(said) or _TIME_GAINED.search(said) or _FROM_TO.search(said):
        return True
    return bool(_BY_A_SHARE.search(said)) and not _PRICE.search(said)


@lru_cache(maxsize=4096)
def sum_in(text: str) -> Span | None:
    """The last sentence that works out what a gain is worth, in money or hours: that is where a sum ends."""
    return next((span for span in reversed(sentences(text)) if _is_sum(text[slice(*span)])), None)


def _is_sum(said: str) -> bool:
    if not figures_in(said) or asks(said) or _PRICE.search(said):
        return False
    if MONEY.search(said):
        return bool(WORKED_OUT.search(said) or _GAINED.search(said))
    return bool(_HOURS.search(said) and WORKED_OUT.search(said))


@lru_cache(maxsize=4096)
def value_in(text: str, signs: Signs) -> Span | None:
    """The sentence that shows value, as a sum worked out or as a gain in figures."""
    return sum_in(text) or gain_in(text, signs)


@lru_cache(maxsize=1024)
def levels_in(text: str, signs: Signs) -> frozenset[str]:
    """The kinds of value that a text speaks of."""
    named = {level for level in LEVELS if signs.has(level, text)}
    if MONEY.search(text):
        named.add("business")
    if _TIME.search(text):
        named.add("operational")
    return frozenset(named)


def asks_whether_it_holds(utterance: Utterance, signs: Signs) -> bool:
    """The rep asks the customer to check a figure."""
    if utterance.role is not Role.REP:
        return False
    return any(signs.has("validation", said) or _ASKS_THEM.search(said) for said in questions_in(utterance.text))


def agrees_that_it_holds(utterance: Utterance, signs: Signs) -> bool:
    """The customer vouches for a figure unasked."""
    if utterance.role is Role.REP:
        return False
    return signs.has("confirmation", utterance.text) or bool(_VOUCHES.search(utterance.text))


def validated(utterances: Iterable[Utterance], signs: Signs) -> bool:
    """Whether among these somebody asked whether the value holds, or the customer said so."""
    return any(asks_whether_it_holds(u, signs) or agrees_that_it_holds(u, signs) for u in utterances)
