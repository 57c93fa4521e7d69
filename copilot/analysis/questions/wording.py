"""Questions in the customer's words, short enough to be said aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from copilot.domain.templates import fill, placeholders

MOST_WORDS_ASKED = 15
MOST_WORDS_OF_WHY = 12
_MOST_WORDS_NAMED = 6

_LEAD_IN = re.compile(
    r"^(?:(?:so|and|but|well|yes|yeah|okay|ok|honestly|basically|then|also|that|if)\b[\s,]*)*"
    r"(?:(?:we|i|they|you|he|she|it|our \w+|my \w+|the \w+)(?:['’](?:d|ll|ve|re|m|s))?\s+)?"
    r"(?:(?:really|just|also|still|would|do|does|did|have|has|had|are|is|got)\s+)*"
    r"(?:want(?:s|ed)?|need(?:s|ed)?|like|love|hop(?:e|ing)|aim(?:ing)?|plan(?:ning)?|try(?:ing)?|looking"
    r"|goal is|must|should|have|has)"
    r"\s+(?:to (?:be able to )?|for |that )?",
    re.I,
)
_CLAUSE_END = re.compile(
    r"[,;:.!?…]\s|\s[–—-]\s|\s(?:because|so that|which|but|since|unless|although|while|and then|where|when"
    r"|who)\s",
    re.I,
)
_HANGING = re.compile(
    r"(?:\s+|^)(?:an?|the|of|to|for|and|or|in|with|our|your|their|my|by|from|at|on|that|is|are|be|this|than|as|into|about|it|we|i)$",
    re.I,
)
_NOT_A_NOUN_PHRASE = re.compile(
    r"\b(?:i|we|you|he|she|it|they|that|there|is|are|was|were|has|have|had|will|would|want|need|must|should|can"
    r"|could|cannot|to|not"
    r"|\w+n['’]t)\b|^(?:get|cut|reduce|make|bring|keep|take|give|go|have|be|do|see|know|stop|start|increase"
    r"|raise|grow|improve|lower"
    r"|release|ship|find|run|close|save|spend|move|let|put|work|win|build|use|avoid|shorten|halve|double|hit"
    r"|reach|sell|hire|turn)\b",
    re.I,
)


def named(text: str, quotes: Iterable[str] = ()) -> str:
    """A few words that name an item within a sentence: its lead-in and side clauses dropped, its case as spoken.

    `quotes` are its words as said; they tell whether its first letter is a name's. May be empty.
    """
    core = _LEAD_IN.sub("", text.strip(), count=1) or text.strip()
    core = _CLAUSE_END.split(core, maxsplit=1)[0].strip(' .,;:!?…"“”')
    phrase = " ".join(core.split()[:_MOST_WORDS_NAMED])
    while hanging := _HANGING.search(phrase):
        phrase = phrase[: hanging.start()].rstrip(" ,")
    first, *others = phrase.split() or [""]
    return " ".join([_as_spoken(first, quotes), *others])


def within(phrase: str) -> str:
    """The phrase as it can stand in a sentence: a clause goes in quotation marks, a noun phrase as it is."""
    return f"“{phrase}”" if _NOT_A_NOUN_PHRASE.search(phrase) else phrase


def question_text(templates: Sequence[str], values: Mapping[str, str]) -> str | None:
    """The most specific wording whose values are all known and that is short enough."""
    return _first(templates, {name: within(value) for name, value in values.items()}, MOST_WORDS_ASKED)


def why_text(templates: Sequence[str], values: Mapping[str, str]) -> str | None:
    """The ground for asking, likewise; quotation marks are the template's own."""
    return _first(templates, values, MOST_WORDS_OF_WHY)


def _first(templates: Sequence[str], values: Mapping[str, str], most_words: int) -> str | None:
    known = {name: value for name, value in values.items() if value}
    for template in templates:
        if placeholders(template) <= known.keys():
            text = fill(template, known)
            if len(text.split()) <= most_words:
                return text[:1].upper() + text[1:]
    return None


def _as_spoken(word: str, quotes: Iterable[str]) -> str:
    if word == "I" or any(character.isupper() for character in word[1:]):
        return word
    lowered = word[:1].lower() + word[1:]
    said = " ".join(quotes)
    return word if word in said and lowered not in said and not said.startswith(word) else lowered
