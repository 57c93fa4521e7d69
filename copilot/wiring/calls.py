"""What commands about calls work with."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.errors import BadSettings
from copilot.wiring.alone import open_kept
from copilot.wiring.console import complain
from copilot.wiring.language_model import open_second_tier
from copilot.wiring.mail import open_mailer
from copilot.wiring.playbooks import analyst_of, load_playbook
from copilot.wiring.speech import transcribed_file

if TYPE_CHECKING:
    from copilot.analysis.hearing import Engine
    from copilot.commands.email import Envelope
    from copilot.commands.one_call import Named
    from copilot.domain.call import Transcript
    from copilot.domain.playbook import Playbook
    from copilot.domain.state import CallState
    from copilot.ports import Store
    from copilot.review.maturity import MaturityMap
    from copilot.review.scorecard import KeptScorecards
    from copilot.settings import Settings


@contextlib.contextmanager
def open_engine(name: str, settings: Settings, playbook: Playbook) -> Iterator[Engine]:
    """What analyses whole calls: the first tier alone, or both."""
    from copilot.analysis.hearing import embedded_engine

    analyst = analyst_of(playbook)
    if name == "embedded":
        yield embedded_engine(analyst, playbook=playbook.version)
        return
    from copilot.adapters.store import MemoryStore
    from copilot.live.both_tiers import heard_by_both

    with asyncio.Runner() as runner:
        opened = contextlib.AsyncExitStack()
        tier = runner.run(opened.enter_async_context(open_second_tier(settings.llm, playbook)))
        if tier is None:
            raise BadSettings("no language model is set up: COPILOT_LLM__MODEL names one, and `copilot doctor` asks it")
        try:
            yield lambda talks: runner.run(
                heard_by_both(talks, analyst, tier, playbook=playbook.version, new_store=MemoryStore, complain=complain)
            )
        finally:
            runner.run(opened.aclose())


def heard(settings: Settings, file: Path) -> Transcript:
    """What is said in a recording."""
    terms = load_playbook(settings).company.names
    return asyncio.run(transcribed_file(file, settings.speech, terms, settings.data / "analyses"))


def state_of(named: Named, engine: str, settings: Settings) -> CallState:
    """The call that a command names, from the store or analysed on the spot."""
    from copilot.commands.one_call import NothingNamed, analysed, stored

    if named.file is None:
        if settings.store.url is None and not settings.store_file.is_file():
            raise NothingNamed(named.name)  # rather than make a store only to find nothing in it
        return asyncio.run(stored(named, lambda: open_kept(settings)))
    playbook = load_playbook(settings)
    with open_engine(engine, settings, playbook) as both:
        return analysed(named.file, named, both, partial(heard, settings))


def kept_of(named: Named, settings: Settings) -> KeptScorecards:
    """What was kept of the scorecard of a call in the store, people's answers among it; nothing of a file's."""
    from copilot.afterwards.scorekeeping import Scorekeeper
    from copilot.review.scorecard import KeptScorecards

    async def read() -> KeptScorecards:
        async with open_kept(settings) as store:
            return await Scorekeeper(store, {}, lambda: datetime.now(UTC)).of_call(named.name)

    return KeptScorecards() if named.file else asyncio.run(read())


def maturity_of(settings: Settings, since: str | None) -> MaturityMap:
    """How far the company's own value work has come, as the store has it; blank where there is no store."""
    from copilot.adapters.store import MemoryStore
    from copilot.afterwards.accounts import Accounts
    from copilot.afterwards.maturity import Maturity
    from copilot.afterwards.scorekeeping import Scorekeeper

    playbook, now = load_playbook(settings), lambda: datetime.now(UTC)

    async def read(store: Store) -> MaturityMap:
        scorekeeper, accounts = Scorekeeper(store, {}, now), Accounts(store, playbook.value_demonstration, now)
        return await Maturity(store, playbook.value_blueprint, scorekeeper, accounts, now).map(since=since)

    async def opened() -> MaturityMap:
        if settings.store.url is None and not settings.store_file.is_file():
            return await read(MemoryStore())
        async with open_kept(settings) as store:
            return await read(store)

    return asyncio.run(opened())


async def send_summary(
    state: CallState, call_id: str, language: str | None, addressed: Envelope, settings: Settings
) -> None:
    """Send the summary of a call, and keep what became of it in the store."""
    from copilot.afterwards.outbox import Outbox
    from copilot.commands.email import send
    from copilot.settings import make_data_folder

    make_data_folder(settings)
    async with open_kept(settings) as store:
        outbox = Outbox(open_mailer(settings.mail), store, lambda: datetime.now(UTC))
        await send(state, call_id, language, addressed, outbox)
