"""What `live/` and `review/` need from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter

from copilot.domain.audio import AudioFormat, Decoded, DecodeRequest, Recording, Samples, Span
from copilot.domain.deliveries import Delivery, HandOver
from copilot.domain.events import Logged
from copilot.domain.journal import NO_PARTING, N, Note, Parting, Subject, SubjectKind, Written
from copilot.domain.language_model import ModelRequest, Usage
from copilot.domain.playbook import Playbook
from copilot.domain.recordings import Deleted, Uploaded
from copilot.domain.records import CallRecord
from copilot.domain.spooled import SpoolNote
from copilot.domain.webhooks import Reply


class Store(Protocol):
    """The record of all calls: one append-only log per call, what is known of each, and the journals beside them.

    Every method raises `StoreUnavailable` when the database does not answer as it should, and every one that writes of
    a call `CallDeleted` where it was deleted.
    """

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        """Write events, and the call's record if it changed, all or nothing. They are on disk when this returns.

        Sequence numbers go on from the last one written; one that is taken raises `StoreUnavailable`.
        """

    async def read(self, call_id: str, after: int = 0) -> list[Logged]:
        """The call's events beyond `after`, in order; empty for a call that is not there."""

    async def lengths(self, call_ids: Sequence[str]) -> dict[str, int]:
        """How many events each of these calls has; a call that is not there is left out."""

    async def record(self, call_id: str) -> CallRecord | None:
        """What is known of one call, or None."""

    async def records(self, limit: int, *, account: str | None = None) -> list[CallRecord]:
        """The newest calls, of one account or of all, the newest first."""

    async def find(self, terms: Sequence[str], limit: int) -> tuple[list[CallRecord], int]:
        """Calls whose `words` hold all these terms, which are folded too, and how many there are in all.

        Those that are not wrapped up come first, then by the day on which they took place, the latest first.
        """

    async def of_content(self, content: str) -> list[CallRecord]:
        """The calls that were made from a file with this content, the newest first."""

    async def account_named(self, name: str) -> str | None:
        """How an account was spelt first that this name means: exactly so, or but for case and outer space."""

    async def count(self) -> int:
        """How many calls there are."""

    async def unfinished(self) -> list[str]:
        """Ids of calls that have not been wrapped up."""

    async def model_use(self, since: datetime) -> list[Logged]:
        """What language models were used for since then, on calls that began at most a day before it."""

    async def delete(
        self, call_id: str, at: datetime, told: Sequence[tuple[Subject, Note]] = (), parting: Parting = NO_PARTING
    ) -> None:
        """Delete a call with all that is its own: log, record, deliveries, journals, messages of webhooks about it.

        All of it or nothing; notes that tell others of it are written along, and `parting` is done. What is left is
        that there was one, until `at`: nothing more can be written of it, and none is begun under its id. Raises
        `CallDeleted` and `NoSuchCall`.
        """

    async def deleted_at(self, call_id: str) -> datetime | None:
        """When the call was deleted, or None where none of this id was."""

    async def note_deliveries(self, noted: Sequence[Delivery]) -> None:
        """Keep how these stand; what is known of the same message to the same recipient gives way."""

    async def deliveries(self, call_id: str) -> list[Delivery]:
        """What was sent of a call, in the order in which it was begun."""

    async def deliveries_since(self, since: datetime) -> list[Delivery]:
        """What was begun to be sent since then, of any call, in that order."""

    async def write(self, subject: Subject, notes: Sequence[Note], at: datetime) -> None:
        """Add notes to the subject's journal, all or none. They are on disk when this returns."""

    async def written(
        self, kind: SubjectKind, shape: TypeAdapter[N], name: str | None = None, *, since: datetime | None = None
    ) -> list[Written[N]]:
        """The notes on one subject, or on all of a kind, the oldest first; `shape` reads them back.

        With `since`, those alone that were written from then on.

        Raises `BrokenNote` for one that is of no such shape.
        """


class Mailer(Protocol):
    """Hands messages to a mail server."""

    async def send(self, message: EmailMessage, recipients: Sequence[str]) -> Mapping[str, HandOver]:
        """What became of the message for every recipient; whatever goes wrong is told there, never raised."""


class Posts(Protocol):
    """Sends webhooks."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """What came of one attempt; whatever goes wrong is told there, never raised."""


class LanguageModel(Protocol):
    """A model that answers in text, whoever runs it."""

    @property
    def name(self) -> str:
        """The model as its provider calls it; what prices are looked up by and results are recorded under."""

    def stream(self, request: ModelRequest) -> AsyncIterator[str | Usage]:
        """The answer's text piece by piece as it comes, and at the end what it cost, where the provider says.

        Closing the iterator hangs up. Raises `ModelFailed`; has no deadline and no retries of its own.
        """


class Prompts(Protocol):
    """The prompt files, rendered."""

    def request(self, name: str, inputs: Mapping[str, str]) -> ModelRequest:
        """The newest (or pinned) version of a prompt with its inputs, which must be exactly those that it names."""


@dataclass(frozen=True, slots=True)
class RubricFile:
    """A part of the playbook in use; `is_own`: a company's file rather than the bundled one."""

    part: str
    version: int
    file: str
    is_own: bool


