from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.commands.serve import Running
from copilot.live.keeping import Keeping
from copilot.web import watchers
from copilot.web.access import Access
from tests.integration.servers import BEARER, PATIENCE_S, TOKEN, over_http, sender, server, words

pytestmark = pytest.mark.anyio

VTT = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Dana Reyes>What does the cycle look like today?</v>

00:00:04.500 --> 00:00:09.000
<v Luis Ortega>It takes us six weeks from start to end.</v>
"""


@asynccontextmanager
async def browser(running: Running, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    async with over_http(running, headers) as http:
        yield http


class TestComingIn:
    @pytest.mark.parametrize(
        "path", ["/", "/nope", "/calls/x", "/api/calls", "/static/css/tokens.css", "/metrics", "/docs"]
    )
    async def test_nothing_is_open_without_the_token(self, tmp_path: Path, path: str) -> None:
        async with server(tmp_path) as running, browser(running) as http:
            assert (await http.get(path)).status_code == 401
            assert (await http.get(path, headers={"Authorization": "Bearer guess"})).status_code == 401
            assert (await http.get(f"{path}?token=guess")).status_code == 401

    @pytest.mark.parametrize("path", ["/healthz", "/readyz"])
    async def test_health_is_open(self, tmp_path: Path, path: str) -> None:
        async with server(tmp_path) as running, browser(running) as http:
            assert (await http.get(path)).json() == {"status": "ok"}

    async def test_health_tells_of_work_that_fails_again_and_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fail(_: Keeping) -> None:
            raise OSError("what nobody should read")

        monkeypatch.setattr(watchers, "REST_S", 0.001)
        monkeypatch.setattr(Keeping, "run", fail)
        async with server(tmp_path) as running, browser(running) as http:
            async with asyncio.timeout(PATIENCE_S):
                while (answer := await http.get("/healthz")).json() == {"status": "ok"}:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)

        assert (answer.status_code, answer.json()) == (200, {"status": "failing", "failing": ["keeping of sound"]})

    async def test_the_printed_address_becomes_a_cookie_and_loses_its_token(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running) as http:
            answer = await http.get(f"/calls/x?u=17&token={TOKEN}")
            cookie = answer.headers["set-cookie"]
            assert (answer.status_code, answer.headers["location"]) == (303, "/calls/x?u=17")
            assert "HttpOnly" in cookie
            assert TOKEN not in cookie
            assert (await http.get("/api/calls")).status_code == 200

    async def test_a_page_offers_to_sign_in_and_leads_back(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, Accept="text/html") as http:
            page = await http.get("/calls/x")
            assert page.status_code == 401
            assert 'action="/signin?next=%2Fcalls%2Fx"' in page.text
            wrong = await http.post("/signin?next=%2Fcalls%2Fx", data={"token": "guess"})
            assert (wrong.status_code, "That is not the token" in wrong.text) == (401, True)
            right = await http.post("/signin?next=%2Fcalls%2Fx", data={"token": TOKEN})
            assert (right.status_code, right.headers["location"]) == (303, "/calls/x")

    @pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/json"])
    async def test_what_is_no_sign_in_form_is_refused_like_a_wrong_token(self, tmp_path: Path, kind: str) -> None:
        async with server(tmp_path) as running, browser(running) as http:
            answer = await http.post("/signin", content=b"{}", headers={"Content-Type": kind})
            crowded = await http.post("/signin", data={**dict.fromkeys("abcdef", "x"), "token": TOKEN})

        assert (answer.status_code, crowded.status_code) == (401, 401)

    @pytest.mark.parametrize("accept", ["text/html", "application/json"])
    async def test_a_refusal_keeps_foreign_content_out_too(self, tmp_path: Path, accept: str) -> None:
        async with server(tmp_path) as running, browser(running, Accept=accept) as http:
            answer = await http.get("/")

        assert answer.status_code == 401
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]

    @pytest.mark.parametrize("place", ["//evil.example", "https://evil.example", "/\\evil.example"])
    async def test_signing_in_never_leads_elsewhere(self, tmp_path: Path, place: str) -> None:
        async with server(tmp_path) as running, browser(running) as http:
            answer = await http.post("/signin", params={"next": place}, data={"token": TOKEN})
            assert answer.headers["location"] == "/"

    async def test_a_foreign_page_changes_nothing(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER, Origin="https://evil.example") as http:
            assert (await http.post("/api/demo")).status_code == 403

    async def test_cookies_of_two_servers_do_not_meet(self) -> None:
        assert Access("one", 1).cookie != Access("one", 2).cookie
        assert Access("one", 1).session != Access("two", 1).session


class TestCalls:
    async def test_an_uploaded_transcript_is_analysed_when_the_answer_comes(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            form = {"kind": "discovery", "account": "Acme", "rep": "dana reyes"}
            answer = await http.post("/api/calls", files={"file": ("call.vtt", VTT)}, data=form)
            (made,) = answer.json()["calls"]
            state = (await http.get(f"/api/calls/{made['id']}")).json()["state"]
            (listed,) = (await http.get("/api/calls")).json()["calls"]

        assert answer.status_code == 201
        assert [(u["speaker"], u["role"]) for u in state["utterances"]] == [
            ("Dana Reyes", "rep"),
            ("Luis Ortega", "customer"),
        ]
        assert (state["ended"], state["call"]["kind"], state["call"]["account"]) == (True, "discovery", "Acme")
        assert (listed["state"], listed["utterances"], listed["duration_s"]) == ("ready", 2, 9.0)

    async def test_calls_are_listed_by_the_day_they_took_place_the_newest_first(self, tmp_path: Path) -> None:
        days = ["2026-03-02", "2026-05-04", "2025-11-30"]
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            for day in days:
                await http.post("/api/calls", files={"file": ("call.vtt", VTT)}, data={"held_on": day, "again": "true"})
            calls = (await http.get("/api/calls")).json()["calls"]

        assert [call["held_on"] for call in calls] == sorted(days, reverse=True)

    async def test_a_day_in_a_file_that_is_still_to_come_is_refused_unless_the_form_has_another(
        self, tmp_path: Path
    ) -> None:
        said = {"speaker": "Luis", "role": "customer", "text": "It takes us six weeks."}
        days = ({"call": {"held_on": day}, "utterances": [said]} for day in ("2026-03-02", "2099-03-02"))
        past, future = (json.dumps(document).encode() for document in days)
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            refused = await http.post("/api/calls", files={"file": ("call.json", future)})
            mended = await http.post(
                "/api/calls", files={"file": ("call.json", future)}, data={"held_on": "2026-03-01"}
            )
            taken = await http.post("/api/calls", files={"file": ("past.json", past)}, data={"again": "true"})
            calls = (await http.get("/api/calls")).json()["calls"]

        assert [answer.status_code for answer in (refused, mended, taken)] == [422, 201, 201]
        assert refused.json()["error"]["message"] == (
            "call.json: it says that the call took place on 2099-03-02, which is still to come"
        )
        assert {call["held_on"] for call in calls} == {"2026-03-01", "2026-03-02"}

    async def test_who_speaks_in_a_transcript_is_told_and_nothing_is_kept(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            answer = await http.post("/api/transcripts/speakers", files={"file": ("call.vtt", VTT)})
            nothing = await http.post("/api/transcripts/speakers", data={"rep": "Dana"})
            other = await http.post("/api/transcripts/speakers", files={"file": ("photo.png", b"\x89PNG\r\n\x1a\n")})
            calls = (await http.get("/api/calls")).json()["calls"]

        assert [(s["name"], s["role"], s["utterances"]) for s in answer.json()["speakers"]] == [
            ("Dana Reyes", "unknown", 1),
            ("Luis Ortega", "unknown", 1),
        ]
        assert answer.json()["speakers"][0]["first"] == "What does the cycle look like today?"
        assert (nothing.status_code, other.status_code) == (422, 422)
        assert other.json()["error"]["message"].startswith("photo.png: ")
        assert calls == []

    @pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"{}", b"<html><body>hello</body></html>"])
    async def test_a_file_that_is_no_transcript_gets_one_clear_sentence(self, tmp_path: Path, content: bytes) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            answer = await http.post("/api/calls", files={"file": ("call.bin", content)})
            calls = (await http.get("/api/calls")).json()["calls"]

        assert answer.status_code == 422
        assert answer.json()["error"]["message"].startswith("call.bin: ")
        assert calls == []

    async def test_the_log_can_be_read_from_anywhere_in_it(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http, sender(running) as ingest:
            await ingest.send(**words(1))
            await ingest.next("ack")
            everything = (await http.get("/api/calls/call/events")).json()["events"]
            rest = (await http.get("/api/calls/call/events?after=1")).json()["events"]
            beyond = (await http.get(f"/api/calls/call/events?after={10**30}")).json()["events"]

        assert [e["seq"] for e in everything] == [1, 2]
        assert rest == everything[1:]
        assert beyond == []
        assert rest[0]["event"]["text"] == "These are words number 1"

    @pytest.mark.parametrize("path", ["/api/calls/nope", "/api/calls/-bad-", "/api/calls/nope/events", "/calls/nope"])
    async def test_a_call_that_is_not_there_is_a_404(self, tmp_path: Path, path: str) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            assert (await http.get(path)).status_code == 404

    @pytest.mark.parametrize(
        ("method", "path", "status", "code"),
        [
            ("GET", "/api/nope", 404, "not_found"),
            ("GET", "/api/calls/nope", 404, "no_such_call"),
            ("PUT", "/api/calls", 405, "method_not_allowed"),
            ("POST", "/api/calls", 422, "bad_request"),
            ("GET", "/api/playbook?kind=karaoke", 422, "bad_request"),
            ("POST", "/api/demo?name=karaoke", 404, "no_such_demo"),
            ("POST", "/api/demo?speed=nan", 422, "bad_request"),
        ],
    )
    async def test_every_refusal_has_one_shape(
        self, tmp_path: Path, method: str, path: str, status: int, code: str
    ) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            answer = await http.request(method, path)

        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
        assert answer.json()["error"]["message"]

    @pytest.mark.parametrize(
        ("fields", "status", "message"),
        [
            ([("file", ("a.vtt", VTT)), ("file", ("b.vtt", VTT))], 400, "one file at a time, please"),
            ([("title", (None, b"a" * 70_000))], 413, "the field 'title' is too long"),
        ],
    )
    async def test_a_form_that_is_refused_says_why(
        self, tmp_path: Path, fields: list[Any], status: int, message: str
    ) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            answer = await http.post("/api/calls", files=fields)

        assert (answer.status_code, answer.json()["error"]["message"]) == (status, message)

    async def test_live_calls_come_first(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http, sender(running, "live"):
            await http.post("/api/calls", files={"file": ("call.vtt", VTT)})
            calls = (await http.get("/api/calls")).json()["calls"]

        assert [c["state"] for c in calls] == ["live", "ready"]


class TestPages:
    async def test_pages_load_nothing_from_elsewhere_and_run_no_inline_script(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER, Accept="text/html") as http, sender(running):
            for path in ("/", "/calls/call", "/docs"):
                page = await http.get(path)
                assert page.status_code == 200
                policy = page.headers["content-security-policy"]
                assert "default-src 'none'" in policy
                assert "unsafe-inline" not in policy
                assert "//" not in page.text.replace("<!doctype", "").split("<body")[0]

    async def test_a_page_names_the_modules_that_it_needs_and_browsers_keep_them(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            named = re.findall(r'rel="modulepreload" href="([^"]+)"', (await http.get("/")).text)
            assert any(address.endswith("/vendor/preact.js") for address in named)
            for address in named:
                module = await http.get(address)
                assert module.headers["content-type"] == "text/javascript; charset=utf-8"
                assert "immutable" in module.headers["cache-control"]

    async def test_what_is_asked_for_without_its_version_is_asked_for_again(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            file = await http.get("/static/css/tokens.css")
            again = await http.get("/static/css/tokens.css", headers={"If-None-Match": file.headers["etag"]})
            assert (file.headers["cache-control"], again.status_code, again.content) == ("no-cache", 304, b"")
            for path in ("css/none.css", "../pages.py", "%2e%2e/pages.py", "css", ""):
                assert (await http.get(f"/static/{path}")).status_code == 404

    async def test_a_page_of_before_an_update_gets_the_files_of_now_and_keeps_none(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http:
            now = await http.get("/static/css/tokens.css")
            before = await http.get(f"/static/{'0' * 16}/css/tokens.css")
            assert (before.status_code, before.content) == (200, now.content)
            assert before.headers["cache-control"] == "no-store"
            assert f"/static/{before.headers['copilot-pages']}/css/tokens.css" in (await http.get("/")).text
            assert (await http.get(f"/static/{'0' * 16}/css/none.css")).status_code == 404

    async def test_figures_for_prometheus(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER) as http, sender(running):
            figures = (await http.get("/metrics")).text

        assert "copilot_live_calls 1.0" in figures
        assert "copilot_utterance_seconds_bucket" in figures

    async def test_an_address_without_a_page_is_answered_with_a_page(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, browser(running, **BEARER, Accept="text/html") as http:
            answer = await http.get("/nope")

        assert answer.status_code == 404
        assert "There is nothing at this address." in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
