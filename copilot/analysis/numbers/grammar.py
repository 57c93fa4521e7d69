"""From tokens to drafts of quantities: a number, then what it counts, per what, and how far it ranges."""

from __future__ import annotations

from typing import NamedTuple

from copilot.analysis.numbers import lexicon
from copilot.analysis.numbers.lexicon import Approx, Kind
from copilot.analysis.numbers.tokens import Token, glued, vocabulary, word_at
from copilot.analysis.numbers.words import BIG, NUMBER_WORDS, ONES, SCALES, SMALL, Number, read_number

_OTHER_SCALES = {"hundred": 100.0, "dozen": 12.0}
_AFTER_STARTS = frozenset(words[0] for words in lexicon.APPROX_AFTER)
_PER = frozenset(("per", "/", "a", "an", "each", "every"))
_HALVED_BEFORE = vocabulary("first second last other next this better")
_NOT_HALF_OF = frozenset(("past", "time", "way", "baked"))
_HALVING = vocabulary("cut cuts cutting slash slashed reduce reduced divide divided split")


class Draft(NamedTuple):
    """A quantity by tokens: `first` to before `last`. `scale` is the thousand or million said with it."""

    first: int
    last: int
    low: float
    high: float
    kind: Kind = "count"
    unit: str | None = None
    per: str | None = None
    approx: Approx | None = None
    scale: float = 1.0


def starts_number(tokens: list[Token], i: int) -> bool:
    return i < len(tokens) and (tokens[i].kind == "number" or tokens[i].word in SMALL)


def read_leaf(tokens: list[Token], i: int, *, ands: bool = True) -> Draft | None:
    """One number with its unit and `per`, without a look at what stands before it."""
    money, at = _currency(tokens, i)
    number, approx = _number(tokens, at, ands=ands, euro=money == "EUR")
    if number is None:
        return None
    if money and word_at(tokens, i) == "-":
        number = number._replace(value=-number.value)
    draft = Draft(i, number.end, number.value, number.value, approx=approx, scale=number.scale)
    if any(token.word == "grand" for token in tokens[at : number.end]):
        draft = draft._replace(kind="money")
    if money:
        draft = draft._replace(kind="money", unit=money)
        if lexicon.UNITS.get(word_at(tokens, draft.last)) == (money, "money"):
            draft = draft._replace(last=draft.last + 1)
    elif draft.kind == "count":
        found = _unit(tokens, draft)
        if found is None:
            return None
        draft = found
    return finish(tokens, draft)


def finish(tokens: list[Token], draft: Draft) -> Draft:
    """With what may follow a unit: "and a half", minutes after hours, a plus sign, "per week", "or so"."""
    if word_at(tokens, draft.last) == "+" and glued(tokens, draft.last):
        draft = draft._replace(last=draft.last + 1, approx="at_least")
        if draft.unit is None:
            draft = _unit(tokens, draft) or draft
    if draft.kind == "duration":
        draft = _compound(tokens, draft)
    draft = with_per(tokens, draft)
    if word_at(tokens, draft.last) in _AFTER_STARTS:
        for length in (3, 2, 1):
            after = lexicon.APPROX_AFTER.get(tuple(word_at(tokens, draft.last + k) for k in range(length)))
            if after is not None:
                return draft._replace(approx=after)
    return draft


def _currency(tokens: list[Token], i: int) -> tuple[str | None, int]:
    """The currency that stands before a number, and where the number begins."""
    at = i + 1 if word_at(tokens, i) == "-" and not glued(tokens, i) and glued(tokens, i + 1) else i
    if word_at(tokens, at) == "us":
        if not glued(tokens, at + 1) or at != i:
            return None, i
        return "USD", at + 1 + (word_at(tokens, at + 1) == "$")
    currency = lexicon.CURRENCIES.get(word_at(tokens, at))
    return (currency, at + 1) if currency else (None, i)


def _number(tokens: list[Token], i: int, *, ands: bool, euro: bool) -> tuple[Number | None, Approx | None]:
    at = i + 1 if word_at(tokens, i) == "a" and word_at(tokens, i + 1) == "couple" else i
    if word_at(tokens, at) == "couple":
        end = at + 1 + (word_at(tokens, at + 1) == "of")
        word = word_at(tokens, end)
        scale = (_OTHER_SCALES.get(word) or SCALES[word]) if word in BIG else 1.0
        return Number(2 * scale, end + (scale > 1), scale), "about"
    return read_number(tokens, i, ands=ands, euro=euro), None


