from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.adapters.store import MemoryStore
from tests.integration.servers import over_http, server
from tests.teams import fill, made_calls

pytestmark = pytest.mark.anyio

TODAY = datetime.now(UTC).date()
YESTERDAY = TODAY - timedelta(days=1)
SIGNED = {"by": "Ana Lind"}


@contextlib.asynccontextmanager
async def company(folder: Path, calls: int = 0) -> AsyncIterator[httpx.AsyncClient]:
    """A server with so many calls of a team in its store."""
    store = MemoryStore()
    await fill(store, made_calls(calls))
    async with (
        server(folder, store=store) as running,
        over_http(running) as http,
    ):
        yield http


async def posts(http: httpx.AsyncClient, path: str, **body: Any) -> dict[str, Any]:
    answer = await http.post(f"/api/maturity/{path}", json={**SIGNED, **body})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def places(http: httpx.AsyncClient, dimension: str, level: str | None, **body: Any) -> dict[str, Any]:
    return await posts(http, f"dimensions/{dimension}", **{"level": level, "on": str(TODAY), "why": "Seen.", **body})


def line(shown: dict[str, Any], dimension: str) -> dict[str, Any]:
    return next(d for group in shown["groups"] for d in group["dimensions"] if d["id"] == dimension)


async def test_what_people_place_stands_with_what_it_rests_on(tmp_path: Path) -> None:
    async with company(tmp_path) as http:
        blank = (await http.get("/api/maturity")).json()
        shown = await places(http, "targeting", "II", why="  The forty largest.\u0000 ")
        again = (await http.get("/api/maturity")).json()
        withdrawn = await places(http, "targeting", None, why=None)
        notes = (await http.get("/api/maturity/notes")).json()["notes"]

    assert [len(group["dimensions"]) for group in blank["groups"]] == [5, 6, 4]
    assert blank["summary"]["says"] == "Not assessed yet."
    targeting = line(shown, "targeting")
    assert shown == again
    assert (targeting["standing"]["level"], targeting["next"]) == ("II", "III")
    assert (targeting["standing"]["why"], targeting["standing"]["by"]) == ("The forty largest.", "Ana Lind")
    assert line(withdrawn, "targeting")["standing"] is None
    assert [note["level"] for note in notes] == ["II", None]


async def test_a_quote_has_to_be_the_calls_own(tmp_path: Path) -> None:
    async with company(tmp_path, calls=3) as http:
        utterances = (await http.get("/api/calls/team-000")).json()["state"]["utterances"]
        said = {"call": "team-000", "utterance": 1, "quote": utterances[1]["text"][:40]}
        shown = await places(http, "narrative", "I", why=None, said=said)
        refused = [
            await http.post(
                "/api/maturity/dimensions/narrative", json={**SIGNED, "level": "I", "on": str(TODAY), **body}
            )
            for body in (
                {"said": {**said, "quote": "Nobody said that."}},
                {"said": {**said, "call": "team-999"}},
                {"said": {**said, "call": "../etc"}},
                {"why": "  "},
                {"why": "Soon.", "on": str(TODAY + timedelta(days=2))},
                {"why": "Up there.", "level": "VI"},
                {"why": "Unsigned.", "by": " "},
            )
        ]
        elsewhere = await http.post(
            "/api/maturity/dimensions/charm", json={**SIGNED, "level": "I", "on": str(TODAY), "why": "Lots."}
        )

    assert line(shown, "narrative")["standing"]["said"] == said
    assert [answer.status_code for answer in refused] == [422, 404, 404, 422, 422, 422, 422]
    assert "does not say “Nobody said that.”" in refused[0].json()["error"]["message"]
    assert "a level needs a note or a quote" in refused[3].json()["error"]["message"]
    assert elsewhere.status_code == 422
    assert "no dimension 'charm'" in elsewhere.json()["error"]["message"]


async def test_steps_are_taken_on_ticked_and_given_up(tmp_path: Path) -> None:
    async with company(tmp_path) as http:
        path = "steps/I/collect_examples"
        taken = await posts(http, f"{path}/owner", owner="Ben", due=str(YESTERDAY))
        done = await posts(http, f"{path}/done", on=str(TODAY))
        undone = await posts(http, f"{path}/done", on=None)
        given_up = await posts(http, f"{path}/owner", owner=" ")
        unknown = await http.post("/api/maturity/steps/I/dance/done", json={**SIGNED, "on": None})

    steps = [shown["plan"][0]["steps"][0] for shown in (taken, done, undone, given_up)]
    assert [step["state"] for step in steps] == ["overdue", "done", "overdue", "open"]
    assert (steps[0]["owner"], steps[1]["done_by"], done["plan"][0]["done"]) == ("Ben", "Ana Lind", 1)
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (422, "unusable_input")


async def test_progress_between_two_assessments(tmp_path: Path) -> None:
    async with company(tmp_path) as http:
        await places(http, "scope", "I", on=str(YESTERDAY))
        await posts(http, "assessments", name="Spring", on=str(YESTERDAY))
        shown = await places(http, "scope", "III")
        spring = shown["points"][1]["id"]
        same = (await http.get("/api/maturity", params={"from": str(YESTERDAY), "to": spring})).json()
        unknown = await http.get("/api/maturity", params={"from": "2001-01-01"})
        too_early = await http.post(
            "/api/maturity/assessments", json={**SIGNED, "name": "Before all", "on": "2001-01-01"}
        )

    assert [point["words"] for point in shown["points"]] == ["", "Spring", "", "Now"]
    assert shown["progress"]["moves"] == [
        {"dimension": "scope", "title": "Scope of the capability", "before": "I", "after": "III", "by": 2}
    ]
    assert same["progress"]["moves"] == []
    assert (unknown.status_code, too_early.status_code) == (422, 422)


async def test_calls_speak_for_levels_and_set_none(tmp_path: Path) -> None:
    async with company(tmp_path, calls=60) as http:
        shown = (await http.get("/api/maturity")).json()
        calls = {call["id"] for call in (await http.get("/api/calls", params={"limit": 100})).json()["calls"]}

    told = [d for group in shown["groups"] for d in group["dimensions"] if d["proposal"]]
    assert {"discussion_lead", "prioritization", "content_integration"} <= {d["id"] for d in told}
    assert all(d["standing"] is None for d in told)
    assert all({call["id"] for call in d["proposal"]["calls"]} <= calls for d in told)


async def test_it_goes_out_as_csv_markdown_and_json(tmp_path: Path) -> None:
    async with company(tmp_path) as http:
        await places(http, "scope", "II", why="=HYPERLINK()")
        sheet = await http.get("/api/maturity.csv")
        markdown = await http.get("/api/maturity.md")
        file = await http.get("/api/maturity", params={"download": "true"})

    lines = [*csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig")))]
    assert len(lines) == 15 + 37
    assert next(row for row in lines if row["id"] == "scope")["note"] == "'=HYPERLINK()"
    assert markdown.text.startswith("# Maturity of our value work\n")
    assert [answer.headers["content-disposition"] for answer in (sheet, markdown, file)] == [
        'attachment; filename="maturity.csv"',
        'attachment; filename="maturity.md"',
        'attachment; filename="maturity.json"',
    ]
    assert line(file.json(), "scope")["standing"]["level"] == "II"
