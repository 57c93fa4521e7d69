"""Figures as readings of a measure: where it stands, and where it is to get to, each as said."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from copilot.analysis.extraction.antecedents import clause_at
from copilot.analysis.language.clauses import Clause
from copilot.analysis.numbers import Quantity, find_changes, find_quantities
from copilot.analysis.numbers.changes import of_any_unit
from copilot.analysis.numbers.tokens import one_of

Side = Literal["baseline", "target"]

_TOWARDS = one_of(
    r"""
    down_to up_to get_to to_get_(?:it_|that_|them_)?to below under less_than fewer_than at_least at_most no_more_than
    target(?:_of|_is|_was|ing)? goal(?:_of|_is|_was)? aim(?:ing)?_for aim(?:_is)? should_be ha(?:s|ve)_to_be
    needs?_to_be must_be hit reach closer_to live_with happy_with threshold(?:_is)? promised committed_to
    """
)
_NEARLY_AT = one_of("about around roughly maybe say like just well a the an something_like")
_BEFORE_TARGET = re.compile(rf"(?:\b{_TOWARDS}\b)\s*{_NEARLY_AT}?\s*$", re.I)
_AFTER_TARGET = re.compile(
    r"^\W*(?:or (?:less|better|fewer|more|under|below)|(?:would|['’]d) be|i (?:could|can) live with"
    r"|is (?:the|my|our) (?:target|goal|aim)|is where|(?:or so )?(?:would|could) (?:do|work)|tops|at most|maximum"
    r"|minimum)\b",
    re.I,
)
_STANDING = one_of(
    r"""
    from is are was were it['’]?s that['’]?s we['’]re we_are i['’]m currently today now takes? took
    averag(?:es?|ed|ing) spend spent lose lost stands? sits? runs? running hover\w* at cost(?:s|ing)? pay paid get see
    seeing have had wait still
    """
)
_NEARLY = one_of(
    r"""
    at about around roughly maybe approximately almost nearly over only just something_like like say currently somewhere
    between what , \.\.\. an_average_of on_average anywhere_from close_to a_good some still now
    """
)
_BEFORE_BASELINE = re.compile(rf"(?:\b{_STANDING}\b)(?:\s+us|\s+them|\s+me)?\s*{_NEARLY}*\s*$", re.I)
_TELLS_LEVEL = re.compile(
    r"\b(?:takes?|took|averag(?:es?|ed|ing)|we spend|we spent|we lose|we lost|we pay|we paid|we['’]re (?:still )?at"
    r"|we are at|costs? us|running at|sits? at|stands? at|hover\w*)\b"
    r"(?:\s+(?:us|them|me|at|about|around|roughly|maybe|almost|nearly|over|only|just|like|what|now|,))*\s*$",
    re.I,
)
_NOW = re.compile(
    r"\b(?:today|currently|right now|at the moment|these days|last (?:year|quarter|month|week)|at present|so far"
    r"|baseline|normally|usually|on average|when (?:i|we) (?:last )?(?:counted|measured|checked)|comes? out"
    r"|to be exact)\b",
    re.I,
)
_WISH = re.compile(
    r"\b(?:want|would like|['’]d like|['’]d love|need|has to|have to|must|should|goal|target|aim|hope|hoping"
    r"|get (?:it|that|this) (?:down|up|to|under|below)|live with|would be|could be"
    r"|by (?:the end|year|q[1-4]|next|christmas|summer)|if (?:we|i|half|most|all)|i['’]ll believe|good enough)\b",
    re.I,
)
_ASKS_TARGET = re.compile(
    r"\b(?:target|goal|aim|need(?:s)? to be|should (?:it|that|they) be|would be good|be good|good look|great look"
    r"|like (?:it|that|them) to be|want(?: it| that)?|where (?:do|would|does|should)|live with|acceptable|success"
    r"|down to|up to|get (?:it |that )?to|what would|threshold|enough|hoping|realistic)\b",
    re.I,
)
_ASKS_BASELINE = re.compile(
    r"\b(?:today|current(?:ly)?|right now|at the moment|now|baseline|where (?:is|are|does) (?:it|that|you|they"
    r"|that number)|how (?:long|many|much|often|close|high|low|big|bad) (?:is|are|do|does|did|has|have)"
    r"|what (?:is|are|was|were) (?:it|that|they|you|the|your)|last year|take(?:s)? (?:you )?(?:today|now))\b",
    re.I,
)
_PICKS_OUT = re.compile(r"\b(?:first|last|next|other|those|these)\s*$", re.I)  # "the first two": which, not how many
_UNBEARABLE = re.compile(
    r"\b(?:can['’]?t|cannot|couldn['’]t) (?:live|go on|work) with\b|\btoo (?:many|much|long|high|slow)\b", re.I
)
_DELTA = re.compile(r"\bby\s*(?:about|around|roughly|at least|maybe|some|a|another)?\s*$", re.I)
_RATIO = re.compile(r"^[\w,.-]+ (?:in|out of) [\w-]+(?: (?:hundred|thousand))?", re.I)
_LOOK_BACK = 48


class Reading(NamedTuple):
    """A figure as said, its clause, and whether it says where things stand or where they are to get."""

    value: str
    side: Side | None
    quantity: Quantity
    clause: Clause


def readings(text: str, question: str | None = None) -> tuple[Reading, ...]:
    """The figures of an utterance that measure something, in order; the question it answers helps to tell their side.

    Dates are none. The side is None where nothing tells.
    """
    return _readings(text, question or "")


@lru_cache(maxsize=512)
def _readings(text: str, question: str) -> tuple[Reading, ...]:
    told = _told(text)
    found: list[Reading] = []
    for quantity in find_quantities(text):
        if quantity.kind == "date" or _PICKS_OUT.search(text[: quantity.start]):
            continue
        clause = clause_at(text, quantity.start)
        side = told.get(quantity.start) or _side(text, quantity, clause, question)
        found.append(Reading(as_said(quantity), side, quantity, clause))
    return tuple(found)


def as_said(quantity: Quantity) -> str:
    """The figure's words; of a ratio, only the ratio itself."""
    if quantity.kind == "ratio":
        ratio = _RATIO.match(quantity.text)
        if ratio:
            return ratio.group()
    return quantity.text


