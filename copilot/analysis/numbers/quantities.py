"""Quantities in speech: money, shares, durations, counts, multiples, ratios and dates, each with the words as said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.analysis.numbers import context, lexicon
from copilot.analysis.numbers.grammar import Draft, finish, fraction_at, read_leaf, starts_number, with_per
from copilot.analysis.numbers.lexicon import Approx, Kind
from copilot.analysis.numbers.ranges import hedge_before, joined_range, merged, read_between
from copilot.analysis.numbers.tokens import Token, glued, tokens_of, vocabulary, word_at
from copilot.analysis.numbers.words import BIG, ONES, SMALL, read_number

_STARTS = (
    frozenset(SMALL)
    | BIG
    | frozenset(lexicon.MULTIPLES)
    | frozenset(lexicon.CURRENCIES)
    | vocabulary("a an half quarter couple once twice minus negative between q - dozen point")
)
_TENTHS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000))
_MOST_ONE_IN = 1000
_VAGUE = vocabulary("few several many the of")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity as said.

    `text` is the slice from `start` to `end`, without hedges ("about") and bounds ("under"), which are `approx`.
    `low` and `high` differ for a range only. A ratio is its quotient (0.2 for "one in five"), a multiple its factor
    (0.5 for "halved"), a percentage the number said. A date holds the number said: year, quarter or day of the month.
    `unit` is normalised ("percent", "USD", "hours", "people") or the noun as said ("tickets"); None where none was
    said, and for money in no named currency ("a grand"). `per` is singular, several joined: "person per week".
    """

    text: str
    start: int
    end: int
    low: float
    high: float
    unit: str | None
    per: str | None
    approx: Approx | None
    kind: Kind


