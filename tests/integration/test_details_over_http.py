"""What a call is, put right after it: its title, kind, account and day, and what follows from that."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.adapters.store import MemoryStore
from copilot.afterwards.scorekeeping import Scorekeeper
from copilot.domain.call import CallKind
from copilot.domain.events import DetailsChanged, Logged
from copilot.domain.items import Evidence
from copilot.domain.ops import AddOutcome, AnyOp, FlagPitfall
from copilot.domain.state import CallState
from copilot.errors import WorkFailed
from copilot.live.call import LiveCall
from tests.builders import noticing
from tests.integration.accounts import PROMISE, READING, an_account, problem, wrote
from tests.integration.servers import SCORECARDS, over_http, panel, sender, server, words

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
CALL = "/api/calls/call"
CARD = f"{CALL}/scorecard"


def noticed(state: CallState, i: int) -> list[AnyOp]:
    """An outcome in any call, and a pitfall that there is in demonstrations alone."""
    evidence = (Evidence(utterance=i, quote=state.utterances[i].text),)
    found: list[AnyOp] = [AddOutcome(evidence=evidence, text="halve our lead time")]
    in_a_demo = state.call is not None and state.call.kind is CallKind.DEMO
    return [*found, FlagPitfall(kind="feature_dumping", evidence=evidence)] if in_a_demo else found


async def test_a_kind_that_was_not_said_is_said_afterwards_and_the_call_is_scored(tmp_path: Path) -> None:
    async with server(tmp_path, analyst=noticing(noticed)) as running, over_http(running) as http:
        async with sender(running, account="Northwind") as call:
            await call.send(**words(1, "We want to halve our lead time of nine days by June.", role="customer"))
            await call.send(type="end")
            await call.next("ended")
        before = await http.get(CARD)
        async with panel(running) as watching:
            await watching.next("snapshot")
            answer = await http.patch(CALL, json={"kind": "demo"})
            reworked = await watching.next("snapshot")
        as_a_demo = (await http.get(CARD)).json()
        team = (await http.get("/api/team", params={"kind": "demo"})).json()
        await http.patch(CALL, json={"kind": "discovery"})
        as_discovery = (await http.get(CARD)).json()
        await http.patch(CALL, json={"kind": "demo"})
        back = (await http.get(CARD)).json()
        listed = (await http.get("/api/calls")).json()["calls"][0]
        events = (await http.get(f"{CALL}/events")).json()["events"]

    assert before.json()["error"]["code"] == "no_scorecard"
    assert (answer.json()["kind"], answer.json()["account"]) == ("demo", "Northwind")
    assert [p["kind"] for p in reworked["state"]["pitfalls"]] == ["feature_dumping"]
    assert (as_a_demo["kind"], as_a_demo["as_other_kinds"], team["calls"]) == ("demo", [], 1)
    assert as_discovery["kind"] == "discovery"
    assert [card["kind"] for card in as_discovery["as_other_kinds"]] == ["demo"]
    assert (back["kind"], len(back["kept"]), back["kept"]) == ("demo", 1, as_a_demo["kept"])
    assert [card["kind"] for card in back["as_other_kinds"]] == ["discovery"]
    assert back["changed"] is None  # scorecards of two kinds are not compared
    assert listed["kind"] == "demo"
    told = [entry["event"] for entry in events if entry["event"]["type"] == "details"]
    assert [(event["kind"], event["by"]) for event in told] == [(k, "person") for k in ("demo", "discovery", "demo")]


async def test_the_account_the_title_and_the_day_follow(tmp_path: Path) -> None:
    async with server(tmp_path, analyst=noticing(noticed)) as running, over_http(running) as http:
        async with sender(running, kind="discovery", account="Nortwind", title="Cal") as call:
            await call.send(**words(1, "We want to halve our lead time of nine days by June.", role="customer"))
            await call.send(type="end")
            await call.next("ended")
        promises = (await http.get("/api/accounts/Nortwind")).json()["outcomes"]
        noted = {"type": "amended", "promise": promises[0]["id"], "field": "text", "value": "Half the lead time"}
        written = await http.post("/api/accounts/Nortwind/notes", json={"notes": [noted]})
        answer = await http.patch(
            CALL, json={"account": " Northwind ", "title": "Call\x00 with Northwind", "held_on": "2026-05-04"}
        )
        accounts = (await http.get("/api/accounts")).json()["accounts"]
        book = (await http.get("/api/accounts/Northwind")).json()
        left = await http.get("/api/accounts/Nortwind")
        team = (await http.get("/api/team", params={"to": "2026-05-31"})).json()
        nobodys = await http.patch(CALL, json={"account": "", "held_on": None})

    assert (answer.json()["title"], answer.json()["held_on"]) == ("Call with Northwind", "2026-05-04")
    assert [account["account"] for account in accounts] == ["Northwind"]
    assert [call["on"] for call in book["calls"]] == ["2026-05-04"]
    assert [outcome["text"] for outcome in book["outcomes"]] == ["Half the lead time"]
    assert written.json()["outcomes"][0]["text"] == "Half the lead time"
    assert (left.json()["calls"], left.json()["outcomes"]) == ([], [])
    assert team["calls"] == 1
    assert nobodys.json()["account"] is None
    assert nobodys.json()["held_on"] == answer.json()["started_at"][:10]


ASSUMED = {
    "type": "assumption",
    "calculation": "Hours",
    "formula": "time_savings",
    "input": "hours_saved",
    "figure": "840 hours",
    "period": {"start": "2026-01-01", "end": "2026-03-31"},
}
NOTES = (
    READING,
    {"type": "amended", "promise": PROMISE, "field": "owner", "value": "Mira"},
    {**ASSUMED, "promise": PROMISE},
    {**ASSUMED, "input": "hourly_rate", "figure": "$52"},
    {"type": "agreement", "calculation": "Hours", "on": "2026-04-01"},
    {"type": "contract", "start": "2026-01-01"},
)


async def ledger(http: httpx.AsyncClient, account: str) -> dict[str, Any]:
    book: dict[str, Any] = (await http.get(f"/api/accounts/{account}")).json()
    return book


async def move(http: httpx.AsyncClient, account: str | None) -> None:
    answer = await http.patch(CALL, json={"account": account})
    assert answer.status_code == 200


async def test_what_would_go_along_and_what_would_stay_is_told_before(tmp_path: Path) -> None:
    undone = {"type": "milestone", "milestone": "qbr_1", "on": None}
    done = {"type": "milestone", "milestone": "onboarding_complete", "on": "2026-02-01"}
    goal = {"type": "goal", "text": "Fewer trips", "quarter": "2026-Q3"}
    async with an_account(tmp_path, "Nortwind") as http:
        await wrote(http, *NOTES, READING, done, undone, goal, account="Nortwind")
        before = (await http.get(f"{CALL}/moving")).json()
        await move(http, None)
        nobodys = (await http.get(f"{CALL}/moving")).json()
        await move(http, "Northwind")
        left = await ledger(http, "Nortwind")
        nothing = await http.get("/api/calls/nowhere/moving")

    goes = {"reading": 2, "amended": 1, "sum": 1}
    assert before == {
        "account": "Nortwind",
        "goes": goes,
        "stays": {"contract": 1, "milestone": 1, "goal": 1},
        "calls_left": 0,
    }
    assert nobodys == {"account": None, "goes": goes, "stays": {}, "calls_left": 0}
    assert left["contract"]["note"]["start"] == "2026-01-01"
    assert [line["id"] for line in left["milestones"] if line["done_on"]] == ["onboarding_complete"]
    assert (len(left["goals"]), left["calculations"]) == (1, {})
    assert nothing.status_code == 404


async def test_what_was_written_about_its_promises_goes_along_to_another_account(tmp_path: Path) -> None:
    async with an_account(tmp_path, "Nortwind") as http:
        assert (await wrote(http, *NOTES, account="Nortwind")).status_code == 201
        before = await ledger(http, "Nortwind")
        await move(http, "Northwind")
        there, left = await ledger(http, "Northwind"), await ledger(http, "Nortwind")
        await move(http, "Nortwind")
        await move(http, None)
        await move(http, "Northwind")
        again = await ledger(http, "Northwind")

    def told(book: dict[str, Any]) -> tuple[Any, ...]:
        metrics = [(len(m["readings"]), m["owner"]["text"]) for m in book["metrics"]]
        return metrics, list(book["calculations"]), [a["at"] for a in book["agreements"].values()]

    assert told(there) == told(again) == told(before)
    assert told(before)[0] == [(1, "Mira")]
    assert (len(before["calculations"]["Hours"]), len(again["calculations"]["Hours"])) == (2, 2)
    assert (left["calculations"], left["agreements"]) == ({}, {})
    assert (left["contract"] is None, there["contract"]) == (False, None)


async def test_a_move_that_fails_leaves_the_notes_where_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(*_: object) -> int:
        raise WorkFailed("nothing was changed")

    async with an_account(tmp_path) as http:
        await wrote(http, READING)
        monkeypatch.setattr(LiveCall, "decide", failing)
        answer = await http.patch(CALL, json={"account": "Northwind"})
        book = await ledger(http, "Larkfield")

    assert answer.status_code >= 400
    assert [len(metric["readings"]) for metric in book["metrics"]] == [1]


async def test_two_calculations_of_one_name_are_not_mixed(tmp_path: Path) -> None:
    async with an_account(tmp_path) as http:
        await wrote(http, {**ASSUMED, "promise": PROMISE})
        await move(http, None)
        await move(http, "Northwind")
        await move(http, None)
        await wrote(http, ASSUMED)
        refused = await http.patch(CALL, json={"account": "Larkfield"})
        book = await ledger(http, "Larkfield")

    assert refused.status_code == 422
    assert "“Hours” goes with it, and Northwind and Larkfield each have one of that name" in problem(refused)
    assert (book["calls"], len(book["calculations"]["Hours"])) == ([], 1)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"kind": "party"}, "kind"),
        ({"kind": None}, "kind"),
        ({"held_on": "1826-05-04"}, "held_on"),
        ({"held_on": "2099-05-04"}, "2099-05-04 is still to come"),
        ({"title": "x" * 201}, "title"),
        ({"title": " "}, "a call needs a title"),
        ({"title": None}, "a call needs a title"),
        ({"stage": "x"}, "stage"),
    ],
)
async def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_changes(
    tmp_path: Path, given: dict[str, Any], named: str
) -> None:
    async with server(tmp_path) as running, over_http(running) as http:
        async with sender(running, kind="discovery") as call:
            await call.send(**words(1))
            await call.next("ack")
        answer = await http.patch(CALL, json=given)
        seq = (await http.get(CALL)).json()["seq"]
        same = await http.patch(CALL, json={"kind": "discovery"})
        after = (await http.get(CALL)).json()["seq"]

    assert (answer.status_code, named in answer.json()["error"]["message"]) == (422, True)
    assert (same.status_code, after) == (200, seq)


async def test_a_scorecard_that_a_stop_prevented_is_made_at_the_next_start(tmp_path: Path) -> None:
    store = MemoryStore()
    async with server(tmp_path, store=store) as running:
        async with sender(running, kind="discovery") as call:
            await call.send(**words(1, "We want to halve our lead time.", role="customer"))
            await call.send(type="end")
            await call.next("ended")
    record = await store.record("call")
    assert record is not None
    info = record.info.model_copy(update={"kind": CallKind.QBR})
    seq = len(await store.read("call")) + 1
    event = DetailsChanged(by="person", title=None, kind=CallKind.QBR, account=None, held_on=None)
    await store.append("call", [Logged(seq=seq, at=NOW, event=event)], record.model_copy(update={"info": info}))

    keeper = Scorekeeper(store, SCORECARDS, lambda: NOW)
    await keeper.catch_up()
    keeping = await keeper.of_call("call")

    assert [kept.note.scorecard.kind for kept in keeping.cards] == [CallKind.DISCOVERY, CallKind.QBR]
