"""Business results that the customer wants, in wishes, goals, demands, and answers to what they are after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from copilot.analysis.antecedents import antecedent
from copilot.analysis.asking import asks
from copilot.analysis.clauses import Clause, clauses
from copilot.analysis.dialogue import may_be_customer, question_answered
from copilot.analysis.judging import judged
from copilot.analysis.lexicon import Lexicon
from copilot.analysis.matching import likeness, meant
from copilot.analysis.numbers import find_quantities
from copilot.analysis.wants import Want, about_the_talk, is_negated, opens_with_pronoun, wants_in
from copilot.analysis.wording import card
from copilot.analysis.words import content_words
from copilot.domain.call import Utterance
from copilot.domain.items import Evidence
from copilot.domain.ops import AddOutcome, UpdateItem
from copilot.domain.state import CallState

OutcomeOp = AddOutcome | UpdateItem
OutcomePass = Callable[[CallState, int], Sequence[OutcomeOp]]

RESULTS = "positive_business_outcomes"
_LEAST_RESULT = 1.5
_LEAST_ANSWER = 1.7
_SAME = 0.75
_MOVES = (
    "directions.increase",
    "directions.reduce",
    "directions.improve",
    "directions.faster_higher",
    "directions.slower_lower",
)
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+(?:also\s+)?", re.I)
_RANK_ONLY = re.compile(
    r"\b(?:first|second|third|number (?:one|two|three)|most important|top|matters most|by (?:a mile|far)|last)\b", re.I
)
_PAST = re.compile(r"\b(?:was|were|had|did|used to|last (?:year|quarter|month)|went|lost|tried)\b", re.I)


class Stated(NamedTuple):
    """A result as stated: its card text, and the words that say it."""

    text: str
    evidence: tuple[Evidence, ...]


def outcome_pass(lexicon: Lexicon) -> OutcomePass:
    """A pass that notes the results which the newest utterance states, if its speaker can be the customer."""

    def run(state: CallState, i: int) -> Sequence[OutcomeOp]:
        utterance = state.utterances[i]
        if not may_be_customer(utterance):
            return ()
        return tuple(noted_outcome(state, stated) for stated in stated_results(state, i, lexicon))

    return run


def noted_outcome(state: CallState, stated: Stated) -> OutcomeOp:
    """A new outcome, or more words for the one that is stated again."""
    measured = has_measure(stated.text) or any(has_measure(e.quote) for e in stated.evidence)
    for known in meant(state.outcomes, stated.text, least=_SAME):
        if likeness(known, stated.text) >= _SAME:
            return UpdateItem(id=known.id, evidence=stated.evidence, measurable=measured or None)
    return AddOutcome(text=stated.text, evidence=stated.evidence, measurable=measured or None)


def has_measure(said: str) -> bool:
    """Whether a number, date or threshold is attached."""
    return bool(find_quantities(said))


def stated_results(state: CallState, i: int, lexicon: Lexicon) -> Iterator[Stated]:
    """The results that utterance `i` wishes for, or names in answer to the question what is wanted."""
    utterance = state.utterances[i]
    stage = state.stage_of(i)
    taken: list[Clause] = []
    for want in wants_in(utterance.text):
        verdict = judged(want.clause.said, stage, lexicon)
        if verdict.result >= _LEAST_RESULT and verdict.result > verdict.capability:
            taken.append(want.clause)
            yield from _from_want(state, i, want, lexicon)
    if stage == RESULTS and _asked_for_results(state, i):
        for clause in clauses(utterance.text):
            if not any(c.start <= clause.start < c.end for c in taken):
                yield from _from_answer(utterance, clause, lexicon)


def _asked_for_results(state: CallState, i: int) -> bool:
    question = question_answered(state.utterances, i)
    return question is not None and state.stage_of(question) == RESULTS


def _from_want(state: CallState, i: int, want: Want, lexicon: Lexicon) -> Iterator[Stated]:
    evidence = Evidence(utterance=i, quote=want.clause.said)
    if want.pronoun:
        stands_for = antecedent(state.utterances, i, want.clause.start)
        if stands_for is None:
            return
        text = _joined(stands_for.words, want.thing)
        if stands_for.utterance != i or stands_for.quote in want.clause.said:
            yield Stated(text, (evidence,))
        else:
            yield Stated(text, (Evidence(utterance=i, quote=stands_for.quote), evidence))
        return
    for part in _parts(want.thing, lexicon):
        text = card(part)
        if len(content_words(text)) >= 1:
            yield Stated(text, (evidence,))


def _from_answer(utterance: Utterance, clause: Clause, lexicon: Lexicon) -> Iterator[Stated]:
    """An answer needs no wish in it: "Fewer returns. And a faster close." """
    said = clause.said
    if said.endswith("?") or asks(said) or is_negated(said) or opens_with_pronoun(said) or about_the_talk(said):
        return
    if _RANK_ONLY.search(said) or _PAST.search(said) or not lexicon.count(said, *_MOVES):
        return
    verdict = judged(said, RESULTS, lexicon)
    if verdict.result < _LEAST_ANSWER or verdict.capability >= verdict.result:
        return
    for part in _parts(said, lexicon):
        text = card(part)
        if len(content_words(text)) >= 2:
            yield Stated(text, (Evidence(utterance=utterance.i, quote=said),))


def _joined(subject: str, thing: str) -> str:
    """The subject in the place of the pronoun that the words begin with."""
    bare = thing.split(maxsplit=1)
    rest = bare[1] if len(bare) > 1 else ""
    if rest.lower().startswith(("one ", "number ")):
        rest = rest.split(maxsplit=1)[1]
    return card(f"{subject} {rest}")


def _parts(said: str, lexicon: Lexicon) -> list[str]:
    """Several results joined by commas or "and", apart; one result stays whole."""
    pieces = _AND.split(said)
    whole = [p for p in pieces if p.strip()]
    if len(whole) < 2:
        return [said]
    complete = [bool(lexicon.count(p, *_MOVES)) and len(content_words(p)) >= 2 for p in whole]
    return whole if all(complete) else [said]
