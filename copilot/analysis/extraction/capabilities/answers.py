"""Needs in questions and answers: "does it work with our payroll?", and what is named when asked what is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.analysis.extraction.capabilities.phases import phase_said
from copilot.analysis.extraction.capabilities.sayings import FUNCTIONS, NEEDS, Needed, needed, parts_of
from copilot.analysis.extraction.judging import judged
from copilot.analysis.language.asking import asks
from copilot.analysis.language.clauses import Clause, clauses, sentence_at, sentences
from copilot.analysis.language.dialogue import may_be_about, question_answered
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.wants import about_the_talk, is_negated, opens_with_pronoun
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_deadlines, find_quantities
from copilot.domain.items import Evidence
from copilot.domain.state import CallState

_LEAST_NEED = 1.6
_MOST_ANSWER_WORDS = 16
_LEAST_REPLY_WORDS = 2  # content words that a plain reply has more than
_LEAST_BESIDE_FIGURES = 4
_ABILITY = re.compile(
    r"^(?:\W*\b(?:and|so|but|okay|then|also|um|excuse me|sorry)\b[\s,]*)*+(?:do(?:es)? (?:you|it|this|that|your \w+"
    r"|the \w+)|can (?:you|it|we|this|your \w+)|is there|are you able to|is it possible to|will it|would it|could it"
    r"|have you got)\s+(?:guys\s+|also\s+|even\s+)?(?P<thing>.+?)\??$",
    re.I | re.S,
)
_ABILITY_VERB = re.compile(
    r"^(?:support|handle|have|offer|provide|do|work with|be able to|integrate with|connect to)\s+", re.I
)
_PAST = re.compile(r"\b(?:was|were|had|did|wrote|went|got|took|came|gave|told|said|\w{3,}[^e\W]ed)\b", re.I)
_DENIED = re.compile(
    r"\b(?:won['’]t|can['’]?t|cannot|don['’]t|doesn['’]t|didn['’]t|isn['’]t|never|nobody|nothing)\b", re.I
)
_ASKS_NEED = re.compile(
    r"\b(?:need\w*|must|have to|has to|require\w*|in place|take for|what would (?:it|that|you) (?:take|need|want)"
    r"|do first|essential|deal.?breaker|missing)\b",
    re.I,
)
_ASKS_WHEN = re.compile(r"\b(?:when|for the start|at the start|by when|how soon|or (?:later|can it wait))\b", re.I)
_NO_ANSWER = re.compile(
    r"^\W*(?:(?:um+|uh+|well|honestly|hm+|oh),?\s+)*(?:no\b|not\b|nothing|i don['’]t know|i['’]m not sure|yes\b|yeah\b"
    r"|right\b|exactly|good question|sorry|please\b|we['’]d say|next|later|first|peace)",
    re.I,
)


def needs_in_question(i: int, question: str, lexicon: Lexicon) -> Iterator[Needed]:
    """ "Does it work with our payroll?" checks a need; only where a function, system or safeguard is named."""
    asked = _ABILITY.match(question.strip())
    if not asked or not lexicon.count(asked["thing"], *FUNCTIONS):
        return
    words = needed(_ABILITY_VERB.sub("", asked["thing"]))
    if content_words(words):
        yield Needed(words, (Evidence(utterance=i, quote=question),), phase_said(question, lexicon))


def needs_in_answer(state: CallState, i: int, lexicon: Lexicon) -> Iterator[Needed]:
    """What an answer names: functions by their names anywhere, anything in the first reply to what is needed."""
    text = state.utterances[i].text
    question = question_answered(state.utterances, i)
    asked = question is not None and may_be_about(state, question, NEEDS)
    found = False
    for clause in clauses(text):
        said = clause.said
        if _says_no_need(said) or not (asked or state.stage_of(i - 1) == NEEDS):
            continue
        if lexicon.count(said, *FUNCTIONS) and judged(said, NEEDS, lexicon).capability >= _LEAST_NEED:
            found = True
            phase = phase_said(sentence_at(text, clause.start).said, lexicon)
            for part in parts_of(said, lexicon):
                words = needed(part)
                if content_words(words):
                    yield Needed(words, (Evidence(utterance=i, quote=said),), phase)
    if question is None or found or question != i - 1 or state.stage_of(question) != NEEDS:
        return
    wanted = state.utterances[question].text
    if _ASKS_NEED.search(wanted) and not _ASKS_WHEN.search(wanted):
        yield from _first_reply(i, text, lexicon)


def _first_reply(i: int, text: str, lexicon: Lexicon) -> Iterator[Needed]:
    """The first words of a reply, as far as they are a fragment: "Approvals. On the phone, by whoever is on shift." """
    told: list[Clause] = []
    for sentence in sentences(text)[:2]:
        length = sum(len(c.said.split()) for c in (*told, sentence))
        if _says_no_need(sentence.said) or length > _MOST_ANSWER_WORDS:
            break
        told.append(sentence)
    words = needed(", ".join(_inside(c.said, k) for k, c in enumerate(told)))
    if len(content_words(words)) > _LEAST_REPLY_WORDS or lexicon.count(words, *FUNCTIONS):
        evidence = tuple(Evidence(utterance=i, quote=c.said) for c in told)
        yield Needed(words, evidence, phase_said(text, lexicon))


def _inside(said: str, k: int) -> str:
    """A sentence as a part of a longer one: without its stop and, but for the first, its capital."""
    bare = said.rstrip(" .!")
    return bare if k == 0 or bare[:2].isupper() else bare[:1].lower() + bare[1:]


def _says_no_need(said: str) -> bool:
    if said.endswith("?") or asks(said) or is_negated(said) or opens_with_pronoun(said) or about_the_talk(said):
        return True
    return bool(_NO_ANSWER.match(said) or _PAST.search(said) or _DENIED.search(said) or find_deadlines(said)) or (
        bool(find_quantities(said)) and len(content_words(said)) < _LEAST_BESIDE_FIGURES
    )
