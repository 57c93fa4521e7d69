"""What "it", "that" and "they" stand for: the thing spoken of just before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copilot.analysis.extraction.metrics.words import names_a_thing
from copilot.analysis.language.clauses import Clause, clauses
from copilot.analysis.language.dialogue import said_before
from copilot.analysis.language.wants import opens_with_pronoun
from copilot.analysis.language.wording import card
from copilot.analysis.language.words import content_words
from copilot.domain.call import Utterance

_VERB = (
    r"(?:is|are|was|were|takes?|took|has|have|had|needs?|must|should|costs?|runs?|sits?|stands?|goes|go|comes?|gets?"
    r"|averages?|hovers?|drops?|fell|rose|went|can|can['’]t|could|would|will|ends? up|means?|['’]s|['’]re)"
)
_SUBJECT = re.compile(
    rf"^(?P<np>.{{2,80}}?)(?:\s+(?:really|just|also|still|currently|usually|only))?(?:\s+|(?=['’])){_VERB}\b", re.I
)
_NO_THING = re.compile(
    r"^(?:\W*\b(?:and|but|so|because|well|yeah|yes|no|then|if|when|what|who|how|where|which|there|here|i|we|you|he|she"
    r"|it|they|that|this|these|those|(?:first|second|third)(?=\W*$)|everyone|everybody|people|nobody|someone|somebody|one)\b)",
    re.I,
)
_WITH_ARTICLE = re.compile(r"^\W*(?:(?:and|but|so|well|then)\b\W*)*(?:the|our|my|your|this|these|those)\s", re.I)
_FEW_WORDS = 7
_CLAUSES_BACK = 3
_MOST_WORDS = 7


class Antecedent(NamedTuple):
    """The words for it, and where they were said."""

    words: str
    utterance: int
    quote: str


def antecedent(utterances: Sequence[Utterance], i: int, place: int) -> Antecedent | None:
    """What a pronoun at an offset of utterance `i` stands for, as far as the words just before it say."""
    text = utterances[i].text
    earlier = [c for c in clauses(text) if c.end <= place]
    for clause in list(reversed(earlier))[:_CLAUSES_BACK]:
        words = _plain_thing(clause.said)
        if words:
            return Antecedent(words, i, clause.said)
    for utterance in _nearest(utterances, i):
        for clause in reversed(clauses(utterance.text)):
            words = _plain_thing(clause.said)
            if words:
                return Antecedent(words, utterance.i, clause.said)
    return None


def _plain_thing(said: str) -> str:
    """The thing, where it is named so that a pronoun can stand for it: by more than a word, or with its article."""
    words = thing_named(said)
    sure = len(words.split()) > 1 or _WITH_ARTICLE.match(said)
    return words if words and sure and names_a_thing(words) else ""


def thing_named(said: str) -> str:
    """The thing that a clause is about: its subject, or all of a clause without a verb. Empty where it is a pronoun."""
    bare = card(said, most_words=40)
    if not bare or opens_with_pronoun(bare) or _NO_THING.match(bare):
        return ""
    subject = _SUBJECT.match(bare)
    if subject:
        words = card(subject["np"], most_words=_MOST_WORDS)
        return words if content_words(words) else ""
    short = len(bare.split()) <= _FEW_WORDS and len(content_words(bare)) > 0
    return card(bare, most_words=_MOST_WORDS) if short else ""


def clause_at(text: str, place: int) -> Clause:
    """The clause that holds an offset."""
    found = clauses(text)
    return next((c for c in found if place < c.end), found[-1] if found else Clause(text, 0, len(text)))


def _nearest(utterances: Sequence[Utterance], i: int) -> Iterator[Utterance]:
    for k, utterance in enumerate(said_before(utterances, i)):
        if k == 2:
            return
        yield utterance
