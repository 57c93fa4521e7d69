"""What the server sends on its sockets, as text frames."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, assert_never

from copilot.domain.events import CapabilityNoted, Logged, MetricNoted, NextStepNoted, OutcomeNoted, PitfallNoted
from copilot.domain.snapshot import item_view, snapshot
from copilot.live.feed import FeedItem, Partial, Snapshot, Status


def dumps(message: dict[str, Any]) -> str:
    """Compact JSON; letters beyond ASCII stay as they are."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def error(code: str, message: str, *, fatal: bool = False) -> dict[str, Any]:
    return {"type": "error", "code": code, "message": message, "fatal": fatal}


def feed_frame(item: FeedItem, stages: Sequence[str]) -> str:
    """The frame for one thing a panel is to be sent; `stages` are the playbook's, for a snapshot."""
    match item:
        case Logged():
            return dumps({"type": "event", "seq": item.seq, "event": event_view(item)})
        case Snapshot():
            return dumps({"type": "snapshot", "seq": item.state.seq, "state": snapshot(item.state, stages)})
        case Partial():
            return dumps(_partial(item))
        case Status():
            return dumps(status_view(item))
        case _:
            assert_never(item)


def event_view(logged: Logged) -> dict[str, Any]:
    """An event as panels and the API have it: with its time, and items with their `utterances`."""
    event = logged.event
    view = {**event.model_dump(mode="json"), "at": logged.at.isoformat()}
    if isinstance(event, OutcomeNoted | CapabilityNoted | MetricNoted | NextStepNoted | PitfallNoted):
        view["item"] = item_view(event.item)
    return view


def status_view(status: Status) -> dict[str, Any]:
    return {
        "type": "status",
        "listening": status.listening,
        "tier": status.tier.name,
        "reason": status.reason or status.tier.reason,
        "tier_reason": status.tier.reason,
        "tier_since": status.tier.since.isoformat() if status.tier.since else None,
        "lag_s": status.lag_s,
        "asr": status.asr,
        "recording": status.recording.model_dump(mode="json") if status.recording else None,
    }


def _partial(partial: Partial) -> dict[str, Any]:
    """Text from a sender has no stable part: all of it may still change."""
    utterance = partial.utterance
    return {
        "type": "partial",
        "utterance": utterance.id,
        "rev": partial.rev,
        "speaker": utterance.speaker,
        "role": utterance.role,
        "stable": partial.stable,
        "tentative": utterance.text[len(partial.stable) :].lstrip(),
    }
