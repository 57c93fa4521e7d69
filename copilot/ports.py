"""What `live/` and `review/` need from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from copilot.domain.events import Logged
from copilot.domain.language_model import ModelRequest, Usage
from copilot.domain.records import CallRecord


class Store(Protocol):
    """The record of all calls: one append-only log per call, and what is known of each call beside it.

    Every method raises `StoreUnavailable` when the database does not answer as it should.
    """

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        """Write events, and the call's record if it changed, all or nothing. They are on disk when this returns.

        Sequence numbers go on from the last one written; one that is taken raises `StoreUnavailable`.
        """

    async def read(self, call_id: str, after: int = 0) -> list[Logged]:
        """The call's events beyond `after`, in order; empty for a call that is not there."""

    async def record(self, call_id: str) -> CallRecord | None:
        """What is known of one call, or None."""

    async def records(self, limit: int) -> list[CallRecord]:
        """The newest calls, the newest first."""

    async def count(self) -> int:
        """How many calls there are."""

    async def unfinished(self) -> list[str]:
        """Ids of calls that have not been wrapped up."""

    async def model_use(self, since: datetime) -> list[Logged]:
        """What language models were used for since then, on calls that began at most a day before it."""


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
