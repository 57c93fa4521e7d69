"""What a person adds after a call, and what follows from it: email, scorecard, ledger, exports, note."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.domain.ops import AddOutcome, AnyOp
from copilot.domain.state import CallState
from tests.builders import noticing, quoting
from tests.integration.servers import over_http, panel, sender, server, words

pytestmark = pytest.mark.anyio

CALL = "/api/calls/call"
OUTCOME = {"type": "add", "id": "a-1", "kind": "outcome", "i": 1, "quote": "halve our lead time"}
METRIC = {
    "type": "add",
    "id": "a-2",
    "kind": "metric",
    "i": 1,
    "quote": "lead time of nine days",
    "fields": {"text": "Lead time", "baseline": "nine days", "owner": "Priya", "outcomes": ["O2"]},
}
STEP = {"type": "add", "id": "a-3", "kind": "next_step", "i": 2, "fields": {"text": "Send the plan", "owner": "Dana"}}


def first_only(state: CallState, i: int) -> list[AnyOp]:
    """An analyst that hears the first utterance and misses the others."""
    return [AddOutcome(text="fewer returned parcels", evidence=quoting(state, i))] if i == 0 else []


async def following(http: httpx.AsyncClient) -> dict[str, Any]:
    """What there is once a call is over."""
    return {
        "email": (await http.get(f"{CALL}/email", params={"format": "text"})).text,
        "scorecard": (await http.get(f"{CALL}/scorecard")).json(),
        "account": (await http.get("/api/accounts/Northwind")).json(),
        "export": (await http.get(f"{CALL}/export", params={"format": "json"})).json(),
        "table": (await http.get(f"{CALL}/export", params={"format": "csv"})).text,
        "note": (await http.get(f"{CALL}/note", params={"format": "markdown"})).text,
        "line": (await http.get("/api/calls")).json()["calls"][0],
    }


async def test_everything_after_the_call_follows(tmp_path: Path) -> None:
    async with server(tmp_path, analyst=noticing(first_only)) as running, over_http(running) as http:
        async with sender(running, kind="discovery", account="Northwind", title="First") as call:
            await call.send(**words(1, "We want fewer returned parcels.", role="customer", speaker="Luis"))
            await call.send(**words(2, "We want to halve our lead time of nine days.", role="customer", speaker="Luis"))
            await call.send(**words(3, "I will send you the plan by Friday.", role="rep", speaker="Dana"))
            await call.send(type="end")
            await call.next("ended")
        before = await following(http)
        async with panel(running) as watching:
            for message in (OUTCOME, METRIC, STEP):
                await watching.send(**message)
                await watching.next("done")
            after = await following(http)
            await watching.send(type="take_back", id="a-3")
            await watching.next("done")
            undone = await following(http)

    for told in ("Halve our lead time", "Today: nine days", "Owner: Priya", "Send the plan"):
        assert told not in before["email"]
        assert told in after["email"]
    assert "Send the plan" not in undone["email"]

    assert len(before["scorecard"]["kept"]) == 1
    assert len(after["scorecard"]["kept"]) > 1
    assert after["scorecard"]["points"] != before["scorecard"]["points"]

    assert [o["text"] for o in before["account"]["outcomes"]] == ["fewer returned parcels"]
    assert {o["text"] for o in after["account"]["outcomes"]} == {"fewer returned parcels", "halve our lead time"}
    (promise,) = after["account"]["metrics"]
    assert (promise["text"], promise["baseline"]["text"]) == ("Lead time", "nine days")

    assert [o["found_by"] for o in after["export"]["state"]["outcomes"]] == ["embedded", "person"]
    assert "halve our lead time" in after["table"]
    assert "Lead time" in after["note"]
    assert (before["line"]["outcomes"], after["line"]["outcomes"]) == (1, 2)


async def test_when_it_is_due_is_understood_as_a_day_from_that_of_the_call_on(tmp_path: Path) -> None:
    async with server(tmp_path) as running, over_http(running) as http:
        async with sender(running) as call:
            await call.send(**words(1, "I will send you the plan by next Friday.", role="rep", speaker="Dana"))
            await call.send(type="end")
            await call.next("ended")
        await http.patch(CALL, json={"held_on": "2026-11-26"})
        told = [(await http.get(f"{CALL}/due", params={"said": said})).json() for said in ("next Friday", "soon-ish")]
        missing = await http.get("/api/calls/nobody/due", params={"said": "Friday"})

    assert told == [{"day": "2026-12-04"}, {"day": None}]
    assert missing.status_code == 404
