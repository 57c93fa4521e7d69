"""Words with times, as recognisers write them, gathered into what one speaker said without a break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from copilot.domain.call import Role
from copilot.importers.cues import Cue

_GAP_S = 2.0
_GAP_AFTER_SENTENCE_S = 0.8
_MAX_WORDS = 60
_MAX_LENGTH_S = 30.0
_MAX_UNCLAIMED = 3  # more words that nobody is named for may well be somebody else's
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’»)\]]*$")
_OPENING = frozenset("([{¿¡“‘«$£€#@")


@dataclass(frozen=True)
class Word:
    """A word, or a sentence where a file times no less. `joins` writes it without a space before it."""

    text: str
    start_s: float | None = None
    end_s: float | None = None
    speaker: str | None = None
    role: Role = Role.UNKNOWN
    joins: bool = False


def cues_from_words(words: Iterable[Word]) -> list[Cue]:
    """One cue for each stretch of one speaker, in the order of the words.

    A stretch ends with its speaker, at a gap of two seconds (less where a sentence has ended), and when it has become
    about as long as an utterance should be. Punctuation without a time belongs to the word before it. A few words
    without a speaker between two of the same speaker are theirs; elsewhere they stay nobody's.
    """
    stretches: list[list[Word]] = []
    for word in _with_speakers([word for word in words if word.text.strip()]):
        if stretches and not _breaks(stretches[-1], word):
            stretches[-1].append(word)
        else:
            stretches.append([word])
    return [_cue(stretch) for stretch in stretches]


def cues_of_turn(turn: Cue, words: Sequence[Word]) -> list[Cue]:
    """The turn as its file writes it; one too long for an utterance is cut by its words, where there are any."""
    if len(turn.text.split()) <= _MAX_WORDS or not words:
        return [turn]
    return cues_from_words(replace(word, speaker=turn.speaker, role=turn.role) for word in words)


def in_order(cues: Iterable[Cue]) -> list[Cue]:
    """Cues of several channels by their start; one without a start stays behind the one it followed."""
    keyed: list[tuple[float, Cue]] = []
    latest = 0.0
    for cue in cues:
        latest = latest if cue.start_s is None else cue.start_s
        keyed.append((latest, cue))
    return [cue for _, cue in sorted(keyed, key=lambda pair: pair[0])]


def _is_punctuation(word: Word) -> bool:
    return word.start_s is None and not any(map(str.isalnum, word.text))


def _with_speakers(words: Sequence[Word]) -> list[Word]:
    """Punctuation takes the speaker before it, a few unclaimed words that of their neighbours where it is the same."""
    filled = list(words)
    claimed = [k for k, word in enumerate(words) if word.speaker is not None and not _is_punctuation(word)]
    for left, right in pairwise(claimed):
        between = [k for k in range(left + 1, right) if not _is_punctuation(words[k])]
        if words[left].speaker == words[right].speaker and len(between) <= _MAX_UNCLAIMED:
            for k in between:
                filled[k] = _said_like(words[k], words[left])
    for k, word in enumerate(words[1:], start=1):
        if _is_punctuation(word):
            filled[k] = _said_like(word, filled[k - 1])
    return filled


def _said_like(word: Word, other: Word) -> Word:
    return replace(word, speaker=other.speaker, role=other.role)


def _breaks(stretch: Sequence[Word], word: Word) -> bool:
    if _is_punctuation(word):
        return False
    if (word.speaker, word.role) != (stretch[0].speaker, stretch[0].role):
        return True
    sentence_over = bool(_SENTENCE_END.search(stretch[-1].text.rstrip()))
    if _is_long(stretch, word, sentence_over=sentence_over):
        return True
    end_s = _latest(stretch)
    if word.start_s is None or end_s is None:
        return False
    return word.start_s - end_s > (_GAP_AFTER_SENTENCE_S if sentence_over else _GAP_S)


def _is_long(stretch: Sequence[Word], word: Word, *, sentence_over: bool) -> bool:
    """A sentence's end closes a stretch of half the length that closes it anywhere."""
    share = 0.5 if sentence_over else 1.0
    if sum(len(said.text.split()) for said in stretch) >= _MAX_WORDS * share:
        return True
    start_s = _earliest(stretch)
    return start_s is not None and word.start_s is not None and word.start_s - start_s >= _MAX_LENGTH_S * share


def _cue(stretch: Sequence[Word]) -> Cue:
    start_s = _earliest(stretch)
    end_s = _latest(stretch)
    known = end_s is not None and (end_s != start_s or any(word.end_s is not None for word in stretch))
    return Cue(
        text=_text(stretch),
        speaker=stretch[0].speaker,
        role=stretch[0].role,
        start_s=start_s,
        end_s=end_s if known else None,
    )


def _text(stretch: Sequence[Word]) -> str:
    text = ""
    after_opening = True
    for word in stretch:
        bare = word.text.strip()
        joins = after_opening or word.joins or (_is_punctuation(word) and bare not in _OPENING)
        text += bare if joins else f" {bare}"
        after_opening = bare in _OPENING
    return text


def _earliest(stretch: Sequence[Word]) -> float | None:
    return min((word.start_s for word in stretch if word.start_s is not None), default=None)


def _latest(stretch: Sequence[Word]) -> float | None:
    """The latest time known; of a last word without an end, its start."""
    times = [time for word in stretch for time in (word.start_s, word.end_s) if time is not None]
    return max(times, default=None)
