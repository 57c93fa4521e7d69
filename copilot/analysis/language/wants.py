"""What somebody says is wanted or needed: the wish, and the thing that is wished for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from copilot.analysis.language.clauses import Clause, clauses, sentences

WantForm = Literal["wish", "goal", "demand", "need", "condition"]

_SOMEBODY = (
    r"(?:i|we|they|he|she|you|everybody|everyone|people|leadership|management|finance|sales|operations"
    r"|(?:the|our|my|your)\s+(?:\w+\s+){0,2}?\w+)"
)
_SOFTLY = (
    r"(?:(?:really|just|also|still|actually|definitely|certainly|obviously|all|only|probably|simply|kind of|sort of"
    r"|absolutely|then|basically|would|will|do|now|both|ultimately|mostly|mainly)\s+){0,3}"
)
_WISHING = (
    r"(?:want(?:s)?|need(?:s)?|(?:['’]d|would) (?:really |also |just )?(?:like|love|want|need|prefer)"
    r"|(?:have|has|['’]ve) (?:got )?to|must|gotta|(?:am|are|is|['’]m|['’]re|['’]s) (?:\w+ )?(?:trying|hoping|looking"
    r"|aiming|planning|expected|supposed|under pressure|on the hook|committed) (?:to|for)"
    r"|(?:have|has|['’]ve) (?:got )?(?:a|the|my) (?:duty|job|mandate|brief) to|hope(?:s)? (?:to|that|for)"
    r"|aim(?:s)? (?:to|for)|expect(?:s)?|care(?:s)? about|(?:was|were|has been|have been|['’]ve been|got) (?:asked|told"
    r"|tasked|challenged|mandated) (?:to|with))"
)
_WISH = re.compile(rf"\b{_SOMEBODY}(?:\s+{_SOFTLY}|(?=['’]))(?P<wish>{_WISHING})\s+(?P<thing>\S.*)", re.I | re.S)
_TOLD = re.compile(
    r"\b(?:asked|told|tasked|challenged|mandated|promised|wants|want|expects)\s+(?:me|us|everyone|everybody"
    r"|the \w+)\s+(?:with|to|for|by)\s+(?P<thing>\S.*)",
    re.I | re.S,
)
_FOR_ME = re.compile(
    r"\bfor (?:me|us)(?: personally| though| anyway)?,?\s+(?:(?:it['’]s|it is|that['’]s|it would be|um+|uh+),?\s+"
    r"|(?=(?:also|mainly|mostly|more)\b))(?:(?:also|mainly|mostly|really|more|all|just|about|um+"
    r"|uh+),?\s+){0,3}(?P<thing>\S.*)",
    re.I | re.S,
)
_GOAL = re.compile(
    r"\b(?:goals?|targets?|aims?|objectives?|priorit(?:y|ies)|mandate|ambition|success|win|hope|dream|outcome|mission"
    r"|(?:big|main|real|most important|only|first|second|next) (?:one|thing)"
    r"|what (?:i|we|they) (?:really |actually )?(?:want|need)|what matters(?: most)?(?: to \w+)?"
    r"|what (?:i|we)['’]re (?:after|trying to do|hoping for))(?:\s+(?!is\b|would\b|was\b|means\b"
    r"|looks\b)[\w’']+){0,6}?\s*(?:\bis|['’]s|\bare|\bwould be|\bwas|\bmeans|\blooks like|:)\s+(?P<thing>\S.*)",
    re.I | re.S,
)
_DEMAND = re.compile(
    r"^(?P<subject>.{2,90}?)(?:\s+|(?=['’]))(?:really\s+|just\s+|also\s+|still\s+|simply\s+)?"
    r"(?:ha(?:s|ve)(?: got)? to|['’](?:s|ve) (?:also |just |really )?got to|needs? to|must|should|ought to"
    r"|(?:['’]d|would|['’]ll|will) (?:also |just |really )?(?:have|need|want) to|is going to have to"
    r"|can(?:not|['’]t) (?:keep|go on|stay|continue|happen))\s+(?:really\s+|just\s+|also\s+)?(?P<verb>\w+.*)",
    re.I | re.S,
)
_PRAISED = re.compile(
    r"^(?P<thing>.{6,90}?)\s+(?:would|['’]d)\s+(?:(?:really|already|just|honestly)\s+)?be\s+(?:(?:\w+ly|so)\s+)?(?:huge|great"
    r"|fantastic|brilliant|wonderful|amazing|ideal|perfect|success|lovely"
    r"|(?:a|the|my|our)\s+(?:\w+\s+)?(?:win|success|dream|relief|result|goal|game.?changer))\b",
    re.I | re.S,
)
_IF = re.compile(r"^(?:\W*\b(?:and|but|so|well|honestly)\b[\s,]*)*+(?:if|so)\b", re.I)
_CONDITION = re.compile(
    r"\b(?:if (?:i|we|they|you|someone|it) (?:could|can|get|got)\s+(?:just\s+"
    r"|only\s+)?(?P<worth>\S.*?),\s+(?:then\s+)?that(?:['’]s| is| would be|['’]d be) (?:the|my|our|a|what)\b.*"
    r"|if (?:i|we|they|you|someone|it) (?:could|can|just|got|get|had|were able to)\s+(?:just\s+"
    r"|only\s+)?(?P<thing>[^\s,;][^,;]*)|(?:i|we)(?:['’]d| would| could) (?:be (?:happy|delighted|thrilled"
    r"|over the moon|a hero)|sign|take)\s+(?:(?:with|if|for)\s+)?(?P<happy>\S.*)"
    r"|(?:no longer|not|isn['’]t) acceptable\b(?P<bad>.*))",
    re.I | re.S,
)
_PERSON = re.compile(
    r"^(?:\W*\b(?:and|but|so|or|because|then|well|okay|yeah|honestly|now|also|um|uh|basically)\b[\s,]*)*+(?:i|we|you|he"
    r"|she|people|someone|somebody|everybody|everyone|[a-z]+ and i)$",
    re.I,
)
_ADVICE = re.compile(
    r"\b(?:you|y['’]all)(?:['’]d|['’]ll)?\s+(?:\w+ )?(?:have to|need(?: to)?|must|should|want(?: to)?|gotta"
    r"|ought to)\b",
    re.I,
)  # said of anybody
_MOST_WORDS = 30  # beyond, no stop was heard where one was
_NEGATED = re.compile(
    r"\b(?:don['’]t|do not|doesn['’]t|does not|didn['’]t|wouldn['’]t|not|never|no)\s+(?:\w+\s+){0,2}?(?:want|need|like"
    r"|have|trying|looking|care|expect|my list|a priority)|\b(?:couldn['’]t|can['’]t) care"
    r"|\bnot (?:really )?(?:on|a|my|the|our) (?:\w+ )?(?:list"
    r"|priority|goal|issue)\b",
    re.I,
)
_TO = re.compile(
    r"^(?:(?:us|me|them|everyone|everybody|people|you)\s+)?(?:to\s+(?:be able to\s+)?|be able to\s+)", re.I
)
_ABOUT_THE_TALK = re.compile(
    r"^(?:(?:us|me|you|everyone)\s+)?(?:to\s+)?(?:just\s+|also\s+|quickly\s+|really\s+|first\s+)?(?:ask|understand|know"
    r"|say|tell|talk|discuss|speak|hear|mention|show|share|introduce|thank|apologi[sz]e|go (?:through|over|back|into)"
    r"|walk|touch|cover|check|confirm|clarify|clear|make (?:sure|clear)|be (?:clear|honest|careful|fair|sure|respectful"
    r"|mindful)|point|add|think|look at|take a look|dig|drop|run|jump|leave|head|hop"
    r"|get (?:going|started|back|off|you|\w+ on)|start|begin|schedule|book|meet|set up|send|email|invite|loop|bring in"
    r"|bring \w+ in|see (?:it|that|this|how it|what you|a demo|the demo|some|more)|read|review|move on|finish|wrap"
    r"|come back|follow up|note|admit|push back|do (?:that|this|it)|a (?:demo|copy|quote|call|minute|second|moment)"
    r"|one thing|more time|time to|pull up|emphasi[sz]e|repeat|believe|wait|decide|sign|buy|pay|play|try)\b",
    re.I,
)


class Want(NamedTuple):
    """`clause` is verbatim, `thing` what is wanted, as said; `about` points at what a pronoun in it stands for."""

    form: WantForm
    clause: Clause
    thing: str
    pronoun: bool


_STANDS_ALONE = (
    r"(?=\s*(?:[.,;:!?]|$)|\s+(?:down|up|off|out|to|in|at|on|under|below|above|over|by|from|for|is|are|was|were|has"
    r"|have|had|should|must|needs?|would|could|can|can['’]t|cannot|will|won['’]t|goes|go|gone|comes?|gets?|got|takes?"
    r"|works?|right|fixed|done|sorted|solved|back|away|as|and|too|also|really|all|one|number)\b|['’])"
)
_PRONOUN = re.compile(
    r"^(?:\W*\b(?:and|but|so|well|honestly|really|then)\b[\s,]*)*+(?:(?:it|they|them)\b"
    rf"|(?:that|this|those|these|both|which)\b{_STANDS_ALONE})",
    re.I,
)


@lru_cache(maxsize=1024)
def wants_in(text: str) -> tuple[Want, ...]:
    """The wants in a text, in order, at most one per clause; what is negated or about the talk itself is none."""
    found = []
    for clause in _clauses(text):
        want = None if clause.said.endswith("?") else _want(clause)
        if want is not None:
            found.append(want)
    return tuple(found)


def is_negated(said: str) -> bool:
    """Whether a wish in these words is denied."""
    return bool(_NEGATED.search(said))


def opens_with_pronoun(said: str) -> bool:
    """Whether the words begin with one that stands for something said before."""
    return bool(_PRONOUN.match(said))


def about_the_talk(thing: str) -> bool:
    """Whether what is wanted is a step of the talk or of buying, and no result or function."""
    return bool(_ABOUT_THE_TALK.match(thing))


def _clauses(text: str) -> tuple[Clause, ...]:
    """Clauses; a sentence whose halves say little apart stays whole."""
    found: list[Clause] = []
    for sentence in sentences(text):
        if _CONDITION.search(sentence.said) or _FOR_ME.search(sentence.said):
            found.append(sentence)
        else:
            found.extend(c for c in clauses(text) if sentence.start <= c.start < sentence.end)
    return tuple(found)


def _want(clause: Clause) -> Want | None:
    said = clause.said
    if is_negated(said) or _ADVICE.search(said) or len(said.split()) > _MOST_WORDS:
        return None
    for_me = _FOR_ME.search(said)
    if for_me:
        return _made("goal", clause, for_me["thing"])
    demand = _DEMAND.match(said)
    if demand and not _PERSON.match(demand["subject"].strip()):
        return Want("demand", clause, said, opens_with_pronoun(said))
    goal = _GOAL.search(said)
    if goal:
        return _made("goal", clause, goal["thing"])
    praised = _PRAISED.match(said)
    if praised and not _IF.match(said) and not opens_with_pronoun(praised["thing"]):
        return _made("goal", clause, praised["thing"])
    told = _TOLD.search(said)
    if told:
        return _made("wish", clause, told["thing"])
    wish = _WISH.search(said)
    if wish:
        needs = wish["wish"].lower().split()[0] in {"need", "needs", "must", "have", "has", "gotta"}
        return _made("need" if needs else "wish", clause, wish["thing"])
    condition = _CONDITION.search(said)
    if condition:
        if condition["worth"]:
            return _made("goal", clause, condition["worth"])
        return _made("condition", clause, condition["thing"] or condition["happy"] or said)
    return None


def _made(form: WantForm, clause: Clause, thing: str) -> Want | None:
    if about_the_talk(thing):
        return None
    bare = _TO.sub("", thing)
    if not bare.strip(" .,") or about_the_talk(bare):
        return None
    return Want(form, clause, bare, opens_with_pronoun(bare))
