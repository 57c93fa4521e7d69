"""What somebody undertakes to do after the call: promises, and requests that the other side takes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from copilot.analysis.extraction.antecedents import thing_named
from copilot.analysis.extraction.metrics.words import names_a_thing
from copilot.analysis.extraction.next_steps.tasks import DOING, task_said
from copilot.analysis.language.asking import questions_in
from copilot.analysis.language.clauses import Clause, clauses, sentence_at
from copilot.analysis.language.dialogue import said_before, same_side
from copilot.analysis.language.wording import as_spoken, card
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_deadlines
from copilot.domain.call import Utterance
from copilot.domain.items import Evidence
from copilot.domain.ops import AddNextStep
from copilot.domain.state import CallState

NextStepPass = Callable[[CallState, int], Sequence[AddNextStep]]

_ASIDES = (
    r"(?:also |just |definitely |certainly |gladly |happily |personally |quickly |then |at least |go and |try to "
    r"|try and |make sure (?:to|i) )*"
)
_PROMISE = re.compile(
    rf"(?:^|\b(?:and|so|but|then|okay|ok|well|yes|yeah|sure|no|or)\b[\s,]*|[,;:]\s*|\s)(?:i['’]ll|i will|we['’]ll"
    rf"|we will|i can (?=(?:\w+ )?(?:send|share|forward|e-?mail|mail|set up|introduce|ask|put together|arrange|connect"
    rf"|write|check)\b)|let me|i(?:['’]d| would)? have to|i['’]m going to|we['’]re going to|i['’]m happy to"
    rf"|i['’]d be happy to)\s+{_ASIDES}(?P<what>{DOING}.*)",
    re.I | re.S,
)
_REQUEST = re.compile(
    rf"(?:\b(?:could|can|would|will) you\s+(?:please |maybe |perhaps |also |just |kindly )*(?P<you>{DOING}.*)"
    rf"|\b(?:could|can|shall|should) we\s+(?:please |maybe |also |just )*(?P<we>(?:get|have|set up|schedule|book"
    rf"|arrange|find|bring)\b.*)|\bplease\s+(?P<please>{DOING}.*)|\bwhat you['’]ll do is\s+(?P<will>.*)"
    rf"|^(?:\W*\b(?:and|so|but|then)\b[\s,]*)?(?P<me>(?:send|show|give|get|bring) (?:me|us|the|that|a|your)\b.*)"
    r"|\bi['’]d (?:like|love|need)\s+(?P<someone>(?:you|one of your|your|somebody|someone)\b.{3,60}? to .*))",
    re.I | re.S,
)
_HAVE_IT = re.compile(
    r"\byou(?:['’]ll| will| can) (?:have|get)\s+(?P<what>it|that|them|those|this|(?:the|a|an|our|my|your)\s.*)",
    re.I | re.S,
)
_TAKES_ON = re.compile(
    r"(?:^|[.!?,]\s+)\W{0,4}(?:yes|yeah|yep|sure|of course|will do|no problem|no bother|absolutely|definitely|certainly"
    r"|happy to|gladly|done|consider it done)\b",
    re.I,
)
_POINTS_BACK = re.compile(r"\b(?:it|that|them|those|this|one)\b", re.I)
_DOES_IT = re.compile(
    r"\b(?:i['’]ll|i will|we['’]ll|we will|i can|let me)\s+(?:\w+ly\s+)?(?:do|set|send|sort|get|arrange|fix|find"
    r"|organi[sz]e|book|bring|ask|make)\b[^.,;!?]{0,40}",
    re.I,
)
_ANSWERS = re.compile(r"\b(?:answer|back|find out|check|look into|confirm|let you know)\b", re.I)
_THE_ANSWER = re.compile(r"\b(?:the|an) answer\b", re.I)
_LITTLE = re.compile(
    r"(?<!of )\b(?:it|that|this|them|those|him|her|that one|this one)(?: up| out| over| back| for you| one)?$", re.I
)
_OF_A_THING = re.compile(r"send|share|show|e-?mail|mail|bring|get|print|sign|check|book|order|write|review", re.I)
_ANSWER_REACH = 4
_NOW = re.compile(
    r"\b(?:right now|my screen|this screen|share (?:my|the) screen|ask you (?:something|this|that|a|one|about|straight"
    r"|differently|the)|ask (?:it|this|that) (?:differently|another)|you (?:a|one|another|two|some) questions?"
    r"|let me (?:ask|tell|find (?:that|it)|check (?:that|the time)|put it|bring up|call|look|pull up)|tell you|a second"
    r"|one second|a moment|at this point|put it (?:this|that) way|look at (?:it|this|that)|be honest|call it"
    r"|ask (?:for )?(?:a|one) )\b",
    re.I,
)
_PERHAPS = re.compile(r"\b(?:maybe|perhaps|might)\b", re.I)
_UNLESS = re.compile(r"^\W*(?:and |but |so )?(?:if|unless|when|once|before|until|because|that)\b", re.I)
_BY = re.compile(r"(?:by|before|until|till|due|no later than)\b", re.I)
_GOES_ON = re.compile(r"[.,;:?!]|\b(?:i|we|you|he|she|they|who|for)\b", re.I)
_REACH = 2
_MOST_TAKING_ON_WORDS = 14
_LEAST_CONTENT_WORDS = 2


class _Request(NamedTuple):
    utterance: Utterance
    quote: str
    what: str


def next_step_pass() -> NextStepPass:
    """A pass that notes what the newest utterance promises, or takes on of what the other side asked for."""

    def run(state: CallState, i: int) -> Sequence[AddNextStep]:
        promised = list(_promises(state, i))
        return tuple(promised) or tuple(_taken_on(state, i))

    return run


def _promises(state: CallState, i: int) -> Iterator[AddNextStep]:
    utterance = state.utterances[i]
    earlier: Clause | None = None
    for clause in clauses(utterance.text):
        promise = None if clause.said.endswith("?") else promise_in(clause.said)
        if promise is not None:
            text, before = _completed(state, utterance, promise, earlier)
            if len(content_words(text)) >= _LEAST_CONTENT_WORDS:
                evidence = (*before, Evidence(utterance=i, quote=clause.said))
                due = due_in_sentence(utterance.text, clause.start)
                yield AddNextStep(text=text, evidence=evidence, owner=utterance.speaker, due=due)
        earlier = clause


def promise_in(said: str) -> str | None:
    """What a clause promises to do, if it does."""
    if _NOW.search(said) or _UNLESS.match(said) or _PERHAPS.search(said):
        return None
    promise = _PROMISE.search(said)
    if promise:
        return promise["what"]
    have = _HAVE_IT.search(said)
    return (
        f"send {have['what']}" if have and find_deadlines(said) and not _POINTS_BACK.fullmatch(have["what"]) else None
    )


def completed(state: CallState, i: int, what: str, place: int) -> tuple[str, tuple[Evidence, ...]]:
    """What utterance `i` undertakes, in full, and where the words for it were said; `place`: where it begins."""
    earlier = [clause for clause in clauses(state.utterances[i].text) if clause.end <= place]
    return _completed(state, state.utterances[i], what, earlier[-1] if earlier else None)


def _completed(
    state: CallState, utterance: Utterance, promise: str, earlier: Clause | None
) -> tuple[str, tuple[Evidence, ...]]:
    """The promise in full: one that only points back takes its words from what was asked, or said just before."""
    task = task_said(promise)
    if not _says_little(task) and not _THE_ANSWER.search(task):
        return task, ()
    request = _asked_before(state, utterance.i)
    if request is not None:
        return task_said(request.what), (Evidence(utterance=request.utterance.i, quote=request.quote),)
    if _ANSWERS.search(promise):
        question = _question_before(state, utterance.i)
        if question is not None:
            return f"Answer: {card(question[1])}", (Evidence(utterance=question[0], quote=question[1]),)
    thing = thing_named(earlier.said) if earlier is not None else ""
    if earlier is not None and names_a_thing(thing):
        deed = _LITTLE.sub("", task).strip()
        text = f"{deed} {as_spoken(thing)}" if _OF_A_THING.fullmatch(deed) else thing
        return text, (Evidence(utterance=utterance.i, quote=earlier.said),)
    return task, ()


def _question_before(state: CallState, i: int) -> tuple[int, str] | None:
    """The other side's last question that a promised answer can be to."""
    for k in range(i - 1, max(-1, i - 1 - _ANSWER_REACH), -1):
        before = state.utterances[k]
        if not same_side(before, state.utterances[i]):
            asked = [q for q in questions_in(before.text) if len(content_words(q)) > 1]
            if asked:
                return k, asked[-1]
    return None