def _unit(tokens: list[Token], draft: Draft) -> Draft | None:
    """With the unit that follows; None where letters are glued to the number that make it no quantity (5G, 14th)."""
    at = draft.last
    word = word_at(tokens, at)
    if word == "-" and glued(tokens, at) and glued(tokens, at + 1) and not starts_number(tokens, at + 1):
        return _compound_adjective(tokens, draft)
    if glued(tokens, at) and at < len(tokens) and tokens[at].kind in ("word", "opaque", "number", "date"):
        if word in ("x", "fold"):
            return draft._replace(last=at + 1, kind="multiple", unit="times")
        known = lexicon.GLUED_UNITS.get(word)
        return draft._replace(last=at + 1, unit=known[0], kind=known[1]) if known else None
    if word in ("×", "x", "fold"):
        return draft._replace(last=at + 1, kind="multiple", unit="times")
    if word in ("times", "time"):
        return _times(tokens, draft) if word == "times" else draft
    measured = _measure(tokens, at)
    if measured:
        return draft._replace(last=measured[2], unit=measured[0], kind=measured[1])
    return _counted(tokens, draft)


def _measure(tokens: list[Token], at: int) -> tuple[str, Kind, int] | None:
    word = word_at(tokens, at)
    pair = lexicon.UNIT_PAIRS.get((word, word_at(tokens, at + 1)))
    if pair:
        return *pair, at + 2
    known = lexicon.UNITS.get(word)
    return (*known, at + 1) if known and word not in "$€£" else None


def _compound_adjective(tokens: list[Token], draft: Draft) -> Draft | None:
    """With the unit of "48-hour" or "12-person"; a hyphen and any word make that word the unit."""
    at = draft.last + 1
    if word_at(tokens, at) == "fold":
        return draft._replace(last=at + 1, kind="multiple", unit="times")
    measured = _measure(tokens, at)
    if measured:
        return draft._replace(last=measured[2], unit=measured[0], kind=measured[1])
    if at < len(tokens) and tokens[at].kind == "word":
        return draft._replace(last=at + 1, unit=tokens[at].word)
    return draft


def _times(tokens: list[Token], draft: Draft) -> Draft:
    following = word_at(tokens, draft.last + 1)
    compared = following in lexicon.COMPARED and following != "that"
    return draft._replace(last=draft.last + 1, unit="times", kind="multiple" if compared else "count")


def _counted(tokens: list[Token], draft: Draft) -> Draft:
    """With the noun counted, at most two words on: "40 tickets", "40 open support tickets", "48 business hours"."""
    for at in range(draft.last, min(draft.last + 3, len(tokens))):
        word = tokens[at].word
        if tokens[at].kind != "word" or word in lexicon.NO_NOUN or word in NUMBER_WORDS or word in ("half", "couple"):
            break
        measured = _measure(tokens, at) if at > draft.last else None
        if measured and measured[1] in ("duration", "count"):
            return draft._replace(last=measured[2], unit=measured[0], kind=measured[1])
        if measured or (at > draft.last and word in lexicon.PER_ADVERBS):
            break
        if _is_plural(word):
            return draft._replace(last=at + 1, unit=word)
    return draft


def _is_plural(word: str) -> bool:
    if word in lexicon.IRREGULAR_PLURALS:
        return True
    return len(word) > 3 and word[-1] == "s" and word[-2] not in "su'i"


def _compound(tokens: list[Token], draft: Draft) -> Draft:
    """With "and a half" after the unit, and with the smaller unit that goes on: "an hour and 15 minutes"."""
    at = draft.last
    if [word_at(tokens, at + k) for k in range(3)] == ["and", "a", "half"]:
        return draft._replace(last=at + 3, low=draft.low + 0.5, high=draft.high + 0.5)
    part = lexicon.PARTS.get(draft.unit or "")
    at += word_at(tokens, at) == "and"
    if part is None or not starts_number(tokens, at):
        return draft
    number = read_number(tokens, at)
    if number and number.scale == 1e6 and word_at(tokens, number.end - 1) == "m" and part[0] == "minutes":
        number = Number(number.value / 1e6, number.end - 1)  # "1h 30m"
    measured = _part_unit(tokens, number.end) if number else None
    if number is None or measured is None or measured[0] != part[0] or not 0 <= number.value < part[1]:
        return draft
    value = draft.low + number.value / part[1]
    return draft._replace(last=measured[1], low=value, high=value)


