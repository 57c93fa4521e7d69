"""The words for what was heard: of all ways to put it the one that says most of it and reads best."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from copilot.analysis.extraction.mentions import Kind, Mention, likely_stems
from copilot.analysis.language.flaws import Flaw, burden, flaw
from copilot.analysis.language.phrasing import core, demands, ways_to_cut
from copilot.analysis.language.words import content_words
from copilot.domain.impressions import Part
from copilot.domain.state import CallState

_FREE = 0.2  # what words are worth that are not likely to speak of it at all
_TELLING = 5  # content words, and one, from which on more of them say no more
_DEMANDED = 0.15  # what words are worth the more where it is said that this has to be
_BEHIND = 0.08  # and the less where they leave out the beginning of a sentence
_UNDERLINED = 0.3  # how likely a word has to be to be underlined, beside the likeliest
_BETWEEN = 3  # words between two that are, which are underlined with them
_TORN, _TORN_OFF = 0.15, 0.1  # what underlined words are worth the less where they begin, or end, within a clause
_COST = {Flaw.NONE: 0.0, Flaw.TALK: 0.1, Flaw.OPEN: 0.3, Flaw.PIECE: 0.6}


class Phrase(NamedTuple):
    """Words for a card, what is wrong with them, and how well they would do."""

    text: str
    flaw: Flaw
    value: float


class Phrases:
    """The ways to word a mention, the best first. `names` are of those who speak in the call."""

    def __init__(self, mention: Mention, kind: Kind, names: Collection[str]) -> None:
        self._likely = likely_stems(mention.told)
        of_product = kind.part is Part.CAPABILITY
        extra: dict[str, float] = {}
        whole = tuple(_runs(mention))
        for said in (*whole, *_underlined(mention)):
            torn = _TORN * (not any(run.startswith(said) for run in whole))
            torn += _TORN_OFF * (not any(_bare(run).endswith(_bare(said)) for run in whole))
            for cut in ways_to_cut(said):
                text = core(cut, of_product=of_product, names=names)
                bonus = _DEMANDED * demands(cut) - _BEHIND * (not said.startswith(cut)) - torn
                extra[text] = max(extra.get(text, -1.0), bonus)
        self.found = self.ranked(extra, extra)

    @property
    def best(self) -> Phrase:
        return self.found[0]

    def ranked(self, texts: Iterable[str], extra: Mapping[str, float] = MappingProxyType({})) -> list[Phrase]:
        """Some wordings by how well they would do; the first of equals first."""
        found = (self._valued(text, extra.get(text, 0.0)) for text in dict.fromkeys(texts))
        return sorted(found, key=lambda phrase: -phrase.value)

    def _valued(self, text: str, extra: float) -> Phrase:
        stems, bad = content_words(text), flaw(text)
        likely = sum(self._likely.get(stem, 0.0) for stem in stems) / len(stems) if stems else 0.0
        says = min(1.0, (1 + len(stems)) / _TELLING)
        return Phrase(text, bad, (_FREE + likely) * says + extra - _COST[bad] - burden(text))


def names_of(state: CallState) -> frozenset[str]:
    """The names of those who speak in the call, whole ones and first names."""
    speakers = {u.speaker for u in state.utterances if u.speaker}
    people = speakers | ({p.name for p in state.call.participants if p.name} if state.call else set())
    return frozenset(name for whole in people if whole.strip() for name in (whole, whole.split()[0]))


def _runs(mention: Mention) -> Iterator[str]:
    """Every clause, and every two that one sentence joins."""
    for n, told in enumerate(mention.told):
        yield told.said
        if n + 1 < len(mention.told) and not told.said.rstrip().endswith((".", "!", "?", "…")):
            yield mention.text[told.start : mention.told[n + 1].end]


def _underlined(mention: Mention) -> Iterator[str]:
    """The stretches of words that are likely to say it, with what little stands between."""
    words = [word for told in mention.told for word in told.words]
    least = _UNDERLINED * max((word.likely for word in words), default=0.0)
    places = [n for n, word in enumerate(words) if word.likely >= least]
    ends = [k for k, (n, following) in enumerate(pairwise(places)) if following - n > _BETWEEN + 1]
    for first, last in pairwise((-1, *ends, len(places) - 1)):
        yield mention.text[words[places[first + 1]].start : words[places[last]].end]


def _bare(said: str) -> str:
    return said.rstrip(" .,;:!?…")
