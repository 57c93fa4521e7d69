"""Webhooks with a database that fails for a moment, and with a journal that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from copilot.adapters.store import MemoryStore, open_store
from copilot.afterwards.webhooks import telling as telling_of_events
from copilot.commands.serve import running
from copilot.domain.journal import Note, Subject
from copilot.domain.webhooks import MessageQueued
from copilot.errors import StoreUnavailable
from copilot.settings import WebhookSettings
from copilot.wiring.server import open_services
from tests.integration.servers import over_http, sender, settings_for, words
from tests.integration.test_webhooks import a_call, settled, telling
from tests.integration.webhook_receiver import SECRET, receiving

pytestmark = pytest.mark.anyio


class Forgetful(MemoryStore):
    """A store whose database does not answer the first `times` that a message is to be queued."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    async def write(self, subject: Subject, notes: Sequence[Note], at: datetime) -> None:
        if self.times and any(isinstance(note, MessageQueued) for note in notes):
            self.times -= 1
            raise StoreUnavailable("it is locked")
        await super().write(subject, notes, at)


class Unknown(Note):
    """A note that no endpoint's journal should hold."""

    type: str = "nonsense"


async def test_what_happens_while_the_database_does_not_answer_is_told_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telling_of_events, "REST_S", 0.01)
    async with receiving() as receiver, telling(Forgetful(3), receiver) as (webhooks, store):
        await a_call(store)
        got = await receiver.has(3)
        await settled(webhooks, n=3)

    assert sorted(one.told["type"] for one in got) == ["call.ended", "call.ready", "scorecard.made"]
    assert len(receiver.got) == 3


async def test_an_endpoint_whose_journal_cannot_be_read_is_told_nothing_and_others_are(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    async with open_store(settings.store_url) as store:
        await store.write(Subject("webhook", "crm"), [Unknown()], datetime.now(UTC))
    async with receiving() as receiver:
        hook = WebhookSettings(url=SecretStr(receiver.url), secret=SecretStr(SECRET), events=("call.ended",))
        hooks = settings.model_copy(update={"webhooks": {"crm": hook, "desk": hook}})
        async with running(hooks, open_services) as server, over_http(server) as http:
            async with sender(server, "acme") as call:
                await call.send(**words(1))
                await call.send(type="end")
                await call.next("ended")
            await receiver.has(1)
            refused = [
                await http.post("/api/webhooks/crm/test"),
                await http.post("/api/webhooks/crm/deliveries/msg_0/redeliver"),
            ]
            await http.post("/api/webhooks/desk/test")
            await receiver.has(2)
            told = {one["name"]: one for one in (await http.get("/api/webhooks")).json()["endpoints"]}

    assert [(one.status_code, one.json()["error"]["code"]) for one in refused] == [(409, "webhook_broken")] * 2
    assert (told["crm"]["health"], told["crm"]["deliveries"]) == ("broken", [])
    assert told["desk"]["health"] != "broken"
    assert len(receiver.got) == 2
