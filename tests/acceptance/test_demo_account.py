from __future__ import annotations

import json
import re
import shlex
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from copilot.bundled import bundled
from copilot.commands.demo_account import read_demo_account, take_in
from copilot.review.ledger.entries import Standing
from copilot.wiring.playbooks import analyst_of
from tests.acceptance.programs import copilot, demo_account
from tests.integration.servers import PLAYBOOK, over_http, server

ACCOUNT = read_demo_account(bundled("fixtures/demo/account"))
TODAY = date.fromisoformat("2027-11-05")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The bundled account as the server gives it, five quarters after it is told."""

    async def loaded(folder: Path) -> dict[str, Any]:
        async with server(folder, analyst=analyst_of(PLAYBOOK)) as running:
            await take_in(running.services, ACCOUNT, TODAY)
            async with over_http(running) as http:
                without: dict[str, Any] = (await http.get(f"/api/accounts/{ACCOUNT.name}")).json()
                answer: dict[str, Any] = (await http.get(f"/api/accounts/{ACCOUNT.name}?demo=true")).json()
                listed = (await http.get("/api/accounts")).json()["accounts"]
        assert (without["calls"], without["demos_left_out"], listed) == ([], 3, [])
        return answer

    return anyio.run(loaded, tmp_path_factory.mktemp("account"))


def test_the_command_says_where_it_is() -> None:
    shown = copilot("demo", "--account", "--port", "0", "--exit")

    assert shown.returncode == 0, shown.stderr
    assert "/accounts/Marlowe%20Instruments?demo=true&token=" in shown.stdout
    assert shown.stdout.endswith("The server stops now, and that address with it; --stay keeps it up.\n")


def test_its_server_counts_the_bundled_calls_and_the_report_is_a_command_away(tmp_path: Path) -> None:
    with demo_account(tmp_path) as running:
        assert running.process.stdout is not None
        told = running.process.stdout.readline().partition("while the server runs: copilot ")[2]
        report = copilot(*shlex.split(told))
        headers = {"Authorization": f"Bearer {running.token}"}
        with httpx.Client(base_url=running.link.split("/?")[0], headers=headers, trust_env=False) as http:
            shown = {path: counts_demos(http.get(path).text) for path in PAGES}

    assert report.returncode == 0, report.stderr
    assert ACCOUNT.name in report.stdout
    assert shown == PAGES


PAGES = {
    "/accounts": True,
    "/accounts?demo=false": False,
    f"/accounts/{ACCOUNT.name}": True,
    f"/accounts/{ACCOUNT.name}?demo=false": False,
}


def counts_demos(page: str) -> bool:
    found = re.search(r'<script[^>]* id="page"[^>]*>(.*?)</script>', page)
    assert found, page
    return bool(json.loads(found[1])["demo"])


def test_the_promises_of_discovery_come_back_in_the_review(book: dict[str, Any]) -> None:
    standing: dict[str, Standing] = {metric["text"]: metric["standing"] for metric in book["metrics"]}
    moved = {metric["text"]: metric["moved"] for metric in book["metrics"]}
    calls = {metric["text"]: [m["call"] for m in metric["mentions"]] for metric in book["metrics"]}

    assert standing == {
        "First-visit fix rate": "promise_changed",
        "Time to close a ticket": "reached",
        "Emergency shipments": "moved_away",
    }
    assert moved["First-visit fix rate"] == "on_the_way"
    assert all(heard == list(ACCOUNT.calls) for heard in calls.values())
    assert [row["standing"] for row in book["rows"] if row["metric"] is None] == ["no_metric"]
    promised = {outcome["id"] for outcome in book["outcomes"] if not outcome["reported"]}
    assert {row["outcome"] for row in book["rows"]} == promised
    assert len(book["outcomes"]) == len(promised) + 1  # the review's own words of what was reached stand as a reading


def test_a_review_gives_a_reading_of_each_with_the_customers_words(book: dict[str, Any]) -> None:
    heard = {
        metric["text"]: (reading["figure"]["text"], reading["quote"]["role"])
        for metric in book["metrics"]
        for reading in metric["readings"]
        if reading["source"]["how"] == "heard"
    }

    assert heard == {
        "First-visit fix rate": ("66 percent", "customer"),
        "Time to close a ticket": ("31 hours", "customer"),
        "Emergency shipments": ("44 a month", "customer"),
    }


def test_the_baseline_that_was_counted_anew_is_shown_with_both_quotes(book: dict[str, Any]) -> None:
    (change,) = book["metrics"][0]["changes"]

    assert (change["field"], change["before"]["text"], change["after"]["text"]) == (
        "baseline",
        "61 percent",
        "58 percent",
    )
    assert "61 percent" in change["before"]["quote"]["quote"]
    assert "58 percent" in change["after"]["quote"]["quote"]


def test_everybody_answers_for_something(book: dict[str, Any]) -> None:
    owners = {metric["text"]: metric["owner"]["text"] for metric in book["metrics"]}

    assert owners == {
        "First-visit fix rate": "Priya",
        "Time to close a ticket": "Ruben",
        "Emergency shipments": "Gwen",
    }


def test_costs_calculations_and_milestones_are_there(book: dict[str, Any]) -> None:
    assert len(book["investments"]) == 3
    assert set(book["agreements"]) == {"Driving hours, first quarter of the contract"}
    assert set(book["calculations"]) > set(book["agreements"])
    assert [line["state"] for line in book["milestones"]][:3] == ["done", "done", "done"]
    assert len(book["goals"]) == 3


def test_nothing_in_it_is_still_to_come(book: dict[str, Any]) -> None:
    days = [r["on"] for metric in book["metrics"] for r in metric["readings"]] + [call["on"] for call in book["calls"]]

    assert max(days) <= TODAY.isoformat()
    assert max(days) > (TODAY - timedelta(days=95)).isoformat()
