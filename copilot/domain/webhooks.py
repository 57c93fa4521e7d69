"""What other systems are told of calls, and how each attempt to tell them went: notes in an endpoint's journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter

from copilot.domain.journal import Note, Written
from copilot.domain.value import Value

WebhookEvent = Literal["call.ended", "call.ready", "call.deleted", "scorecard.made", "email.sent"]
WEBHOOK_EVENTS: tuple[WebhookEvent, ...] = get_args(WebhookEvent)

Facts = dict[str, str | int | float | None]
"""Figures that go out with an event, by name."""

MessageState = Literal["waiting", "delivered", "failed", "held"]
Health = Literal["unused", "working", "failing", "gone"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where messages go. `words`: whether they may hold what was said, and names. Neither address nor key is shown."""

    name: str
    url: str = field(repr=False)
    key: bytes = field(repr=False)
    events: frozenset[str] = frozenset(WEBHOOK_EVENTS)
    words: bool = False


class EndpointOpened(Note):
    """The endpoint was set up: what happened before is not told to it."""

    type: Literal["opened"] = "opened"


class MessageQueued(Note):
    """Something that the endpoint is to be told. Its text is made of the call when it is sent, and is not kept here.

    `message` is its id, the same at every attempt. `facts` are figures that the call itself does not have.
    """

    type: Literal["queued"] = "queued"
    message: str
    event: WebhookEvent | Literal["test"]
    call: str | None = None
    happened_at: datetime
    facts: Facts = Field(default_factory=dict)


class MessageAttempted(Note):
    """One attempt. `status` is None where there was no answer; `answer` are the first 1024 bytes of one at most.

    `again_at` is when it will be tried again, None where it will not be: delivered, or given up.
    """

    type: Literal["attempted"] = "attempted"
    message: str
    began_at: datetime
    took_ms: int
    status: int | None = None
    error: str | None = None
    answer: str | None = None
    again_at: datetime | None = None

    @property
    def delivered(self) -> bool:
        return self.error is None


class MessageRedelivered(Note):
    """A person wants it to be sent once more, from the first attempt on."""

    type: Literal["redelivered"] = "redelivered"
    message: str


WebhookNote = EndpointOpened | MessageQueued | MessageAttempted | MessageRedelivered
WEBHOOK_NOTES: TypeAdapter[WebhookNote] = TypeAdapter(Annotated[WebhookNote, Field(discriminator="type")])


class Attempt(Value):
    """An attempt as it is shown."""

    began_at: datetime
    took_ms: int
    status: int | None
    error: str | None
    answer: str | None


class Message(Value):
    """A message with all attempts at it, the oldest first. `tries` counts those since a person last asked for it.

    `held`: the endpoint answered 410, so nothing more is sent to it until a person asks for a delivery that arrives.
    """

    id: str
    event: WebhookEvent | Literal["test"]
    call: str | None
    happened_at: datetime
    facts: Facts
    attempts: tuple[Attempt, ...] = ()
    tries: int = 0
    state: MessageState = "waiting"
    due_at: datetime | None = Field(default=None, description="When it is tried next; None: at once, or never.")


class Reply(Value):
    """What came of sending a message: the status of the answer, or why there was none.

    `answer` is its beginning. `retry_after_s`: what the endpoint asked for itself. Without `error` it was delivered.
    """

    took_ms: int
    status: int | None = None
    error: str | None = None
    answer: str | None = None
    retry_after_s: float | None = None


@dataclass(slots=True)
class Outgoing:
    """An endpoint's messages by their id, in the order in which they were queued. `gone`: its last answer was 410."""

    opened_at: datetime | None = None
    messages: dict[str, Message] = field(default_factory=dict)
    gone: bool = False

    @property
    def last_attempt(self) -> Attempt | None:
        """Whichever message it was for."""
        attempts = (attempt for message in self.messages.values() for attempt in message.attempts)
        return max(attempts, key=lambda attempt: attempt.began_at, default=None)

    @property
    def health(self) -> Health:
        """By the last attempt."""
        if self.gone:
            return "gone"
        last = self.last_attempt
        return "unused" if last is None else "failing" if last.error else "working"

    def count(self, state: MessageState) -> int:
        return sum(message.state == state for message in self.messages.values())

    def take(self, note: WebhookNote, at: datetime) -> None:
        """What one more note changes."""
        match note:
            case EndpointOpened():
                self.opened_at = self.opened_at or at
            case MessageQueued():
                self.messages.setdefault(note.message, self._queued(note))
            case MessageAttempted():
                self._attempted(note)
            case MessageRedelivered() if note.message in self.messages:
                fresh = {"state": "waiting", "tries": 0, "due_at": None}
                self.messages[note.message] = self.messages[note.message].model_copy(update=fresh)
            case MessageRedelivered():
                pass

    def _queued(self, note: MessageQueued) -> Message:
        return Message(
            id=note.message,
            event=note.event,
            call=note.call,
            happened_at=note.happened_at,
            facts=note.facts,
            state="held" if self.gone else "waiting",
        )

    def _attempted(self, note: MessageAttempted) -> None:
        message = self.messages.get(note.message)
        if message is None:
            return
        attempt = Attempt(**note.model_dump(include=set(Attempt.model_fields)))
        state = self._state_after(note)
        self.messages[note.message] = message.model_copy(
            update={
                "attempts": (*message.attempts, attempt),
                "tries": message.tries + 1,
                "state": state,
                "due_at": note.again_at if state == "waiting" else None,
            }
        )
        if note.status == GONE or note.delivered:
            self._turn(gone=note.status == GONE)

    def _state_after(self, note: MessageAttempted) -> MessageState:
        """What was under way when the endpoint said that it is gone is held back like what waited."""
        if note.delivered:
            return "delivered"
        if self.gone and (note.again_at or note.status == GONE):
            return "held"
        return "waiting" if note.again_at else "failed"

    def _turn(self, *, gone: bool) -> None:
        """Hold back what waits, or let go of it."""
        self.gone = gone
        before, after = ("waiting", "held") if gone else ("held", "waiting")
        for message in self.messages.values():
            if message.state == before:
                self.messages[message.id] = message.model_copy(update={"state": after, "due_at": None})


GONE = 410


def outgoing(notes: Iterable[Written[WebhookNote]]) -> Outgoing:
    """An endpoint's journal, added up."""
    found = Outgoing()
    for written in notes:
        found.take(written.note, written.at)
    return found


def notes_about(call_id: str, notes: Sequence[tuple[int, str]]) -> list[int]:
    """The numbers of the notes, given as they stand in journals, on messages about a call; also of broken ones."""
    messages = messages_of(call_id, [body for _, body in notes])
    return [seq for seq, body in notes if _fields(body).get("message") in messages]


def messages_of(call_id: str, notes: Iterable[str]) -> set[str]:
    """The ids of messages about a call, as far as these notes name both."""
    known = map(_fields, notes)
    return {fields["message"] for fields in known if fields.get("call") == call_id and "message" in fields}


def _fields(body: str) -> dict[str, str]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    given = found.items() if isinstance(found, dict) else ()
    return {name: value for name, value in given if isinstance(value, str)}
