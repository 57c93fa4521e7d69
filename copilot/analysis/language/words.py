"""Content words: what is left of a text without the words that every text has, each cut to its stem."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]  # ships no types

from copilot.analysis.numbers.tokens import vocabulary

_STEMMER = snowballstemmer.stemmer("english")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP_WORDS = vocabulary(
    """
    a about above actually after again against all almost already also always am an and another any anybody anyone
    anything anyway are as at away back basically be because been before being below between both but by came can
    cannot come comes coming could did do does doing done down during each either else enough er erm even ever every
    everybody everyone everything few first for from further gave get gets getting give gives go goes going gone gonna
    got gotta had has have having he hello her here hers herself hey hi him himself his hm hmm how however i if in
    indeed instead into is it its itself just kind know later least less let like literally ll look lot lots made make
    makes making many may maybe me mean means might mine mm more most much must my myself need needs neither never next
    no nobody nor not nothing now of off oh ok okay on once one ones only onto or other others otherwise our ours
    ourselves out over own per perhaps please pretty probably put quite rather really right said same saw say saying
    says see seen shall she should since so some somebody someone something sometimes somewhere sort still stuff such
    sure take takes taking than thank thanks that the their theirs them themselves then there these they thing things
    think this those though through thus to today together told too took toward towards try trying uh um under until
    up upon us use used using usually ve very want wanted wants was way we well went were what whatever when whenever
    where wherever whether which while who whoever whole whom whose why will with within without would yeah yep yes yet
    you your yours yourself yourselves
    """
)
_CONTRACTED = re.compile(r"(?:\w*n['’]t|['’](?:s|m|re|ve|ll|d|t))$")


@lru_cache(maxsize=8192)
def content_words(text: str) -> frozenset[str]:
    """The stems of a text's words, stop words left out; numbers stay as they are said."""
    bare = (_CONTRACTED.sub("", word) for word in _WORD.findall(text.lower()))
    return frozenset(stem(word) for word in bare if word and word not in _STOP_WORDS)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The stem of one lower-case word."""
    stemmed: str = _STEMMER.stemWord(word)
    return stemmed


def containment(a: str, b: str) -> float:
    """Share of the content words of the text that has fewer which the other has too, in [0, 1]; 0 of nothing."""
    words_a, words_b = content_words(a), content_words(b)
    fewer = min(len(words_a), len(words_b))
    return len(words_a & words_b) / fewer if fewer else 0.0
