"""No quote, no claim: whether words stand where they are said to stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copilot.domain.call import Utterance
from copilot.domain.items import Evidence


def verbatim(quote: str, text: str) -> str | None:
    """The slice of `text` that `quote` names, letter for letter, or None.

    An exact substring first; else one that differs in case and white space only, returned as the text has it.
    """
    if quote and quote in text:
        return quote
    wanted = "".join(quote.casefold().split())
    if not wanted:
        return None
    letters, offsets = _letters(text)
    at = letters.find(wanted)
    return text[offsets[at] : offsets[at + len(wanted) - 1] + 1] if at >= 0 else None


def grounded(evidence: Iterable[Evidence], utterances: Sequence[Utterance]) -> tuple[Evidence, ...]:
    """The evidence that stands, each once, its quotes made verbatim."""
    standing: dict[Evidence, None] = {}
    for piece in evidence:
        if piece.utterance < len(utterances):
            quote = verbatim(piece.quote, utterances[piece.utterance].text)
            if quote is not None:
                standing[Evidence(utterance=piece.utterance, quote=quote)] = None
    return tuple(standing)


def _letters(text: str) -> tuple[str, list[int]]:
    """The text case-folded and without white space, and for every letter the offset it comes from."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        if not char.isspace():
            folded = char.casefold()
            letters.append(folded)
            offsets.extend([offset] * len(folded))
    return "".join(letters), offsets