def _part_unit(tokens: list[Token], at: int) -> tuple[str, int] | None:
    known = lexicon.DURATIONS.get(word_at(tokens, at))
    if known is None and glued(tokens, at) and word_at(tokens, at) == "m":
        known = ("minutes", "duration")
    return (known[0], at + 1) if known else None


def with_per(tokens: list[Token], draft: Draft) -> Draft:
    """With "per person per week", "a day", "/month", "each week", "weekly"."""
    parts: list[str] = [draft.per] if draft.per else []
    at = draft.last
    while len(parts) < 3:
        word, following = word_at(tokens, at), word_at(tokens, at + 1)
        if word in lexicon.PER_ADVERBS and (draft.kind in ("duration", "money") or draft.unit == "times"):
            parts, at = [*parts, lexicon.PER_ADVERBS[word]], at + 1
        elif word in _PER and _is_per(tokens, at, following):
            parts, at = [*parts, _one(following)], at + 2
        else:
            break
    return draft._replace(last=at, per=" per ".join(parts)) if at > draft.last else draft


def _is_per(tokens: list[Token], at: int, following: str) -> bool:
    word = tokens[at].word
    if word == "per":
        return following.isalpha()
    if word == "/":
        return following.isalpha() and glued(tokens, at) and glued(tokens, at + 1)
    return _one(following) in lexicon.PER_EACH and not _ago(tokens, at + 2)


def _one(word: str) -> str:
    known = lexicon.DURATIONS.get(word)
    singular = known[0].removesuffix("s") if known else word
    return lexicon.SAME_PER.get(singular, singular)


def _ago(tokens: list[Token], at: int) -> bool:
    following = word_at(tokens, at), word_at(tokens, at + 1)
    return following[0] in ("ago", "later", "earlier", "from") or following == ("or", "two")


def fraction_at(tokens: list[Token], i: int) -> Draft | None:
    """As in "half an hour", "half a million", "half of", "a third of", "two thirds", "three quarters of"."""
    word, following = word_at(tokens, i), word_at(tokens, i + 1)
    if word == "half" or (word in ("a", "one") and following == "half"):
        return _half(tokens, i, i + 1 + (word != "half"))
    before, part = word_at(tokens, i - 1), lexicon.FRACTIONS.get(following)
    if word in ("a", "an", "one") and part is not None:
        after = word_at(tokens, i + 2)
        share = after == "of" or (following != "quarter" and after in lexicon.FRACTION_OF)
        return Draft(i, i + 2, part, part, "ratio") if share or before in lexicon.FRACTION_AFTER else None
    hyphen = following == "-" and glued(tokens, i + 1)
    part = lexicon.FRACTIONS_PLURAL.get(word_at(tokens, i + 1 + hyphen))
    if part is None or word not in ONES:
        return None
    end = i + 2 + hyphen
    if word_at(tokens, end - 1) == "quarters" and word_at(tokens, end) not in lexicon.FRACTION_OF:
        return None
    return Draft(i, end, ONES[word] * part, ONES[word] * part, "ratio")


def _half(tokens: list[Token], i: int, at: int) -> Draft | None:
    before, word = word_at(tokens, i - 1), word_at(tokens, at)
    if before in _HALVED_BEFORE or word in _NOT_HALF_OF:
        return None
    if word == "-" and glued(tokens, at) and glued(tokens, at + 1):
        at, word = at + 1, word_at(tokens, at + 1)
    if word in ("a", "an"):
        at, word = at + 1, word_at(tokens, at + 1)
    if word in BIG or word == "dozen":
        scale = _OTHER_SCALES.get(word) or SCALES[word]
        draft = Draft(i, at + 1, scale / 2, scale / 2, "money" if word == "grand" else "count", scale=scale)
        return finish(tokens, (_unit(tokens, draft) if draft.kind == "count" else draft) or draft)
    measured = _measure(tokens, at)
    if measured and measured[0] != "people":
        return finish(tokens, Draft(i, measured[2], 0.5, 0.5, measured[1], measured[0]))
    if before == "in" and any(token.word in _HALVING for token in tokens[max(0, i - 5) : i]):
        return Draft(i, i + 1, 0.5, 0.5, "multiple", "times")
    return Draft(i, i + 1 + (word_at(tokens, i) != "half"), 0.5, 0.5, "ratio")