class PlaybookFiles(Protocol):
    """The playbook's parts as the files that they are. Raises `BrokenPlaybook`, and KeyError for no part."""

    def in_use(self) -> Sequence[RubricFile]:
        """Every part, in the playbook's order."""

    def text(self, part: str) -> str: ...

    def with_part(self, part: str, text: str) -> Playbook:
        """The whole playbook as it would be with this text for one of its parts; nothing is written."""


class Transcriber(Protocol):
    """A speech model, wherever it runs."""

    @property
    def name(self) -> str:
        """The model as its maker calls it."""

    @property
    def at_once(self) -> int:
        """How many decodes it can be at without one slowing another down much."""

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        """What is said in these samples at 16 kHz, at most half a minute of them.

        Cancelling it ends the work itself, not only the waiting. Raises `TranscriptionFailed`; has no deadline and no
        retries of its own.
        """


class Voice(Protocol):
    """Listens to one channel from its first sample on."""

    def probability(self, frame: Samples) -> float:
        """How likely it is that somebody speaks in the next 512 samples at 16 kHz."""


class VoiceDetector(Protocol):
    """Tells speech from everything else."""

    def listen(self) -> Voice: ...


class Spool(Protocol):
    """The sound of one call on disk, as it came, with notes of what has been understood of it.

    Not for use from several tasks at once, but for `sync` and `read`. Raises `StoreUnavailable` where the disk does
    not do as it should; after a failed `sync` it has to be opened again.
    """

    @property
    def audio(self) -> AudioFormat: ...

    @property
    def last_frame(self) -> int | None:
        """The number of the last frame, or None before the first."""

    @property
    def wire_samples(self) -> int:
        """Samples per channel, at the sender's rate."""

    @property
    def size(self) -> int:
        """Bytes written, whether or not they are on disk yet."""

    @property
    def released(self) -> bool:
        """Whether the sound has been deleted, because the call is over."""

    @property
    def notes(self) -> Sequence[SpoolNote]:
        """Those found when it was opened."""

    def append(self, number: int, payload: bytes) -> None: ...

    def note(self, note: SpoolNote) -> None: ...

    def sync(self) -> None:
        """Everything that was written before this call is on disk when it returns. Takes its time."""

    def read(self, span: Span) -> bytes:
        """The wire bytes of all channels for these samples, at the sender's rate; all of them must have come."""

    def release(self) -> None:
        """Delete the sound; what is left is the number of its last frame."""


class IncomingFile(Protocol):
    """A recording while it comes in. Raises `StoreUnavailable` where the disk takes no more."""

    def write(self, data: bytes) -> None: ...

    def opened(self) -> Recording:
        """What has come, as sound. Raises `UnreadableTranscript`."""

    def accept(self, uploaded: Uploaded) -> None:
        """It is complete. When this returns, it is on disk with what is known of it."""

    def discard(self) -> None:
        """It was not wanted. What was accepted stays."""


class Uploads(Protocol):
    """Recordings that were uploaded and are not transcribed to their end."""

    def begin(self, name: str) -> IncomingFile:
        """A file of this name, which the people who sent it know it by."""

    def there(self) -> list[Uploaded]:
        """Those that were accepted; what an earlier run left half done is removed."""

    def open(self, uploaded: Uploaded) -> Recording:
        """Its sound from the beginning, the same every time. Raises `UnreadableTranscript`."""

    def remove(self, call_id: str) -> None: ...


class KeptSound(Protocol):
    """Sound that is kept after its call, encoded. Raises `StoreUnavailable` where the disk fails."""

    def clear(self) -> None:
        """Finish or remove what an earlier run left half done."""

    def there(self) -> list[str]:
        """Ids of the calls that have some."""

    def file(self, call_id: str) -> Path | None:
        """The encoded sound of a call, complete, or None."""

    def keep(self, call_id: str, sound: Recording, stopped: Callable[[], bool]) -> bool:
        """Encode a call's sound, 16-bit PCM; whether it was not stopped. On disk is all of it then, or nothing."""

    def remove(self, call_id: str, deleted: Deleted | None) -> None:
        """Delete it, and remember since when and why; with None, the call is forgotten altogether."""

    def deleted(self, call_id: str) -> Deleted | None:
        """Since when and why the sound of a call is deleted, where it was kept before."""


class Spools(Protocol):
    """All spools of this server. Opening one reads it through: seconds for a long call."""

    def there(self) -> list[str]:
        """Ids of the calls that have one with sound in it."""

    def holds(self, call_id: str) -> bool:
        """Whether there is sound of this call; quickly, however long the call."""

    def find(self, call_id: str) -> Spool | None:
        """The one of this call, or None."""

    def make(self, call_id: str, audio: AudioFormat) -> Spool: ...

    def remove(self, call_id: str) -> None:
        """Delete the one of this call with its notes, if there is one; nobody may have it open."""
