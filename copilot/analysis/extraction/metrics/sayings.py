"""What a figure measures, in the words said: of "shifts fully staffed are at 81 per cent" the shifts fully staffed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copilot.analysis.extraction.metrics.words import measure_name
from copilot.analysis.language.phrasing import tidy
from copilot.analysis.language.wording import as_spoken
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import Quantity, is_number_word
from copilot.analysis.numbers.tokens import one_of

_IS = one_of(
    """
    is are was were ['’]s ['’]re takes? took sits? stands? runs? ran averages? averaged hovers? comes? came costs?
    reach(?:es|ed)? hits? goes went has_been have_been lasts? lasted (?:has|have|needs?)_to_(?:be|get|come|go)
    should_be must_be would_be
    """
)
_SOFT = one_of(
    """
    us them me now today currently right_now at about around roughly maybe almost nearly only over under below above
    still just usually typically normally already down up to in out between somewhere something_like like say on_average
    an_average_of running averaging sitting more_than less_than at_least at_most close_to more_like well a from what
    probably all
    """
)
_SOFTLY = rf"(?:{_SOFT}[\s,]+){{0,5}}"
_SUBJECT_BEFORE = re.compile(rf"(?P<name>[^,;:]{{3,80}}?)\s*\b{_IS}\s+{_SOFTLY}$", re.I)
_LEVEL_BEFORE = re.compile(
    r"(?P<name>[^,;:.]{3,80}?)\s*,?\s+(?:down|up|flat|steady|back)?\s*(?:from|under|below|above|over|at|to|by|of|around"
    r"|about)\s+(?:about\s+|around\s+|roughly\s+)?$",
    re.I,
)
_OF_AFTER = re.compile(r"^\s*(?:of\s+)?(?:(?:all|the|our|my|your|them|those|these)\s+)*(?P<name>[^,;:.!?]{3,80})", re.I)
_VERB_BEFORE = re.compile(
    r"\b(?:i|we|they|you)\s+(?:\w+ly\s+)?(?P<verb>spend|spent|lose|lost|churn|pay|paid|ship|shipped|release|close"
    r"|closed|miss|missed|waste|wasted|hire|hired|sell|sold|process|handle|get|see|have|had|do|did|make|made|leak"
    r"|leaked|burn|burned|burnt|book|booked)\s+"
    rf"{_SOFTLY}$",
    re.I,
)
_AFTER_VERB = re.compile(r"^\s*(?P<rest>(?:on|in|of|for|to|with)\s+[^,;:.!?]{3,60})", re.I)
_TAKES_BEFORE = re.compile(rf"\b(?:take|takes|took|needs?|needed)\s+{_SOFTLY}$", re.I)
_DEED_AFTER = re.compile(r"^\s*to\s+(?P<name>[a-z][^,;:.!?]{3,60})", re.I)
_ARE = re.compile(r"\s+(?:are|is|were|was)\s+(?=\w+(?:ed|en|t|ld|ne|wn)\b)", re.I)
_DEED_WITHIN = re.compile(
    r"\b(?:to|can|could|would|should|must|will|i['’]d|we['’]d)\s+(?P<name>(?!(?:be|have|get|is|are|like|want)\b)"
    r"[a-z]+\b[^,;:.!?]{2,50}?)\s+(?:in|within|inside|under|after)\s+(?:about\s+|around\s+|under\s+|less than\s+)?$",
    re.I,
)
_DEED_MEASURED = {"take": "Time to", "cost": "Cost to"}
_DEED_ASKED = re.compile(
    r"\bhow (?:long|many \w+|much(?: \w+)?) (?:does|do|did) it (?P<takes>take|cost)(?: you| them| us)? to"
    r"\s+(?P<name>[^,?.]{4,60}?)\s*(?:\b(?:today|now|right now|currently|at the moment)\b.*)?[?.]?$",
    re.I,
)
_QUESTION = (
    re.compile(
        r"^(?:\W*\b(?:so|and|but|okay|ok|right|now|then|well)\b[\s,]*)*+(?P<name>[^,?.]{4,70}),\s+(?:how|where|what|who"
        r"|does|do|is|are)\b",
        re.I,
    ),
    re.compile(
        r"\bwhere(?:['’]s|\s+(?:is|are|does|do|did))\s+(?P<name>[^,?.]{4,60}?)\s*(?:\b(?:today|now|right now|currently"
        r"|at the moment|sit|sitting|stand|standing|come from|need to be|now)\b.*)?[?.]?$",
        re.I,
    ),
    re.compile(
        r"\bhow (?:long|high|low|big|close|far off|often) (?:does|do|did|is|are|was|were"
        r"|would)\s+(?P<name>[^,?.]{4,60}?)\s*(?:\b(?:take|last|today|now|right now|currently|at the moment"
        r"|happen)\b.*)?[?.]?$",
        re.I,
    ),
    re.compile(
        r"\b(?:how (?:many|much)|what (?:share|percentage|proportion) of)\s+(?P<name>[^,?.]{4,60}?)\s*(?:\b(?:today"
        r"|now)\b.*)?[?.]?$",
        re.I,
    ),
    re.compile(
        r"\bwhat(?:['’]s|\s+(?:is|are|was|were))\s+(?:the|your)\s+(?P<name>[^,?.]{4,60}?)\s*(?:\b(?:today|now|right now"
        r"|currently|at the moment|like)\b.*)?[?.]?$",
        re.I,
    ),
    re.compile(r"\b(?:for|about) (?:the|your)\s+(?P<name>[^,?.]{4,50}?)[?.]?$", re.I),
)
_REPORTED = re.compile(
    r"\b(?:i|we|he|she|they|who|[A-Z]\w+)(?:['’]ll| will| would| already| also)?\s+(?:report|reports|track|tracks|count"
    r"|counts|measure|measures|publish|publishes|compile|compiles|monitor|monitors)\s+(?P<name>(?!it\b|that\b|this\b"
    r"|them\b|everything\b|on\b|to\b)[^,;:.!?]{3,60})",
    re.I,
)
_WHEN = re.compile(
    r"\s+(?:at|in|on|to|for|every|each|once|by|with)\s+(?:(?:our|the|my|a|each|every)\s+)?(?:\w+\s+){0,2}(?:review"
    r"|meeting|board|day|week|month|quarter|year|monday|tuesday|wednesday|thursday|friday|call|stand-?up|dashboard"
    r"|slide|report|weekly|monthly|quarterly|leadership|management|team)\b.*$"
    r"|\s+(?:daily|weekly|monthly|quarterly|yearly)$",
    re.I,
)
_HOW_MANY = re.compile(
    r"\bhow (?:many|much)(?: of the)?\s+(?P<noun>(?:(?!(?:is|are|was|were|have|has|do|does|we|they|you|i"
    r"|it)\b)[\w'’-]+\s+){0,3}?"
    r"[\w'’-]+)\s+(?:are|is|were|was|get|got)\s+(?P<done>\w+(?:\s+(?:at|by|the|in|on|back|night|first"
    r"|before)\b(?:\s+\w+){0,2})?)"
    r"|\bhow (?:many|much)(?: of the)?\s+(?P<what>(?:(?!(?:is|are|was|were|have|has|do|does|we|they|you|i|it"
    r"|of)\b)[\w'’-]+\s+){1,3}?)"
    r"(?:they|we|you|i|have|has|do|come|go)\b",
    re.I,
)
_INTRODUCED = re.compile(
    r"^(?:\W*\b(?:and|so|but|okay|then|well)\b[\s,]*)*+(?:(?:the|my|our|one|another)\s+)?(?:next|other|second|third|last"
    r"|first|biggest|main)(?:\s+(?:one|thing|figure|number|measure))?(?:\s+for (?:me|us))?(?:['’]s|\s+(?:is|was))"
    r"\s+(?P<name>\S.*)",
    re.I | re.S,
)
_IS_IT = re.compile(
    r"\s*,?\s+(?:is|was|are|were)\s+(?:the|our|my)\s+(?P<name>(?:average|median|share|number|time|rate|figure)\b[^,;:!?]{3,70})",
    re.I,
)
_HOW = re.compile(
    r"\bhow (?:many|much|often)\b[^,;.!?]{6,70}?"
    r"(?=\s+(?:if|and|so|or|then|today|now|before|after|because)\b|[,;.!?]|$)",
    re.I,
)
_MOST_HOW_WORDS = 12
_NOUNS = frozenset(("churn", "spend"))


@lru_cache(maxsize=1024)
def measured_in(said: str, start: int, end: int) -> str:
    """What the figure at these offsets of a clause measures; empty where the clause does not say."""
    return next(measured_by(said, start, end), "")


def measured_by(said: str, start: int, end: int) -> Iterator[str]:
    """What the figure at these offsets can measure, by what stands before and after it, the surest first."""
    if start < 0:
        return
    before, after = said[:start], said[end:]
    deed = _DEED_AFTER.match(after)
    if deed and _TAKES_BEFORE.search(before) and (name := measure_name(deed["name"])):
        yield f"Time to {as_spoken(name)}"
    verb = _VERB_BEFORE.search(before)
    if verb:
        rest = _AFTER_VERB.match(after)
        name = measure_name(f"{verb['verb']} {rest['rest']}") if rest else _as_noun(verb["verb"])
        yield from filter(None, (name,))
        return
    for pattern in (_SUBJECT_BEFORE, _LEVEL_BEFORE):
        found = pattern.search(before)
        if found and (name := measure_name(found["name"])):
            yield name
    counted = _OF_AFTER.match(after)
    if counted and (name := measure_name(_ARE.sub(" ", counted["name"], count=1))):
        yield name


def noun_counted(said: str, figure: Quantity) -> str:
    """What a figure counts by its own noun: of "twenty-six dumped collections last season" the dumped collections."""
    if figure.kind != "count" or figure.unit is None:
        return ""
    words = figure.text.split()
    noun = " ".join(words[next((n for n, word in enumerate(words) if not is_number_word(word)), len(words)) :])
    return (measure_name(noun + said[figure.end :]) or measure_name(noun)) if noun else ""


def reached_in(said: str, figure: Quantity) -> str:
    """What is done within a time: of "I'd find the fault in two months" the time to find the fault."""
    deed = _DEED_WITHIN.search(said[: figure.start]) if figure.kind == "duration" else None
    name = measure_name(deed["name"]) if deed else ""
    return f"Time to {as_spoken(name)}" if name else ""


@lru_cache(maxsize=512)
def measured_by_question(question: str) -> str:
    """What a question for a figure is about: of "where is first-year churn today?" the first-year churn."""
    deed = _DEED_ASKED.search(question.strip())
    if deed and (name := measure_name(deed["name"])):
        return f"{_DEED_MEASURED[deed['takes'].lower()]} {as_spoken(name)}"
    for pattern in _QUESTION:
        found = pattern.search(question.strip())
        if found and (name := measure_name(found["name"])):
            return name
    return ""


@lru_cache(maxsize=512)
def introduced_in(said: str) -> str:
    """What a clause brings up as the next thing to speak of: of "the second thing is the release" the release."""
    found = _INTRODUCED.match(said)
    return measure_name(found["name"]) if found else ""


def told_by(said: str, figure: Quantity) -> str:
    """What a figure that comes first is said to be: of "sixty days is the average to an answer" the average."""
    found = _IS_IT.match(said, figure.end) if not content_words(said[: figure.start]) else None
    return measure_name(found["name"]) if found else ""


@lru_cache(maxsize=512)
def asked_how_many(said: str) -> str:
    """The question for a figure within a clause: "how many times the car is not where it says it is"."""
    found = _HOW.search(said)
    name = tidy(found.group()) if found and len(content_words(found.group())) > 1 else ""
    return name if len(name.split()) <= _MOST_HOW_WORDS else ""


@lru_cache(maxsize=512)
def counted_in(said: str) -> str:
    """What somebody wants to know how many there are of: of "how many crates come back" the crates."""
    found = _HOW_MANY.search(said)
    if not found:
        return ""
    words = found["what"] or f"{found['noun']} {found['done']}"
    return measure_name(words)


@lru_cache(maxsize=512)
def reported_in(text: str) -> str:
    """The measure that somebody is said to report or count."""
    found = _REPORTED.search(text)
    return measure_name(_WHEN.sub("", found["name"])) if found else ""


def _as_noun(verb: str) -> str:
    return verb.capitalize() if verb.lower() in _NOUNS else ""
