"""When something is due, as people say it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_SURE_MONTH = _MONTH.replace("march|", "").replace("|may", "").replace("|mar|", "|").replace("|dec", "")
_DAY_NAME = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_TIME = r"(?:\ (?:morning|afternoon|evening|night|noon|at\ noon|end\ of\ (?:day|business)|eod))?"
_ORDINAL = (
    r"(?:[0-3]?[0-9](?:st|nd|rd|th)"
    "|(?:twenty[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    "|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth"
    "|twentieth|thirtieth|thirty[ -]first)"
)
_YEAR = r"(?:20[0-9]{2}|twenty\ twenty[ -](?:five|six|seven|eight|nine)|twenty\ thirty)"
_COUNT_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|forty[ -]five|sixty|ninety"
)
_COUNT = rf"(?:[0-9]{{1,3}}|{_COUNT_WORD}|an?|a\ couple\ (?:of)?|couple\ of|few|a\ few)"
_PERIOD = r"(?:(?:business|working|calendar)\ )?(?:hours?|days?|weeks?|months?|quarters?|years?)"
_QUARTER = r"(?:q\ ?(?:[1-4]|one|two|three|four)|(?:the\ )?(?:first|second|third|fourth|last)\ quarter|h[12])"
_PART = r"(?:early|mid|late|(?:the\ )?(?:end|start|beginning|middle|close|first\ half|second\ half)\ of)[ -](?:the\ )?"
_SPAN = (
    rf"(?:(?:this|next|the|our|fiscal|calendar)\ ){{0,2}}(?:day|week|month|quarter|year|fiscal\ year|{_MONTH}|{_YEAR})"
)
_EVENT = (
    "meeting|review|call|launch|renewal|kick-?off|go-?live|demo|board|offsite|conference|qbr|workshop|holidays?|summer"
    "|christmas|thanksgiving|audit|deadline|freeze|vacation|event|session|sync|standup|summit|steerco|presentation|release"
)

# What names a day or a period by itself, and what does so only behind a preposition.
_ALONE = rf"""
    (?:(?:this|next|coming|following)\ )?(?:{_DAY_NAME}){_TIME}(?!s)
  | (?:the\ )?day\ after\ tomorrow | tomorrow{_TIME} | tonight | later\ (?:today|this\ week)
  | (?:next|this\ coming)\ week | next\ (?:month|quarter|year|{_MONTH})
  | end\ of\ (?:day|business) | close\ of\ business | eo[dwmqy] | cob
  | {_PART}(?:{_QUARTER}(?:\ (?:of\ )?{_YEAR})?|{_SPAN}) | year[ -]end
  | {_QUARTER}(?:\ (?:of\ )?{_YEAR})?
  | (?:{_MONTH})\ (?:the\ )?{_ORDINAL}(?:,?\ {_YEAR})? | (?:{_MONTH})\ [0-3]?[0-9](?![0-9%])(?:,?\ {_YEAR})?
  | (?:the\ )?{_ORDINAL}\ of\ (?:{_MONTH}|(?:this|next|the)\ month)(?:,?\ {_YEAR})?
  | (?:{_SURE_MONTH})\ {_YEAR} | [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}
"""
_LED = rf"""
    {_SPAN} | the\ {_ORDINAL} | today | then | (?:{_MONTH})(?:\ {_YEAR})? | [0-9]{{1,2}}/[0-9]{{1,2}}(?:/[0-9]{{2,4}})?
  | (?:noon|midnight)(?:\ (?:today|tomorrow|on\ (?:{_DAY_NAME})))?
  | [0-9]{{1,2}}(?::[0-9]{{2}})?\ ?(?:am|pm)(?:\ (?:today|tomorrow|on\ (?:{_DAY_NAME})))?
"""
_DEADLINE = re.compile(
    rf"""(?<![\w'’])(?:
      (?:(?:no\ later\ than|by|before|until|till|on|due|through|for|in|around|at|over|during)\ )(?P<at>{_ALONE})
    | (?:(?:no\ later\ than|by|before|until|till|due|due\ by)\ )(?P<led>{_LED})
    | (?:on|for)\ (?P<day>the\ {_ORDINAL})(?=\W*(?:$|[.,;!?]|(?:and|with|at|to|so|then)\ ))
    | (?:in|within|over|during)\ (?P<within>(?:the\ )?(?:next|first|coming|following)?\ ?{_COUNT}
        (?:\ ?(?:-|–|to|or)\ ?{_COUNT})?[ -]{_PERIOD})(?!\ (?:ago|before))
    | (?:within|over|in)\ (?P<period>the\ (?:next|coming)\ {_PERIOD}|(?:this|a)\ (?:week|month|quarter))
    | (?:by|before|ahead\ of|in\ time\ for|prior\ to)\ (?P<event>(?:(?:the|our|your|their|my|this|that|next|his|her)\ )?
        (?:(?!the\ |our\ |we\ |i\ )[\w-]+\ ){{0,3}}(?:{_EVENT})(?:\ (?:meeting|review|call|season|party))?)
    | (?P<alone>{_ALONE})
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|evening|week))\b(?!['’])", re.IGNORECASE)
_PROMISED = re.compile(
    r"(?:['’]ll|\bwill|\blet me|\bcan you|\bcould you|\bplease)\b(?P<task>[^.?!]{0,60})$", re.IGNORECASE
)
_PROMISE_REACH = 70
# What is told to have happened by then: "the list that we went through", "the numbers Ben showed us", "the notes from".
_PAST = "went|saw|gave|took|wrote|spoke|came|did|was|were|broke|ran|showed|began|knew"
_PAST_BEHIND_ITS_SUBJECT = (
    r"\w*[^\We]ed|agreed|found|made|sent|told|said|had|got|brought|met|heard|lost|kept|built|held|left|caught|felt"
    r"|thought|bought|seen|done|gone|given|shown|written|spoken|been"
)
_BY_THEN = re.compile(
    rf"""\b(?:{_PAST}
    | (?<!get\ )(?<!have\ )(?<!keep\ )(?:who|that|which|what|i|we|you|he|she|they|(?-i:[A-Z])\w+)
      (?:['’](?:ve|s|d|re))?\s(?:(?:have|has|just|all|also|already|\w+ly)\s){{0,2}}(?:{_PAST_BEHIND_ITS_SUBJECT})
    )\b(?:(?!\band\b)[^,;:])*$
  | \b(?:from|of|since)\s$""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due: `text` from `start` to `end` as said, and `when`, the same without its preposition."""

    text: str
    start: int
    end: int
    when: str


def find_deadlines(text: str) -> list[Deadline]:
    """Every deadline in order, never overlapping: "by Friday", "end of Q2", "in the next 30 days", "before the call".

    A weekday or "tomorrow" counts by itself; a month, "the 14th" or an event only behind a preposition; "today" and
    "this week" also behind a promise ("I'll send it today"), if not of what has happened ("what we found this week").
    """
    found = [
        Deadline(match.group(), match.start(), match.end(), match[match.lastgroup or 0])
        for match in _DEADLINE.finditer(text)
    ]
    for match in _TODAY.finditer(text):
        start, end = match.span()
        apart = all(end <= other.start or start >= other.end for other in found)
        if apart and _is_promised(text[max(0, start - _PROMISE_REACH) : start]):
            found.append(Deadline(match.group(), start, end, match.group()))
    return sorted(found, key=lambda deadline: deadline.start)


def _is_promised(before: str) -> bool:
    """Whether the words before "today" promise something, and tell of nothing that has happened by then."""
    promise = _PROMISED.search(before)
    return promise is not None and not _BY_THEN.search(promise["task"])
