"""What an examination of an installation found of one of its parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`works` None: not set up, which is no fault. `setting` is a line that would mend it or set it up, if any does."""

    part: str
    works: bool | None
    says: str
    setting: str | None = None

    def __str__(self) -> str:
        sign = {True: "✓", False: "✗", None: "–"}[self.works]
        return f"{sign} {self.part}: {self.says}"
