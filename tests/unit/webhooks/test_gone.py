"""What an endpoint's journal comes to once it has answered that it is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from copilot.domain.webhooks import GONE, MessageAttempted, MessageQueued, MessageRedelivered, Outgoing, WebhookNote

AT = datetime(2026, 5, 14, 9, tzinfo=UTC)


def queued(message: str) -> MessageQueued:
    return MessageQueued(message=message, event="test", happened_at=AT)


def attempted(message: str, status: int) -> MessageAttempted:
    """An attempt that is followed by another one where that may help."""
    error = None if status < 300 else f"answered {status}"
    again_at = None if status < 300 or status == GONE else AT + timedelta(minutes=1)
    return MessageAttempted(message=message, began_at=AT, took_ms=1, status=status, error=error, again_at=again_at)


def after(*notes: WebhookNote) -> Outgoing:
    out = Outgoing()
    for note in (queued("a"), queued("b"), queued("c"), *notes):
        out.take(note, AT)
    return out


def states(out: Outgoing) -> list[str]:
    return [message.state for message in out.messages.values()]


def test_attempts_that_were_under_way_are_held_back_however_they_failed() -> None:
    out = after(attempted("a", GONE), attempted("b", 500), attempted("c", GONE))

    assert states(out) == ["failed", "held", "held"]
    assert [message.due_at for message in out.messages.values()] == [None, None, None]


def test_one_that_is_sent_again_in_vain_is_held_back_too() -> None:
    out = after(attempted("a", GONE), MessageRedelivered(message="a"), attempted("a", 503))

    assert states(out) == ["held", "held", "held"]


def test_all_go_on_once_one_arrives() -> None:
    out = after(attempted("a", GONE), attempted("b", 500), MessageRedelivered(message="a"), attempted("a", 204))

    assert states(out) == ["delivered", "waiting", "waiting"]
    assert not out.gone
