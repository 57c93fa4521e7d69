"""What a language model wrote of a call: in the email, which is edited, on the scorecard, and in what is exported."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.second_tiers import OUTCOME, answering, cue, listening, op, sentence, until
from tests.integration.servers import over_http
from tests.provider import provider

pytestmark = pytest.mark.anyio

AT = (0, "release every four weeks instead of every six weeks")
ACCOUNT = "You want to release every four weeks instead of every six weeks."
FEEDBACK = "You let them name how often they release."
STORY = "They release every six weeks and want to release every four weeks."
MADE_UP = "They will save 500,000 dollars."
PROSE = [
    sentence("summary_email", ACCOUNT, *AT),
    sentence("summary_email", MADE_UP, *AT),
    sentence("coaching", FEEDBACK, *AT),
    sentence("coaching", MADE_UP, *AT),
    sentence("value_story", STORY, *AT),
    sentence("value_story", MADE_UP, *AT),
]
DRAFT = "/api/calls/call/email/draft"


@asynccontextmanager
async def a_call(folder: Path, prose: list[dict[str, Any]]) -> AsyncIterator[httpx.AsyncClient]:
    """A call that is over, of which a model wrote that."""
    confirmed = op("update", 0, "every six weeks", id="O1", priority=1)
    async with (
        provider(answer=answering(OUTCOME, wrap_up=[confirmed], prose=prose)) as at,
        listening(folder, at) as talk,
        over_http(talk.running) as http,
    ):
        await talk.ingest.send(**cue())
        await until(talk.watching, "model_used")
        await talk.ingest.send(type="end")
        await talk.ingest.next("ended")
        yield http


async def got(http: httpx.AsyncClient, path: str) -> Any:
    return (await http.get(path)).raise_for_status().json()


async def test_leads_the_email_with_the_words_it_rests_on_and_is_edited_there(tmp_path: Path) -> None:
    async with a_call(tmp_path, PROSE) as http:
        view = await got(http, DRAFT)
        body: str = view["automatic"]["body"]
        own = body.replace(ACCOUNT, "You want to be faster, as Luis said.")
        edit = {"to": "", "subject": None, "body": own, "seq": view["seq"], "after": view["version"]}
        (await http.put(DRAFT, json=edit)).raise_for_status()
        again = await got(http, DRAFT)

    assert f"\n{ACCOUNT}\n" in body
    assert MADE_UP not in body
    assert [e["quote"] for g in view["grounds"] if g["text"] == ACCOUNT for e in g["evidence"]] == [AT[1]]
    assert "as Luis said" in again["draft"]["body"]
    assert ACCOUNT in again["automatic"]["body"]


async def test_leads_the_scorecards_coaching_and_changes_none_of_its_facts(tmp_path: Path) -> None:
    async with a_call(tmp_path / "with", PROSE) as http:
        card = await got(http, "/api/calls/call/scorecard")
    async with a_call(tmp_path / "without", []) as http:
        plain = await got(http, "/api/calls/call/scorecard")

    assert [s["text"] for s in card["coaching"]["account"]] == [FEEDBACK]
    assert plain["coaching"] == {**card["coaching"], "account": []}
    assert plain["sections"] == card["sections"]


async def test_is_in_every_export_of_the_call(tmp_path: Path) -> None:
    async with a_call(tmp_path, PROSE) as http:
        document = await got(http, "/api/calls/call/export?format=json")
        table = (await http.get("/api/calls/call/export?format=csv")).text
        text = (await http.get("/api/calls/call/export?format=markdown")).text

    assert {
        purpose: [s["text"] for s in prose["sentences"]] for purpose, prose in document["state"]["prose"].items()
    } == {
        "summary_email": [ACCOUNT],
        "coaching": [FEEDBACK],
        "value_story": [STORY],
    }
    for written in (ACCOUNT, FEEDBACK, STORY):
        assert written in table
        assert written in text
    assert MADE_UP not in table + text


async def test_where_none_was_written_the_texts_are_our_own(tmp_path: Path) -> None:
    async with a_call(tmp_path, [sentence("summary_email", MADE_UP, *AT)]) as http:
        view = await got(http, DRAFT)
        card = await got(http, "/api/calls/call/scorecard")
        text = (await http.get("/api/calls/call/export?format=markdown")).text

    assert "Thank you for the conversation. Below is what we took from it" in view["automatic"]["body"]
    assert card["coaching"]["account"] == []
    assert "Written by the language model" not in text
