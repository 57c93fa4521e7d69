"""Keeps out what a speech model makes up: over silence and music it is polite, or says the same again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from copilot.analysis.speech.stable import bare
from copilot.domain.audio import Decoded, Segment

Reason = Literal["too_short", "no_speech", "unsure", "too_fast", "filler", "loop", "echo"]

LEAST_VOICED_S = 0.15
NO_SPEECH_PROB, NO_SPEECH_LOGPROB = 0.6, -1.0
UNSURE_LOGPROB = -1.6  # below this not even a person who mumbles is heard so badly
WORDS_PER_SECOND = 8.0  # nobody speaks faster
SPARE_WORDS = 3  # a short word or two in a stretch that is hardly voiced is no haste
FILLER_LOGPROB, FILLER_NO_SPEECH = -0.8, 0.4
LOOP_TIMES = {1: 7, 2: 5, 3: 4}  # repetitions of so many words in a row that are a loop; of more words, the last
LONGEST_LOOP = 10

# What models trained on subtitles write where nobody says anything.
FILLERS = frozenset(
    {
        *("you", "thank you", "thanks", "thank you very much", "thank you so much", "bye", "bye bye", "okay", "so"),
        *("thanks for watching", "thank you for watching", "thank you for listening", "see you next time"),
        *("please subscribe", "subscribe", "subtitles by the amaraorg community", "music", "applause", "silence"),
    }
)


@dataclass(frozen=True, slots=True)
class Gated:
    """The segments that may be believed, and why the others were not, counted."""

    segments: tuple[Segment, ...]
    rejected: Counter[Reason] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        return " ".join(" ".join(segment.text for segment in self.segments).split())


def gated(decoded: Decoded, *, voiced_s: float) -> Gated:
    """What may be believed of a model's answer for a stretch in which the voice detector heard `voiced_s` of voice."""
    written = [segment for segment in decoded.segments if segment.text.strip()]
    reason = _whole_is_unlikely(written, voiced_s) if written else None
    if reason is not None:
        return Gated((), Counter({reason: len(written)}))
    kept: list[Segment] = []
    rejected: Counter[Reason] = Counter()
    for segment in written:
        why = _unlikely(segment)
        if why is None:
            kept.append(segment)
        else:
            rejected[why] += 1
    return Gated(tuple(kept), rejected)


def _whole_is_unlikely(segments: Sequence[Segment], voiced_s: float) -> Reason | None:
    words = _words(" ".join(segment.text for segment in segments))
    if voiced_s < LEAST_VOICED_S:
        return "too_short"
    if loops(words):
        return "loop"
    if len(words) > WORDS_PER_SECOND * voiced_s + SPARE_WORDS:
        return "too_fast"
    return None


def _unlikely(segment: Segment) -> Reason | None:
    logprob = 0.0 if segment.avg_logprob is None else segment.avg_logprob
    no_speech = 0.0 if segment.no_speech_prob is None else segment.no_speech_prob
    if no_speech > NO_SPEECH_PROB and logprob < NO_SPEECH_LOGPROB:
        return "no_speech"
    if logprob < UNSURE_LOGPROB:
        return "unsure"
    if " ".join(_words(segment.text)) in FILLERS and (logprob < FILLER_LOGPROB or no_speech > FILLER_NO_SPEECH):
        return "filler"
    return None


def loops(words: Sequence[str]) -> bool:
    """Whether some words are repeated directly after each other more often than people do."""
    for length in range(1, min(LONGEST_LOOP, len(words) // 2) + 1):
        times = LOOP_TIMES.get(length, LOOP_TIMES[max(LOOP_TIMES)])
        same = 0  # words in a row that equal the one `length` before them
        for i in range(length, len(words)):
            same = same + 1 if words[i] == words[i - length] else 0
            if same >= length * (times - 1):
                return True
    return False


def _words(text: str) -> list[str]:
    return [word for written in text.split() if (word := bare(written))]
