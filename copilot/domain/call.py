"""A call, who is on it, and what they say."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from copilot.domain.value import Value


class Role(StrEnum):
    """The side a speaker is on. A wrong side is worse than none, so what is not known is `unknown`."""

    REP = "rep"
    CUSTOMER = "customer"
    UNKNOWN = "unknown"


class CallKind(StrEnum):
    """What the call is for; it decides which pitfalls, questions and usual ranges apply."""

    DISCOVERY = "discovery"
    DEMO = "demo"
    QBR = "qbr"
    OTHER = "other"


class Participant(Value):
    name: str
    role: Role = Role.UNKNOWN
    title: str | None = None


class Consent(Value):
    """Who said that everyone agreed to be recorded, and how they agreed."""

    by: str
    how: str | None = None


UnheardReason = Literal["off_record", "lost", "no_sound"]


class Unheard(Value):
    """A stretch of the call without sound: the rep paused, it was lost on the way, or a source gave none."""

    id: str = Field(description="The sender's name for it, unique within the call.")
    reason: UnheardReason
    role: Role | None = Field(default=None, description="Whose sound is missing; None: everybody's.")
    start_s: float
    end_s: float | None = Field(default=None, description="None while it lasts.")


class CallInfo(Value):
    """What is known of a call apart from what is said on it."""

    id: str
    title: str | None = None
    kind: CallKind = CallKind.OTHER
    account: str | None = None
    language: str | None = Field(default=None, description="BCP 47, as the sender gave it.")
    participants: tuple[Participant, ...] = ()
    consent: Consent | None = None
    demo: bool = Field(default=False, description="A bundled call, which never counts for a team.")
    held_on: date | None = Field(
        default=None, description="The day it took place, where that is not the day on which it was taken in."
    )


class Saying(Value):
    """One speaker's stretch of speech as a sender gives it, before it has a place in the call."""

    id: str = Field(description="The sender's name for it, unique within the call.")
    speaker: str | None = None
    role: Role = Role.UNKNOWN
    start_s: float | None = Field(default=None, description="Seconds from the start of the call.")
    end_s: float | None = None
    text: str
    word_starts_s: tuple[float, ...] = Field(
        default=(), description="When each word of the text began, likewise; empty where that is not known."
    )


class Utterance(Saying):
    """A saying in its place, closed by endpointing or by the file it came from."""

    i: int = Field(ge=0, description="Its index in the call, counted from 0.")


def number(i: int) -> int:
    """An utterance's number where people read it: they count from 1, its index counts from 0."""
    return i + 1


class Transcript(Value):
    """A whole call as a file holds it: what an importer returns.

    `format` is the importer's name. `estimated_times` says that ends were not in the file and were bounded by the next
    start, so that talk time is an estimate. `chat` is what was typed beside the call; it is not speech.
    """

    format: str
    title: str | None = None
    kind: CallKind | None = None
    account: str | None = None
    held_on: date | None = None
    language: str | None = None
    participants: tuple[Participant, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    estimated_times: bool = False
    chat: tuple[Utterance, ...] = ()
