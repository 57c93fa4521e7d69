"""Moments of a call that somebody marked, with what they noted there for themselves."""

from __future__ import annotations

from pydantic import Field

from copilot.domain.value import Value


class MarkedMoment(Value):
    """A marked moment. What is typed there is for one's own side alone: nothing for the customer is made from it."""

    id: str = Field(description="Whoever marks it chooses its name, so that marking it twice marks it once.")
    i: int | None = Field(default=None, description="The last utterance heard by then; None: before the first.")
    text: str = Field(default="", description="What was typed; empty where the moment was only marked.")
    removed: bool = Field(default=False, description="Taken back; it can be brought back.")
