"""The list of calls as it is asked for, and accounts that are meant however somebody types them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.builders import noticing
from tests.integration.accounts import SAID, noted
from tests.integration.servers import over_http, sender, server, words

pytestmark = pytest.mark.anyio


async def upload(http: httpx.AsyncClient, n: int, **told: str) -> dict[str, Any]:
    content = f"Dana Reyes: Hello.\nLuis: It takes us {n} weeks.\n".encode()
    answer = await http.post("/api/calls", files={"file": (f"weekly {n}.txt", content)}, data=told)
    made: dict[str, Any] = answer.json()["calls"][0]
    return made


async def found(http: httpx.AsyncClient, **asked: Any) -> tuple[list[str], int]:
    answer = (await http.get("/api/calls", params=asked)).json()
    return [call["title"] for call in answer["calls"]], answer["total"]


class TestList:
    async def test_is_searched_and_limited_by_day_however_late_a_call_was_taken_in(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, over_http(running) as http:
            for n, day in enumerate(["2026-05-04", "2024-01-02", "2026-03-02"]):
                await upload(http, n, held_on=day, account="Acme" if n else "Größe")

            assert await found(http, limit=2) == (["weekly 0", "weekly 2"], 3)
            assert await found(http, q="ACME reyes") == (["weekly 2", "weekly 1"], 2)
            assert await found(http, q="acme", limit=1) == (["weekly 2"], 2)
            assert await found(http, q="GRÖSSE") == (["weekly 0"], 1)
            assert await found(http, q="%") == ([], 0)
            assert (await http.get("/api/calls", params={"q": "a" * 201})).status_code == 422

    async def test_finds_a_call_by_its_id_and_by_whom_it_heard_once_it_is_over(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, over_http(running) as http:
            async with sender(running, "some-id", title="Kick-off") as talk:
                await talk.send(**words(1, "Hello", speaker="Ottoline"))
                await talk.next("ack")
                await talk.send(type="end")
                await talk.next("ended")

            assert await found(http, q="ottoline") == (["Kick-off"], 1)
            assert await found(http, q="some-id") == (["Kick-off"], 1)

    async def test_live_calls_come_first_with_their_figures_of_this_moment(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, over_http(running) as http, sender(running, title="Old") as talk:
            await upload(http, 1)
            await talk.send(**words(1))
            await talk.next("ack")
            calls = (await http.get("/api/calls")).json()["calls"]

        assert [(call["state"], call["utterances"]) for call in calls] == [("live", 1), ("ready", 2)]


class TestAccounts:
    async def test_typed_otherwise_are_the_one_that_there_is(self, tmp_path: Path) -> None:
        async with server(tmp_path, analyst=noticing(noted)) as running, over_http(running) as http:
            await upload(http, 1, account="Larkfield")
            await upload(http, 2, account="LARKFIELD ")
            other = await upload(http, 3, account="Beta")
            async with sender(running, account=" larkfield") as talk:
                await talk.send(**words(1, SAID, role="customer"))
                await talk.next("ack")
            moved = (await http.patch(f"/api/calls/{other['id']}", json={"account": "larkField"})).json()
            accounts = (await http.get("/api/accounts")).json()["accounts"]

        assert moved["account"] == "Larkfield"
        assert [(line["account"], line["calls"]) for line in accounts] == [("Larkfield", 4)]
