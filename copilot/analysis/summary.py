"""What the list of calls knows of one: its figures, and who was heard."""

from __future__ import annotations

from copilot.analysis.gaps import gaps
from copilot.domain.records import CallFigures
from copilot.domain.state import CallState


def figures(state: CallState) -> CallFigures:
    """Counts of what stands. The duration is the latest end (or start) of an utterance, from the call's start."""
    times = [t for u in state.utterances for t in (u.start_s, u.end_s) if t is not None]
    return CallFigures(
        utterances=len(state.utterances),
        duration_s=max(times, default=None),
        coverage=dict(state.coverage),
        outcomes=sum(item.stands for item in state.outcomes.values()),
        gaps=len(gaps(state)),
        pitfalls=sum(p.counts for p in state.pitfalls.values()),
    )


def people(state: CallState) -> tuple[str, ...]:
    """Who was heard, by name, in the order in which they first spoke."""
    return tuple(dict.fromkeys(u.speaker for u in state.utterances if u.speaker))
