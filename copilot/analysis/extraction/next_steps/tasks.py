"""What is to be done, in words that anybody can read: without "I'll", "you" and "my", and by when."""

from __future__ import annotations

import re

from copilot.analysis.language.phrasing import tidy
from copilot.analysis.language.wording import card
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_deadlines

DOING = (
    r"(?:send|share|forward|e-?mail|mail|write|draft|prepare|put together|put (?!it that)[\w ]{1,40} (?:in|on|into)"
    r"|set up|set (?:that|it|this) up|schedule|book|invite|introduce|connect|find|check|ask|talk to|speak (?:to|with)"
    r"|ring|phone|call|follow up|come back|get back|circle back|get (?:you|him|her|them|back|our|the|an?|hold|it|that"
    r"|those|[A-Z]\w+)|confirm|arrange|organi[sz]e|raise|order|dig out|dig up|look into|look up|look at|loop"
    r"|bring (?:in|along)|pull (?:together|the|those)|correct|update|circulate|sign|review|upload|answer|let you know"
    r"|pass|ship|deliver|sort|fix|chase|warn|tell|order|print|file|submit|amend|change|finish|complete"
    r"|run (?:it|that|this) (?:past|by)|take (?:it|that|this) (?:to|up|back))\b"
)
_TO_WHOM = re.compile(
    r"^(?P<verb>send|share|forward|e-?mail|mail|give|get|show|write|draft|tell|ask)\s+(?:you|me|us|him|her"
    r"|them)(?:\s+(?:all|both|guys|two(?!\s+\w+(?:s|red|and)\b)))?\s+(?=\w)(?!(?:to|about|whether|if|how|back)\b)",
    re.I,
)
_NEUTRAL = (
    (re.compile(r"\blet (?:you|us|me|him|her|them) know\b", re.I), "give word"),
    (re.compile(r"\bintroduce (?:you|us|me) to\b", re.I), "make an introduction to"),
    (re.compile(r"\b(?:put|get) (?:you|us|me) in (?:touch|contact) with\b", re.I), "arrange contact with"),
    (re.compile(r"\bconnect (?:you|us|me) (?:with|to)\b", re.I), "arrange contact with"),
    (re.compile(r"\s+on (?:your|our|my) (?:side|end)\b", re.I), ""),
    (
        re.compile(
            r"\s+(?:for|to|with|by|from|past) (?:you|us|me)(?: (?:all|both|guys|two))?(?=\s*(?:[.,;]|$)"
            r"|\s+(?:in|on|at|by|from|about|and|as|with|to|for|before|after|next|again)\b)",
            re.I,
        ),
        "",
    ),
    (re.compile(r"\b(?:get|come|circle) back (?:to|with) you\b", re.I), "come back"),
    (re.compile(r"\b(?:your|our|my) own\b", re.I), "their own"),
    (re.compile(r"\b(?:your|our|my)\b", re.I), "the"),
    (
        re.compile(
            r"\b(what|that|which|whether|if|when|how|where|as|than|everything|anything)\s+(?:you|we"
            r"|i)\b(?!['’])",
            re.I,
        ),
        r"\1 they",
    ),
    (re.compile(r"\byou['’](?=(?:re|ve|ll|d)\b)", re.I), "they’"),
    (re.compile(r"\b(?:you|us|me)\b", re.I), "them"),
)
_TODAY = re.compile(r"\s*\b(?:first thing|later )?(?:this (?:morning|afternoon|evening)|today|tonight)\b", re.I)
_AFTERTHOUGHT = re.compile(
    r"[,.;]\s*(?:(?:would|could|can|will) you\b|if (?:you|that|possible)|let['’]s say|say|okay|ok|right|and then"
    r"|so that|because|is that|does that"
    r"|then you|and you|you can|which|i think|and they|and we|and i|but)\b.*$",
    re.I | re.S,
)
_ASIDES = (
    r"(?:(?:also|just|then|definitely|certainly|gladly|happily|personally|quickly|probably|maybe|at least|please"
    r"|be able to|say|suggest|like you to|go and|try to|try and)\s+)*"
)
_UNDERTAKEN = re.compile(
    r"\b(?:(?:i|we|you|he|she|they|somebody|someone|one of \w+)(?:['’](?:ll|d)|\s+(?:will|would|can|could|should|shall"
    r"|must|need to|needs to|have to|has to|want to)|['’]ve got to|['’](?:m|re)\s+(?:going to|gonna|happy to)|\s+(?:am"
    r"|are|is)\s+going to)|(?:i|we)['’](?:m|re)(?=\s+(?!going|trying|looking|doing|having|getting|thinking|saying"
    r"|talking|telling)\w+ing\b)|i(?=\s+(?:send|share|bring|ring|call|ask|write|check|book|do (?:the|a))\b)|let me"
    r"|let['’]s|let us|shall (?:i|we)|(?:can|could|will|would) (?:you or \w+|one of \w+|you|we|i|somebody|someone"
    rf"|\w+))\s+{_ASIDES}(?P<what>(?!(?:be|have to|like|love|say|think|know|see(?!\s+(?:the|him|her|mr|mrs|dr)\b)|want"
    r"|need|rather|not|never|say|suggest|figure|guess|hope|expect|settle|appreciate|believe)\b)[a-z]+\b.*)",
    re.I | re.S,
)
_TELLING_TO = re.compile(
    rf"^\W*(?:(?:and|so|but|then|okay|right|well|also|please|just)\b[\s,]*)*+(?P<what>{DOING}.*)", re.I | re.S
)
_HOLDS_IT = re.compile(
    r"(?:have|do|get|use|take)\s+(?:it|that|this|them|those|one)(?:\s+\w+|\s+(?:from|by|for|on|with|ready"
    r"|in)\b.*)?\W*$",
    re.I,
)
_DO_A = re.compile(r"^(?:do|have)\s+(?=(?:a|an|the|some)\b)", re.I)


def task_in(said: str) -> str:
    """What a clause says that somebody will do, is to do or is asked to do, however it is put; empty where nothing."""
    told = _TELLING_TO.match(said)
    if told:
        return told["what"]
    found = _UNDERTAKEN.search(said)
    return found["what"] if found and content_words(found["what"]) and not _HOLDS_IT.match(found["what"]) else ""


def task_said(words: str) -> str:
    """What is to be done, without whom it is sent to, by when, and what is said around it."""
    said = _DO_A.sub("", words.rstrip(" ?.!"))
    for deadline in reversed(find_deadlines(said)):
        said = said[: deadline.start] + said[deadline.end :]
    said = _AFTERTHOUGHT.sub("", _TODAY.sub("", said))
    said = _TO_WHOM.sub(lambda match: f"{match['verb']} ", said)
    return tidy(card(neutral(said)))


def neutral(said: str) -> str:
    """The task as anybody can read it, without "you" and "my": "find somebody for you" is to find somebody."""
    for words, instead in _NEUTRAL:
        said = words.sub(instead, said)
    return " ".join(said.split())
