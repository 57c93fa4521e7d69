"""Two numbers that are one range, and two that are a change."""

from __future__ import annotations

from copilot.analysis.numbers import lexicon
from copilot.analysis.numbers.grammar import Draft, read_leaf, starts_number
from copilot.analysis.numbers.lexicon import Approx
from copilot.analysis.numbers.tokens import Token, glued, vocabulary, word_at

_ANYWHERE = vocabulary("anywhere somewhere ranging ranges ranged range varies vary")
_MOVES = vocabulary(
    """
    went go goes going gone grew grow moved move jumped climbed improved fell dropped rose shrank
    """
)
_SOMETIMES = vocabulary("sometimes maybe possibly occasionally even or perhaps to -")
_HEDGE_ENDS = frozenset(words[-1] for words in lexicon.APPROX)
_WOULD = vocabulary("would we'd i'd you'd they'd he'd she'd")
# After one of these, "up to" is where something went and no bound.
_WENT = _MOVES | vocabulary(
    """
    get got gets getting bring brought take took took it them that back from came come all
    """
)


def hedge_before(tokens: list[Token], first: int) -> tuple[Approx | None, int]:
    """How exactly a quantity that begins at `first` is meant, and where the words that say so begin.

    A bound outweighs "about": "more than about six" is `at_least`.
    """
    found: Approx | None = None
    if word_at(tokens, first - 1) not in _HEDGE_ENDS:
        return None, first
    for _ in range(2):
        for length in (4, 3, 2, 1):
            at = first - length
            if at < 0:
                continue
            words = tuple(token.word for token in tokens[at:first])
            approx = lexicon.APPROX.get(words)
            if approx is None or (words == ("like",) and word_at(tokens, at - 1) in _WOULD):
                continue
            if words == ("up", "to") and word_at(tokens, at - 1) in _WENT:
                continue
            found, first = approx if found in (None, "about") else found, at
            break
        else:
            break
    return found, first


def moves(tokens: list[Token], first: int) -> bool:
    """Whether "A to B" at `first` is a way from A to B and no range: "from A", "went A to B"."""
    before = word_at(tokens, first - 1)
    if before == "from":
        return word_at(tokens, first - 2) not in _ANYWHERE
    return before in _MOVES


def joined_range(tokens: list[Token], low: Draft, hedge_start: int) -> Draft | None:
    """One range from the quantity `low` and what follows it, or None."""
    at, plain_to = _after_connector(tokens, low)
    if at is None or not (starts_number(tokens, at) or word_at(tokens, at) in lexicon.CURRENCIES):
        return None
    if plain_to and moves(tokens, hedge_start):
        return None
    high = read_leaf(tokens, at)
    return None if high is None else merged(low, high)


def read_between(tokens: list[Token], i: int) -> Draft | None:
    """As in "between thirty and forty percent", from the word "between" on."""
    low = read_leaf(tokens, i + 1, ands=False)
    if low is None or word_at(tokens, low.last) not in ("and", "to", "-", "&"):
        return None
    if not (starts_number(tokens, low.last + 1) or word_at(tokens, low.last + 1) in {"a", *lexicon.CURRENCIES}):
        return None
    high = read_leaf(tokens, low.last + 1)
    joined = None if high is None else merged(low, high)
    return None if joined is None else joined._replace(first=i)


def merged(low: Draft, high: Draft) -> Draft | None:
    """The range of two quantities that share unit and scale: "two to three million", "nine weeks or ten"."""
    shares_scale = low.scale == 1 and high.scale >= 1000 and low.low < high.low / high.scale
    if shares_scale and low.unit in (None, "USD", "EUR", "GBP"):
        low = low._replace(low=low.low * high.scale)
    comparable = low.unit == high.unit or low.unit is None or (high.unit is None and high.kind in ("count", low.kind))
    if not comparable or (low.unit is None and low.kind == "money" and high.kind != "money") or not low.low < high.high:
        return None
    base = high if low.unit is None else low
    return base._replace(
        first=low.first,
        last=high.last,
        low=low.low,
        high=high.high,
        per=high.per or low.per,
        approx=low.approx or high.approx,
        scale=max(low.scale, high.scale),
    )


def _after_connector(tokens: list[Token], low: Draft) -> tuple[int | None, bool]:
    """Where the second number of a range may begin, and whether a plain "to" leads to it."""
    at = low.last
    word = word_at(tokens, at)
    if word in ("to", "-"):
        return (at + 1, word == "to") if word == "to" or _is_dash(tokens, at) else (None, False)
    if word == "or":
        return at + 1 + (word_at(tokens, at + 1) in _SOMETIMES), False
    if word == ",":
        at, word = at + 1, word_at(tokens, at + 1)
        if low.unit is None and starts_number(tokens, at) and _listed(tokens, low, at):
            return at, False
    if word in _SOMETIMES and word not in ("to", "-"):
        return at + 1 + (word_at(tokens, at + 1) in _SOMETIMES), False
    return None, False


def _is_dash(tokens: list[Token], at: int) -> bool:
    """A dash between two numbers, spaced on both sides or on neither; "-60" after a space is a negative number."""
    return glued(tokens, at) == glued(tokens, at + 1) or glued(tokens, at)


def _listed(tokens: list[Token], low: Draft, at: int) -> bool:
    """Whether "nine, ten weeks" is meant as a range: the second a little more, and a unit after it."""
    high = read_leaf(tokens, at)
    return high is not None and high.unit is not None and 0 < low.low < high.low <= 2 * low.low + 1
