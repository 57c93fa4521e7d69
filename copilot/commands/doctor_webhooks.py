"""What `copilot doctor` tells of webhooks: how the last attempts at each endpoint went. It sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager

from copilot.domain.findings import Finding
from copilot.domain.webhooks import WEBHOOK_NOTES, Outgoing, outgoing
from copilot.errors import BrokenNote, StoreUnavailable, UnusableInput
from copilot.ports import Store


async def webhooks(
    names: Iterable[str], open_store: Callable[[], AbstractAsyncContextManager[Store]]
) -> Sequence[Finding]:
    """A finding for each endpoint of the settings; one that says so where there are none."""
    if not (known := sorted(names)):
        says = "not set up: webhooks.NAME.url and webhooks.NAME.secret name an endpoint that is told of calls"
        return [Finding("webhooks", None, says)]
    try:
        async with open_store() as store:
            return [await _endpoint(name, store) for name in known]
    except StoreUnavailable as problem:
        return [Finding("webhooks", None, f"{', '.join(known)}; not looked at, since {problem.reason}")]
    except UnusableInput as problem:
        return [Finding("webhooks", None, f"{', '.join(known)}; not looked at, since {problem}")]


async def _endpoint(name: str, store: Store) -> Finding:
    part = f"webhook {name}"
    try:
        out = outgoing(await store.written("webhook", WEBHOOK_NOTES, name))
    except BrokenNote as problem:
        return Finding(part, False, f"nothing is sent to it: {problem}")
    match out.health:
        case "unused":
            return Finding(part, None, f"nothing was sent to it yet{_waiting(out)}")
        case "working":
            return Finding(part, True, f"the last message arrived{_waiting(out)}")
        case "gone":
            return Finding(part, False, f"it answered that it is gone; {out.count('held')} held back{_REDELIVER}")
        case "failing":
            last = out.last_attempt
            return Finding(part, False, f"the last attempt failed: {last and last.error}{_waiting(out)}")


_REDELIVER = "; a delivery that is sent again on the settings page and arrives lets the others follow"


def _waiting(out: Outgoing) -> str:
    waiting = out.count("waiting")
    return f"; {waiting} waiting" if waiting else ""
