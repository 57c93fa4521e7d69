"""What goes out to other systems, put together from the settings: exports and webhooks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from copilot.errors import UnusableInput
from copilot.wiring.alone import open_kept

if TYPE_CHECKING:
    from datetime import date

    from copilot.afterwards.exporting import Export
    from copilot.afterwards.webhooks import Webhooks
    from copilot.commands.one_call import Named
    from copilot.domain.playbook import Playbook
    from copilot.domain.webhooks import Endpoint
    from copilot.ports import Store
    from copilot.settings import Settings, WebhookSettings

DEADLINE_S = 15.0


@contextlib.asynccontextmanager
async def open_export(settings: Settings, playbook: Playbook, *, notes: bool = False) -> AsyncIterator[Export]:
    """The calls of the store; raises UnusableInput where there is none, rather than making one."""
    from copilot.afterwards.exporting import Export

    if settings.store.url is None and not settings.store_file.is_file():
        raise UnusableInput(f"there are no calls in {settings.data}; --data names another folder")
    async with open_kept(settings) as store:
        yield Export(store, playbook, notes=notes)


def held_on(named: Named, settings: Settings) -> date | None:
    """The day of a call in the store; None for a file, which may say itself."""

    async def read() -> date | None:
        async with open_kept(settings) as store:
            record = await store.record(named.name)
            return record.held_on if record else None

    return None if named.file else asyncio.run(read())


@contextlib.asynccontextmanager
async def open_webhooks(settings: Settings, store: Store) -> AsyncIterator[Webhooks | None]:
    """What tells other systems of calls, or None where no endpoint is set up; nothing of it is imported then."""
    if not settings.webhooks:
        yield None
        return
    from copilot.adapters.webhook_posts import open_posts
    from copilot.afterwards.webhooks import Terms, Webhooks

    endpoints = endpoints_of(settings)
    terms = Terms(public_url=settings.public_url.rstrip("/") if settings.public_url else None)
    async with open_posts(DEADLINE_S) as posts:
        yield Webhooks(endpoints, store, posts, lambda: datetime.now(UTC), terms)


def endpoints_of(settings: Settings) -> list[Endpoint]:
    """The endpoints that are set up."""
    return [_endpoint(name, told) for name, told in settings.webhooks.items()]


def told_of(store: Store, webhooks: Webhooks | None) -> Store:
    """The store, with webhooks hearing of what is written to it."""
    if webhooks is None:
        return store
    from copilot.afterwards.webhooks import NoticingStore

    return cast("Store", NoticingStore(store, webhooks.notice))


def _endpoint(name: str, told: WebhookSettings) -> Endpoint:
    from copilot.domain.signing import key_of
    from copilot.domain.webhooks import Endpoint

    key = key_of(told.secret.get_secret_value())
    return Endpoint(name, told.url.get_secret_value(), key, frozenset(told.events), told.words)
