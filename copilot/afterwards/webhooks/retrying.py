"""When a message that did not arrive is tried again."""

from __future__ import annotations

from collections.abc import Sequence

WAITS_S: Sequence[float] = (5, 60, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600)
"""After the first attempt, the second, … and none after the last: eight attempts within some 18 hours."""

JITTER = 0.2
LONGEST_ASKED_S = 24 * 3600.0


def wait_s(
    attempts: int, luck: float, asked_s: float | None = None, waits_s: Sequence[float] = WAITS_S
) -> float | None:
    """Seconds until the next attempt after so many; None: there is none.

    `luck`, in [0, 1), spreads the attempts at many messages by a fifth either way. `asked_s` is what the endpoint
    asked for itself; it is waited for so long at least, and for a day at most.
    """
    if attempts > len(waits_s):
        return None
    usual = waits_s[attempts - 1] * (1 + JITTER * (2 * luck - 1))
    return max(usual, min(asked_s or 0.0, LONGEST_ASKED_S))
