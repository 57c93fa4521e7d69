"""One line of `copilot doctor`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`works` None: not set up, which is no fault."""

    part: str
    works: bool | None
    says: str

    def __str__(self) -> str:
        sign = {True: "✓", False: "✗", None: "–"}[self.works]
        return f"{sign} {self.part}: {self.says}"
