"""What tells which outcome a capability or metric serves: how near they are told, and what they have in common.

Every sign is a row with an amount for each of the outcomes, so that they are told from each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

from copilot.analysis.extraction.matching import related
from copilot.analysis.language.dialogue import question_answered
from copilot.analysis.language.themes import themes
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import numbers_in
from copilot.domain.items import Capability, Item, Metric, Outcome
from copilot.domain.state import CallState

Tied = Capability | Metric
Row = Sequence[float]
Rows = Mapping[str, Row]

_NEAR = (0, 1, 2, 4, 8, 16, 32)  # utterances
_BACK = (0, 2, 5, 12, 30)
_FURTHER, _NEVER = "any", "never"
_BESIDE = 2
_MOST = 6
_WANTED = "positive_business_outcomes"
_NEEDS = frozenset({"required_capabilities", "metrics"})
_EFFECT = re.compile(
    r"\b(?:so that|so (?:we|i|they|it|he|she|the)|then|otherwise|which means|that means"
    r"|that['’]s (?:how|where|why|what)|that way|because|would (?:take|save|cut|give|get|free)"
    r"|without (?:it|that|this)|if that['’]s"
    r"|to (?:get|bring|keep|reach|make|cut)|for (?:the|that))\b",
    re.I,
)
_ASKS_WHAT_FOR = re.compile(
    r"\b(?:for which|which (?:of|one|goal|outcome|result)|what (?:for|does (?:it|that) (?:do|give|get)|would that"
    r"|result)|serve|goal|outcome|tie|belongs? to|help|contribute|towards?|number one|first one|second one)\b",
    re.I,
)


def tie_signs(state: CallState, item: Tied, outcomes: Sequence[Outcome]) -> list[dict[str, float]]:
    """For each outcome the signs that it, rather than another of them or none, is what the item serves."""
    apart = [_apart(item, outcome) for outcome in outcomes]
    rows = {
        **_of_the_item(state, item, outcomes),
        **_of_the_outcomes(state, outcomes),
        **_by_place(item, outcomes, apart),
        **_by_words(item, outcomes),
        **_by_talk(state, item, outcomes, apart),
    }
    return [{sign: row[n] for sign, row in rows.items() if row[n]} for n in range(len(outcomes))]


def _of_the_item(state: CallState, item: Tied, outcomes: Sequence[Outcome]) -> Rows:
    """What is so of all outcomes alike: it tells whether there is a tie at all."""
    amounts = {
        "any": 1.0,
        "rivals": min(len(outcomes) - 1, 5) / 5,
        "often said": min(len(item.utterances), _MOST) / _MOST,
        "told as a need": float(state.stage_of(item.utterances[0]) in _NEEDS),
    }
    return {sign: [amount] * len(outcomes) for sign, amount in amounts.items()}


def _of_the_outcomes(state: CallState, outcomes: Sequence[Outcome]) -> Rows:
    """How much of an outcome each is: what is told once in passing has little tied to it."""
    told = [[state.stage_of(k) == _WANTED for k in o.utterances] for o in outcomes]
    often = [len(o.utterances) for o in outcomes]
    return {
        "outcome often said": [min(n, _MOST) / _MOST for n in often],
        "outcome said most": _most(often, ties=True),
        "outcome first": _most([-o.utterances[0] for o in outcomes], ties=True),
        "outcome told as one": [float(as_one[0]) for as_one in told],
        "outcome ever told as one": [float(any(as_one)) for as_one in told],
        "outcome measurable": [float(o.measurable) for o in outcomes],
        "outcome ranked": [float(o.priority is not None) for o in outcomes],
    }


def _by_place(item: Tied, outcomes: Sequence[Outcome], apart: Sequence[int]) -> Rows:
    """Where each outcome is spoken of, seen from where the item is."""
    first = item.utterances[0]
    last = [max((k for k in o.utterances if k <= first), default=-1) for o in outcomes]
    opened = [o.utterances[0] if o.utterances[0] <= first else -1 for o in outcomes]
    beside = [sum(any(abs(a - b) <= _BESIDE for a in item.utterances) for b in o.utterances) for o in outcomes]
    together = [len(set(item.utterances) & set(o.utterances)) for o in outcomes]
    nearness = [-steps for steps in apart]
    return {
        **_in_steps("near", [_step(steps, _NEAR) for steps in apart]),
        **_in_steps("back", [_step(first - k, _BACK) if k >= 0 else _NEVER for k in last]),
        "nearest": _most(nearness, ties=True),
        "nearest alone": _most(nearness),
        "spoken of last": _most(last, least=0),
        "opened last": _most(opened, least=0, ties=True),
        "opened later": [float(k < 0) for k in opened],
        "often beside": [min(n, 3) / 3 for n in beside],
        "oftenest beside": _most(beside, least=1),
        "together": [float(n > 0) for n in together],
        "together often": [float(n > 1) for n in together],
    }


def _by_words(item: Tied, outcomes: Sequence[Outcome]) -> Rows:
    """What their texts and quotes have in common."""
    own, own_quotes = _words(item.text), _words_of_quotes(item)
    wanted = [_words(o.text) for o in outcomes]
    alike = [_share(own, words) for words in wanted]
    own_figures, own_themes = _figures(item), themes(item.text)
    return {
        "texts alike": alike,
        "texts most alike": _most(alike, least=0.01),
        "text in its quotes": [min(related(own, _words_of_quotes(o)), 3) / 3 for o in outcomes],
        "its text in quotes": [min(related(own_quotes, words), 3) / 3 for words in wanted],
        "figures": [float(bool(own_figures & _figures(o))) for o in outcomes] if own_figures else [0.0] * len(outcomes),
        "themes": [float(bool(own_themes & themes(o.text))) for o in outcomes],
        "words of its text": [min(len(words), _MOST) / _MOST for words in wanted],
    }


def _by_talk(state: CallState, item: Tied, outcomes: Sequence[Outcome], apart: Sequence[int]) -> Rows:
    """What is said around the item: in its utterances, beside them, and in the question that it answers."""
    said = [state.utterances[i].text for i in item.utterances]
    around = _words_around(state, item)
    wanted = [_words(o.text) for o in outcomes]
    named = [_share(words, around) for words in wanted]
    asked = question_answered(state.utterances, item.utterances[0])
    question = state.utterances[asked].text if asked is not None else ""
    in_question = [related(words, _words(question)) for words in wanted]
    effect, what_for = any(_EFFECT.search(text) for text in said), bool(_ASKS_WHAT_FOR.search(question))
    return {
        "named around": named,
        "most named around": _most(named, least=0.01),
        "effect told": [float(effect and steps <= _BESIDE) for steps in apart],
        "asked what for": [float(what_for and steps <= _BESIDE) for steps in apart],
        "asked about": [min(n, 2) / 2 for n in in_question],
        "asked about alone": _most(in_question, least=1),
    }


def _most(amounts: Sequence[float], *, least: float | None = None, ties: bool = False) -> Row:
    """Which one has the most, and `least` at any rate; with `ties`, others that have as much do no harm."""
    most = max(amounts)
    if (least is not None and most < least) or (not ties and list(amounts).count(most) > 1):
        return [0.0] * len(amounts)
    return [float(amount == most) for amount in amounts]


def _in_steps(name: str, steps: Sequence[str]) -> Rows:
    """A row for each step that occurs."""
    return {f"{name}, up to {step}": [float(step == other) for other in steps] for step in dict.fromkeys(steps)}


def _step(distance: int, steps: Sequence[int]) -> str:
    return next((str(step) for step in steps if distance <= step), _FURTHER)


def _apart(item: Tied, outcome: Outcome) -> int:
    return min(abs(a - b) for a in item.utterances for b in outcome.utterances)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in content_words(text) if not word.isdigit())


def _words_of_quotes(item: Item) -> frozenset[str]:
    return frozenset(chain.from_iterable(_words(e.quote) for e in item.evidence))


def _words_around(state: CallState, item: Item) -> frozenset[str]:
    last = len(state.utterances) - 1
    places = {k for i in item.utterances for k in (i - 1, i, i + 1) if 0 <= k <= last}
    return frozenset(chain.from_iterable(_words(state.utterances[k].text) for k in places))


def _figures(item: Item) -> frozenset[float]:
    return numbers_in(item.text).union(*(numbers_in(e.quote) for e in item.evidence))


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    fewer = min(len(words), len(others))
    return related(words, others) / fewer if fewer else 0.0