def _taken_on(state: CallState, i: int) -> Iterator[AddNextStep]:
    """ "Could you send the list?" "I'll do it tomorrow." — or just "Sure." """
    utterance = state.utterances[i]
    text = utterance.text
    clause = next((c for c in clauses(text) if _DOES_IT.search(c.said) or _HAVE_IT.search(c.said)), None)
    agrees = bool(_TAKES_ON.search(text)) and len(text.split()) <= _MOST_TAKING_ON_WORDS
    if (clause is None and not agrees) or "?" in text.rstrip()[-1:]:
        return
    request = _asked_before(state, i) or (_named_before(state, i) if _HAVE_IT.search(text) else None)
    if request is None:
        return
    task = task_said(request.what)
    if len(content_words(task)) < _LEAST_CONTENT_WORDS:
        return
    quote = clause.said if clause else text.strip()
    evidence = (Evidence(utterance=request.utterance.i, quote=request.quote), Evidence(utterance=i, quote=quote))
    due = due_said(text, after=clause.start if clause else 0) or due_said(
        request.utterance.text, after=request.utterance.text.find(request.quote)
    )
    yield AddNextStep(text=task, evidence=evidence, owner=utterance.speaker, due=due)


def _asked_before(state: CallState, i: int) -> _Request | None:
    """What somebody else asked to be done, in one of the last utterances."""
    for k, before in enumerate(said_before(state.utterances, i)):
        if k == _REACH:
            break
        if before.speaker == state.utterances[i].speaker:
            continue
        for clause in clauses(before.text):
            what = request_in(clause.said)
            if what is not None:
                return _Request(before, clause.said, what)
    return None


