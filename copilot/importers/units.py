"""Seconds or milliseconds: documents and dumps of the same service disagree, so the file itself is asked."""

from __future__ import annotations

from collections.abc import Iterable

_MS_NOT_S = 5.0
_WORDS_PER_UNIT = 0.02  # people say some words a second, hence some thousandths of one a millisecond


def unit_s(
    spoken: Iterable[tuple[str, float | None, float | None]],
    length_s: float | None = None,
    *,
    otherwise_s: float = 0.001,
) -> float:
    """Seconds in one unit of the given texts' starts and ends: 0.001 or 1.

    The file says which by the call's length, and where that is not known by the pace at which the texts would be
    spoken; `otherwise_s` is for a file that has not one start with its end.
    """
    timed = [(len(text.split()), start, end) for text, start, end in spoken if start is not None and end is not None]
    if not timed:
        return otherwise_s
    if length_s:
        return 0.001 if max(end for _, _, end in timed) > length_s * _MS_NOT_S else 1.0
    words = sum(count for count, _, _ in timed)
    return 1.0 if words > sum(max(end - start, 0.0) for _, start, end in timed) * _WORDS_PER_UNIT else 0.001
