"""Calls for other programs, over HTTP and by `copilot export`."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text

from copilot.adapters.store import open_store
from copilot.afterwards.exporting import Export, Range
from copilot.commands.export import write_many
from copilot.domain.call import CallInfo, CallKind
from copilot.errors import WorkFailed
from copilot.live.call import LiveCall
from tests.builders import PLAYBOOK as VERSION
from tests.builders import ScriptedAnalyst, say
from tests.integration.servers import PLAYBOOK, over_http, panel, sender, server, words

pytestmark = pytest.mark.anyio

SAID = "=We want to halve our lead time of nine days by June."


@asynccontextmanager
async def asking(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who asks a server on which two calls are under way."""
    async with server(folder) as running, sender(running, "one", kind="discovery", account="Acme") as first:
        await first.send(**words(1, SAID, role="customer"))
        await first.next("ack")
        async with sender(running, "two", kind="qbr", title="Second"):
            async with over_http(running) as http:
                yield http


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.text.splitlines()]


async def test_a_call_in_every_form(tmp_path: Path) -> None:
    async with asking(tmp_path) as http:
        whole, sheet, told, note = [
            await http.get(path)
            for path in (
                "/api/calls/one/export",
                "/api/calls/one/export?format=csv",
                "/api/calls/one/export?format=markdown",
                "/api/calls/one/note",
            )
        ]
        as_json = (await http.get("/api/calls/one/note?format=json")).json()
        none = await http.get("/api/calls/none/export")
        wrong = await http.get("/api/calls/one/export?format=pdf")

    assert whole.json()["state"]["utterances"][0]["text"] == SAID
    assert whole.headers["content-disposition"] == 'attachment; filename="one.json"'
    rows = [*csv.DictReader(io.StringIO(sheet.text.removeprefix("\ufeff")))]
    assert [row["text"] for row in rows if row["part"] == "utterance"] == [f"'{SAID}"]
    assert told.headers["content-disposition"] == 'attachment; filename="one.md"'
    assert "## Transcript" in told.text
    assert note.text.startswith("one\nAcme · discovery · ")
    assert as_json["sections"][0]["title"] == "Risks"
    assert (none.status_code, wrong.status_code) == (404, 422)


async def test_all_calls_of_a_range(tmp_path: Path) -> None:
    today = date.today()  # noqa: DTZ011  within a day of the server's
    async with asking(tmp_path) as http:
        every = lines(await http.get("/api/export"))
        reviews = lines(await http.get("/api/export?kind=qbr"))
        acme = lines(await http.get("/api/export?account=%20ACME"))
        later = await http.get(f"/api/export?from={today + timedelta(days=2)}")
        earlier = await http.get(f"/api/export?to={today - timedelta(days=2)}&format=csv")
        between = lines(await http.get(f"/api/export?from={today - timedelta(days=2)}&to={today + timedelta(days=2)}"))

    assert [call["id"] for call in every] == ["one", "two"]
    assert [call["id"] for call in reviews] == ["two"]
    assert [call["id"] for call in acme] == ["one"]
    assert later.text == ""
    assert len(earlier.text.splitlines()) == 1  # the headings
    assert [call["id"] for call in between] == ["one", "two"]


async def test_private_notes_come_only_when_asked_for(tmp_path: Path) -> None:
    one = [f"/api/calls/one/export?format={form}" for form in ("json", "csv", "markdown")]
    many = [f"/api/export?format={form}" for form in ("ndjson", "csv")]
    async with server(tmp_path) as running, sender(running, "one") as talk:
        await talk.send(**words(1, SAID, role="customer"))
        await talk.next("ack")
        async with panel(running, "one") as watching, over_http(running) as http:
            await watching.send(type="moment", id="m-1", i=0, text="zzprivate", ref="r")
            await watching.next("done")
            without = [(await http.get(path)).text for path in (*one, *many)]
            archive = (await http.get("/api/export?format=zip")).content
            with_notes = [(await http.get(f"{path}&notes=true")).text for path in (*one, *many)]

    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        without += [opened.read(name).decode() for name in opened.namelist()]
    assert [text for text in without if "zzprivate" in text or "m-1" in text] == []
    assert [text for text in with_notes if "zzprivate" not in text] == []


async def test_a_zip_holds_every_call_in_every_form_and_a_table_of_them(tmp_path: Path) -> None:
    async with asking(tmp_path) as http:
        answer = await http.get("/api/export?format=zip")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            *(f"calls/{call}.{ending}" for call in ("one", "two") for ending in ("json", "csv", "md")),
            "calls.csv",
        ]
        table = archive.read("calls.csv").decode("utf-8-sig")
        assert json.loads(archive.read("calls/two.json"))["state"]["call"]["title"] == "Second"
    assert [row["call"] for row in csv.DictReader(io.StringIO(table))] == ["one", "two"]


async def heard(folder: Path, *ids: str, demo: bool = False) -> str:
    """The address of a store with these calls."""
    url = f"sqlite+aiosqlite:///{folder / 'copilot.db'}"
    async with open_store(url) as store:
        for call_id in ids:
            info = CallInfo(id=call_id, kind=CallKind.DISCOVERY, demo=demo)
            call = await LiveCall.begin(info, VERSION, store, ScriptedAnalyst())
            await call.hear(say("customer", SAID))
            await call.end("sender")
    return url


async def written(url: str, form: Any, asked: Range = Range()) -> bytes:  # noqa: B008  it is frozen
    async with open_store(url) as store:
        return b"".join([piece async for piece in Export(store, PLAYBOOK).of_many(asked, form)])


@pytest.mark.parametrize("form", ["ndjson", "csv", "zip"])
async def test_a_call_that_cannot_be_read_says_so_and_the_others_come(tmp_path: Path, form: str) -> None:
    url = await heard(tmp_path, "broken", "whole")
    with create_engine(f"sqlite:///{tmp_path / 'copilot.db'}").begin() as connection:
        connection.execute(text("UPDATE events SET body = 'nonsense' WHERE call_id = 'broken' AND seq = 2"))

    content = await written(url, form)

    if form == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read("calls.csv")
            assert [name for name in archive.namelist() if "broken" in name] == []
    said = content.decode()
    assert "broken" in said.splitlines()[0 if form == "ndjson" else 1]
    assert "cannot be read" in said
    assert "whole" in said


async def test_bundled_calls_come_only_when_asked_for(tmp_path: Path) -> None:
    url = await heard(tmp_path, "demo", demo=True)

    assert await written(url, "ndjson") == b""
    assert b'"demo"' in await written(url, "ndjson", Range(demos=True))


async def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    url = await heard(tmp_path, "one")
    async with open_store(url) as store:
        with pytest.raises(WorkFailed, match=r"cannot write .*: no such file or directory"):
            await write_many(Export(store, PLAYBOOK), Range(), "csv", tmp_path / "none" / "calls.csv")
