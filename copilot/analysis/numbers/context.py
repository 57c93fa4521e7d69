"""Numbers that are no quantities: clock times, names of things, identifiers; and years, which are dates."""

from __future__ import annotations

from copilot.analysis.numbers import lexicon
from copilot.analysis.numbers.grammar import Draft, read_leaf, starts_number
from copilot.analysis.numbers.tokens import Token, glued, vocabulary, word_at
from copilot.analysis.numbers.words import ONES, TEENS, TENS, read_number

_CLOCK_AFTER = frozenset(("am", "pm", "o'clock", "oclock", "noon"))
_NOT_CLOCK_BEFORE = vocabulary(
    """
    we're are is it's its be being sits sitting stay stays were was stand stands running currently still now get
    start started i'm they're starts starting came come priced capped averaging looking
    """
)
_IDLE_ONES = frozenset(("seconds", "minutes"))
_ONE_FOLLOWS = vocabulary("from than least most about only just under over within exactly → -")
_HOURS = frozenset(ONES) | {"ten", "eleven", "twelve"} | {str(hour) for hour in range(1, 13)}
_BY_THE_CLOCK = frozenset(("before", "until", "till"))
_AT_HALF = _BY_THE_CLOCK | {"at", "by", "from"}
_AFTER_CLOCK = frozenset((".", ",", ";", "!", "?", "and", "at", "in", "on", "tonight", "every"))
_ORDINALS = frozenset(("st", "nd", "rd", "th"))


def day_at(tokens: list[Token], i: int) -> Draft | None:
    """The 14th, where a month or "by the" says that it is a day."""
    if tokens[i].kind != "number" or not glued(tokens, i + 1) or word_at(tokens, i + 1) not in _ORDINALS:
        return None
    if not tokens[i].word.isdigit() or not 1 <= int(tokens[i].word[:3]) <= 31:
        return None
    before, earlier = word_at(tokens, i - 1), word_at(tokens, i - 2)
    month_after = word_at(tokens, i + 2 + (word_at(tokens, i + 2) == "of")) in lexicon.MONTHS
    dated = before == "the" and earlier in ("by", "on", "before", "until", "till", "after", "for")
    if not (before in lexicon.MONTHS or month_after or dated):
        return None
    return Draft(i, i + 2, float(tokens[i].word), float(tokens[i].word), "date", "day")


def year_at(tokens: list[Token], i: int) -> Draft | None:
    """2026 or "twenty twenty-six", where no unit follows."""
    token = tokens[i]
    if token.kind == "number":
        if not (len(token.word) == 4 and token.word.isdigit() and 1990 <= int(token.word) < 2050):
            return None
        if glued(tokens, i + 1) and tokens[i + 1].kind != "mark":
            return None
        if word_at(tokens, i - 1) in lexicon.CURRENCIES or (word_at(tokens, i - 1) == "-" and glued(tokens, i)):
            return None
        leaf = read_leaf(tokens, i)
        if leaf is None or leaf.kind != "count" or (leaf.unit and word_at(tokens, i - 1) not in lexicon.YEAR_AFTER):
            return None
        return Draft(i, i + 1, float(token.word), float(token.word), "date", "year")
    if token.word == "two" and word_at(tokens, i + 1) == "thousand" and word_at(tokens, i - 1) in lexicon.YEAR_AFTER:
        leaf = read_leaf(tokens, i)
        is_year = leaf is not None and leaf.unit is None and leaf.kind == "count" and 2000 < leaf.low < 2050
        return Draft(i, leaf.last, leaf.low, leaf.low, "date", "year") if leaf and is_year else None
    century = {"nineteen": 1900, "twenty": 2000}.get(token.word)
    if century is None or not (word_at(tokens, i + 1) in TENS or word_at(tokens, i + 1) in TEENS):
        return None
    rest = read_leaf(tokens, i + 1)
    if rest is None or rest.unit or rest.scale != 1 or not 10 <= rest.low <= 99 or rest.low != int(rest.low):
        return None
    if century + rest.low >= 2050 or starts_number(tokens, rest.last):
        return None
    return Draft(i, rest.last, century + rest.low, century + rest.low, "date", "year")


