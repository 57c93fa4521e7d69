"""What of an utterance still being spoken can be relied on: words that two hypotheses in a row agree on.

Once a word is stable it is never taken back; only the final, which replaces everything, may have it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Words that stand, and words that may still change."""

    stable: tuple[str, ...] = ()
    tentative: tuple[str, ...] = ()

    @property
    def stable_text(self) -> str:
        return " ".join(self.stable)

    @property
    def text(self) -> str:
        return " ".join((*self.stable, *self.tentative))

    def revised(self, words: Sequence[str]) -> Hypothesis:
        """With a newer hypothesis of the whole utterance. Its last word may be cut off, and is never stable."""
        rest = tuple(words[len(self.stable) :])
        agreed = 0
        for before, now in zip(self.tentative, rest[:-1], strict=False):
            if bare(before) != bare(now):
                break
            agreed += 1
        return Hypothesis((*self.stable, *rest[:agreed]), rest[agreed:])


def bare(word: str) -> str:
    """A word without case and punctuation, for comparing."""
    return "".join(_LETTERS.findall(word.casefold()))
