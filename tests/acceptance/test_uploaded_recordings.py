"""A recording that is being transcribed when the plug is pulled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.acceptance.programs import PATIENCE_S, Serving
from tests.browser.recordings import recording_server, tones

LINES = 30


@contextmanager
def program(server: Serving) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.token}"}
    with httpx.Client(base_url=server.address, headers=headers, trust_env=False, timeout=30) as http:
        yield http


def said_once(http: httpx.Client, call_id: str, *, so_many: int, over: bool = False) -> list[str]:
    """What is said, once it is so much, and the call is over if it is to be."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        state: dict[str, Any] = http.get(f"/api/calls/{call_id}").json()["state"]
        if len(state["utterances"]) >= so_many and state["wrapped_up"] >= over:
            return [utterance["text"] for utterance in state["utterances"]]
        time.sleep(0.1)
    raise AssertionError(f"not {so_many} utterances in time")


def test_goes_on_where_it_was_and_is_complete(tmp_path: Path) -> None:
    content = tones(tmp_path, LINES)
    with recording_server(tmp_path) as server:
        with program(server) as http:
            answer = http.post("/api/calls", files={"file": ("call.wav", content)}, data={"rep": "Speaker 1"})
            call_id = answer.json()["calls"][0]["id"]
            before = said_once(http, call_id, so_many=4)
        server.kill()
    assert len(before) < LINES
    with recording_server(tmp_path) as server, program(server) as http:
        after = said_once(http, call_id, so_many=LINES, over=True)
        sides = [u["role"] for u in http.get(f"/api/calls/{call_id}").json()["state"]["utterances"]]

    assert len(after) == LINES
    assert after[: len(before)] == before
    assert sides == ["rep", "customer"] * (LINES // 2)
    assert list((tmp_path / "data" / "uploads").iterdir()) == []
