"""What is noted beside a call's sound, so that a server that was stopped can go on where it was.

Whether an utterance was heard to its end is not noted: the call's log has it then, under the same id.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from copilot.domain.value import Value


class Quiet(Value):
    """Nobody speaks on this channel between what was noted before and `up_to`, in samples at 16 kHz."""

    type: Literal["quiet"] = "quiet"
    channel: int
    up_to: int


class Spoken(Value):
    """An utterance's place, in samples at 16 kHz; `speech` is it without padding, `voiced` how much of it is voice."""

    type: Literal["spoken"] = "spoken"
    channel: int
    start: int
    end: int
    speech_start: int
    speech_end: int
    voiced: int


class Settled(Value):
    """The utterance that begins at `start` has no words in it, or could not be decoded."""

    type: Literal["settled"] = "settled"
    channel: int
    start: int
    fate: Literal["silence", "failed"]


SpoolNote = Annotated[Quiet | Spoken | Settled, Field(discriminator="type")]

SPOOL_NOTE: TypeAdapter[SpoolNote] = TypeAdapter(SpoolNote)


def utterance_id(channel: int, start: int) -> str:
    """The id of what is said on a channel from a position on."""
    return f"a{channel}-{start}"
