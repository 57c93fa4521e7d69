"""What a file puts on screen or on a line, cleaned and joined into utterances."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from copilot.domain.call import Participant, Role, Utterance
from copilot.importers.cleaning import clean_name, clean_text

_MAX_GAP_S = 2.0
_MAX_WORDS = 80
_MAX_LENGTH_S = 40.0
_MAX_CHARACTERS = 5000  # far below the 20,000 that a live call takes; only text without paragraphs gets there
_SENTENCE_END = re.compile(r"(?<!\.\.)[.?!。？！][\"'”’»)\]]*$")  # dots that trail off are a pause, not an end
_CUT = re.compile(r"(?<=[.?!…。？！])\s+")


@dataclass(frozen=True)
class Cue:
    """A stretch of text by one speaker, as the file has it. Times are seconds from the start of the recording."""

    text: str
    speaker: str | None = None
    role: Role = Role.UNKNOWN
    start_s: float | None = None
    end_s: float | None = None


def utterances_from(cues: Sequence[Cue], *, join: bool = True) -> tuple[Utterance, ...]:
    """Utterances `u1`, `u2`, … in the order of the cues, without those that hold no words.

    With `join` a cue that stops in mid-sentence is continued by the same speaker's next one, if that begins within two
    seconds where times are known, up to 80 words or 40 seconds. Formats whose cues are whole turns pass False.
    """
    cleaned = [part for cue in cues for part in _parts(_cleaned(cue))]
    joined = _joined(cleaned) if join else cleaned
    return tuple(
        Utterance(
            id=f"u{i + 1}",
            i=i,
            speaker=cue.speaker,
            role=cue.role,
            start_s=cue.start_s,
            end_s=cue.end_s,
            text=cue.text,
        )
        for i, cue in enumerate(joined)
    )


def bounded_by_next_start(cues: Sequence[Cue]) -> list[Cue]:
    """Ends that the file lacks, taken from the next cue's start; the last one stays None, as does one out of order."""
    ends = [_bound(cue, following) for cue, following in pairwise(cues)]
    return [replace(cue, end_s=end) for cue, end in zip(cues, [*ends, *(cue.end_s for cue in cues[-1:])], strict=True)]


def participants_from(
    utterances: Sequence[Utterance], titles: Mapping[str, str | None] | None = None
) -> tuple[Participant, ...]:
    """Each named speaker once, in order of appearance, with the first role that is known of them."""
    roles: dict[str, Role] = {}
    for utterance in utterances:
        if utterance.speaker is not None and roles.get(utterance.speaker, Role.UNKNOWN) is Role.UNKNOWN:
            roles[utterance.speaker] = utterance.role
    return tuple(Participant(name=name, role=role, title=(titles or {}).get(name)) for name, role in roles.items())


def _bound(cue: Cue, following: Cue) -> float | None:
    if cue.end_s is not None or cue.start_s is None or following.start_s is None:
        return cue.end_s
    return following.start_s if following.start_s >= cue.start_s else None


def _cleaned(cue: Cue) -> Cue:
    start_s = _time(cue.start_s)
    end_s = _time(cue.end_s)
    if start_s is not None and end_s is not None and end_s < start_s:
        end_s = None
    return replace(cue, text=clean_text(cue.text), speaker=clean_name(cue.speaker), start_s=start_s, end_s=end_s)


def _time(seconds: float | None) -> float | None:
    if seconds is None or not math.isfinite(seconds) or seconds < 0:
        return None
    return round(float(seconds), 3)


def _parts(cue: Cue) -> Iterator[Cue]:
    """The cue itself; several where it is too long for one utterance, of which only the outer ones keep a time."""
    if not cue.text:
        return
    texts = list(_cut(cue.text))
    for k, text in enumerate(texts):
        yield replace(
            cue,
            text=text,
            start_s=cue.start_s if k == 0 else None,
            end_s=cue.end_s if k == len(texts) - 1 else None,
        )


def _cut(text: str) -> Iterator[str]:
    if len(text) <= _MAX_CHARACTERS:
        yield text
        return
    piece = ""
    for sentence in _CUT.split(text):
        for part in (sentence[k : k + _MAX_CHARACTERS] for k in range(0, len(sentence), _MAX_CHARACTERS)):
            if piece and len(piece) + len(part) >= _MAX_CHARACTERS:
                yield piece
                piece = ""
            piece = f"{piece} {part}" if piece else part
    yield piece


def _joined(cues: Sequence[Cue]) -> list[Cue]:
    joined: list[Cue] = []
    for cue in cues:
        if joined and _continues(joined[-1], cue):
            joined[-1] = _both(joined[-1], cue)
        else:
            joined.append(cue)
    return joined


def _continues(said: Cue, cue: Cue) -> bool:
    if (said.speaker, said.role) != (cue.speaker, cue.role) or _SENTENCE_END.search(said.text):
        return False
    return len(said.text.split()) + len(cue.text.split()) <= _MAX_WORDS and _near(said, cue)


def _near(said: Cue, cue: Cue) -> bool:
    """Whether the cue follows closely enough; where the file has no times, whatever follows is close."""
    if said.start_s is None or cue.start_s is None:
        return said.start_s is None and cue.start_s is None
    if cue.start_s < said.start_s or max(cue.start_s, cue.end_s or 0.0) - said.start_s > _MAX_LENGTH_S:
        return False
    return said.end_s is None or cue.start_s - said.end_s <= _MAX_GAP_S


def _both(said: Cue, cue: Cue) -> Cue:
    ends = [end for end in (said.end_s, cue.end_s) if end is not None]
    unknown_end = cue.end_s is None and cue.start_s is not None
    return replace(said, text=f"{said.text} {cue.text}", end_s=None if unknown_end or not ends else max(ends))