@lru_cache(maxsize=4096)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity in the order said; spans never overlap. Of "sixty, sorry, sixteen" only the last."""
    return tuple(quantity for _, quantity in placed(text))


@lru_cache(maxsize=4096)
def placed(text: str) -> tuple[tuple[Draft, Quantity], ...]:
    """The quantities with their places among the tokens of `text`."""
    tokens = tokens_of(text)
    return tuple((draft, _quantity(text, tokens, draft)) for draft in _settled(tokens, list(_scan(tokens))))


def _quantity(text: str, tokens: list[Token], draft: Draft) -> Quantity:
    start, end = tokens[draft.first].start, tokens[draft.last - 1].end
    return Quantity(text[start:end], start, end, draft.low, draft.high, draft.unit, draft.per, draft.approx, draft.kind)


def _scan(tokens: list[Token]) -> Iterator[Draft]:
    i = last_end = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind not in ("number", "date") and token.word not in _STARTS:
            i += 1
            continue
        end, draft = _read(tokens, i, last_end)
        if draft is not None:
            yield draft
            last_end = end
        i = max(end, i + 1)


def _read(tokens: list[Token], i: int, last_end: int) -> tuple[int, Draft | None]:
    """What stands at `i`: where to go on, and the quantity, if it is one."""
    special = _special(tokens, i)
    if special is not None:
        special = _hedged(tokens, special)
        return special.last, special
    skipped = context.clock_end(tokens, i) or context.identifier_end(tokens, i)
    if skipped is not None:
        return skipped, None
    draft = context.article_counts(tokens, i)
    draft = finish(tokens, draft) if draft else _leaf(tokens, i)
    if draft is None:
        return _end_of_refused(tokens, i), None
    hedge, hedge_start = hedge_before(tokens, i)
    whole = _ratio(tokens, draft) or joined_range(tokens, draft, hedge_start) or _adjacent(tokens, draft) or draft
    if context.names(tokens, whole) or (whole is draft and context.idle_one(tokens, draft, last_end)):
        return whole.last, None
    return whole.last, whole._replace(approx=_stronger(hedge, whole.approx))


def _special(tokens: list[Token], i: int) -> Draft | None:
    """Dates, multiples, fractions and "between", which have words of their own."""
    token = tokens[i]
    if token.kind == "date":
        return _written_date(token, i)
    if token.word == "q":
        quarter = ONES.get(word_at(tokens, i + 1), 9)
        return Draft(i, i + 2, quarter, quarter, "date", "quarter") if quarter <= 4 else None
    if token.word == "between":
        return read_between(tokens, i)
    if token.word in lexicon.MULTIPLES:
        if glued(tokens, i + 1) or word_at(tokens, i + 1) in lexicon.NOT_MULTIPLE_BEFORE:
            return None
        factor = lexicon.MULTIPLES[token.word]
        return Draft(i, i + 1, factor, factor, "multiple", "times")
    if token.word in ("once", "twice"):
        return _so_often(tokens, i)
    if context.clock_end(tokens, i) is None:
        return fraction_at(tokens, i) or context.day_at(tokens, i) or context.year_at(tokens, i)
    return None


def _written_date(token: Token, i: int) -> Draft:
    digits = "".join(char if char.isdigit() else " " for char in token.word).split()
    value = float(digits[0])
    unit = {"q": "quarter", "h": "half", "f": "year"}.get(token.word[0])
    if unit is None:
        value, unit = max(float(part) for part in digits), "year"
    return Draft(i, i + 1, value, value, "date", unit)


def _so_often(tokens: list[Token], i: int) -> Draft | None:
    count = 1.0 if tokens[i].word == "once" else 2.0
    draft = with_per(tokens, Draft(i, i + 1, count, count, "count", "times"))
    if draft.per is None and word_at(tokens, i + 1) in lexicon.COMPARED and count == 2:
        return draft._replace(kind="multiple")
    return draft if draft.per or count == 2 else None


def _leaf(tokens: list[Token], i: int) -> Draft | None:
    word = tokens[i].word
    if word in ("a", "an") and word_at(tokens, i + 1) not in BIG | {"couple", "dozen"}:
        return None
    draft = read_leaf(tokens, i)
    if (
        draft is None
        or word == "grand"
        or (word == "point" and draft.kind == "count")
        or (word in BIG and (draft.kind == "count" or word_at(tokens, i - 1) in _VAGUE))
    ):
        return None
    if word == "a" and word_at(tokens, i + 1) == "grand" and draft.last == i + 2 and draft.last < len(tokens):
        following = tokens[draft.last]
        if following.kind == "word" and following.word not in lexicon.NO_NOUN:
            return None  # "a grand plan"
    return context.doubles_as_digits(tokens, draft) or draft


def _end_of_refused(tokens: list[Token], i: int) -> int:
    """Past a number whose letters make it something else, so that "3rd" or "5G" is not read again in parts."""
    number = read_number(tokens, i) if starts_number(tokens, i) else None
    return i + 1 if number is None else number.end


def _hedged(tokens: list[Token], draft: Draft) -> Draft:
    return (
        draft if draft.kind == "date" else draft._replace(approx=hedge_before(tokens, draft.first)[0] or draft.approx)
    )


def _stronger(before: Approx | None, after: Approx | None) -> Approx | None:
    return after if before in (None, "about") and after else before


def _ratio(tokens: list[Token], part: Draft) -> Draft | None:
    """As in "one in five", "nine out of ten", "4.4/5": part by whole, with the noun that follows as the unit."""
    at = part.last
    words = word_at(tokens, at), word_at(tokens, at + 1)
    if part.scale != 1 or (part.unit and (part.kind != "count" or words[0] != "in")):
        return None
    if words in (("out", "of"), ("of", "every")):
        at += 2 + (words[0] == "out" and word_at(tokens, at + 2) == "every")
    elif words[0] == "in" or (words[0] == "/" and glued(tokens, at) and glued(tokens, at + 1)):
        at += 1
    else:
        return None
    big = word_at(tokens, at) == "a" and word_at(tokens, at + 1) in BIG
    whole = read_leaf(tokens, at) if big or starts_number(tokens, at) else None
    if whole is None or whole.kind != "count" or not 0 <= part.low <= whole.low or whole.low == 0:
        return None
    usual = whole.low in _TENTHS or (part.low == 1 and whole.low <= _MOST_ONE_IN)
    if words[0] == "in" and not (part.low < whole.low and usual):
        return None
    share = part.low / whole.low
    return Draft(part.first, whole.last, share, share, "ratio", part.unit or whole.unit, whole.per)


def _adjacent(tokens: list[Token], low: Draft) -> Draft | None:
    """As in "five six weeks", "ten fifteen percent": a range without a word between."""
    if low.unit or not starts_number(tokens, low.last) or glued(tokens, low.last):
        return None
    high = read_leaf(tokens, low.last)
    if high is None or high.unit is None or not 0 < low.low < high.low <= 2 * low.low + 1:
        return None
    return merged(low, high)


def _settled(tokens: list[Token], drafts: list[Draft]) -> list[Draft]:
    """Without what was corrected at once, and with a unit left unsaid on one side of "to" taken from the other."""
    settled: list[Draft] = []
    for draft in drafts:
        if settled:
            before = settled[-1]
            between = [token.word for token in tokens[before.last : draft.first]]
            if _corrects(between) and _alike(before, draft):
                settled.pop()
                draft = _with_unit_of(draft, before)
            elif len(between) <= 4 and between[-1:] in (["to"], ["→"], ["into"]) and _alike(before, draft):
                settled[-1] = _with_unit_of(before, draft)
                draft = _with_unit_of(draft, before)
        settled.append(draft)
    return settled


def _corrects(between: list[str]) -> bool:
    return (
        0 < len(between) <= 7
        and not lexicon.CORRECTIONS.isdisjoint(between)
        and all(word in lexicon.CORRECTIONS or word in lexicon.CORRECTION_FILLERS for word in between)
    )


def _alike(one: Draft, other: Draft) -> bool:
    return (
        one.unit == other.unit
        or (one.unit is None and one.kind in ("count", other.kind))
        or (other.unit is None and other.kind in ("count", one.kind))
    )


def _with_unit_of(draft: Draft, other: Draft) -> Draft:
    if draft.unit is not None or draft.kind not in ("count", other.kind) or other.kind in ("ratio", "date", "multiple"):
        return draft
    return draft._replace(unit=other.unit, kind=other.kind)
