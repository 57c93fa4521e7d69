"""What is wrong with words as a card that is looked at for half a second."""

from __future__ import annotations

import re
from enum import IntEnum

from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_deadlines, find_quantities
from copilot.analysis.numbers.tokens import vocabulary

MOST_WORDS = 16  # of a card
_ROOMY = 12  # words that it takes without effort
_LEAST_SAID = 2  # content words that a sentence of somebody's has more than
_OPENS_HALF = re.compile(
    r"(?:if|unless|['’]?cause|because|whatever(?! \w+ (?:you|we|they)\b)|whether|when|where|while|until|although|though"
    r"|than|or|and|but|so|maybe|perhaps|not|no(?=\W*$|[,.])|no (?:i|it|we|he|she|that|problem|idea|doubt|need)|yes|yeah"
    r"|percent|hundred|thousand|subject to|okay|right|alright|it|it['’]\w+|he|he['’]\w+|she|she['’]\w+|they|they['’]\w+"
    r"|that|that['’]s|this|these|those|them|which|who|what|how|why|i|i['’]\w+|we|we['’]\w+|you|you['’]\w+|there|here"
    r"|do(?! not\b)|does|did|is|are|was|were|am|be|been|any|know|then|also|like|can|could|would|will|shall|may|might"
    r"|has|had|as|too|else|ma['’]am|sir)\b(?![-’'])",
    re.I,
)
_NO_MORE = re.compile(r"(?:no one|nobody|none of|not (?:one|a|more than|less than)\b)", re.I)
_WE_DO = re.compile(r"we\s+(?!['’])(?!\w+\s+(?:it|that|this|them|so)\W*$)", re.I)
_LEVEL = re.compile(
    r"(?:at (?:least|most)|(?:no |not )?(?:less|more|fewer|better|higher|lower) than|not (?:above|under|over|below)|at"
    r"|to|under|below|above|over|within|inside|from|by|down|up|back|about|around)\b\s*|(?:kept|held)\s+(?:at\s+)?",
    re.I,
)
_NONE = re.compile(r"(?:none|zero|nothing|nobody|half)(?: of (?:it|them|that))?(?=\W*$)", re.I)
_BESIDE = re.compile(
    r"(?:for|with|on|in|of|by|before|after|until|through|during|across|(?:each|every|any|next|last|this|that"
    r"|once an?)\s+\w+$|except|including|like)\b",
    re.I,
)
_OF_NOTHING = re.compile(r"\s*,?\s*(?:by|at|in|until|before|this|again|and|or|to|from|end|then|if|for)\b", re.I)
_STUBS = vocabulary(
    "first second third sorry thanks nice good great lovely perfect training point number thing check joy ooh noted one"
    " mhm mm hm aha thereabouts"
)
_COUNTING = re.compile(r"\W*\d+(?:,?\s+\d{1,2}\b)+")
_PERSON = re.compile(
    r"\b(?:i|my|i['’]\w+|we|we['’]\w+|you|you['’]\w+|he|he['’]\w+|she|she['’]\w+|they['’]\w+|me|us|him|her"
    r"|y['’]all)\b",
    re.I,
)
_POINTS = re.compile(
    r"\b(?:it|it['’]\w+|they|them|there|here|(?:this|these|those|that)(?=\s*(?:$|[,.]|['’]s|(?:is|are|was|were|would"
    r"|will|has|have|can|should)\b)))(?!\w)",
    re.I,
)
_ONLY_POINTS = re.compile(
    r"^(?:\w+\s+){1,2}(?:it|him|her|them|that|this|those|these|one|so)(?:\s+(?:up|out|over|back|down|on|in|off|today"
    r"|tomorrow|myself|one|this week))*$",
    re.I,
)
_STOP = re.compile(r"[.!?…]\s+\w")
_ASKED = re.compile(
    r"\?|^(?:how|what|why|who|where|when|which)\b|^(?:shall|could|can|would|will|did|does|do(?! not)|is|are"
    r"|was)\b(?!['’])"
    r"|\b(?:does (?:a|the|it|that|your)|do (?:you|they|we)|is (?:it|there)|can (?:you|it)|could (?:you|it)"
    r"|have you)\b",
    re.I,
)
_ODD_ONE = re.compile(r"\w+(?:ly|ky|py|ed)$", re.I)


class Flaw(IntEnum):
    """How badly words read, alone on a card."""

    NONE = 0
    TALK = 1  # understood, but with "I" or "it" in it, or long: a piece of talk
    OPEN = 2  # a level or a number that does not say of what
    PIECE = 3  # nobody could say what is meant


def flaw(text: str) -> Flaw:
    """The worst that is to be said of words as a card."""
    if not text or _ASKED.search(text) or _ONLY_POINTS.match(text) or _COUNTING.match(text) or _is_stub(text):
        return Flaw.PIECE
    if _OPENS_HALF.match(text) and not _NO_MORE.match(text):
        return Flaw.TALK if _WE_DO.match(text) and len(content_words(text)) > _LEAST_SAID else Flaw.PIECE
    if is_level(text) or _BESIDE.match(text) or _OF_NOTHING.match(_without_level(text)):
        return Flaw.OPEN
    talk = _PERSON.search(text) or _POINTS.search(text) or _STOP.search(text) or len(text.split()) > MOST_WORDS
    return Flaw.TALK if talk else Flaw.NONE


def burden(text: str) -> float:
    """What reading it costs beyond its flaw: words that point elsewhere, and length."""
    pointing = len(_PERSON.findall(text)) + len(_POINTS.findall(text)) + 2 * len(_STOP.findall(text))
    return 0.09 * min(pointing, 4) + 0.02 * max(0, len(text.split()) - _ROOMY)


def is_level(text: str) -> bool:
    """Whether nothing is named but how much, or by when."""
    if _NONE.match(text):
        return True
    led = _LEVEL.match(text)
    text = text[led.end() :] if led else text
    spans = [(q.start, q.end) for q in find_quantities(text)] + [(d.start, d.end) for d in find_deadlines(text)]
    rest = "".join(c for at, c in enumerate(text) if not any(start <= at < end for start, end in spans))
    return bool(spans) and not content_words(rest)


def opens_with_level(text: str) -> bool:
    """Whether the words begin with how much, as what follows the thing it is said of."""
    return bool(_LEVEL.match(text)) or any(q.start == 0 for q in find_quantities(text))


def _without_level(text: str) -> str:
    """What follows the figure that the words begin with; all of them where they begin with none."""
    led = _LEVEL.match(text)
    at = led.end() if led else 0
    opening = next((q for q in find_quantities(text) if q.start == at and q.unit is None), None)
    return text[opening.end :] if opening else ""


def _is_stub(text: str) -> bool:
    words = text.split()
    if len(words) == 1:
        return text.lower() in _STUBS or bool(_ODD_ONE.match(text)) or not content_words(text)
    return not content_words(text)
