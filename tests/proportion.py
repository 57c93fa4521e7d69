"""Whether work grows with its text and no faster: two lengths in one run, since a machine's speed says nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES_AS_LONG = 4
MOST_TIMES_AS_MUCH = 10  # in proportion it were 4, squared 16
TICK_S = 0.02  # what is shorter cannot be told apart
TRIES = 3  # the quickest counts, since others use the machine too


def grows_in_proportion(
    work: Callable[[str], object], piece: str, *, length: int = 20_000, longest: int = 640_000
) -> bool:
    """Whether the piece repeated up to `length` characters takes about as many times as long as it is longer.

    Where that is done too soon to tell, it is repeated up to twice as many, and so on up to `longest`.
    """

    def processor_s(characters: int) -> float:
        text = (piece * characters)[:characters]
        began = time.process_time()
        work(text)
        return time.process_time() - began

    def shortest_s(characters: int) -> float:
        return min(processor_s(characters - n) for n in range(TRIES))  # texts of their own: some are remembered

    while (short_s := shortest_s(length // TIMES_AS_LONG)) < TICK_S and length * 2 <= longest:
        length *= 2
    most_s = MOST_TIMES_AS_MUCH * max(short_s, TICK_S)
    return any(processor_s(length - n) < most_s for n in range(TRIES))
