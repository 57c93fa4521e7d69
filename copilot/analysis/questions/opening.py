"""One thing that could be asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from copilot.domain.items import Evidence

Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Opening:
    """A gap at this point of the call. `gap` and `about` are its identity, as a question's are.

    `at` is the utterance that made it worth closing; None where it has been open all along. `values` fill the question,
    `why_values` its ground. `weight` is the playbook's for the kind of call, before how fresh it is.
    """

    gap: str
    about: str | None
    stage: str
    weight: float
    at: int | None = None
    evidence: tuple[Evidence, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    why_values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return (self.gap, self.about)