def request_in(said: str) -> str | None:
    """What a clause asks the other side to do, if it does."""
    asked = _REQUEST.search(said)
    return next(group for group in asked.groups() if group) if asked and not _NOW.search(said) else None


def _named_before(state: CallState, i: int) -> _Request | None:
    """The thing that the other side spoke of last: "The list of sites, if you can." "You'll have it on Monday." """
    before = next(iter(said_before(state.utterances, i)), None)
    if before is None or before.speaker == state.utterances[i].speaker:
        return None
    for clause in clauses(before.text):
        thing = thing_named(clause.said)
        if len(content_words(thing)) > 1 and names_a_thing(thing):
            return _Request(before, clause.said, f"send {as_spoken(thing)}")
    return None


def _says_little(task: str) -> bool:
    """ "Set that up" says nothing without what was asked."""
    return bool(_LITTLE.search(task)) or len(content_words(task)) < _LEAST_CONTENT_WORDS


def due_in_sentence(text: str, start: int, before: int | None = None) -> str | None:
    """By when, said from an offset on, or else earlier in its sentence: "on the third of May I'll send it"."""
    sentence = sentence_at(text, start)
    return due_said(text, after=start, before=before) or due_said(text, after=sentence.start, before=start)


def due_said(text: str, *, after: int = 0, before: int | None = None) -> str | None:
    """By when, in the words said between two offsets; a deadline right behind another is part of it.

    One that says "by" or "before" goes before a bare one of the same clause: of "go over this today and send it by
    Friday" Friday.
    """
    found = [d for d in find_deadlines(text) if d.start >= after and (before is None or d.start < before)]
    if not found:
        return None
    first = next(
        (d for d in found if _BY.match(d.text) and not _GOES_ON.search(text[found[0].end : d.start])), found[0]
    )
    last = next((b for a, b in pairwise(found) if a is first and b.start - a.end <= 1), first)
    when = text[first.end - len(first.when) : last.end] if last is not first else first.when
    return f"before {when}" if first.text.lower().startswith("before ") else when
