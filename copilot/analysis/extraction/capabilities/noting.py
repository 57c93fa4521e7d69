"""What has to be in place: needs, requirements, and the customer's questions whether something is supported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from copilot.analysis.extraction.antecedents import antecedent
from copilot.analysis.extraction.capabilities.answers import needs_in_answer, needs_in_question
from copilot.analysis.extraction.capabilities.conditions import needs_in_condition, needs_pointed_back_to
from copilot.analysis.extraction.capabilities.phases import phase_said, phased
from copilot.analysis.extraction.capabilities.sayings import FUNCTIONS, NEEDS, Needed, needed, parts_of, without_it
from copilot.analysis.extraction.judging import judged
from copilot.analysis.extraction.matching import likeness, meant
from copilot.analysis.extraction.outcomes import is_result
from copilot.analysis.language.asking import questions_in
from copilot.analysis.language.clauses import Clause, sentence_at, sentences
from copilot.analysis.language.dialogue import may_be_about, may_be_customer
from copilot.analysis.language.flaws import Flaw, flaw
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.wants import Want, wants_in
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities
from copilot.domain.call import Role
from copilot.domain.items import Evidence
from copilot.domain.ops import AddCapability, UpdateItem
from copilot.domain.state import CallState

CapabilityOp = AddCapability | UpdateItem
CapabilityPass = Callable[[CallState, int], Sequence[CapabilityOp]]

_LEAST_NEED = 1.6
_LEAST_OF_ANYBODY = 2.4  # where the speaker's side is not known
_LEAST_OF_ANYBODY_TOLD = 1.9
_LEAST_WHERE_NEEDS_ARE_TOLD = 0.9
_SAME = 0.6
_TAKEN_BACK = re.compile(
    r"\b(?:scratch that|(?<!can )forget (?:the|that|it|about)|never mind|no, actually|not needed|don['’]t need)\b", re.I
)
_NO_THING = re.compile(r"(?:in|under|over|after|before|all|no|nobody|day|week|month|year|some)\b(?!-)", re.I)
_OWN_PLAN = re.compile(
    r"\bi (?:must|have to|['’]ve got to|gotta)\b|\b(?:is|['’]s) (?:quickly|easily|simply) said\b"
    r"|\bi need (?:a|one|another) (?:minute|moment)",
    re.I,
)
_THAT_WHEN = re.compile(r"^that\s+(?=(?:when|if|whenever)\b)", re.I)
_OF_IT = re.compile(
    r"^(?:\W*\b(?:and|but|so|also|now|then|second|third|because)\b[\s,.]*)*+"
    r"(?:it|this thing|yours|the (?:system|tool|app|software|thing|platform|portal|product))\b",
    re.I,
)


def capability_pass(lexicon: Lexicon) -> CapabilityPass:
    """A pass that notes what the newest utterance requires, and when what was just required is to come."""

    def run(state: CallState, i: int) -> Sequence[CapabilityOp]:
        if may_be_customer(state.utterances[i]):
            needed = (n for n in needs_in(state, i, lexicon) if _says_what(n.text, lexicon))
            found = tuple(_noted(state, n) for n in needed if not is_result(state, n.text, n.evidence))
            if found:
                return found
        return tuple(phased(state, i, lexicon))

    return run


def needs_in(state: CallState, i: int, lexicon: Lexicon) -> Iterator[Needed]:
    """What utterance `i` says must be there, names in answer to that question, or checks whether it is there."""
    text = state.utterances[i].text
    if _TAKEN_BACK.search(text):
        return
    stage = state.stage_of(i)
    told = may_be_about(state, i, NEEDS)
    by_customer = state.utterances[i].role is Role.CUSTOMER
    least = _least(by_customer=by_customer, told=told)
    taken: list[Clause] = []
    for want in wants_in(text):
        if _OWN_PLAN.search(want.clause.said):
            continue
        verdict = judged(
            want.clause.said, stage, lexicon, of_it=want.form == "demand" and bool(_OF_IT.match(want.thing))
        )
        if verdict.capability >= least and verdict.capability >= verdict.result:
            taken.append(want.clause)
            yield from _from_want(state, i, want, lexicon)
    if not taken and by_customer:
        for sentence in sentences(text):
            yield from needs_in_condition(state, i, sentence, lexicon)
        yield from needs_pointed_back_to(i, text, lexicon)
    for asked in questions_in(text):
        yield from needs_in_question(i, asked, lexicon)
    if told and not taken and by_customer:
        yield from needs_in_answer(state, i, lexicon)


def _least(*, by_customer: bool, told: bool) -> float:
    """How much has to speak for a need; less where needs are spoken of, more where the speaker's side is not known."""
    if by_customer:
        return _LEAST_WHERE_NEEDS_ARE_TOLD if told else _LEAST_NEED
    return _LEAST_OF_ANYBODY_TOLD if told else _LEAST_OF_ANYBODY


def _says_what(text: str, lexicon: Lexicon) -> bool:
    """Whether a card names something that can be in place, rather than a time, a number or a piece of a sentence."""
    if flaw(text) > Flaw.TALK or _NO_THING.match(text):
        return False
    words = content_words(text) - content_words(" ".join(q.text for q in find_quantities(text)))
    return len(words) > 1 or bool(words and lexicon.count(text, *FUNCTIONS))


def _noted(state: CallState, needed: Needed) -> CapabilityOp:
    for known in meant(state.capabilities, needed.text, least=_SAME):
        if likeness(known, needed.text) >= _SAME:
            return UpdateItem(id=known.id, evidence=needed.evidence, phase=needed.phase)
    return AddCapability(text=needed.text, evidence=needed.evidence, phase=needed.phase)


def _from_want(state: CallState, i: int, want: Want, lexicon: Lexicon) -> Iterator[Needed]:
    text = state.utterances[i].text
    sentence = sentence_at(text, want.clause.start)
    phase = phase_said(sentence.said, lexicon)
    evidence = Evidence(utterance=i, quote=want.clause.said)
    if want.pronoun:
        words = _with_antecedent(state, i, want, lexicon)
        if content_words(words):
            yield Needed(words, (evidence,), phase)
        return
    thing = want.thing
    if _THAT_WHEN.match(thing):
        evidence = Evidence(utterance=i, quote=sentence.said)
        thing = sentence.said[sentence.said.index(thing[:12]) :]
    for part in parts_of(_THAT_WHEN.sub("", thing), lexicon):
        words = needed(part)
        if content_words(words):
            yield Needed(words, (evidence,), phase)


def _with_antecedent(state: CallState, i: int, want: Want, lexicon: Lexicon) -> str:
    """ "It has to work offline" needs no name for "it"; "I'd want that from day one" does."""
    bare = without_it(want.thing)
    if content_words(bare) and not phase_said(bare, lexicon):
        return needed(bare)
    stands_for = antecedent(state.utterances, i, want.clause.start)
    if stands_for is None:
        return needed(bare)
    return needed(stands_for.words if phase_said(bare, lexicon) else f"{stands_for.words} {bare}")
