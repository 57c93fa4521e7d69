"""Numbers below a thousand as people say them."""

from __future__ import annotations

from copilot.analysis.numbers.words import ONES, TEENS, TENS

_BELOW_TWENTY = {n: word for word, n in {**ONES, **TEENS}.items()}
_TENS = {n: word for word, n in TENS.items() if word != "fourty"}


def spoken(n: int) -> str:
    """17 is "seventeen", 230 "two hundred thirty"."""
    if n >= 100:
        rest = f" {spoken(n % 100)}" if n % 100 else ""
        return f"{_BELOW_TWENTY[n // 100]} hundred{rest}"
    if n in _BELOW_TWENTY:
        return _BELOW_TWENTY[n]
    ones = f" {_BELOW_TWENTY[n % 10]}" if n % 10 else ""
    return f"{_TENS[n - n % 10]}{ones}"
