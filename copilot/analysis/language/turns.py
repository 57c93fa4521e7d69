"""Who holds the floor: turns across utterances, with backchannels left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copilot.analysis.language.backchannels import is_backchannel
from copilot.domain.call import Role, Utterance


def running_turn(utterances: Sequence[Utterance], i: int) -> tuple[int, ...]:
    """Indices of the unbroken run of one side that utterance `i` ends, ascending.

    The other side's backchannels do not end it, and are left out. A backchannel at `i` itself is a run of its own.
    """
    role = utterances[i].role
    run = [i]
    for k in range(i - 1, -1, -1):
        if utterances[k].role is role:
            run.append(k)
        elif not is_backchannel(utterances[k].text):
            break
    return tuple(reversed(run))


def turns_after(utterances: Sequence[Utterance], i: int, role: Role) -> Iterator[tuple[int, ...]]:
    """The turns of one side that begin after utterance `i`, backchannels left out. The last may still go on."""
    turn: list[int] = []
    for utterance in utterances[i + 1 :]:
        if is_backchannel(utterance.text):
            continue
        if utterance.role is role:
            turn.append(utterance.i)
        elif turn:
            yield tuple(turn)
            turn = []
    if turn:
        yield tuple(turn)


def last_turn_before(utterances: Sequence[Utterance], i: int, role: Role) -> tuple[int, ...]:
    """The latest turn of one side that ended before utterance `i`; empty where it has not spoken."""
    for k in range(i - 1, -1, -1):
        if utterances[k].role is role and not is_backchannel(utterances[k].text):
            return running_turn(utterances, k)
    return ()


def seconds_of(utterances: Sequence[Utterance], run: Sequence[int]) -> float | None:
    """From the run's first start to its last end; None where either is not known."""
    first, last = utterances[run[0]].start_s, utterances[run[-1]].end_s
    return None if first is None or last is None else max(0.0, last - first)
