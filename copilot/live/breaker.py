"""When to leave a provider alone that fails, and when to try it again."""

from __future__ import annotations

from dataclasses import dataclass, replace

OPENS_AFTER = 3  # failures in a row
FIRST_REST_S = 15.0  # doubled with every failure after it
LONGEST_REST_S = 300.0


@dataclass(frozen=True, slots=True)
class Breaker:
    """Counts failures in a row; after too many, nothing is asked for a while, and then one request alone.

    A value: every change gives a new one. Times are seconds on any clock that only goes forward.
    """

    failures: int = 0
    rests_until_s: float | None = None
    trying: bool = False

    def admits(self, now_s: float) -> bool:
        """Whether a request may be sent."""
        return self.rests_until_s is None or (now_s >= self.rests_until_s and not self.trying)

    def asked(self) -> Breaker:
        """A request that was admitted is on its way; after a rest it goes alone."""
        return self if self.rests_until_s is None else replace(self, trying=True)

    def answered(self) -> Breaker:
        """The provider works."""
        return Breaker()

    def let_go(self) -> Breaker:
        """A request ended that says nothing of the provider: we hung up."""
        return replace(self, trying=False)

    def failed(self, now_s: float, *, retry_after_s: float | None = None, for_long: bool = False) -> Breaker:
        """One more failure. `for_long` is one that does not pass by itself.

        Requests that were on their way when the rest began, and fail too, do not make it longer.
        """
        if self.rests_until_s is not None and not self.trying:
            return self
        failures = self.failures + 1
        if for_long:
            rest_s = LONGEST_REST_S
        elif retry_after_s is not None:
            rest_s = retry_after_s
        elif failures < OPENS_AFTER:
            return Breaker(failures)
        else:
            rest_s = FIRST_REST_S * 2 ** min(failures - OPENS_AFTER, 16)
        return Breaker(failures, rests_until_s=now_s + min(rest_s, LONGEST_REST_S))
