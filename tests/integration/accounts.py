"""A server with an account of one call, and notes for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from copilot.domain.items import Evidence
from copilot.domain.ops import AddMetric, AddOutcome, AnyOp
from copilot.domain.state import CallState
from tests.builders import noticing
from tests.integration.servers import over_http, sender, server, words

SAID = "It takes us 48 hours to answer, and I want that down to 18 hours."

PROMISE = "call:M1"

READING = {"type": "reading", "promise": PROMISE, "figure": "30 hours", "on": "2026-03-02", "by": "Mira"}


def noted(state: CallState, i: int) -> list[AnyOp]:
    evidence = (Evidence(utterance=i, quote=state.utterances[i].text),)
    return [
        AddOutcome(text="answer within a day", evidence=evidence),
        AddMetric(text="time to answer", evidence=evidence, outcomes=("O1",), baseline="48 hours", target="18 hours"),
    ]


PAID = {"type": "investment", "what": "Licence", "amount": "$12,000"}


@asynccontextmanager
async def an_account(folder: Path, account: str = "Larkfield", **call: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A server with one call of this account, on which a promise was made."""
    async with server(folder, analyst=noticing(noted)) as running:
        async with sender(running, account=account, kind="discovery", held_on="2026-01-12", **call) as talk:
            await talk.send(**words(1, SAID, role="customer"))
            await talk.next("ack")
        async with over_http(running) as http:
            yield http


async def wrote(http: httpx.AsyncClient, *notes: dict[str, Any], account: str = "Larkfield") -> httpx.Response:
    return await http.post(f"/api/accounts/{account}/notes", json={"notes": list(notes)})


def problem(answer: httpx.Response) -> str:
    message: str = answer.json()["error"]["message"]
    return message
