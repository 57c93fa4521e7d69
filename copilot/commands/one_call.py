"""The call that a command names: one in the store by its id, or a transcript that is analysed on the spot."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from copilot.analysis.hearing import Engine
from copilot.commands.analyze import Hear, read_files, talk_of
from copilot.domain.call import CallKind
from copilot.domain.state import CallState, replay
from copilot.errors import UnusableInput
from copilot.ports import Store

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]


@dataclass(frozen=True, slots=True)
class Named:
    """What a command was given: an id or a path, and what a transcript may not say of itself."""

    name: str
    kind: CallKind | None = None
    reps: Collection[str] = ()

    @property
    def file(self) -> Path | None:
        path = Path(self.name)
        return path if path.is_file() else None

    @property
    def call_id(self) -> str:
        """What deliveries are kept under."""
        return self.file.name if self.file else self.name


class NothingNamed(UnusableInput):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name!r} is neither a transcript file nor the id of a call in the store")


def analysed(file: Path, named: Named, engine: Engine, hear: Hear | None = None) -> CallState:
    """The state that a transcript's one call comes to. Raises UnusableInput where it holds several."""
    transcript, *others = read_files([file], reps=named.reps, hear=hear)
    if others:
        raise UnusableInput(f"{file} holds {1 + len(others)} calls; put the one that is meant into a file by itself")
    (step,) = engine([talk_of(transcript, named.kind)])
    return step.state


async def stored(named: Named, open_store: OpenStore) -> CallState:
    """The state of a call in the store, as its log has it. Raises NothingNamed."""
    async with open_store() as store:
        if await store.record(named.name) is None:
            raise NothingNamed(named.name)
        return replay(logged.event for logged in await store.read(named.name))
