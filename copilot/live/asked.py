"""How one request to a language model ended, and what the server's log says of those that failed."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from copilot.domain.events import ModelEnd
from copilot.domain.language_model import Usage
from copilot.live.breaker import Breaker

log = logging.getLogger(__name__)

SAID_AGAIN_AFTER_S = 600.0
NOTHING_USED = Usage()
_FAILED: frozenset[ModelEnd] = frozenset({"timed_out", "failed", "unusable"})


@dataclass(slots=True)
class Asked:
    """How a request ended. `trouble` is a sentence for the panel, where there was any."""

    ended: ModelEnd = "broken_off"
    usage: Usage = NOTHING_USED
    estimated: bool = False
    latency_s: float = 0.0
    trouble: str | None = None


class FailureLog:
    """One line for a kind of failure, and one whenever the provider is left alone for it; not one for every request.

    The sentences are our own, with codes at most: neither words of a call nor what a provider wrote is in them.
    """

    def __init__(self) -> None:
        self._said_at_s: dict[tuple[str, str], float] = {}
        self._rest_said_s: float | None = None

    def note(self, model: str, asked: Asked, breaker: Breaker) -> None:
        if asked.trouble is None or asked.ended not in _FAILED:
            return
        now_s, rests_until_s = time.monotonic(), breaker.rests_until_s
        kind = model, asked.trouble.split(",")[0] if asked.ended == "failed" else asked.ended
        rests_anew = rests_until_s is not None and rests_until_s != self._rest_said_s
        said_at_s = self._said_at_s.get(kind)
        if said_at_s is not None and now_s - said_at_s < SAID_AGAIN_AFTER_S and not rests_anew:
            return
        self._said_at_s[kind] = now_s
        if rests_until_s is None:
            log.warning("Model %s: %s", model, asked.trouble)
        else:
            self._rest_said_s = rests_until_s
            log.warning("Model %s: %s Nothing is asked for %.0f s.", model, asked.trouble, rests_until_s - now_s)
