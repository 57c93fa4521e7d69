"""Needs told as conditions: "if it can't read our files, there is no point", "nothing goes out until it's signed"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from copilot.analysis.extraction.antecedents import antecedent
from copilot.analysis.extraction.capabilities.phases import phase_said
from copilot.analysis.extraction.capabilities.sayings import FUNCTIONS, NEEDS, Needed, needed, without_it
from copilot.analysis.language.clauses import Clause, sentences
from copilot.analysis.language.dialogue import may_be_about
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.wants import opens_with_pronoun
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers.tokens import one_of
from copilot.domain.items import Evidence
from copilot.domain.state import CallState

_DID = one_of(r"\w{2,}ed came went gave told showed knew sent ran put read wrote let did")
_OF_A_CONDITION = one_of("condition requirement must minimum preference deal.?breaker regulator law rule")
_UNLESS = (
    re.compile(
        r"\bif (?:it|that|this|yours|the \w+|your \w+|they) (?:can['’]?t|cannot|can not)\s+"
        r"(?P<thing>[^,;.!?]{3,70}?)(?=[,;.!?]|$|\s(?:it|there|we|i|they|nobody|then)\b)",
        re.I,
    ),
    re.compile(
        r"\b(?:nothing|no one|nobody|none of (?:it|them)|no \w+|we (?:can['’]?t|cannot|won['’]t|don['’]t))\b"
        r"[^,;.!?]{2,60}?\b(?:until|unless)\s+(?P<thing>[^,;.!?]{3,80})",
        re.I,
    ),
    re.compile(
        r"\bwithout (?P<thing>[^,;.!?]{3,50}?),?\s+(?:\w+ ){0,3}?(?:i|we|they|it|nobody|nothing|no one)\b"
        r"[^,;.!?]{0,30}(?:can['’]?t|cannot|won['’]t|not|never|no)\b",
        re.I,
    ),
    re.compile(r"\b(?:can['’]?t|cannot|won['’]t)\b[^,;.!?]{2,60}?\bwithout (?P<thing>[^,;.!?]{3,50})", re.I),
)
_IF_IT = re.compile(
    r"\bif (?P<thing>(?:it|that|this|they|the [\w'’ -]{2,40}?|your \w+|our \w+)\s+"
    rf"(?:could \w+|(?:just |only )?{_DID})\b[^,;.!?]*)(?P<between>,[^.!?]*)?,\s+"
    r"(?:i|we|they|he|she|it|there|that|you|[a-z’']+)(?:['’](?:d|s|ll)| would| could)\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"\b(?:that|this|it)(?:['’]s| is| isn['’]t| is not)\s+(?:just |really |simply )?"
    rf"(?:(?:the|a|my|our|one) {_OF_A_CONDITION}|non.?negotiable|not optional|required|mandatory|optional)\b",
    re.I,
)
_NOTHING = re.compile(
    r"\b(?:nothing|no|not|can['’]?t|cannot|won['’]t|nobody|forget it|never|useless|pointless)\b|n['’]t\b", re.I
)


def needs_in_condition(state: CallState, i: int, sentence: Clause, lexicon: Lexicon) -> Iterator[Needed]:
    """ "If it can't read our files, there is no point." "Nothing goes out until it's signed." """
    evidence = (Evidence(utterance=i, quote=sentence.said),)
    phase = phase_said(sentence.said, lexicon)
    wished = _IF_IT.search(sentence.said)
    if wished:
        words = needed(without_it(wished["thing"]))
        if len(content_words(words)) > 1:
            yield Needed(words, evidence, phase)
        return
    found = next((m for pattern in _UNLESS if (m := pattern.search(sentence.said))), None)
    if found is None:
        return
    if opens_with_pronoun(found["thing"]) and len(content_words(found["thing"])) < 2:
        stands_for = antecedent(state.utterances, i, sentence.start)
        words = needed(stands_for.words) if stands_for is not None else ""
    else:
        words = needed(without_it(found["thing"]))
    outright = bool(_NOTHING.search(sentence.said[: found.start("thing")] + sentence.said[found.end("thing") :]))
    if content_words(words) and (outright or may_be_about(state, i, NEEDS) or lexicon.count(words, *FUNCTIONS)):
        yield Needed(words, evidence, phase)


def needs_pointed_back_to(i: int, text: str, lexicon: Lexicon) -> Iterator[Needed]:
    """ "It stays in our building. That isn't a preference." """
    told = sentences(text)
    for before, after in pairwise(told):
        if _POINTS_BACK.search(after.said) and not before.said.endswith("?"):
            words = needed(without_it(before.said))
            if len(content_words(words)) > 1:
                evidence = tuple(Evidence(utterance=i, quote=c.said) for c in (before, after))
                yield Needed(words, evidence, phase_said(text, lexicon))
