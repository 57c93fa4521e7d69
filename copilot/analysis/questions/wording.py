"""Questions in the customer's words, short enough to be said aloud.

What is filled in always stands between quotation marks of the playbook's, so a question reads well whether the words
name a thing or a deed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from copilot.analysis.language.clauses import clauses
from copilot.analysis.language.wording import as_spoken, card
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities
from copilot.domain.templates import fill, placeholders

MOST_WORDS_ASKED = 15
MOST_WORDS_OF_WHY = 12
_MOST_WORDS_NAMED = 7
_MOST_WORDS_KEPT = 9  # where a cut would change the meaning
_LEAST_WORDS_LEFT = 2
_OFTEN = content_words("once twice times hour shift day night week month quarter year hours days weeks months years")
_LEAST_CONTENT = 2  # content words that a told pain needs

_LEAD_IN = re.compile(
    r"^(?:(?:so|and|but|well|yes|yeah|okay|ok|honestly|basically|then|also|that|if)\b[\s,]*)*"
    r"(?:(?:we|i|they|you|he|she|it|our \w+|my \w+|the \w+)(?:['’](?:d|ll|ve|re|m|s))?\s+)?"
    r"(?:(?:really|just|also|still|would|do|does|did|have|has|had|are|is|got)\s+)*"
    r"(?:want(?:s|ed)?|need(?:s|ed)?|like|love|hop(?:e|ing)|aim(?:ing)?|plan(?:ning)?|try(?:ing)?|looking"
    r"|goal is|must|should)"
    r"\s+(?:to (?:be able to )?|for |that )?",
    re.I,
)
_DEMANDED = re.compile(
    r"\s+(?:ha(?:s|ve)(?: got)? to|needs? to|must|should|ought to)\s+(?P<verb>be|come|go|get|stay|stop|drop|fall|work"
    r"|improve|run|hold|stand|leave|arrive|reach|match|close|open|start|end|happen)\b",
    re.I,
)
_DOUBLED = frozenset(("get", "stop", "drop", "run"))
_UNDESIRED = re.compile(
    r"(?:(?:wrong|late|bad|missed|lost|failed|broken|duplicate|manual|unplanned|rejected|damaged|false|overdue|slow|poor)"
    r"(?: [\w'’-]+){1,3}|(?:[\w'’-]+ ){0,3}(?:churn|attrition|turnover|errors?|mistakes?|complaints?|delays?"
    r"|downtime|outages?|waste|scrap|rework|returns|no-shows|overtime|incidents?|defects?|bugs?|backlogs?|losses|penalties|fines|accidents?))",
    re.I,
)
_MOVED = re.compile(
    r"\b(?:fewer|less|lower|no|zero|down|up|cut\w*|reduc\w+|halv\w+|avoid\w*|eliminat\w+|stop\w*|better|faster|shorter"
    r"|short|without|end|fix\w*|more|at|below|under|from|to|lowering|prevent\w*|shrink\w*|minimi\w+|bring\w*|get\w*|drop\w*)\b",
    re.I,
)
_BARE_THING = re.compile(r"(?:an?|the|some|any)\s+\w+", re.I)
_UNFIT = re.compile(r"[“”\"{}<>|*_\[\]()]+")
_STOPS = re.compile(r"[;:?!…]+|(?<=\s)(?:,|\.(?!\d))+")
_CLAUSE_END = re.compile(
    r"[,;:.!?…]+(?:\s|$)|\s[–—-]\s|\s(?:because|so that|which|but|since|unless|although|while|and then|where|when"
    r"|who)\s",
    re.I,
)
_BOUNDARY = re.compile(r"^(?:with|without|for|so|that|in|on|of|by|to|from|and|or|before|after|at|than|as|into)$", re.I)
_MEASURE_BEFORE = re.compile(
    r"(?:\s+(?:comes?|goes|go|falls?|stays?|is|are|be|kept|held|flat|at least|at most|about|around|roughly|down|up"
    r"|back|last))*"
    r"(?:\s+(?:down|up|flat|from|to|by|under|below|above|over|at|than|less|more|fewer|about|around|roughly|least"
    r"|most))+$",
    re.I,
)
_MEASURES = frozenset({"money", "percent", "duration", "multiple", "ratio"})
_NEGATION = re.compile(r"\b(?:not|no|never|without|nobody|none|nothing|\w+n['’]t)\b", re.I)
_HANGING = re.compile(
    r"(?:\s+|^)(?:an?|the|of|to|for|and|or|in|with|our|your|their|my|by|from|at|on|that|is|are|be|this|than|as|into"
    r"|about|it|we|i|so|without|before|after|down|up|not|no|never|does|do|has|have|had|will|would|can|could|more|less"
    r"|very|too|if)$",
    re.I,
)


def named(text: str, quotes: Iterable[str] = (), *, with_figures: bool = False) -> str:
    """A few words that name an item: its lead-in and side clauses dropped, its case as spoken.

    A figure at its end goes too, unless it is part of what is wanted and the whole is short. `quotes` are its words as
    said; they tell whether its first letter is a name's. Empty where no few words would do it justice.
    """
    return _named(text, " ".join(quotes), with_figures)


@lru_cache(maxsize=1024)
def _named(text: str, said: str, with_figures: bool) -> str:
    bare = " ".join(_UNFIT.sub(" ", text).split())
    core = _LEAD_IN.sub("", bare, count=1) or bare
    core = _CLAUSE_END.split(core.strip(" .,;:!?…–—-'’"), maxsplit=1)[0]
    core = _DEMANDED.sub(lambda demand: f" {_gerund(demand['verb'].lower())}", core.strip(" .,;:!?…–—-'’"))
    whole = with_figures and len(core.split()) <= _MOST_WORDS_KEPT
    phrase = core if whole else _cut(_without_measure(core))
    phrase = " ".join(_STOPS.sub(" ", phrase).split())
    lost_too_much = len(phrase.split()) == 1 and len(bare.split()) > _LEAST_WORDS_LEFT
    if all(find_quantities(word) for word in content_words(phrase)) or _BARE_THING.fullmatch(phrase) or lost_too_much:
        return ""
    first, *others = phrase.split() or [""]
    return " ".join([as_spoken(first, said), *others])


def as_wanted(name: str) -> str:
    """What is wanted; of a name that only says what is not ("wrong rates"), to get that down."""
    return f"getting {name} down" if _UNDESIRED.fullmatch(name) and not _MOVED.search(name) else name


def _gerund(verb: str) -> str:
    """ "Being" for "be", so that "bills have to be right" can be named as "bills being right"."""
    stem = verb + verb[-1] if verb in _DOUBLED else verb[:-1] if verb.endswith("e") and verb != "be" else verb
    return f"{stem}ing"


def told(text: str, span: tuple[int, int]) -> str:
    """The clause at a place of a text, as it was said; empty where it is too long, or too short to be understood."""
    clause = next((c for c in clauses(text) if c.start <= span[0] < c.end), None)
    words = card(" ".join(_UNFIT.sub(" ", clause.said).split()), most_words=99) if clause else ""
    content = {word for word in content_words(words) if word not in _OFTEN and not find_quantities(word)}
    enough = len(content) >= _LEAST_CONTENT and not _HANGING.search(words)
    return words if enough and len(words.split()) <= _MOST_WORDS_NAMED else ""


def question_text(templates: Sequence[str], values: Mapping[str, str]) -> str | None:
    """The most specific wording whose values are all known and that is short enough."""
    return _first(templates, values, MOST_WORDS_ASKED)


def why_text(templates: Sequence[str], values: Mapping[str, str]) -> str | None:
    """The ground for asking, likewise."""
    return _first(templates, values, MOST_WORDS_OF_WHY)


def _first(templates: Sequence[str], values: Mapping[str, str], most_words: int) -> str | None:
    known = {name: value for name, value in values.items() if value}
    for template in templates:
        if placeholders(template) <= known.keys():
            text = fill(template, known)
            if len(text.split()) <= most_words:
                return _upper(text)
    return None


def _upper(text: str) -> str:
    """The first letter upper-case; within quotation marks too, since the sentence begins with them."""
    at = 1 if text[:1] == "“" else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def _without_measure(phrase: str) -> str:
    """ "Time to release down from six weeks to four" is about the time to release."""
    for quantity in find_quantities(phrase)[:1]:
        left = _MEASURE_BEFORE.sub("", phrase[: quantity.start].rstrip())
        told = quantity.kind in _MEASURES or re.search(r"\b(?:down|up|from|flat)\b", phrase[len(left) : quantity.start])
        if told and len(left) < len(phrase[: quantity.start].rstrip()) and len(left.split()) >= _LEAST_WORDS_LEFT:
            return phrase if _NEGATION.search(phrase[len(left) :]) else left
    return phrase


def _cut(phrase: str) -> str:
    """At most so many words, cut where a part ends; whole where a cut would lose a "not"."""
    words = phrase.split()
    if len(words) > _MOST_WORDS_NAMED:
        ends = [n for n in range(_LEAST_WORDS_LEFT + 1, _MOST_WORDS_NAMED + 1) if _BOUNDARY.match(words[n])]
        kept = " ".join(words[: ends[-1]]) if ends else ""
        if not kept or _NEGATION.search(" ".join(words[ends[-1] :])):
            return phrase if len(words) <= _MOST_WORDS_KEPT else ""
        phrase = kept
    while hanging := _HANGING.search(phrase):
        phrase = phrase[: hanging.start()].rstrip(" ,")
    return phrase
