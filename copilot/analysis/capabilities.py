"""What has to be in place: needs, requirements, and the customer's questions whether something is supported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from copilot.analysis.antecedents import antecedent
from copilot.analysis.asking import asks, questions_in
from copilot.analysis.clauses import Clause, clauses, sentence_at
from copilot.analysis.dialogue import may_be_customer, question_answered
from copilot.analysis.judging import judged
from copilot.analysis.lexicon import Lexicon
from copilot.analysis.matching import likeness, meant
from copilot.analysis.wants import Want, about_the_talk, is_negated, opens_with_pronoun, wants_in
from copilot.analysis.wording import card
from copilot.analysis.words import content_words
from copilot.domain.items import Evidence
from copilot.domain.ops import AddCapability, UpdateItem
from copilot.domain.state import CallState

CapabilityOp = AddCapability | UpdateItem
CapabilityPass = Callable[[CallState, int], Sequence[CapabilityOp]]
Phase = Literal["1", "later"]

NEEDS = "required_capabilities"
FUNCTIONS = ("capabilities.features", "capabilities.integrations", "capabilities.security")
_LEAST_NEED = 1.6
_SAME = 0.6
_SPLIT = re.compile(r"\s*,\s*(?:and\s+|plus\s+)?|\s+(?:and|plus)\s+(?:also\s+)?", re.I)
_MOST_PART_WORDS = 9
_ABILITY = re.compile(
    r"^(?:\W*\b(?:and|so|but|okay|then|also|um)\b[\s,]*)*(?:do(?:es)? (?:you|it|this|that|your \w+|the \w+)|can (?:you"
    r"|it|we|this"
    r"|your \w+)|is there|are you able to|is it possible to|will it|would it|could it|have you got)\s+(?:guys\s+"
    r"|also\s+|even\s+)?"
    r"(?P<thing>.+?)\??$",
    re.I | re.S,
)
_ABILITY_VERB = re.compile(
    r"^(?:support|handle|have|offer|provide|do|work with|be able to|integrate with|connect to)\s+", re.I
)


class Needed(NamedTuple):
    """Something that has to be in place, as said."""

    text: str
    evidence: tuple[Evidence, ...]
    phase: Phase | None


def capability_pass(lexicon: Lexicon) -> CapabilityPass:
    """A pass that notes what the newest utterance requires, and when anything known is to come."""

    def run(state: CallState, i: int) -> Sequence[CapabilityOp]:
        if not may_be_customer(state.utterances[i]):
            return ()
        return tuple(_noted(state, needed) for needed in needs_in(state, i, lexicon))

    return run


def phase_said(said: str, lexicon: Lexicon) -> Phase | None:
    """Day one or later, as the words put it; the later of both where they contrast."""
    later = lexicon.spans("signals.phase_later", said)
    first = lexicon.spans("signals.phase_one", said)
    if later:
        return "later"
    return "1" if first else None


def needs_in(state: CallState, i: int, lexicon: Lexicon) -> Iterator[Needed]:
    """What utterance `i` says must be there, names in answer to that question, or checks whether it is there."""
    text = state.utterances[i].text
    stage = state.stage_of(i)
    taken: list[Clause] = []
    for want in wants_in(text):
        verdict = judged(want.clause.said, stage, lexicon)
        if verdict.capability >= _LEAST_NEED and verdict.capability >= verdict.result:
            taken.append(want.clause)
            yield from _from_want(state, i, want, lexicon)
    for question in questions_in(text):
        yield from _from_question(i, question, lexicon)
    if stage == NEEDS and _asked_for_needs(state, i):
        for clause in clauses(text):
            if not any(c.start <= clause.start < c.end for c in taken):
                yield from _from_answer(state, i, clause, lexicon)


def _noted(state: CallState, needed: Needed) -> CapabilityOp:
    for known in meant(state.capabilities, needed.text, least=_SAME):
        if likeness(known, needed.text) >= _SAME:
            return UpdateItem(id=known.id, evidence=needed.evidence, phase=needed.phase)
    return AddCapability(text=needed.text, evidence=needed.evidence, phase=needed.phase)


def _asked_for_needs(state: CallState, i: int) -> bool:
    """Whether needs are being told: in answer to the question for them, or in a run of them."""
    question = question_answered(state.utterances, i)
    return (question is not None and state.stage_of(question) == NEEDS) or state.stage_of(i - 1) == NEEDS


def _from_want(state: CallState, i: int, want: Want, lexicon: Lexicon) -> Iterator[Needed]:
    text = state.utterances[i].text
    phase = phase_said(sentence_at(text, want.clause.start).said, lexicon)
    evidence = Evidence(utterance=i, quote=want.clause.said)
    if want.pronoun:
        stands_for = antecedent(state.utterances, i, want.clause.start)
        thing = want.thing.split(maxsplit=1)[-1]
        if want.form != "demand" and stands_for is not None:
            thing = f"{stands_for.words} {thing}"
        yield Needed(card(_without_must(thing)), (evidence,), phase)
        return
    for part in _parts(want.thing, lexicon):
        words = card(part)
        if content_words(words):
            yield Needed(words, (evidence,), phase)


def _from_question(i: int, question: str, lexicon: Lexicon) -> Iterator[Needed]:
    """ "Does it work with our payroll?" checks a need; only where a function, system or safeguard is named."""
    asked = _ABILITY.match(question.strip())
    if not asked or not lexicon.count(asked["thing"], *FUNCTIONS):
        return
    words = card(_ABILITY_VERB.sub("", asked["thing"]))
    if content_words(words):
        yield Needed(words, (Evidence(utterance=i, quote=question),), phase_said(question, lexicon))


def _from_answer(state: CallState, i: int, clause: Clause, lexicon: Lexicon) -> Iterator[Needed]:
    said = clause.said
    if said.endswith("?") or asks(said) or is_negated(said) or opens_with_pronoun(said) or about_the_talk(said):
        return
    if not lexicon.count(said, *FUNCTIONS) or judged(said, NEEDS, lexicon).capability < _LEAST_NEED:
        return
    phase = phase_said(sentence_at(state.utterances[i].text, clause.start).said, lexicon)
    for part in _parts(said, lexicon):
        words = card(part)
        if content_words(words):
            yield Needed(words, (Evidence(utterance=i, quote=said),), phase)


def _without_must(said: str) -> str:
    return re.sub(r"^(?:ha(?:s|ve)(?: got)? to|needs? to|must|should)\s+(?:be able to\s+)?", "", said, flags=re.I)


def _parts(said: str, lexicon: Lexicon) -> list[str]:
    """A list of functions, apart; anything else stays whole."""
    pieces = [p for p in _SPLIT.split(said) if p.strip()]
    if len(pieces) < 2 or any(len(p.split()) > _MOST_PART_WORDS for p in pieces):
        return [said]
    return pieces if all(lexicon.count(p, *FUNCTIONS) for p in pieces) else [said]
