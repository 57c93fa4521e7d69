"""Webhooks of the real program, over a pulled plug."""

from __future__ import annotations

import time
from pathlib import Path

import httpx

from tests.acceptance.programs import PATIENCE_S, ROOT, Serving, serving
from tests.integration.webhook_receiver import SECRET, Receiver, receiving
from tests.loopback import beside

DISCOVERY = ROOT / "fixtures" / "demo" / "discovery.json"


def asked(server: Serving, path: str) -> httpx.Response:
    signed = {"Authorization": f"Bearer {server.token}"}
    return httpx.get(f"{server.address}{path}", headers=signed, trust_env=False, timeout=PATIENCE_S)


def states_once(server: Serving, *, attempts: int) -> list[tuple[str, list[int | None]]]:
    """The state and the answers of every message, once so many attempts are noted."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        (endpoint,) = asked(server, "/api/webhooks").json()["endpoints"]
        found = [(d["state"], [a["status"] for a in d["attempts"]]) for d in endpoint["deliveries"]]
        if sum(len(statuses) for _, statuses in found) >= attempts:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{found} after {PATIENCE_S} s")


def test_what_had_not_arrived_when_the_plug_was_pulled_arrives_after_it(tmp_path: Path) -> None:
    with beside(receiving(Receiver(plays=[503]))) as there:
        settings = {
            "COPILOT_WEBHOOKS__CRM__URL": there.url,
            "COPILOT_WEBHOOKS__CRM__SECRET": SECRET,
            "COPILOT_WEBHOOKS__CRM__EVENTS": '["call.ready"]',
        }
        with serving(tmp_path / "data", settings=settings) as server, DISCOVERY.open("rb") as file:
            signed = {"Authorization": f"Bearer {server.token}"}
            httpx.post(
                f"{server.address}/api/calls",
                headers=signed,
                files={"file": file},
                trust_env=False,
                timeout=PATIENCE_S,
            ).raise_for_status()
            before = states_once(server, attempts=1)
            server.kill()
        with serving(tmp_path / "data", settings=settings) as server:
            after = states_once(server, attempts=2)

    assert before == [("waiting", [503])]
    assert after == [("delivered", [503, 204])]
    assert len({got.id for got in there.got}) == 1
