"""No quote, no claim: whether words stand where they are said to stand, and figures too.

A quote is looked for as it stands, then word by word. What is found is the stretch of the utterance itself, so that
nothing is ever quoted that was not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from copilot.analysis.alignment import aligned, uncut
from copilot.analysis.language.unseen import UNSEEN
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities, numbers_in, same_value, spoken_products
from copilot.domain.call import Utterance
from copilot.domain.items import Evidence

_TEXTS_REMEMBERED = 2048
_LEAST_WORDS = 4  # of a quote that is looked for in another utterance than the one named
_REACH = 150  # utterances on either side in which it is looked for
_ELISION = re.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\.{3,}|…)\s*")
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
_WORD = re.compile(r"[^\W_]+")


def verbatim(quote: str, text: str) -> str | None:
    """The slice of `text` that `quote` names, letter for letter, or None.

    An exact substring first; else one that differs in case, white space, kinds of quotation marks and letters that
    nobody sees, returned as the text has it.
    """
    if quote and quote in text:
        return quote
    wanted = _squeezed(quote)
    if not wanted or wanted not in _squeezed(text):
        return None
    letters, offsets = _letters(text)
    at = letters.find(wanted)
    return text[offsets[at] : offsets[at + len(wanted) - 1] + 1] if at >= 0 else None


def stretches(quote: str, text: str) -> tuple[str, ...]:
    """The slices of `text` that a quote names, in order; none where it was not said like that.

    Verbatim, or else word by word (`copilot.analysis.alignment`): a stutter mended, digits for words. Of a quote with
    elisions every part has to stand, one after the other.
    """
    whole = verbatim(quote, text)
    if whole is not None:
        return (whole,)
    parts = [part for part in _ELISION.split(quote) if _WORD.search(part)]
    if len(parts) < 2:
        stretch = aligned(quote, text)
        return (stretch,) if stretch else ()
    found: list[str] = []
    rest = text
    for part in parts:
        stretch = verbatim(part, rest) or aligned(part, rest)
        if stretch is None:
            return ()
        found.append(stretch)
        rest = rest[rest.index(stretch) + len(stretch) :]
    return tuple(found)


def grounded(evidence: Iterable[Evidence], utterances: Sequence[Utterance]) -> tuple[Evidence, ...]:
    """The evidence that stands, each once, its quotes made verbatim.

    A quote that stands, letter for letter, in another utterance than the one it names is given the right index: the
    nearest, if it has enough words to be told apart.
    """
    standing: dict[Evidence, None] = {}
    for piece in evidence:
        i, quotes = _placed(piece, utterances)
        standing.update(dict.fromkeys(Evidence(utterance=i, quote=quote) for quote in quotes))
    return tuple(standing)


def unsaid_numbers(claim: str, said: Iterable[str]) -> frozenset[float]:
    """Numbers in a claim that none of the texts holds. A fifth, 20 % and one in five are the same number."""
    claimed = _figures(claim)
    return claimed - frozenset().union(*map(_told, said)) if claimed else frozenset()


def says(value: str, said: Iterable[str]) -> bool:
    """Whether one of the texts says this value: in these words, or the same quantities with the same units.

    "6 weeks" is said by "six weeks", not by "six months" or "twenty-six weeks"; "every month" by "monthly".
    """
    quantities = find_quantities(value)
    for text in said:
        stretch = verbatim(value, text)
        if stretch is not None and (uncut(stretch, text) == stretch or _is_a_product(value, text)):
            return True
        if quantities:
            spoken = [quantity.text for quantity in find_quantities(text)]
            if all(any(same_value(quantity.text, other) for other in spoken) for quantity in quantities):
                return True
        else:
            words = content_words(value)
            if (words and words <= content_words(text)) or any(same_value(value, w) for w in _WORD.findall(text)):
                return True
    return False


def _is_a_product(value: str, text: str) -> bool:
    """Whether what ends within a word or number is a figure that follows from the text all the same."""
    numbers = numbers_in(value)
    return bool(numbers) and numbers <= spoken_products(text)


def _placed(piece: Evidence, utterances: Sequence[Utterance]) -> tuple[int, tuple[str, ...]]:
    """Where a piece of evidence stands and its slices there; none where it stands nowhere."""
    if piece.utterance < len(utterances):
        found = stretches(piece.quote, utterances[piece.utterance].text)
        if found:
            return piece.utterance, found
    if len(_WORD.findall(piece.quote)) >= _LEAST_WORDS:
        for i in _nearest(piece.utterance, len(utterances)):
            exact = verbatim(piece.quote, utterances[i].text)
            if exact is not None:
                return i, (exact,)
    return piece.utterance, ()


def _nearest(i: int, count: int) -> Iterator[int]:
    """The indexes around `i`, those close to it first; it may lie beyond the end."""
    i = min(i, count)
    for apart in range(1, _REACH):
        for k in (i - apart, i + apart):
            if 0 <= k < count:
                yield k


def _figures(text: str) -> frozenset[float]:
    """The numbers of a text; shares as percentages too, however they are said."""
    shares = (
        value * 100
        for quantity in find_quantities(text)
        if quantity.kind == "ratio" and quantity.unit is None
        for value in (quantity.low, quantity.high)
    )
    return numbers_in(text) | frozenset(round(share, 9) for share in shares)


def _told(text: str) -> frozenset[float]:
    return _figures(text) | spoken_products(text)


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _squeezed(text: str) -> str:
    return UNSEEN.sub("", text).translate(_MARKS).casefold()


def _letters(text: str) -> tuple[str, list[int]]:
    """The text as `_squeezed` leaves it, and for every letter the offset it comes from."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        folded = _squeezed(char)
        letters.append(folded)
        offsets.extend([offset] * len(folded))
    return "".join(letters), offsets
