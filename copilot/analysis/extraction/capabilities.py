"""What has to be in place: needs, requirements, and the customer's questions whether something is supported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from copilot.analysis.extraction.antecedents import antecedent
from copilot.analysis.extraction.judging import judged
from copilot.analysis.extraction.matching import latest, likeness, meant
from copilot.analysis.language.asking import asks, questions_in
from copilot.analysis.language.clauses import Clause, clauses, listed, sentence_at, sentences
from copilot.analysis.language.dialogue import may_be_about, may_be_customer, question_answered
from copilot.analysis.language.flaws import Flaw, flaw
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.phrasing import core
from copilot.analysis.language.wants import Want, about_the_talk, is_negated, opens_with_pronoun, wants_in
from copilot.analysis.language.wording import card, named
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_deadlines, find_quantities
from copilot.domain.call import Role
from copilot.domain.items import Evidence
from copilot.domain.ops import AddCapability, UpdateItem
from copilot.domain.state import CallState

CapabilityOp = AddCapability | UpdateItem
CapabilityPass = Callable[[CallState, int], Sequence[CapabilityOp]]
Phase = Literal["1", "later"]

NEEDS = "required_capabilities"
FUNCTIONS = ("capabilities.features", "capabilities.integrations", "capabilities.security")
_LEAST_NEED = 1.6
_LEAST_OF_ANYBODY = 2.4  # where the speaker's side is not known
_LEAST_OF_ANYBODY_TOLD = 1.9
_LEAST_WHERE_NEEDS_ARE_TOLD = 0.9
_SAME = 0.6
_SPLIT = re.compile(r"\s*,\s*(?:and\s+|plus\s+)?|\s+(?:and|plus)\s+(?:also\s+)?", re.I)
_MOST_PART_WORDS = 9
_MOST_ANSWER_WORDS = 16
_LEAST_REPLY_WORDS = 2  # content words that a plain reply has more than
_ANOTHER_WORDS = 4  # said before "it" in one utterance, they are what it stands for
_PHASE_REACH = 2
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
_UNLESS = (
    re.compile(
        r"\bif (?:it|that|this|yours|the \w+|your \w+|they) (?:can['’]?t|cannot"
        r"|can not)\s+(?P<thing>[^,;.!?]{3,70}?)(?=[,;.!?]|$|\s(?:it|there|we|i|they|nobody|then)\b)",
        re.I,
    ),
    re.compile(
        r"\b(?:nothing|no one|nobody|none of (?:it|them)|no \w+|we (?:can['’]?t|cannot|won['’]t"
        r"|don['’]t))\b[^,;.!?]{2,60}?\b(?:until|unless)\s+(?P<thing>[^,;.!?]{3,80})",
        re.I,
    ),
    re.compile(
        r"\bwithout (?P<thing>[^,;.!?]{3,50}?),?\s+(?:\w+ ){0,3}?(?:i|we|they|it|nobody|nothing"
        r"|no one)\b[^,;.!?]{0,30}(?:can['’]?t|cannot|won['’]t|not|never|no)\b",
        re.I,
    ),
    re.compile(r"\b(?:can['’]?t|cannot|won['’]t)\b[^,;.!?]{2,60}?\bwithout (?P<thing>[^,;.!?]{3,50})", re.I),
)
_IF_IT = re.compile(
    r"\bif (?P<thing>(?:it|that|this|they|the [\w'’ -]{2,40}?|your \w+|our \w+)\s+(?:could \w+"
    r"|(?:just |only )?(?:\w{2,}ed|came|went|gave|told|showed|knew|sent|ran|put|read|wrote|let"
    r"|did))\b[^,;.!?]*)(?P<between>,[^.!?]*)?,\s+(?:i|we|they|he|she|it|there|that|you|[a-z’']+)(?:['’](?:d|s|ll)"
    r"| would| could)\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"\b(?:that|this|it)(?:['’]s| is| isn['’]t| is not)\s+(?:just |really "
    r"|simply )?(?:(?:the|a|my|our|one) (?:condition|requirement|must|minimum|preference|deal.?breaker|regulator|law"
    r"|rule)|non.?negotiable|not optional|required|mandatory|optional)\b",
    re.I,
)
_NOTHING = re.compile(
    r"\b(?:nothing|no|not|can['’]?t|cannot|won['’]t|nobody|forget it|never|useless|pointless)\b|n['’]t\b", re.I
)
_TAKEN_BACK = re.compile(
    r"\b(?:scratch that|(?<!can )forget (?:the|that|it|about)|never mind|no, actually|not needed|don['’]t need)\b", re.I
)
_NO_THING = re.compile(r"(?:in|under|over|after|before|all|no|nobody|day|week|month|year|some)\b(?!-)", re.I)
_MUST = re.compile(
    r"^(?:(?:would|['’]d|will|['’]ll)\s+)?"
    r"(?:ha(?:s|ve|d)(?: got)? to|got to|needs? to|want to|must|should|ought to)\s+(?:also\s+|be able to\s+)*",
    re.I,
)
_NEED_FIRST = re.compile(
    r"^(?:(?:i|we|they)\s+(?:would\s+|['’]d\s+)?)?(?:need|want|require)s?\s+(?:it\s+|you\s+|them\s+"
    r"|that\s+)?(?:to\s+)?",
    re.I,
)
_OWN_PLAN = re.compile(
    r"\bi (?:must|have to|['’]ve got to|gotta)\b|\b(?:is|['’]s) (?:quickly|easily|simply) said\b"
    r"|\bi need (?:a|one|another) (?:minute|moment)",
    re.I,
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
_THAT_WHEN = re.compile(r"^that\s+(?=(?:when|if|whenever)\b)", re.I)
_OF_IT = re.compile(
    r"^(?:\W*\b(?:and|but|so|also|now|then|second|third|because)\b[\s,.]*)*+"
    r"(?:it|this thing|yours|the (?:system|tool|app|software|thing|platform|portal|product))\b",
    re.I,
)
_IT = re.compile(r"^(?:it|that|this|they|those|these|them|yours)\b\s*(?:['’]s|['’]d|['’]ll)?\s*(?:been\s+)?", re.I)
_NO_ANSWER = re.compile(
    r"^\W*(?:(?:um+|uh+|well|honestly|hm+|oh),?\s+)*(?:no\b|not\b|nothing|i don['’]t know|i['’]m not sure|yes\b|yeah\b"
    r"|right\b|exactly|good question|sorry|please\b|we['’]d say|next|later|first|peace)",
    re.I,
)


class Needed(NamedTuple):
    """Something that has to be in place, as said."""

    text: str
    evidence: tuple[Evidence, ...]
    phase: Phase | None


def capability_pass(lexicon: Lexicon) -> CapabilityPass:
    """A pass that notes what the newest utterance requires, and when what was just required is to come."""

    def run(state: CallState, i: int) -> Sequence[CapabilityOp]:
        if may_be_customer(state.utterances[i]):
            found = tuple(_noted(state, n) for n in needs_in(state, i, lexicon) if _says_what(n.text, lexicon))
            if found:
                return found
        return tuple(_phased(state, i, lexicon))

    return run


def phase_said(said: str, lexicon: Lexicon) -> Phase | None:
    """Day one or later, as the words put it; later where they contrast the two."""
    if lexicon.has("signals.phase_later", said):
        return "later"
    return "1" if lexicon.has("signals.phase_one", said) else None


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
            yield from _from_condition(state, i, sentence, lexicon)
        yield from _pointed_back_to(i, text, lexicon)
    for asked in questions_in(text):
        yield from _from_question(i, asked, lexicon)
    if told and not taken and by_customer:
        yield from _from_answer(state, i, lexicon)


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


def _phased(state: CallState, i: int, lexicon: Lexicon) -> Iterator[UpdateItem]:
    """ "That can wait until the spring": said of what was just required, by name or as the last thing spoken of."""
    text = state.utterances[i].text
    if asks(text) or not may_be_about(state, i, NEEDS):
        return
    open_ones = [c for c in state.capabilities.values() if c.phase is None]
    for clause in listed(text):
        phase = phase_said(clause.said, lexicon)
        if phase is None:
            continue
        alone = len(listed(text)) == 1 or may_be_customer(state.utterances[i])
        said = meant(open_ones, clause.said, least=_SAME)
        last = latest(open_ones, i, reach=_PHASE_REACH) if alone and not _names_another(text, clause) else None
        known = said[0] if said else last
        if known is not None:
            yield UpdateItem(id=known.id, evidence=(Evidence(utterance=i, quote=clause.said),), phase=phase)


def _names_another(text: str, clause: Clause) -> bool:
    """ "And the portal would save a few days, but it can wait": that speaks of the portal, not of what came before."""
    return opens_with_pronoun(clause.said) and len(content_words(text[: clause.start])) >= _ANOTHER_WORDS


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
    for part in _parts(_THAT_WHEN.sub("", thing), lexicon):
        words = _needed(part)
        if content_words(words):
            yield Needed(words, (evidence,), phase)


def _with_antecedent(state: CallState, i: int, want: Want, lexicon: Lexicon) -> str:
    """ "It has to work offline" needs no name for "it"; "I'd want that from day one" does."""
    bare = _without_it(want.thing)
    if content_words(bare) and not phase_said(bare, lexicon):
        return _needed(bare)
    stands_for = antecedent(state.utterances, i, want.clause.start)
    if stands_for is None:
        return _needed(bare)
    return _needed(stands_for.words if phase_said(bare, lexicon) else f"{stands_for.words} {bare}")


def _from_condition(state: CallState, i: int, sentence: Clause, lexicon: Lexicon) -> Iterator[Needed]:
    """ "If it can't read our files, there is no point." "Nothing goes out until it's signed." """
    evidence = (Evidence(utterance=i, quote=sentence.said),)
    phase = phase_said(sentence.said, lexicon)
    wished = _IF_IT.search(sentence.said)
    if wished:
        words = _needed(_without_it(wished["thing"]))
        if len(content_words(words)) > 1:
            yield Needed(words, evidence, phase)
        return
    found = next((m for pattern in _UNLESS if (m := pattern.search(sentence.said))), None)
    if found is None:
        return
    if opens_with_pronoun(found["thing"]) and len(content_words(found["thing"])) < 2:
        stands_for = antecedent(state.utterances, i, sentence.start)
        words = _needed(stands_for.words) if stands_for is not None else ""
    else:
        words = _needed(_without_it(found["thing"]))
    outright = bool(_NOTHING.search(sentence.said[: found.start("thing")] + sentence.said[found.end("thing") :]))
    if content_words(words) and (outright or may_be_about(state, i, NEEDS) or lexicon.count(words, *FUNCTIONS)):
        yield Needed(words, evidence, phase)


def _pointed_back_to(i: int, text: str, lexicon: Lexicon) -> Iterator[Needed]:
    """ "It stays in our building. That isn't a preference." """
    told = sentences(text)
    for before, after in pairwise(told):
        if _POINTS_BACK.search(after.said) and not before.said.endswith("?"):
            words = _needed(_without_it(before.said))
            if len(content_words(words)) > 1:
                evidence = tuple(Evidence(utterance=i, quote=c.said) for c in (before, after))
                yield Needed(words, evidence, phase_said(text, lexicon))


def _from_question(i: int, question: str, lexicon: Lexicon) -> Iterator[Needed]:
    """ "Does it work with our payroll?" checks a need; only where a function, system or safeguard is named."""
    asked = _ABILITY.match(question.strip())
    if not asked or not lexicon.count(asked["thing"], *FUNCTIONS):
        return
    words = _needed(_ABILITY_VERB.sub("", asked["thing"]))
    if content_words(words):
        yield Needed(words, (Evidence(utterance=i, quote=question),), phase_said(question, lexicon))


def _from_answer(state: CallState, i: int, lexicon: Lexicon) -> Iterator[Needed]:
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
            for part in _parts(said, lexicon):
                words = _needed(part)
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
    words = _needed(", ".join(_inside(c.said, k) for k, c in enumerate(told)))
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


def _needed(said: str) -> str:
    """The card of a need, without "we need" and "it has to"."""
    return core(_NEED_FIRST.sub("", _MUST.sub("", named(said, most_words=40))), of_product=True)


def _without_it(said: str) -> str:
    """The words without the "it has to" or "it's been" that they may begin with."""
    return _MUST.sub("", _IT.sub("", card(said, most_words=40)))


def _parts(said: str, lexicon: Lexicon) -> list[str]:
    """A list of functions, apart; anything else stays whole."""
    pieces = [p for p in _SPLIT.split(said) if p.strip()]
    if len(pieces) < 2 or any(len(p.split()) > _MOST_PART_WORDS for p in pieces):
        return [said]
    return pieces if all(lexicon.count(p, *FUNCTIONS) for p in pieces) else [said]
