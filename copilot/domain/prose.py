"""Texts written about a call, sentence by sentence, each with the words it rests on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from copilot.domain.items import Evidence
from copilot.domain.value import Value

ProsePurpose = Literal["summary_email", "coaching", "value_story"]


class Sentence(Value):
    """One sentence, and the words that it rests on."""

    text: str = Field(min_length=1)
    evidence: tuple[Evidence, ...] = ()


class Prose(Value):
    """A text for one purpose: the mail to the customer, feedback for the rep, or the story of the value reached."""

    purpose: ProsePurpose
    sentences: tuple[Sentence, ...] = Field(min_length=1)
