"""Value reports as the server gives them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from copilot.adapters.store import MemoryStore
from copilot.domain.accounts import AgreementNoted, Assumed, Period
from copilot.domain.call import CallInfo, CallKind
from copilot.domain.events import CallStarted, Event, Logged, UtteranceHeard
from copilot.domain.journal import Subject
from copilot.domain.records import CallRecord
from copilot.review.ledger import figure_of
from copilot.wiring import reports
from tests.integration.servers import over_http, server

pytestmark = pytest.mark.anyio

NOW = datetime.now(UTC)
NAME = "Zürich & Søn"
PATH = f"/api/accounts/{quote(NAME)}/report"
LAST_YEAR = Period(
    start=NOW.date().replace(year=NOW.year - 1, month=1, day=1),
    end=NOW.date().replace(year=NOW.year - 1, month=3, day=31),
)


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A server with one review and one sum that the customer has agreed to."""
    store = MemoryStore()
    info = CallInfo(id="review", kind=CallKind.QBR, account=NAME)
    events: tuple[Event, ...] = (
        CallStarted(call=info, playbook="value_conversation/1"),
        UtteranceHeard(utterance="u0", i=0, text="Good."),
    )
    logged = [Logged(seq=n, at=NOW, event=event) for n, event in enumerate(events, 1)]
    await store.append("review", logged, CallRecord(info=info, started_at=NOW))
    inputs = {"hours_saved": "840 hours", "hourly_rate": "$50"}
    notes = [
        Assumed(calculation="Hours", formula="time_savings", input=one, figure=figure_of(figure), period=LAST_YEAR)
        for one, figure in inputs.items()
    ]
    agreed = AgreementNoted(calculation="Hours", customer="Gwen", on=NOW.date())
    await store.write(Subject("account", NAME), [*notes, agreed], NOW)
    async with (
        server(tmp_path, store=store) as running,
        over_http(running) as client,
    ):
        yield client


async def test_it_says_what_it_can_be_asked_for(http: httpx.AsyncClient) -> None:
    report = (await http.get(PATH, params={"persona": "cfo"})).json()

    assert (report["account"], report["reader"]["language"]) == (NAME, "Return on investment")
    assert report["totals"][0]["low"]["text"] == "$42,000"
    assert [persona["id"] for persona in report["personas"]][:2] == ["ceo", "cfo"]
    assert len(report["formulas"]) == 5


@pytest.mark.parametrize(
    ("form", "media", "begins"),
    [
        ("md", "text/markdown", b"# "),
        ("html", "text/html", b"<!doctype html>"),
        ("pdf", "application/pdf", b"%PDF"),
        ("pptx", "application/vnd", b"PK"),
    ],
)
async def test_goes_out_as_a_file(http: httpx.AsyncClient, form: str, media: str, begins: bytes) -> None:
    answer = await http.get(f"{PATH}.{form}")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(media)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="value-report.{form}"'
    assert answer.content.startswith(begins)


async def test_the_page_to_print_runs_nothing_and_has_its_own_styles_alone(http: httpx.AsyncClient) -> None:
    answer = await http.get(f"{PATH}.html", params={"shown": "true"})
    (styles,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()

    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Security-Policy"].startswith(f"default-src 'none'; style-src 'sha256-{digest}'")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"persona": "king"}, "there is no persona 'king'"),
        ({"quarter": "2026-Q5"}, "quarter"),
        ({"since": "yesterday"}, "since"),
    ],
)
async def test_what_it_cannot_be_asked_for_is_said(http: httpx.AsyncClient, asked: dict[str, str], says: str) -> None:
    answer = await http.get(PATH, params=asked)

    assert answer.status_code == 422
    assert says in answer.json()["error"]["message"]


async def test_an_account_that_nobody_knows_has_none(http: httpx.AsyncClient) -> None:
    assert (await http.get("/api/accounts/Nobody/report")).status_code == 404


@pytest.mark.parametrize(("form", "words"), [("pdf", "a PDF"), ("pptx", "a PowerPoint file")])
async def test_without_the_extra_it_says_what_to_install(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, form: str, words: str
) -> None:
    monkeypatch.setattr(reports, "find_spec", lambda _: None)
    answer = await http.get(f"{PATH}.{form}")

    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == (
        f"{words} needs the extra 'reports', which `pip install 'copilot-value[reports]'` installs"
    )
