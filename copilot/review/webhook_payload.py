"""What a webhook says of a call: ids, links and figures; the customer's words only where that was asked for."""

from __future__ import annotations

from typing import Any

from copilot.domain.records import CallRecord
from copilot.domain.state import CallState
from copilot.domain.webhooks import Message
from copilot.review.heard import heard_of


def payload(
    message: Message, record: CallRecord | None, state: CallState | None, *, public_url: str | None
) -> dict[str, Any]:
    """The whole of a message. With a `state`, it tells what was heard and confirmed, and the call's names."""
    data: dict[str, Any] = {}
    if record is not None:
        data["call"] = _call(record, public_url, named=state is not None)
        data["figures"] = record.figures.model_dump(mode="json")
    if message.event == "call.deleted":
        data["call"] = {"id": message.call}
    if message.facts:
        data[message.event.partition(".")[0]] = message.facts
    if state is not None:
        data["heard"] = _heard(state)
    return {"type": message.event, "timestamp": message.happened_at.isoformat(), "data": data}


def _call(record: CallRecord, public_url: str | None, *, named: bool) -> dict[str, Any]:
    info = record.info
    told = {
        "id": info.id,
        "kind": info.kind.value,
        "demo": info.demo,
        "held_on": record.held_on.isoformat(),
        "started_at": record.started_at.isoformat(),
        "ended_at": record.ended_at.isoformat() if record.ended_at else None,
        "wrapped_up": record.wrapped_up,
        "page": f"{public_url or ''}/calls/{info.id}",
        "api": f"{public_url or ''}/api/calls/{info.id}",
    }
    if not named:
        return told
    people = [person.model_dump(mode="json") for person in info.participants]
    return {**told, "title": info.title, "account": info.account, "participants": people}


def _heard(state: CallState) -> dict[str, Any]:
    """Items that the customer said or agreed to, less what was said in confidence."""
    heard = heard_of(state)
    wanted = {"id", "text", "state", "priority", "outcomes", "phase", "baseline", "target", "owner", "cadence", "due"}
    parts = {
        "outcomes": heard.outcomes,
        "capabilities": heard.capabilities,
        "metrics": heard.metrics,
        "next_steps": heard.next_steps,
    }
    return {
        part: [item.model_dump(mode="json", include={*wanted, "evidence"}) for item in items]
        for part, items in parts.items()
    }
