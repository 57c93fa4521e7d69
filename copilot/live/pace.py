"""How fast hearing a call goes about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """`sync_s`: how often sound is brought to disk where nothing waits for it.

    `far_side_s`: how long the rep's words wait for what the customer says at the same time. Where nobody watches, words
    are only decoded once they are complete.
    """

    watched: bool = True
    sync_s: float = 0.4
    far_side_s: float = 3.0
    store_retry_s: float = 1.0
