"""Whether a quantity is told as past, present or wanted, from the words around it."""

from __future__ import annotations

import re
from typing import Literal

Moment = Literal["past", "present", "wanted"]

_PAST = r"""used\ to(?:\ be)? | was | were | before | previously | formerly | originally | initially | took | had\ been
    | last\ (?:year|quarter|month) | back\ then | started\ (?:at|with|from|out\ at) | (?:down|up|came)\ from"""
_NOW = (
    r"today | currently | right\ now | now | at\ the\ moment | these\ days | at\ present | as\ it\ stands | presently"
)
_PRESENT = rf"""{_NOW} | (?:we|you|they|it|that|this|i)(?:['’](?:re|s|m)|\ are|\ is|\ am|s|re)\ (?:still\ )?
      (?:at|on|around|about|running|taking|losing|spending|paying|seeing|doing|averaging|sitting|hovering|more\ like)
    | sit(?:s|ting)?\ at | hover\w* | take(?:s)? | run(?:s|ning)?\ at | averag\w+ | spend(?:s|ing)? | los(?:es?|ing)
    | costs? | costing | pay(?:s|ing)? | baseline | still"""
_REACHING = r"""goals? | target\w* | aim(?:s|ing)? | reach(?:es|ing)? | hit(?:ting)? | north\ star
    | (?:get|getting|bring|bringing|cut|reduce|lower|drop|take|push|move|raise|increase|grow|improve)\ (?:\S+\ ){0,4}?
      (?:to|below|under|above|over|down|up)
    | (?:down|up|back)\ to | (?:be|stay|come\ in)\ (?:at|below|under|above|over) | success"""
_WANTED = rf"""{_REACHING}
    | want(?:s|ed)?(?:\ to(?:\ see)?)? | need(?:s|ed)?(?:\ to)? | (?:would|['’]d)\ (?:like|love|be)
    | (?:like|love)\ to | hop(?:e|es|ing) | should\ be | ha(?:s|ve)\ to\ be | must | going\ to(?:\ be)? | gonna
    | (?:will|['’]ll)(?:\ be)? | plan(?:s|ned|ning)? | ideal(?:ly)? | expect(?:s|ing)? | commit(?:ted|ting)?"""
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<wanted>{_WANTED})|(?P<past>{_PAST})|(?P<present>{_PRESENT}))(?!\w)", re.IGNORECASE | re.VERBOSE
)
_AFTER = re.compile(
    rf"""(?<!\w)(?:(?P<present>{_NOW})
    |(?P<wanted>by\ (?:q[1-4]|the\ |end|next|year|mid|20|january|february|march|april|may|june|july|august
        |september|october|november|december)
      | (?:is|was|['’]s|would\ be)\ (?:the|our|my|their|your)\ (?:\w+\ )?(?:goal|target|aim|ask)
      | (?:is|['’]s)\ (?:what|where)\ (?:we|i|they)\ (?:want|need)
      | would\ be\ (?:great|good|ideal|perfect|amazing|fantastic|success))
    |(?P<past>before|previously|last\ (?:year|quarter|month)|back\ then|a\ year\ ago|originally))(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_REACH = re.compile(rf"(?<!\w)(?:{_REACHING})(?!\w)", re.IGNORECASE | re.VERBOSE)
_IS = re.compile(r"(?:\b(?:is|are|am|at)|['’](?:s|re|m))(?:[\s,]+\w+){0,3}[\s,]*$", re.IGNORECASE)
_MOMENTS: dict[str | None, Moment] = {"past": "past", "present": "present", "wanted": "wanted"}
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)")
_CLAUSE_END = re.compile(r"[.,;!?](?=\s|$)|\s(?:and|but|so|while|whereas)\s", re.IGNORECASE)
_WIDTH = 70


def words_before(text: str, start: int, floor: int) -> str:
    """The words that lead to a quantity, from the end of the one before it or of the sentence before it."""
    window = text[max(floor, start - _WIDTH) : start]
    ends = list(_SENTENCE_END.finditer(window))
    return window[ends[-1].end() :] if ends else window


def moment_of(text: str, start: int, end: int, floor: int, ceiling: int) -> tuple[Moment | None, int]:
    """When a quantity at `start` to `end` holds, and where the words about it end.

    `floor` is where the words about the quantity before it end, `ceiling` where the next one begins. The nearest cue
    before it decides; where there is none, a cue after it in the same clause, and last a plain "is" before it.
    """
    window = text[end : min(ceiling, end + _WIDTH)]
    clause = _CLAUSE_END.search(window)
    after = _AFTER.search(window, 0, clause.start() if clause else len(window))
    before = words_before(text, start, floor)
    cue = after
    for match in _BEFORE.finditer(before):
        cue = match
    moment: Moment | None = "present" if cue is None and _IS.search(before) else None
    if cue is not None:
        moment = _MOMENTS[cue.lastgroup]
    return moment, end + after.end() if after else end


def reaches(text: str, start: int, floor: int) -> bool:
    """Whether the words before name a level to get to ("goal", "get below", "down to"), and not merely a wish."""
    return _REACH.search(words_before(text, start, floor)) is not None
