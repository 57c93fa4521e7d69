"""Without a headset the far side comes out of the loudspeaker into the microphone, and is heard twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from copilot.analysis.speech.stable import bare
from copilot.domain.audio import Span

LEAST_WORDS = 4  # fewer are said by both sides all the time
LEAST_OVERLAP = 0.5
LEAST_WORDS_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Said:
    """Words and when they were said; `span` is the speech without padding."""

    span: Span
    text: str


def could_be_echo(text: str) -> bool:
    """Whether there are words enough to tell an echo from an answer in the same words."""
    return len(_words(text)) >= LEAST_WORDS


def is_echo(heard: Said, far_side: Iterable[Said]) -> bool:
    """Whether what the microphone heard is what the far side said at the same time, and not the rep repeating it.

    Half of it must be at the same time, and four fifths of its words be the far side's, in their order.
    """
    words = _words(heard.text)
    meanwhile = [said for said in far_side if heard.span.overlap(said.span)]
    together = sum(heard.span.overlap(said.span) for said in meanwhile)
    if len(words) < LEAST_WORDS or together < LEAST_OVERLAP * len(heard.span):
        return False
    theirs = [word for said in sorted(meanwhile, key=lambda said: said.span) for word in _words(said.text)]
    return _in_common(words, theirs) >= LEAST_WORDS_SHARE * len(words)


def undecided(heard: Span, known: Iterable[Span], unknown: Iterable[Span]) -> bool:
    """Whether it may still turn out to be an echo, by the far side's speech whose words are `unknown` as yet."""
    to_come = sum(heard.overlap(span) for span in unknown)
    return to_come > 0 and to_come + sum(heard.overlap(span) for span in known) >= LEAST_OVERLAP * len(heard)


def _in_common(words: Sequence[str], theirs: Sequence[str]) -> int:
    matcher = SequenceMatcher(None, words, theirs, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def _words(text: str) -> list[str]:
    return [word for written in text.split() if (word := bare(written))]
