"""What tells that a capability or metric serves an outcome: how near they are told, and what they have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from copilot.analysis.extraction.matching import related
from copilot.analysis.language.dialogue import question_answered
from copilot.analysis.language.themes import themes
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import numbers_in
from copilot.domain.items import Capability, Item, Metric, Outcome
from copilot.domain.state import CallState

Tied = Capability | Metric

_NEAR = (0, 1, 2, 4, 8, 16, 32)  # utterances
_BACK = (0, 2, 5, 12, 30)
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


def tie_signs(state: CallState, item: Tied, outcome: Outcome, rivals: Sequence[Outcome]) -> dict[str, float]:
    """The signs that this outcome, rather than one of its rivals, is what the item serves."""
    return {
        "any": 1.0,
        "rivals": min(len(rivals), 5) / 5,
        **_by_place(item, outcome, rivals),
        **_by_words(item, outcome, rivals),
        **_by_talk(state, item, outcome, rivals),
        **_of_the_outcome(state, outcome, rivals),
        "often said": min(len(item.utterances), _MOST) / _MOST,
        "told as a need": float(state.stage_of(item.utterances[0]) in _NEEDS),
    }


def _by_place(item: Tied, outcome: Outcome, rivals: Sequence[Outcome]) -> Mapping[str, float]:
    """Where the outcome is spoken of, seen from where the item is, and whether a rival is spoken of nearer."""
    first = item.utterances[0]
    together = len(set(item.utterances) & set(outcome.utterances))
    last = _last_before(outcome, first)
    return {
        f"near, up to {_step(_apart(item, outcome), _NEAR)}": 1.0,
        "nearest": _best(lambda o: -_apart(item, o), outcome, rivals, ties=True),
        "nearest alone": _best(lambda o: -_apart(item, o), outcome, rivals),
        "spoken of last": _best(lambda o: _last_before(o, first), outcome, rivals) if last >= 0 else 0.0,
        "opened last": _best(lambda o: _opened_before(o, first), outcome, rivals, ties=True)
        if _opened_before(outcome, first) >= 0
        else 0.0,
        "opened later": float(outcome.utterances[0] > first),
        f"back, up to {_step(first - last, _BACK) if last >= 0 else 'never'}": 1.0,
        "often beside": min(_beside(item, outcome), 3) / 3,
        "oftenest beside": _best(lambda o: _beside(item, o), outcome, rivals) if _beside(item, outcome) else 0.0,
        "together": float(together > 0),
        "together often": float(together > 1),
    }


def _by_words(item: Tied, outcome: Outcome, rivals: Sequence[Outcome]) -> Mapping[str, float]:
    """What their texts and quotes have in common."""
    own, own_quotes = _words(item.text), _words(_quotes(item))
    wanted, wanted_quotes = _words(outcome.text), _words(_quotes(outcome))
    alike = _share(own, wanted)
    figures = numbers_in(f"{item.text} {_quotes(item)}") & numbers_in(f"{outcome.text} {_quotes(outcome)}")
    return {
        "texts alike": alike,
        "texts most alike": _best(lambda o: _share(own, _words(o.text)), outcome, rivals) if alike else 0.0,
        "text in its quotes": min(related(own, wanted_quotes), 3) / 3,
        "its text in quotes": min(related(own_quotes, wanted), 3) / 3,
        "figures": float(bool(figures)),
        "themes": float(bool(themes(item.text) & themes(outcome.text))),
        "words of its text": min(len(wanted), _MOST) / _MOST,
    }


def _by_talk(state: CallState, item: Tied, outcome: Outcome, rivals: Sequence[Outcome]) -> Mapping[str, float]:
    """What is said around the item: in its utterances, beside them, and in the question that it answers."""
    said = [u.text for u in state.utterances]
    around = sorted({k for i in item.utterances for k in (i - 1, i, i + 1) if 0 <= k < len(said)})
    talk = _words(" ".join(said[k] for k in around))
    named = _share(_words(outcome.text), talk)
    near = _apart(item, outcome) <= _BESIDE
    asked = question_answered(state.utterances, item.utterances[0])
    question = said[asked] if asked is not None else ""
    in_question = related(_words(outcome.text), _words(question))
    return {
        "named around": named,
        "most named around": _best(lambda o: _share(_words(o.text), talk), outcome, rivals) if named else 0.0,
        "effect told": float(near and any(_EFFECT.search(said[i]) for i in item.utterances)),
        "asked what for": float(near and bool(_ASKS_WHAT_FOR.search(question))),
        "asked about": min(in_question, 2) / 2,
        "asked about alone": _best(lambda o: related(_words(o.text), _words(question)), outcome, rivals)
        if in_question
        else 0.0,
    }


def _of_the_outcome(state: CallState, outcome: Outcome, rivals: Sequence[Outcome]) -> Mapping[str, float]:
    """How much of an outcome it is: what is told once in passing has little tied to it."""
    return {
        "outcome often said": min(len(outcome.utterances), _MOST) / _MOST,
        "outcome said most": _best(lambda o: len(o.utterances), outcome, rivals, ties=True),
        "outcome first": _best(lambda o: -o.utterances[0], outcome, rivals, ties=True),
        "outcome told as one": float(state.stage_of(outcome.utterances[0]) == _WANTED),
        "outcome ever told as one": float(any(state.stage_of(k) == _WANTED for k in outcome.utterances)),
        "outcome measurable": float(outcome.measurable),
        "outcome ranked": float(outcome.priority is not None),
    }


def _best(of: Callable[[Outcome], float], outcome: Outcome, rivals: Sequence[Outcome], *, ties: bool = False) -> float:
    """Whether no rival has more; with `ties`, one that has as much does no harm."""
    own = of(outcome)
    return float(all(own >= of(rival) if ties else own > of(rival) for rival in rivals))


def _apart(item: Tied, outcome: Outcome) -> int:
    return min(abs(a - b) for a in item.utterances for b in outcome.utterances)


def _beside(item: Tied, outcome: Outcome) -> int:
    return sum(any(abs(a - b) <= _BESIDE for a in item.utterances) for b in outcome.utterances)


def _last_before(outcome: Outcome, i: int) -> int:
    return max((k for k in outcome.utterances if k <= i), default=-1)


def _opened_before(outcome: Outcome, i: int) -> int:
    return outcome.utterances[0] if outcome.utterances[0] <= i else -1


def _step(distance: int, steps: Sequence[int]) -> str:
    return next((str(step) for step in steps if distance <= step), "any")


def _quotes(item: Item) -> str:
    return " ".join(e.quote for e in item.evidence)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in content_words(text) if not word.isdigit())


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    fewer = min(len(words), len(others))
    return related(words, others) / fewer if fewer else 0.0
