"""The words of a measure, without what is said around them, and whether they name a thing at all."""

from __future__ import annotations

import re
from functools import lru_cache

from copilot.analysis.language.flaws import Flaw, flaw
from copilot.analysis.language.phrasing import tidy
from copilot.analysis.language.wording import named, reads_well
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities
from copilot.analysis.numbers.tokens import one_of, vocabulary

_MOST_WORDS = 9
_LOOKED_AT = re.compile(
    r"^(?:i|we|they|you)(?:['’](?:d|ll)|\s+(?:would|will|should|also|really|do))*\s+(?:look at|track|count|measure"
    r"|watch|report|follow|monitor|care about|go by)\s+(?!it\b|that\b|them\b|this\b)(?=\w)",
    re.I,
)
_LEADING = re.compile(
    "^"
    + one_of(
        r"""
        right_now currently today these_days at_the_moment separately also overall mostly fewer less more faster quicker
        shorter lower higher better reduc\w+ cut(?:ting)? lower\w* increas\w+ improv\w+ grow(?:ing)? rais\w+ shorten\w*
        speed(?:ing)?_up bring(?:ing)?_down get(?:ting)?_down halv\w+ doubl\w+ get bring push drive take keep have from
        the our my your if about for of and so when that now in on
        """
    )
    + r"\s+",
    re.I,
)
_TRAILING_WORDS = one_of(
    r"""
    (?:has|have|needs?|should|must|ought)(?:_to)?(?:_be|_come|_go|_get|_improve)? to_(?:be|come|go|get) be is are comes?
    goes gets? down up flat back under below above over from to by at within less_than more_than more better faster
    sooner lower higher quicker shorter right wrong improved? smoothly far much of about around than
    """
)
_TRAILING = re.compile(rf"\s*\b{_TRAILING_WORDS}\b(?:\s+(?:to|from|by|at|than|a|an|the))*\s*$", re.I)
_NO_NAME_WORDS = one_of(
    """
    and but so well yes yeah no because then if when what who how where which there here i we you he she they not now
    today currently last this next before after maybe probably about normally usually on_average
    """
)
_NO_NAME = re.compile(rf"^(?:\W*{_NO_NAME_WORDS}\b[\s\w]{{0,12}})$", re.I)
_OF_TELLING = one_of(
    r"""
    i you we he she it they me us them mine my your his her its their y['’]all nobody anybody somebody
    who when where wherever because though until than like same not maybe pretty front_of back_when
    was were is are be been has have had do does did can could would should may must don['’]t couldn['’]t \w+n['’]t
    said says goes went gone come comes took takes got gets? kept keeps? gives? sits? fails? depends? wants? needs?
    wish reckon know knows counted mind stamp thing okay yeah aye
    """
)
_OPENS_NO_NAME = one_of(
    """
    there then across among as half through within without in since between during before after part year years every
    one two three monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december spring summer autumn winter slide page to a an
    """
)
_TELLS = re.compile(
    rf"\b{_OF_TELLING}\b|['’](?:s|re|ll|d|ve)\s+(?:a|an|the|too|not|up|down|got|been|in|on|at|out|\w+ing)\b"
    rf"|^{_OPENS_NO_NAME}\b",
    re.I,
)
_RELATIVE = re.compile(r"(?<=\w)\s+(?:that|who|which)\s+(?!['’])\w+", re.I)
_BY_THE_WAY = re.compile(
    r"(?<=\w)\s+(?:first|(?:every|each)\s+(?:\w+\s+)?\w+|daily|weekly|monthly|quarterly|yearly|(?:wow|okay|yeah|right))$",
    re.I,
)
_TODAY = re.compile(r"\s+(?:today|right now|now|currently|at the moment)(?:\s+(?:is|was|are|takes))?$", re.I)
_MOST_NAME_WORDS = 8
_SAYS_NOTHING = vocabulary(
    "fewer less more faster normal averag year month week day hour minut number figur target goal case rest median"
    " total problem issu challeng situat idea plan stori pictur thing big biggest main worst top question point pain"
    " would huge great good hundr thousand million percent behind measur anyth count rate two three four five six seven"
    " eight nine ten twelv fifteen twenti thirti forti fifti half time max ya happen raw weekly monthly daili daily"
    " straight export quarter third second first last earli sign signal"
)


@lru_cache(maxsize=512)
def measure_name(words: str) -> str:
    """The words of a measure alone, without which way it is to go; empty where they name nothing."""
    name = _TODAY.sub("", named(_before_figures(_LOOKED_AT.sub("", words)), most_words=_MOST_WORDS))
    for _ in range(3):
        shorter = _TRAILING.sub("", _LEADING.sub("", name)).strip(" ,;:-–")
        if shorter == name or not shorter or " that " in name:
            break
        name = shorter
    if len(name.split()) > _MOST_NAME_WORDS:
        return ""
    name = tidy(_BY_THE_WAY.sub("", name))
    names_something = content_words(name) - _SAYS_NOTHING and reads_well(name) and not _NO_NAME.match(name)
    if not names_something or _tells(name) or any(q.start == 0 for q in find_quantities(name)):
        return ""
    return name[:1].upper() + name[1:]


def _tells(words: str) -> bool:
    """Whether somebody tells something; what a thing does by its name ("orders that come back") is no telling."""
    return bool(_TELLS.search(_RELATIVE.sub(" ", words)))


def names_a_thing(words: str) -> bool:
    """Whether words are the name of something that can be spoken of again, and no piece of talk."""
    if not content_words(words) - _SAYS_NOTHING or _tells(words) or not reads_well(words):
        return False
    return (
        not _NO_NAME.match(words) and flaw(words) is Flaw.NONE and not any(q.start == 0 for q in find_quantities(words))
    )


def _before_figures(words: str) -> str:
    """The words up to the first figure that does not open them."""
    first = next((q.start for q in find_quantities(words) if q.start > 0), None)
    return words if first is None else words[:first]
