from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.adapters.store import MemoryStore
from copilot.domain.events import Logged
from tests.integration.servers import over_http, server
from tests.teams import fill, made_calls

pytestmark = pytest.mark.anyio


class Shelved(MemoryStore):
    """A store that says which logs were read."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    async def read(self, call_id: str, after: int = 0) -> list[Logged]:
        self.asked.append(call_id)
        return await super().read(call_id, after)


@contextlib.asynccontextmanager
async def team_of(folder: Path, n: int) -> AsyncIterator[tuple[httpx.AsyncClient, Shelved]]:
    """A server with so many calls of a team in its store."""
    store = Shelved()
    await fill(store, made_calls(n))
    async with server(folder, store=store) as running:
        async with over_http(running) as http:
            yield http, store


async def seen(http: httpx.AsyncClient, **query: str) -> dict[str, Any]:
    answer = await http.get("/api/team", params=query)
    assert answer.status_code == 200
    return dict(answer.json())


async def test_sixty_calls_without_reading_a_log(tmp_path: Path) -> None:
    async with team_of(tmp_path, 60) as (http, store):
        team = await seen(http)

    assert store.asked == []
    assert (team["kind"], team["rubric"]) == ("discovery", "scorecards/discovery/3")
    assert team["calls"] + sum(out["calls"] for out in team["left_out"]) == 60
    assert 0 < len(team["queue"]["rows"]) <= 7
    assert len(team["heat_map"]["team"]["cells"]) == len(team["criteria"]) == 18
    assert team["trends"][0]["rubric_changes"]
    assert team["agreement"]["overall"]["share"] is not None
    assert team["notice"] == "For coaching, not for employment decisions."


async def test_three_calls_are_too_few_to_compare(tmp_path: Path) -> None:
    async with team_of(tmp_path, 3) as (http, _):
        team = await seen(http)

    cells = [cell for row in team["heat_map"]["rows"] for cell in row["cells"]]
    assert (team["calls"], {cell["share"] for cell in cells}, {cell["level"] for cell in cells}) == (3, {None}, {None})
    assert [row["ranked"] for row in team["queue"]["rows"]].count(True) == 0
    assert all(dot["median"] is None for trend in team["trends"] for dot in trend["dots"])
    assert all(bar["share"] is None for bar in team["pitfalls"])


async def test_filters_narrow_it(tmp_path: Path) -> None:
    async with team_of(tmp_path, 60) as (http, _):
        mei = await seen(http, rep="Mei Tanaka", criterion="before")
        spring = await seen(http, **{"from": "2026-03-02", "to": "2026-03-10"})
        nobody = await seen(http, rep="Nobody At All")

    assert [row["rep"] for row in mei["heat_map"]["rows"]] == ["Mei Tanaka"]
    assert [cell["criterion"] for cell in mei["heat_map"]["team"]["cells"]] == ["before"]
    assert all("2026-03-02" <= dot["at"][:10] <= "2026-03-10" for dot in spring["trends"][0]["dots"])
    assert (nobody["calls"], nobody["queue"]["rows"]) == (0, [])


async def test_what_is_behind_a_cell_opens_its_moments(tmp_path: Path) -> None:
    async with team_of(tmp_path, 60) as (http, _):
        calls = (await http.get("/api/team/calls", params={"criterion": "before", "rep": "Dana Reyes"})).json()
        dumped = (await http.get("/api/team/calls", params={"pitfall": "feature_dumping"})).json()
        one = (await http.get("/api/team/calls", params={"call": calls[0]["id"]})).json()
        log = (await http.get(f"/api/calls/{calls[0]['id']}")).json()

    assert {call["reps"][0] for call in calls} == {"Dana Reyes"}
    moment = next(a["moments"][0] for call in calls[:1] for a in call["answers"] if a["moments"])
    assert moment["quote"] in log["state"]["utterances"][moment["utterance"]]["text"]
    assert dumped
    assert all(call["pitfalls"] and not call["answers"] for call in dumped)
    assert [call["id"] for call in one] == [calls[0]["id"]]
    assert len(one[0]["answers"]) == 18


async def test_the_csv_is_what_is_shown(tmp_path: Path) -> None:
    async with team_of(tmp_path, 60) as (http, _):
        answer = await http.get("/api/team.csv", params={"criterion": "before"})
        team = await seen(http, criterion="before")

    lines = [*csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]
    (cell,) = team["heat_map"]["team"]["cells"]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="team.csv"'
    assert len(lines) == team["calls"]
    assert {line["n"] for line in lines} == {str(cell["n"])}
    assert sum(line["counts_as"] == "met" for line in lines) == cell["met"]


async def test_marking_as_coached_is_a_note_that_can_be_taken_back(tmp_path: Path) -> None:
    async with team_of(tmp_path, 60) as (http, _):
        before = (await seen(http))["queue"]
        row = before["rows"][0]
        mark = {"rep": row["rep"], "kind": "discovery", "criterion": row["criterion"], "by": "Ana Lind"}
        marked = await http.post("/api/team/coached", json=mark)
        after = (await seen(http))["queue"]
        await http.post("/api/team/coached", json={**mark, "done": False})
        again = (await seen(http))["queue"]

    assert marked.status_code == 204
    keys = [(found["rep"], found["criterion"]) for found in after["rows"]]
    assert (row["rep"], row["criterion"]) not in keys
    assert [(c["rep"], c["criterion"], c["by"]) for c in after["coached"]] == [
        (row["rep"], row["criterion"], "Ana Lind"),
    ]
    assert again == before


@pytest.mark.parametrize(
    ("query", "place"),
    [({"from": "yesterday"}, "query.from"), ({"kind": "karaoke"}, "query.kind"), ({"rep": "x" * 300}, "query.rep")],
)
async def test_a_filter_that_cannot_be_meant(tmp_path: Path, query: dict[str, str], place: str) -> None:
    async with team_of(tmp_path, 0) as (http, _):
        for path in ("/api/team", "/api/team.csv", "/api/team/calls"):
            answer = await http.get(path, params=query)
            assert (answer.status_code, answer.json()["error"]["message"].startswith(place)) == (422, True)


async def test_who_coached_has_to_sign(tmp_path: Path) -> None:
    async with team_of(tmp_path, 0) as (http, _):
        mark = {"rep": "Dana", "kind": "discovery", "criterion": "before", "by": " "}
        answer = await http.post("/api/team/coached", json=mark)

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_request")
