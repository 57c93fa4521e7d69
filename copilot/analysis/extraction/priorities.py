"""How the customer ranks what is wanted: "speed, by a mile", "quality second", "the audit comes last"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from copilot.analysis.extraction.antecedents import clause_at
from copilot.analysis.extraction.matching import by_theme, latest, meant
from copilot.analysis.extraction.outcomes import RESULTS
from copilot.analysis.language.clauses import Clause, listed
from copilot.analysis.language.dialogue import may_be_about, question_answered
from copilot.analysis.language.wants import opens_with_pronoun
from copilot.analysis.language.words import content_words
from copilot.domain.items import Evidence, Outcome
from copilot.domain.ops import UpdateItem
from copilot.domain.state import CallState

PriorityPass = Callable[[CallState, int], Sequence[UpdateItem]]
Rank = Literal[1, 2, 3]


def _counted(word: str) -> str:
    """A number as a rank: "first, …", "… comes first", "rates first"; "first truck" is none."""
    opens = rf"^\W*(?:(?:and|so|well)\b\W*)?{word}\b(?=\s*(?:[,.:;!]|$|(?:is|comes|would|for)\b))"
    return rf"(?:{opens}|\b{word}(?=\W*$))"


_RANKS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (
        1,
        re.compile(
            rf"{_counted('first')}|\b(?:number one|most important|matters? (?:the )?most"
            r"|top (?:priority|of (?:the|my|our) list)|above all|the big one|(?:main|biggest) (?:thing|one)"
            r"|by (?:a mile|far)|more than anything"
            r"|before (?:anything|everything))\b",
            re.I,
        ),
    ),
    (2, re.compile(rf"{_counted('second')}|\b(?:number two|comes? next|after that)\b", re.I)),
    (3, re.compile(rf"{_counted('third')}|\b(?:number three|comes? last|last of all)\b", re.I)),
)
_THEN = re.compile(r"^\W*(?:and\s+)?(?:then|after that)\b[\s,]*", re.I)
_ASKS_TO_RANK = re.compile(
    r"\b(?:which (?:of|one|is|would|matters|comes)|most important|matters? (?:the )?most|more important|(?:comes?|be"
    r"|goes?) first|priorit\w+|rank\w*|pick|choose|if i can only)\b",
    re.I,
)
_NO_RANK = re.compile(
    r"\b(?:first (?:time|of all|day|week|month|quarter|phase|name|thing|call|step|year|half|line|two|three|few|one)"
    r"|at first|(?:a|one|just a|per|every|the) second|seconds?\s+(?:ago|later)"
    r"|second (?:time|thought|half|week|month|phase|step|line|one)|third (?:party|of|time|week|half)|a third"
    r"|(?:monday|tuesday|wednesday|thursday|friday) of)\b",
    re.I,
)
_COUNT_ALONE = re.compile(r"^\W*(?:and\s+)?(?:first|second|third|then|number (?:one|two|three))\W*$", re.I)
_COMMA = 2  # characters between a count and what it counts
_REACH = 8
_SAME = 0.34
_MOST_PLAIN_WORDS = 8


def priority_pass() -> PriorityPass:
    """A pass that ranks outcomes where the newest utterance, whoever speaks, puts them in order by name."""

    def run(state: CallState, i: int) -> Sequence[UpdateItem]:
        if not state.outcomes or not may_be_about(state, i, RESULTS):
            return ()
        return tuple(_ranked(state, i))

    return run


def _ranked(state: CallState, i: int) -> Iterator[UpdateItem]:
    text = state.utterances[i].text
    asked = question_answered(state.utterances, i)
    question = state.utterances[asked].text if asked is not None else ""
    last: Rank | None = None
    ranked: set[str] = set()
    first = next((clause for clause in _with_counts(text) if content_words(clause.said)), None)
    for clause in _with_counts(text):
        rank = _rank(clause, last)
        if rank is None and clause == first and _is_plain_choice(clause, question):
            rank = 1
        if rank is not None and rank == last:
            continue  # "speed, by a mile, that's number one": said once more
        outcome = _meant(state, i, text, clause) if rank else None
        if rank and outcome is not None and outcome.id not in ranked:
            ranked.add(outcome.id)
            last = rank
            quote = Evidence(utterance=i, quote=clause.said)
            yield UpdateItem(id=outcome.id, evidence=(quote,), priority=rank)


def _with_counts(text: str) -> Iterator[Clause]:
    """The clauses; one that only counts ("First, …") together with the one that it counts."""
    counting: Clause | None = None
    for clause in listed(text):
        if _COUNT_ALONE.match(clause.said):
            counting = clause
        elif counting is not None and clause.start - counting.end <= _COMMA:
            yield Clause(text[counting.start : clause.end], counting.start, clause.end)
            counting = None
        else:
            counting = None
            yield clause


def _rank(clause: Clause, last: Rank | None) -> Rank | None:
    if clause.said.endswith("?") or _NO_RANK.search(clause.said):
        return None
    for rank, words in _RANKS:
        if words.search(clause.said):
            return rank
    if last is not None and last < 3 and _THEN.match(clause.said):
        return 2 if last == 1 else 3
    return None


def _is_plain_choice(clause: Clause, question: str) -> bool:
    """ "The minutes." in answer to which matters most."""
    short = len(clause.said.split()) <= _MOST_PLAIN_WORDS
    return short and bool(_ASKS_TO_RANK.search(question))


def _meant(state: CallState, i: int, text: str, clause: Clause) -> Outcome | None:
    """The outcome that is ranked: named in the clause, else in the one before it, else the one just spoken of."""
    said = _without_rank(clause.said)
    before = clause_at(text, max(0, clause.start - 2)).said if clause.start else ""
    for words in (said, _without_rank(before)):
        if not content_words(words):
            continue
        found = meant(state.outcomes, words, least=_SAME) or by_theme(state.outcomes.values(), words)
        if found:
            return found[0]
        if words is said:
            return latest(state.outcomes.values(), i, reach=_REACH) if opens_with_pronoun(said) else None
    return latest(state.outcomes.values(), i, reach=_REACH)


def _without_rank(said: str) -> str:
    for _, words in _RANKS:
        said = words.sub(" ", said)
    return _THEN.sub("", said)
