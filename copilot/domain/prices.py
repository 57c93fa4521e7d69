"""What language models cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from copilot.domain.language_model import Usage
from copilot.domain.value import Value

_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


class Price(Value):
    """US dollars for a million tokens, as a provider asked on a day. None: the same as other input."""

    input: float = Field(ge=0)
    cached_input: float | None = Field(default=None, ge=0)
    cache_write: float | None = Field(default=None, ge=0)
    output: float = Field(ge=0)
    as_of: date

    def cost(self, usage: Usage) -> float:
        """US dollars."""
        cached = self.input if self.cached_input is None else self.cached_input
        written = self.input if self.cache_write is None else self.cache_write
        plain = max(0, usage.input_tokens - usage.cached_tokens - usage.cache_write_tokens)
        dollars = (
            plain * self.input
            + usage.cached_tokens * cached
            + usage.cache_write_tokens * written
            + usage.output_tokens * self.output
        )
        return dollars / 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """A price list by the names of models."""

    by_model: Mapping[str, Price]

    def of(self, model: str) -> Price | None:
        """The price of a model, also of a dated snapshot of it (`NAME-2026-03-17`); None where nobody told it."""
        return self.by_model.get(model) or self.by_model.get(_SNAPSHOT.sub("", model))

    def cost(self, model: str, usage: Usage) -> float | None:
        """US dollars, or None where the model has no known price."""
        price = self.of(model)
        return None if price is None else price.cost(usage)
