"""A quote laid along a text word by word, as one lays two transcripts of the same words."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from copilot.analysis.language.words import content_words
from copilot.analysis.numbers.grammar import starts_number
from copilot.analysis.numbers.tokens import Token, tokens_of, vocabulary
from copilot.analysis.numbers.words import read_number

LEAST_TELLING = 4  # words of a quote that is not verbatim which tell it from others; fewer fit anywhere
LEAST_COVERED = 0.85  # of a quote's words
MOST_CELLS = 60_000  # words of the quote times words of the text
_TEXTS_REMEMBERED = 2048
_PUNCTUATION = frozenset('.,;:!?…"()')
_LONGER_BY = 1.5  # how much longer than the quote the stretch may be,
_LONGER_PLUS = 2  # and as many words beside

_FILLERS = vocabulary("um uh er erm ah hm hmm mm mhm like")
_NEGATIONS = vocabulary("not no never none nothing nobody nowhere neither nor without cannot hardly barely unless")
_WAYS = vocabulary(
    """
    up down more less fewer most least higher lower above below over under before after increase decrease increased
    decreased reduce reduced raise raised rise fall double halve faster slower earlier later better worse all some only
    if would could should might will won always sometimes least minimum maximum between against instead than too
    """
)
_SHORT = {"can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not")}


class Word(NamedTuple):
    """A word as it is compared, its place in the text, and whether a change of it changes what is said."""

    form: str
    start: int
    end: int
    decides: bool


def aligned(quote: str, text: str) -> str | None:
    """The stretch of `text` that a quote follows word by word, or None.

    Most of the quote's words stand there in the same order; every number, what it counts, every negation and every word
    that says which way stands on both sides; and the quote is long enough to mean this place. Or all of its words
    stand there in a row, wherever a recogniser or a model has put commas and full stops.
    """
    row = _in_a_row(quote, text)
    if row is not None:
        return row
    wanted, there = words_of(quote), words_of(text)
    telling = content_words(quote) | {word.form for word in wanted if word.decides}
    if len(wanted) * len(there) > MOST_CELLS or len(telling) < LEAST_TELLING:
        return None
    pairs = _pairs([word.form for word in wanted], [word.form for word in there])
    if len(pairs) < LEAST_COVERED * len(wanted):
        return None
    first, last = pairs[0][1], pairs[-1][1]
    if last - first + 1 > _LONGER_BY * len(wanted) + _LONGER_PLUS:
        return None
    met, met_there = {i for i, _ in pairs}, {j for _, j in pairs}
    if any(word.decides and i not in met for i, word in enumerate(wanted)):
        return None
    if any(there[j].decides and j not in met_there for j in range(first, last + 1)):
        return None
    return text[there[first].start : there[last].end]


def uncut(stretch: str, text: str) -> str:
    """A stretch of `text` with the rest of a word or number that it begins or ends within.

    "250 tickets" is not what "1,250 tickets" says, nor "able to" what "unable to" says.
    """
    found: list[str] = []
    at = text.find(stretch)
    while at >= 0:
        end = at + len(stretch)
        spans = _spans(text)
        start = next((a for a, b in spans if a < at < b), at)
        found.append(text[start : next((b for a, b in spans if a < end < b), end)])
        at = text.find(stretch, at + 1)
    return min(found, key=len, default=stretch)


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where each word and each number begins and ends, a number of several words as one."""
    tokens = tokens_of(text)
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        number = read_number(tokens, i) if starts_number(tokens, i) else None
        end = number.end if number else i + 1
        spans.append((tokens[i].start, tokens[end - 1].end))
        i = end
    return tuple(spans)


def _in_a_row(quote: str, text: str) -> str | None:
    wanted, there = _unpunctuated(quote), _unpunctuated(text)
    forms = [token.word for token in wanted]
    for at in range(len(there) - len(forms) + 1 if forms else 0):
        if [token.word for token in there[at : at + len(forms)]] == forms:
            return text[there[at].start : there[at + len(forms) - 1].end]
    return None


def _unpunctuated(text: str) -> list[Token]:
    return [token for token in tokens_of(text) if token.word not in _PUNCTUATION]


def words_of(text: str) -> list[Word]:
    """Words in lower case without fillers and immediate repetitions; a number is one word, however it is said."""
    tokens = tokens_of(text)
    words: list[Word] = []
    i = 0
    counted = False  # whether a number was just before: what it counts decides too
    while i < len(tokens):
        token = tokens[i]
        number = read_number(tokens, i) if starts_number(tokens, i) else None
        if number is not None:
            _add(words, f"{number.value:g}", token.start, tokens[number.end - 1].end, decides=True)
            i, counted = number.end, True
            continue
        i += 1
        if token.kind == "mark" and token.word not in "%$€£":
            continue
        if token.word in _FILLERS:
            continue
        for form in _forms(token.word):
            decides = counted or token.kind != "word" or form in _NEGATIONS or form in _WAYS
            _add(words, form, token.start, token.end, decides=decides)
        counted = False
    return words


def _forms(word: str) -> tuple[str, ...]:
    if word in _SHORT:
        return _SHORT[word]
    if word.endswith("n't"):
        return word.removesuffix("n't"), "not"
    return (_SIGNS.get(word, word),)


_SIGNS = {"%": "percent", "$": "dollars", "€": "euros", "£": "pounds"}


def _add(words: list[Word], form: str, start: int, end: int, *, decides: bool) -> None:
    if words and words[-1].form == form:
        words[-1] = words[-1]._replace(end=end)
    else:
        words.append(Word(form, start, end, decides))


def _pairs(wanted: list[str], there: list[str]) -> list[tuple[int, int]]:
    """Which word of the quote is which of the text: a longest common subsequence, as close together as can be.

    Words of the quote that are missing cost more than words of the text in between; those around it cost nothing.
    """
    missing, between = 4, 1
    rows = [[0] * (len(there) + 1)]
    for i, form in enumerate(wanted, start=1):
        above, row = rows[-1], [missing * i]
        for j, other in enumerate(there, start=1):
            best = min(above[j] + missing, row[-1] + between)
            row.append(min(best, above[j - 1]) if form == other else best)
        rows.append(row)
    return _traced(rows, wanted, there, missing)


def _traced(rows: list[list[int]], wanted: list[str], there: list[str], missing: int) -> list[tuple[int, int]]:
    j = min(range(len(there) + 1), key=rows[-1].__getitem__)
    i = len(wanted)
    pairs: list[tuple[int, int]] = []
    while i and j:
        if wanted[i - 1] == there[j - 1] and rows[i][j] == rows[i - 1][j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif rows[i][j] == rows[i - 1][j] + missing:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
