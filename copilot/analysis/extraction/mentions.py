"""Where an utterance speaks of an outcome, a capability, a metric or a next step, as the reader hears it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from copilot.analysis.language.clauses import clauses, sentence_at, sentences
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities
from copilot.analysis.reader import Impressions
from copilot.domain.call import Role
from copilot.domain.impressions import Part, Tag, word_places
from copilot.domain.state import CallState

_LEAST_QUOTED = 2  # content words
_APART = 40  # characters between two clauses that are one mention
_BEST_WORDS = 4  # words of a clause that say it best, by which it is judged: a long one may say other things, too
_SHARE_OF_WORDS = 0.7  # of a clause's own words in how likely it is; the rest is the whole utterance's


class Kind(NamedTuple):
    """How the reader is asked about one kind of item, and how likely a clause of either side has to be.

    `opens` is the tag of utterances in which an item is spoken of for the first time. Words that say one of `beside`
    speak of the item as well as those that say `part`.
    """

    part: Part
    tag: Tag
    opens: Tag
    least: float
    least_of_rep: float
    beside: tuple[Part, ...] = ()


class Word(NamedTuple):
    """A word, verbatim, where it stands in its utterance, and how likely it is to say such an item.

    `naming`: the item itself, and nothing beside it, such as its figures.
    """

    said: str
    start: int
    end: int
    likely: float
    naming: float


class Told(NamedTuple):
    """A clause, verbatim, and how likely it is to speak of such an item."""

    said: str
    start: int
    end: int
    likely: float
    words: tuple[Word, ...] = ()

    @property
    def weight(self) -> float:
        """How well it would do as the item's wording: likely, and of some substance."""
        return (0.2 + self.likely) * min(1.0, (1 + substance(self.said)) / 4)


class Mention(NamedTuple):
    """Clauses of utterance `i` near each other, with what stands between; `opening`: how likely they are the first."""

    i: int
    text: str
    told: tuple[Told, ...]
    opening: float

    @property
    def said(self) -> str:
        return self.text[self.told[0].start : self.told[-1].end]

    @property
    def quote(self) -> str:
        """The clauses as evidence: with what stands around and before them, where they say next to nothing without."""
        if substance(self.said) >= _LEAST_QUOTED:
            return self.said
        end = max(sentence_at(self.text, self.told[-1].start).end, self.told[-1].end)
        starts = [s.start for s in sentences(self.text) if s.start <= self.told[0].start]
        quotes = [self.text[start:end] for start in reversed(starts)]
        return next((quote for quote in quotes if substance(quote) >= _LEAST_QUOTED), self.said)

    @property
    def likely(self) -> float:
        return max(told.likely for told in self.told)


def mentions(state: CallState, i: int, kind: Kind, impressions: Impressions) -> list[Mention]:
    """What utterance `i` is likely to say of such items, in order."""
    utterance = state.utterances[i]
    least = kind.least_of_rep if utterance.role is Role.REP else kind.least
    opening = impressions.of(state, i).tags[kind.opens]
    groups: list[list[Told]] = []
    for told in told_in(state, i, kind, impressions):
        if told.likely < least:
            continue
        if groups and told.start - groups[-1][-1].end <= _APART:
            groups[-1].append(told)
        else:
            groups.append([told])
    return [Mention(i, utterance.text, tuple(group), opening) for group in groups]


def told_in(state: CallState, i: int, kind: Kind, impressions: Impressions) -> list[Told]:
    """The clauses of an utterance, each with how likely it is to speak of such an item.

    That is the weighted geometric mean of how likely the whole utterance does and how likely the clause's words do.
    """
    text = state.utterances[i].text
    impression = impressions.of(state, i)
    names = impression.parts[kind.part]
    likely = [max(said) for said in zip(names, *(impression.parts[part] for part in kind.beside), strict=True)]
    words = [Word(text[a:b], a, b, p, n) for (a, b), p, n in zip(word_places(text), likely, names, strict=True)]
    whole, found = impression.tags[kind.tag], []
    for clause in clauses(text):
        own = tuple(word for word in words if word.start < clause.end and clause.start < word.end)
        best = sorted((word.likely for word in own), reverse=True)[:_BEST_WORDS]
        mean = sum(best) / len(best) if best else 0.0
        told = mean**_SHARE_OF_WORDS * whole ** (1 - _SHARE_OF_WORDS)
        found.append(Told(clause.said, clause.start, clause.end, told, own))
    return found


def substance(said: str) -> int:
    """How many content words are said beside figures."""
    return len(content_words(said) - content_words(" ".join(q.text for q in find_quantities(said))))


def likely_stems(told: Iterable[Told]) -> dict[str, float]:
    """How likely the content words of some clauses are to say such an item, each where it is likeliest."""
    return _stems((word.said, word.likely) for clause in told for word in clause.words)


def naming_stems(told: Iterable[Told]) -> dict[str, float]:
    """The same for the item itself, without what is said beside it."""
    return _stems((word.said, word.naming) for clause in told for word in clause.words)


def _stems(words: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for said, likely in words:
        for stem in content_words(said):
            found[stem] = max(found.get(stem, 0.0), likely)
    return found