def clock_end(tokens: list[Token], i: int) -> int | None:
    """Where a time of day that begins at `i` ends, or None: "nine thirty", "3 pm", "quarter to nine", "at ten"."""
    word = word_at(tokens, i)
    if word in ("quarter", "half"):
        if word == "half" and word_at(tokens, i - 1) in _AT_HALF and word_at(tokens, i + 1) in _HOURS:
            return i + 2
        past = word_at(tokens, i + 1) in ("past", "to") and starts_number(tokens, i + 2)
        return i + 3 if past and (word == "quarter" or word_at(tokens, i + 1) == "past") else None
    if word not in _HOURS:
        return None
    minutes = read_number(tokens, i + 1, ands=False) if starts_number(tokens, i + 1) else None
    end = i + 1 if minutes is None else minutes.end
    following = word_at(tokens, end)
    if following in _CLOCK_AFTER:
        return end + 1
    if following in ("a", "p") and word_at(tokens, end + 1) == "." and word_at(tokens, end + 2) == "m":
        return end + 3
    if minutes is not None:
        if minutes.value not in range(10, 60, 5) or minutes.scale != 1:
            return None
        after = read_leaf(tokens, i + 1)
        return minutes.end if after is not None and after.unit is None else None
    if word_at(tokens, i - 1) in _BY_THE_CLOCK and (end == len(tokens) or word_at(tokens, end) in _AFTER_CLOCK):
        return end
    if word_at(tokens, i - 1) != "at" or word_at(tokens, i - 2) in _NOT_CLOCK_BEFORE:
        return None
    leaf = read_leaf(tokens, i)
    return end if leaf is not None and leaf.unit is None and leaf.last == end else None


def identifier_end(tokens: list[Token], i: int) -> int | None:
    """Where a run of three or more numbers with nothing between them ends: a phone number or a reference read out."""
    if not starts_number(tokens, i) or (word_at(tokens, i + 1) not in "-/" and not starts_number(tokens, i + 1)):
        return None
    if [token.word for token in tokens[i : i + 4] if token.word not in "-/"][:3] == ["twenty", "four", "seven"]:
        return i + 3 + sum(token.word in "-/" for token in tokens[i : i + 4])
    count, at = 0, i
    while starts_number(tokens, at) and (number := read_number(tokens, at, ands=False)) is not None:
        count, at = count + 1, number.end
    if count >= 3:
        return at
    slashes, at = 0, i + 1
    while word_at(tokens, at) == "/" and glued(tokens, at) and glued(tokens, at + 1) and starts_number(tokens, at + 1):
        slashes, at = slashes + 1, at + 2
    return at if slashes >= 2 else None


def names(tokens: list[Token], draft: Draft) -> bool:
    """Whether the number names something and counts nothing: "phase 2", "day one", "version 2.4"."""
    before = word_at(tokens, draft.first - 1)
    measured = draft.kind != "count"
    if before in lexicon.LABELS:
        return not measured
    if before in lexicon.LABELS_OR_VERBS:
        return draft.unit is None
    earlier = word_at(tokens, draft.first - 2)
    return before in lexicon.LABEL_PERIODS and draft.unit is None and earlier not in ("a", "per", "every", "each")


def idle_one(tokens: list[Token], draft: Draft, last_end: int) -> bool:
    """Whether "one" is a pronoun or an idiom and no count: "the first one", "one of the things", "one second"."""
    if word_at(tokens, draft.first) not in ("one", "-") or draft.low != 1 or draft.last - draft.first > 6:
        return False
    if draft.unit is None:
        before, earlier = word_at(tokens, draft.first - 1), word_at(tokens, draft.first - 2)
        led = before in ("from", "→") or (before == "to" and (earlier in ("down", "up") or draft.first - 1 == last_end))
        return not led or word_at(tokens, draft.last) == "of"
    if draft.unit in _IDLE_ONES and word_at(tokens, draft.first + 1) in ("second", "sec", "moment"):
        return word_at(tokens, draft.first - 1) not in _ONE_FOLLOWS
    return draft.kind == "count" and draft.unit not in ("people", "times", "points")


def article_counts(tokens: list[Token], i: int) -> Draft | None:
    """As "a week" where the article counts: "it takes a week", "a year and a half", "a day or two"."""
    known = lexicon.DURATIONS.get(word_at(tokens, i + 1))
    if known is None or word_at(tokens, i + 1) != known[0].removesuffix("s"):
        return None
    draft = Draft(i, i + 2, 1, 1, "duration", known[0])
    following = [word_at(tokens, i + k) for k in (2, 3, 4)]
    if following == ["and", "a", "half"] or following[:2] == ["or", "two"]:
        return draft
    idle = known[0] in ("seconds", "minutes") and word_at(tokens, i - 1) in ("like", "to", "be", "just")
    ago = following[0] in ("ago", "later", "earlier")
    return draft if word_at(tokens, i - 1) in lexicon.A_COUNTS_AFTER and not idle and not ago else None


def doubles_as_digits(tokens: list[Token], draft: Draft) -> Draft | None:
    """Hundreds left unsaid: "one fifty k", "two twenty-five thousand", "one fifty dollars"."""
    if word_at(tokens, draft.first) not in ONES or draft.last != draft.first + 1 or draft.unit:
        return None
    if not (word_at(tokens, draft.last) in TENS or word_at(tokens, draft.last) in TEENS):
        return None
    rest = read_leaf(tokens, draft.last)
    if rest is None or (rest.scale < 1000 and rest.kind != "money") or not 10 <= rest.low / rest.scale <= 99:
        return None
    value = (draft.low * 100 + rest.low / rest.scale) * rest.scale
    return Draft(draft.first, rest.last, value, value, rest.kind, rest.unit, rest.per, rest.approx, rest.scale)
