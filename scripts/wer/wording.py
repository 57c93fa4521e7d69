"""Words as they are compared: what is only written differently is no error."""

from __future__ import annotations

import re

_TAGS = re.compile(r"\[[^\]]*\]|<[^>]*>|\([^)]*\)")
_WORD = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*")
_SOUNDS = frozenset({"ah", "eh", "er", "erm", "hm", "hmm", "mhm", "mm", "uh", "uhm", "um"})
_ONES = dict(zip("zero one two three four five six seven eight nine".split(), range(10), strict=True))  # noqa: SIM905
_TEENS = {
    word: n
    for n, word in enumerate(
        ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        10,
    )
}
_TENS = {
    word: n for n, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}


def compared(text: str) -> list[str]:
    """The words in lower case, without punctuation, tags such as `[noise]` and sounds such as "um".

    Numbers are digits, one by one, so that "one two three", "123" and "1-2-3" are the same, and "twenty three" and
    "23"; hundreds and above stay words. Whisper's own normaliser does more.
    """
    plain = _TAGS.sub(" ", text.casefold().replace("\u2019", "'"))
    words = [word for word in _WORD.findall(plain) if word not in _SOUNDS]
    return [each for n, word in enumerate(words) for each in _spelt(word, words[n + 1] if n + 1 < len(words) else "")]


def _spelt(word: str, following: str) -> list[str]:
    if word.isdigit():
        return list(word)
    if word in _ONES:
        return [str(_ONES[word])]
    if word in _TEENS:
        return list(str(_TEENS[word]))
    if word in _TENS:
        return [str(_TENS[word])] if _ONES.get(following) else [str(_TENS[word]), "0"]
    return [word]