def same_measure(a: Quantity, b: Quantity) -> bool:
    """Whether two figures can read one measure: of one kind, or one of them a factor, or without what it counts."""
    if "multiple" in (a.kind, b.kind):
        return True
    if a.kind == b.kind:
        return a.kind != "count" or a.unit == b.unit or None in (a.unit, b.unit)
    return of_any_unit(a, b) or of_any_unit(b, a)


def _told(text: str) -> dict[int, Side]:
    """Sides of the figures that stand in a change from one to another, by their offsets."""
    sides: dict[int, Side] = {}
    for change in find_changes(text):
        if change.baseline is not None and change.target is not None and change.direction is not None:
            sides[change.baseline.start] = "baseline"
            sides[change.target.start] = "target"
    return sides


def _side(text: str, quantity: Quantity, clause: Clause, question: str) -> Side | None:
    before = text[max(0, quantity.start - _LOOK_BACK) : quantity.start]
    said_before = clause.said[: max(0, quantity.start - clause.start)]
    if _UNBEARABLE.search(clause.said):
        return "baseline"
    if _DELTA.search(before):
        return "target" if _WISH.search(clause.said) or not _NOW.search(clause.said) else None
    if _AFTER_TARGET.match(text[quantity.end : quantity.end + 40]):
        return "target"
    if _WISH.search(said_before) and not _NOW.search(clause.said):
        return "target"
    if _TELLS_LEVEL.search(before) and not _WISH.search(clause.said):
        return "baseline"
    if _NOW.search(clause.said):
        return "baseline"
    if question and _ASKS_BASELINE.search(question) and not _ASKS_TARGET.search(question):
        return "baseline"
    if question and _ASKS_TARGET.search(question):
        return "target"
    if _BEFORE_BASELINE.search(before):
        return "baseline"
    return "target" if _BEFORE_TARGET.search(before) or _WISH.search(clause.said) else None
