"""When each word of an utterance was said, from the times that a speech model gives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from copilot.domain.audio import Segment, Span


def word_starts_s(segments: Sequence[Segment], span: Span) -> tuple[float, ...]:
    """The beginning of every word of the segments' text, in seconds from the start of the call.

    `span` is what was decoded. Empty where the model gave no times, or not those of the words that it wrote. Models
    part words in ways of their own and leave punctuation out, so letters are what is counted.
    """
    starts: list[float] = []
    for segment in segments:
        written = [_letters(word) for word in segment.text.split()]
        timed = [(_letters(word.text), word.start_s) for word in segment.words]
        if "".join(written) != "".join(letters for letters, _ in timed):
            return ()
        of_letters = [start_s for letters, start_s in timed for _ in letters]
        if not of_letters:
            return ()
        firsts = accumulate((len(letters) for letters in written[:-1]), initial=0)
        starts += [of_letters[min(first, len(of_letters) - 1)] for first in firsts]
    ordered = accumulate((min(max(start_s, 0.0), span.length_s) for start_s in starts), max)
    return tuple(round(span.start_s + start_s, 2) for start_s in ordered)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
