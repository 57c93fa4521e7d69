"""What the pitfalls listen for: the playbook's word lists, compiled once, and found at most once per text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from copilot.domain.call import Role
from copilot.domain.phrases import phrase_pattern
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

Span = tuple[int, int]

_TEXTS_REMEMBERED = 4096
_LONGEST_QUOTE = 240
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*(?:(?<=\d[.])\d[^.!?…\n]*[.!?…]*)*")
SPELLED = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?"
    r"|dozens?|half(?!(?:[- ]| of (?:the |this |last )?)year)|halved|doubled|tripled|twice|percent|per cent|a third"
    r"|a quarter|a fifth|a tenth|one in)"
)
_FIGURE = re.compile(rf"(?<!\w)(?:[$€£]\s?)?\d[\d,.]*\s?%?|\b{SPELLED}\b", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d[.,]?$")


class Signs:
    """Finds words of the playbook's lists in a text. Every finding is a tuple of spans, in order."""

    def __init__(self, playbook: Playbook) -> None:
        words = playbook.vocabulary
        company = playbook.company
        lists: dict[str, Iterable[str]] = {
            "features": (*words.capabilities.features, *words.capabilities.security, *_lower(company.features)),
            "results": (*words.results.wanted_higher, *words.results.wanted_lower),
            "pain": words.signals.pain,
            "feelings": words.signals.feelings,
            "wish": words.signals.wish,
            "measuring": words.signals.measuring,
            "restatement": (*words.speech.restatement, *words.speech.acknowledgement),
            "small_talk": words.speech.small_talk,
            "logistics": words.speech.logistics,
            "roi": words.claims.roi_modelling,
            "usage": words.claims.usage,
            "vendor": words.claims.vendor_figures,
            "benchmark": words.claims.benchmark,
            "gain": words.claims.unmeasured_gain,
            "inflation": words.claims.inflation,
            "attribution": words.claims.attribution,
            "validation": words.claims.validation,
            "confirmation": words.speech.confirmation,
            "ahead": words.claims.looking_ahead,
            "product": words.claims.product_talk,
            "strategic": words.claims.strategic,
            "business": words.claims.business,
            "operational": words.claims.operational,
            "technical": words.claims.technical,
        }
        self._finders: Mapping[str, Callable[[str], tuple[Span, ...]]] = {
            name: _finder(phrase_pattern(phrases)) for name, phrases in lists.items()
        }

    def find(self, name: str, text: str) -> tuple[Span, ...]:
        """Where words of one list stand. Raises KeyError for a list that nobody listens for."""
        return self._finders[name](text)

    def has(self, name: str, text: str) -> bool:
        return bool(self._finders[name](text))

    def words(self, name: str, text: str) -> frozenset[str]:
        """The words found, in lower case, each once."""
        return frozenset(text[a:b].lower() for a, b in self.find(name, text))


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def figures_in(text: str) -> tuple[Span, ...]:
    """Numbers that count something, in digits or words. Years and a bare "one" are none."""
    return tuple(m.span() for m in _FIGURE.finditer(text) if not _YEAR.match(m.group()))


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text; a decimal point does not end one."""
    return tuple(match.span() for match in _SENTENCE.finditer(text))


def sentences_with(name: str, text: str, signs: Signs) -> list[Span]:
    """The sentences in which words of a list stand."""
    found = signs.find(name, text)
    return [(a, b) for a, b in sentences(text) if any(a <= at < b for at, _ in found)] if found else []


def quote_around(text: str, span: Span) -> str:
    """The sentence that holds a span, verbatim; cut at words where it is very long."""
    start, end = next(((a, b) for a, b in sentences(text) if a <= span[0] < b), (0, len(text)))
    if end - start > _LONGEST_QUOTE:
        early = span[0] - _LONGEST_QUOTE // 3
        start = text.find(" ", early, span[0]) + 1 or span[0] if early > start else start
        end = min(end, start + _LONGEST_QUOTE)
    return text[start:end].strip() or text[:_LONGEST_QUOTE]


def is_rep(state: CallState, i: int) -> bool:
    return state.utterances[i].role is Role.REP


def _finder(pattern: re.Pattern[str]) -> Callable[[str], tuple[Span, ...]]:
    @lru_cache(maxsize=_TEXTS_REMEMBERED)
    def find(text: str) -> tuple[Span, ...]:
        return tuple(match.span() for match in pattern.finditer(text))

    return find


def _lower(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)
