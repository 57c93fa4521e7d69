"""What the routes and sockets work with; `copilot.wiring` puts it together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import SecretStr

from copilot.afterwards.accounts import Accounts
from copilot.afterwards.deleting import Deletion
from copilot.afterwards.drafts import Drafts
from copilot.afterwards.outbox import Mailing
from copilot.afterwards.scorekeeping import Scorekeeper
from copilot.afterwards.sharing import Shares
from copilot.afterwards.webhooks import Webhooks
from copilot.domain.call import CallKind, Transcript
from copilot.domain.documents import Document
from copilot.domain.playbook import Playbook
from copilot.domain.scorecard_rubrics import ScorecardRubric
from copilot.live.calls import Calls
from copilot.live.ears import Ears
from copilot.live.keeping import Keeping
from copilot.live.transcribing import Transcribing
from copilot.ports import Store
from copilot.web.access import Access
from copilot.web.installation import Installation

ReportWriter = Callable[[Document], bytes]


async def _nothing_to_check() -> None:
    """A store that no other server can reach."""


@dataclass(frozen=True, slots=True)
class TwilioTerms:
    """How streams of Twilio's are known and heard.

    `url` is their socket's address as Twilio was told it; `inbound` whose voice comes from the far end of the line.
    """

    auth_token: SecretStr | None = None
    url: str | None = None
    inbound: Literal["customer", "rep"] = "customer"


@dataclass(frozen=True, slots=True)
class Services:
    """`demos` are the bundled calls by name; without `ears` and `transcribing`, calls come in as text alone.

    Without `mailing` no email is sent. `largest_recording`: the bytes of an upload. `demos_count`: whether the pages of
    accounts count bundled calls unless they are asked not to. `taking_in` is held while it is found out whether a file
    is known and its call is begun. `public_url`: where people reach the server, without a slash at its end.
    `check_alone` raises StoreUnavailable where the database is not this server's alone any more.
    """

    calls: Calls
    store: Store
    playbook: Playbook
    access: Access
    demos: Mapping[str, Transcript]
    scorecards: Mapping[CallKind, ScorecardRubric]
    scorekeeper: Scorekeeper
    accounts: Accounts
    keeping: Keeping
    drafts: Drafts
    shares: Shares
    deletion: Deletion
    mailing: Mailing | None = None
    ears: Ears | None = None
    transcribing: Transcribing | None = None
    largest_recording: int = 1024 * 2**20
    twilio: TwilioTerms = TwilioTerms()
    installation: Installation | None = None
    demos_count: bool = False
    public_url: str | None = None
    webhooks: Webhooks | None = None
    check_alone: Callable[[], Awaitable[None]] = _nothing_to_check
    report_writers: Mapping[str, ReportWriter] = field(default_factory=dict)
    taking_in: asyncio.Lock = field(default_factory=asyncio.Lock)
    background: Background = field(default_factory=lambda: Background())

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that have coverage, in the playbook's order."""
        return tuple(stage.id for stage in self.playbook.stages)


class Background:
    """Work that goes on after the answer to a request; cancelled and awaited when the server stops."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
