"""Webhooks as JSON: who is told what, how each attempt went, and sending once more."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter

from copilot.afterwards.webhooks import NoSuchEndpoint, Webhooks
from copilot.domain.webhooks import Endpoint, Outgoing
from copilot.web.api import Wired
from copilot.web.services import Services

MOST_SHOWN = 100

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"])


@router.get("")
async def get_webhooks(wired: Wired) -> dict[str, Any]:
    """Every endpoint with what was sent to it, the newest first, and each attempt."""
    if wired.webhooks is None:
        return {"endpoints": []}
    couriers, broken = wired.webhooks.couriers, wired.webhooks.broken
    return {"endpoints": [_view(one.endpoint, one.out, broken=name in broken) for name, one in couriers.items()]}


@router.post("/{name}/test", status_code=202)
async def send_test(name: str, wired: Wired) -> dict[str, str]:
    """Send a message that tells of nothing, to see whether it arrives."""
    return {"id": await _webhooks(wired, name).test(name)}


@router.post("/{name}/send-all", status_code=202)
async def send_all(name: str, wired: Wired) -> dict[str, int]:
    """Send now whatever waits for its next attempt or is held back; how many messages that are."""
    return {"sent": await _webhooks(wired, name).send_all(name)}


@router.post("/{name}/deliveries/{message_id}/redeliver", status_code=202)
async def redeliver(name: str, message_id: str, wired: Wired) -> dict[str, str]:
    """Send a message once more, under its old id, with the call as it stands now."""
    await _webhooks(wired, name).redeliver(name, message_id)
    return {"id": message_id}


def _webhooks(wired: Services, name: str) -> Webhooks:
    if wired.webhooks is None:
        raise NoSuchEndpoint(name, ())
    return wired.webhooks


def _view(endpoint: Endpoint, out: Outgoing, *, broken: bool) -> dict[str, Any]:
    """Of its address only the host: the rest may hold a secret."""
    messages = [*out.messages.values()]
    parts, last = urlsplit(endpoint.url), out.last_attempt
    return {
        "name": endpoint.name,
        "host": f"{parts.scheme}://{parts.netloc}",
        "events": sorted(endpoint.events),
        "words": endpoint.words,
        "health": "broken" if broken else out.health,
        "problem": last and last.error,
        "waiting": out.count("waiting"),
        "held": out.count("held"),
        "deliveries": [message.model_dump(mode="json") for message in reversed(messages[-MOST_SHOWN:])],
    }
