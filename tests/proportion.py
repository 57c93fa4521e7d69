"""Whether work grows with its text and no faster: two lengths in one run, since a machine's speed says nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES_AS_LONG = 4
MOST_TIMES_AS_MUCH = 10  # in proportion it were 4, squared 16
TICK_S = 0.02  # what is shorter cannot be told apart


def grows_in_proportion(work: Callable[[str], object], piece: str, *, length: int = 20_000) -> bool:
    """Whether the piece repeated up to `length` characters takes about as many times as long as it is longer."""

    def processor_s(characters: int) -> float:
        text = (piece * characters)[:characters]
        times = []
        for _ in range(3):
            began = time.process_time()
            work(text)
            times.append(time.process_time() - began)
        return min(times)

    return processor_s(length) < MOST_TIMES_AS_MUCH * max(processor_s(length // TIMES_AS_LONG), TICK_S)
