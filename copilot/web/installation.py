"""What the settings page works with: what was found of an installation, what it was told, and the playbook's files."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from copilot.analysis.hearing import Analyst, Step, analyse
from copilot.analysis.previewing import Difference, difference
from copilot.domain.call import CallInfo
from copilot.domain.findings import Finding
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState
from copilot.errors import UnusableInput
from copilot.ports import PlaybookFiles, RubricFile

Examine = Callable[[], Awaitable[Sequence[Finding]]]


@dataclass(frozen=True, slots=True)
class MailFacts:
    server: str
    security: str
    sender: str
    copies_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the settings come to. None of it is a secret: `token` says where the access token is, and not what it is."""

    data: str
    database: str
    token: str
    rubrics: str | None
    sound: Literal["never", "with_consent"]
    sound_days: int
    mail: MailFacts | None


class NoSuchPart(UnusableInput):
    def __init__(self, part: str, known: Sequence[str]) -> None:
        self.part, self.known = part, tuple(known)
        super().__init__(f"the playbook has no part {part!r}; it has {', '.join(known)}")


class PlaybookDesk:
    """Where the playbook is read, and changes to it are tried out; nothing is ever written."""

    def __init__(self, files: PlaybookFiles, playbook: Playbook, analyst_of: Callable[[Playbook], Analyst]) -> None:
        self._files = files
        self._playbook = playbook
        self._analyst_of = analyst_of
        self._previewing = asyncio.Lock()  # it takes seconds of a core that live calls need as well

    async def files(self) -> Sequence[RubricFile]:
        return await asyncio.to_thread(self._files.in_use)

    async def file(self, part: str) -> tuple[RubricFile, str]:
        """A part's file and its text."""
        shown = {file.part: file for file in await self.files()}
        if part not in shown:
            raise NoSuchPart(part, list(shown))
        return shown[part], await asyncio.to_thread(self._files.text, part)

    async def check(self, part: str, text: str) -> Playbook:
        """The playbook with this text for one of its parts; raises BrokenPlaybook, with what is wrong where."""
        await self.file(part)
        return await asyncio.to_thread(self._files.with_part, part, text)

    async def preview(self, part: str, text: str, call: CallState) -> Difference:
        """What the changed playbook would make of a call, held against what the present one makes of it."""
        changed = await self.check(part, text)
        async with self._previewing:
            return await asyncio.to_thread(self._difference, changed, call)

    def _difference(self, changed: Playbook, call: CallState) -> Difference:
        before, after = (self._analysed(call, book) for book in (self._playbook, changed))
        return difference(before, after, [stage.id for stage in changed.stages])

    def _analysed(self, call: CallState, book: Playbook) -> Step:
        info = call.call or CallInfo(id="unnamed")
        return analyse(info, call.utterances, self._analyst_of(book), playbook=book.version, ended=call.ended)


@dataclass(frozen=True, slots=True)
class Installation:
    """`at_hand` looks at what is here, in no time; `outside` asks, by part, what is elsewhere or takes a while."""

    facts: Facts
    at_hand: Examine
    outside: Mapping[str, Examine]
    desk: PlaybookDesk
