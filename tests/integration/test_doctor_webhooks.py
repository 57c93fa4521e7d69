"""What `copilot doctor` tells of webhooks."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import create_engine, text

from copilot.adapters.store import open_store
from copilot.commands.doctor_webhooks import webhooks
from copilot.errors import StoreUnavailable
from tests.integration.test_webhooks import a_call, store_in, telling, until
from tests.integration.webhook_receiver import Receiver, receiving

pytestmark = pytest.mark.anyio


async def told(folder: Path, *names: str) -> list[str]:
    opened = f"sqlite+aiosqlite:///{folder / 'copilot.db'}"
    return [str(finding) for finding in await webhooks(names, lambda: open_store(opened))]


async def played(folder: Path, *answers: int) -> None:
    """A call of which an endpoint was told, which answered so."""
    async with store_in(folder) as kept, receiving(Receiver(plays=[*answers])) as receiver:
        async with telling(kept, receiver, events=["call.ready"]) as (at_work, store):
            await a_call(store)
            out = at_work.courier("r0").out
            await until(lambda: any(message.attempts for message in out.messages.values()))


async def test_without_endpoints_nothing_is_set_up(tmp_path: Path) -> None:
    (line,) = await told(tmp_path)

    assert line.startswith("– webhooks: not set up: webhooks.NAME.url")


async def test_one_that_took_the_last_message_works_and_one_that_was_told_nothing_is_no_fault(tmp_path: Path) -> None:
    await played(tmp_path)

    assert await told(tmp_path, "r0", "other") == [
        "– webhook other: nothing was sent to it yet",
        "✓ webhook r0: the last message arrived",
    ]


async def test_one_that_fails_says_how(tmp_path: Path) -> None:
    await played(tmp_path, *[500] * 9)

    (line,) = await told(tmp_path, "r0")
    assert line.startswith("✗ webhook r0: the last attempt failed: ")
    assert "500" in line


async def test_one_that_is_gone_says_what_lets_it_go_on(tmp_path: Path) -> None:
    await played(tmp_path, 410)
    (line,) = await told(tmp_path, "r0")

    assert line.startswith("✗ webhook r0: it answered that it is gone; ")


async def test_a_journal_that_cannot_be_read_stops_its_endpoint_alone(tmp_path: Path) -> None:
    await played(tmp_path)
    with create_engine(f"sqlite:///{tmp_path / 'copilot.db'}").begin() as connection:
        connection.execute(text("UPDATE journal SET body = 'nonsense' WHERE kind = 'webhook'"))

    other, broken = await told(tmp_path, "r0", "other")
    assert other == "– webhook other: nothing was sent to it yet"
    assert broken.startswith("✗ webhook r0: nothing is sent to it: ")


async def test_without_the_database_they_are_named_and_not_looked_at() -> None:
    def closed() -> NoReturn:
        raise StoreUnavailable("the disk is full")

    (finding,) = await webhooks(["crm"], closed)
    assert str(finding) == "– webhooks: crm; not looked at, since the disk is full"
