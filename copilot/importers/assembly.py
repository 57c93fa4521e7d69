"""A transcript put together from the cues of a file and what the file says of the call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from copilot.domain.call import Transcript
from copilot.importers.cues import Cue, bounded_by_next_start, participants_from, utterances_from


def transcript_from(
    cues: Sequence[Cue],
    *,
    format: str,  # noqa: A002 — the field's own name
    title: str | None = None,
    account: str | None = None,
    held_on: date | None = None,
    language: str | None = None,
    titles: Mapping[str, str | None] | None = None,
    join: bool = True,
) -> Transcript:
    """`titles` are job titles by speaker.

    Where a file has starts and not a single end, ends are bounded by the next start and marked as estimates, and cues
    stay apart, since nobody can tell a gap. A lone missing end stays missing.
    """
    starts_only = any(cue.start_s is not None for cue in cues) and all(cue.end_s is None for cue in cues)
    timed = bounded_by_next_start(cues) if starts_only else cues
    utterances = utterances_from(timed, join=join and not starts_only)
    return Transcript(
        format=format,
        title=title,
        account=account,
        held_on=held_on,
        language=language,
        participants=participants_from(utterances, titles),
        utterances=utterances,
        estimated_times=starts_only,
    )
