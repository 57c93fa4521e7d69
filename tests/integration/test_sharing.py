"""Links to one call: what they open, and that they open nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.adapters.store import MemoryStore
from copilot.afterwards.sharing import NoSuchShare, Shares
from copilot.domain.call_notes import CALL_NOTES
from copilot.domain.items import Evidence
from copilot.domain.journal import Subject
from copilot.domain.ops import AddOutcome, AnyOp
from copilot.domain.state import CallState
from tests.builders import noticing
from tests.integration.servers import over_http, sender, server, words

pytestmark = pytest.mark.anyio

WANTED = "We want to halve our lead time of nine days by <b>June</b>."
ASIDE = "They always say that, do they not."
SHARES = "/api/calls/call/shares"


def noted(state: CallState, i: int) -> list[AnyOp]:
    said = state.utterances[i]
    return [AddOutcome(text=said.text, evidence=(Evidence(utterance=i, quote=said.text),))]


@asynccontextmanager
async def a_call(folder: Path) -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """Somebody with access, and somebody without."""
    async with server(folder, analyst=noticing(noted)) as running:
        async with sender(running, title="Acme", kind="discovery") as talk:
            for n, (role, text) in enumerate([("customer", WANTED), ("rep", ASIDE)], 1):
                await talk.send(**words(n, text, role=role))
                await talk.next("ack")
        async with (
            over_http(running) as http,
            over_http(running, {}) as stranger,
        ):
            yield http, stranger


async def shared(http: httpx.AsyncClient, audience: str, label: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = (await http.post(SHARES, json={"audience": audience, "label": label, "by": "Dana"})).json()
    return answer


def files_with(folder: Path, text: str) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and text.encode() in file.read_bytes()]


async def test_a_link_begins_with_the_address_at_which_people_reach_the_server(tmp_path: Path) -> None:
    async with server(tmp_path, public_url="https://copilot.example") as running:
        async with sender(running, title="Acme", kind="discovery") as talk:
            await talk.send(**words(1, WANTED, role="customer"))
            await talk.next("ack")
        async with over_http(running) as http:
            assert (await shared(http, "colleague"))["origin"] == "https://copilot.example"
    async with a_call(tmp_path / "unset") as (http, _):
        assert (await shared(http, "colleague"))["origin"] is None


async def test_a_colleague_reads_the_review(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (http, stranger):
        page = await stranger.get((await shared(http, "colleague"))["path"])
        style = await stranger.get("/shared/style.css")
        await http.patch("/api/calls/call", json={"kind": "other"})
        of_no_kind = await stranger.get((await shared(http, "colleague"))["path"])

    assert page.status_code == 200
    assert "by &lt;b&gt;June&lt;/b&gt;" in page.text
    assert ASIDE in page.text
    assert "No pitfall was found." in page.text
    assert "Few pitfalls apply to a call of this kind." in of_no_kind.text
    assert page.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "--surface" in style.text


async def test_a_customer_reads_the_email_and_nothing_else(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (http, stranger):
        path = (await shared(http, "customer"))["path"]
        automatic = await stranger.get(path)
        draft = {"to": "", "subject": None, "body": "In short: June.", "seq": 1, "after": 0}
        await http.put("/api/calls/call/email/draft", json=draft)
        edited = await stranger.get(path)

    assert "halve our lead time" in automatic.text
    assert ASIDE not in automatic.text
    assert "sandbox" in automatic.headers["content-security-policy"]
    assert "In short: June." in edited.text
    assert "halve our lead time of nine days by" not in edited.text.partition("</h1>")[2]


async def test_a_link_opens_its_call_and_nothing_of_the_api(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (http, stranger):
        path = (await shared(http, "colleague"))["path"]
        token = path.rsplit("/", 1)[1]
        elsewhere = [
            await stranger.get(address)
            for address in (f"/shared/other/{token}", f"/shared/call/{token}x", "/shared/%20/x", "/shared/call/")
        ]
        api = [
            await stranger.get("/api/calls/call", headers={"Authorization": f"Bearer {token}"}),
            await stranger.get(f"/api/calls/call?token={token}"),
            await stranger.get(f"{path}/../../../api/calls"),
            await stranger.post(path),
        ]

    assert {answer.status_code for answer in elsewhere} == {404}
    assert {answer.status_code for answer in api} <= {401, 404}
    assert all("lead time" not in answer.text for answer in (*elsewhere, *api))


async def test_a_link_that_is_ended_opens_nothing_also_after_a_restart(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (http, stranger):
        kept, gone = await shared(http, "colleague", "Priya"), await shared(http, "colleague", "Luis")
        ended = await http.delete(f"{SHARES}/{gone['shares'][1]['id']}?by=Dana")
        again = await http.delete(f"{SHARES}/{gone['shares'][1]['id']}")
        told = await stranger.get(gone["path"])
    async with a_call(tmp_path) as (http, stranger):
        assert (await stranger.get(gone["path"])).status_code == 410
        assert (await stranger.get(kept["path"])).status_code == 200
        listed = (await http.get(SHARES)).json()["shares"]

    assert [(s["label"], s["by"], s["ended"] is None) for s in listed] == [
        ("Priya", "Dana", True),
        ("Luis", "Dana", False),
    ]
    assert ended.status_code == 200
    assert (told.status_code, "lead time" in told.text) == (410, False)
    assert "This link has ended" in told.text
    assert "Ask whoever gave you the link for a new one." in told.text
    assert again.json()["error"]["code"] == "no_such_link"


async def test_a_link_ends_by_itself(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (http, _):
        usual, short = (
            await shared(http, "colleague"),
            await http.post(SHARES, json={"audience": "customer", "days": 7}),
        )
        endless = await http.post(SHARES, json={"audience": "customer", "days": 366})
        listed = (await http.get(SHARES)).json()
    terms = [datetime.fromisoformat(s["until"]) - datetime.fromisoformat(s["at"]) for s in listed["shares"]]

    assert (terms, listed["days"]) == ([timedelta(days=30), timedelta(days=7)], 30)
    assert (usual["path"] != short.json()["path"], endless.status_code) == (True, 422)


async def test_after_its_time_it_opens_nothing_and_cannot_be_ended_again() -> None:
    clock = [datetime(2026, 5, 1, 9, 0, tzinfo=UTC)]
    shares = Shares(MemoryStore(), lambda: clock[0], days=2)
    token = await shares.make("call", "colleague", label="Priya", by=None)
    until = clock[0] + timedelta(days=2)
    clock[0] = until - timedelta(seconds=1)
    before = await shares.of_token("call", token)
    clock[0] = until
    after = await shares.of_token("call", token)

    assert before is not None
    assert after is not None
    assert (before.ended, after.ended) == (None, until)
    with pytest.raises(NoSuchShare):
        await shares.end("call", after.id, by=None)


async def test_a_link_from_before_links_ended_stays_until_somebody_ends_it() -> None:
    store = MemoryStore()
    note = CALL_NOTES.validate_json(
        '{"v": 1, "type": "shared", "share": "ab", "audience": "colleague", "token_hash": "00"}'
    )
    await store.write(Subject("call", "call"), [note], datetime(2020, 1, 1, tzinfo=UTC))
    (share,) = await Shares(store, lambda: datetime(2026, 1, 1, tzinfo=UTC)).of_call("call")

    assert (share.until, share.ended) == (None, None)


async def test_the_token_is_in_no_file(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (http, _):
        token = (await shared(http, "colleague"))["path"].rsplit("/", 1)[1]
        listed = await http.get(SHARES)

    assert token not in listed.text
    assert not files_with(tmp_path, token)


async def test_links_are_made_by_whoever_has_access_alone(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (_, stranger):
        answers = [await stranger.post(SHARES, json={"audience": "colleague"}), await stranger.get(SHARES)]

    assert [answer.status_code for answer in answers] == [401, 401]


async def test_there_is_no_link_for_everybody_nor_to_no_call(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (http, _):
        everybody = await http.post(SHARES, json={"audience": "everybody"})
        nowhere = await http.post("/api/calls/none/shares", json={"audience": "colleague"})

    assert (everybody.status_code, nowhere.status_code) == (422, 404)
