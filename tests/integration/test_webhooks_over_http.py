"""Webhooks of a running server: what the API shows of them, and sending once more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from copilot.commands.serve import running
from copilot.settings import MailSettings, WebhookSettings
from copilot.wiring.server import open_services
from tests.integration.mail_servers import mail_server
from tests.integration.servers import over_http, sender, settings_for, words
from tests.integration.webhook_receiver import SECRET, Receiver, receiving

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def asking(folder: Path, receiver: Receiver | None = None, **more: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who asks a server with one endpoint, on which a call has come to its end."""
    told = {"crm": WebhookSettings(url=SecretStr(receiver.url), secret=SecretStr(SECRET))} if receiver else {}
    settings = settings_for(folder).model_copy(
        update={"webhooks": told, "public_url": "https://copilot.example/", **more}
    )
    async with running(settings, open_services) as server:
        async with sender(server, "acme", kind="discovery") as call:
            await call.send(**words(1, "We want to halve our lead time of nine days by June.", role="customer"))
            await call.send(type="end")
            await call.next("ended")
        async with over_http(server) as http:
            yield http


async def endpoint(http: httpx.AsyncClient, *, delivered: int) -> dict[str, Any]:
    """The endpoint as the API shows it, once so many attempts at it are noted."""
    async with asyncio.timeout(20):
        while True:
            (told,) = (await http.get("/api/webhooks")).json()["endpoints"]
            if sum(len(delivery["attempts"]) for delivery in told["deliveries"]) >= delivered:
                found: dict[str, Any] = told
                return found
            await asyncio.sleep(0.01)


async def test_the_log_tells_of_each_delivery_and_of_the_address_its_host_alone(tmp_path: Path) -> None:
    async with receiving() as receiver, asking(tmp_path, receiver) as http:
        told = await endpoint(http, delivered=3)
        answer = await http.get("/api/webhooks")

    assert (told["name"], told["host"], told["health"]) == ("crm", f"http://127.0.0.1:{receiver.port}", "working")
    assert {delivery["event"] for delivery in told["deliveries"]} == {"call.ended", "call.ready", "scorecard.made"}
    assert {delivery["state"] for delivery in told["deliveries"]} == {"delivered"}
    attempt = told["deliveries"][0]["attempts"][0]
    assert (attempt["status"], attempt["error"]) == (204, None)
    assert receiver.got[0].told["data"]["call"]["page"] == "https://copilot.example/calls/acme"
    assert all(secret not in answer.text for secret in ("with-a-secret", SECRET, "lead time"))


async def test_a_delivery_is_sent_once_more_under_its_old_id(tmp_path: Path) -> None:
    async with receiving() as receiver, asking(tmp_path, receiver) as http:
        told = await endpoint(http, delivered=3)
        which = told["deliveries"][0]["id"]
        answer = await http.post(f"/api/webhooks/crm/deliveries/{which}/redeliver")
        again = await endpoint(http, delivered=4)

    assert (answer.status_code, answer.json()) == (202, {"id": which})
    assert [got.id for got in receiver.got].count(which) == 2
    assert next(len(d["attempts"]) for d in again["deliveries"] if d["id"] == which) == 2


async def test_a_test_message_and_names_that_nobody_has(tmp_path: Path) -> None:
    async with receiving(Receiver(then=500)) as receiver, asking(tmp_path, receiver) as http:
        sent = await http.post("/api/webhooks/crm/test")
        told = await endpoint(http, delivered=4)
        nowhere = await http.post("/api/webhooks/nope/test")
        everything = await http.post("/api/webhooks/crm/send-all")
        all_again = await endpoint(http, delivered=8)
        none = await http.post("/api/webhooks/nope/send-all")
        nothing = await http.post("/api/webhooks/crm/deliveries/msg_0/redeliver")

    assert sent.status_code == 202
    assert told["health"] == "failing"
    assert {delivery["state"] for delivery in told["deliveries"]} == {"waiting"}
    assert (nowhere.status_code, nowhere.json()["error"]["code"]) == (404, "no_such_webhook")
    assert (everything.status_code, everything.json(), none.status_code) == (202, {"sent": 4}, 404)
    assert [len(delivery["attempts"]) for delivery in all_again["deliveries"]] == [2] * 4
    assert (nothing.status_code, nothing.json()["error"]["code"]) == (404, "no_such_delivery")


async def test_an_email_that_was_sent_from_the_page_is_told(tmp_path: Path) -> None:
    async with mail_server() as there, receiving() as receiver:
        mail = MailSettings(host="127.0.0.1", port=there.port, security="none", sender="dana@vendor.example")
        async with asking(tmp_path, receiver, mail=mail) as http:
            view = (await http.get("/api/calls/acme/email/draft")).json()
            typed = {
                "to": "luis@acme.example",
                "subject": "What we heard",
                "body": "Hello",
                "seq": view["seq"],
                "after": view["version"],
            }
            (await http.post("/api/calls/acme/email/send", json=typed)).raise_for_status()
            told = await endpoint(http, delivered=4)

    (mailed,) = [one["facts"] for one in told["deliveries"] if one["event"] == "email.sent"]
    assert (mailed["recipients"], mailed["accepted"], len(there.taken)) == (1, 1, 1)


async def test_without_endpoints_nobody_is_told(tmp_path: Path) -> None:
    async with asking(tmp_path) as http:
        none = (await http.get("/api/webhooks")).json()
        nobody = await http.post("/api/webhooks/crm/test")

    assert none == {"endpoints": []}
    assert nobody.status_code == 404
