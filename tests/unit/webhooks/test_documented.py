"""What docs/webhooks.md tells people who receive webhooks."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from copilot.domain.signing import key_of, signed
from copilot.domain.webhooks import WEBHOOK_EVENTS

DOCUMENT = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text(encoding="utf-8")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_its_program_takes_what_is_ours_and_nothing_else() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.S)
    known: dict[str, Any] = {}
    exec(program, known)  # noqa: S102  it is ours
    is_ours = known["is_ours"]
    headers = signed("msg_1", int(time.time()), b"{}", key_of(SECRET))
    old = signed("msg_1", int(time.time()) - 3600, b"{}", key_of(SECRET))

    assert is_ours(headers, b"{}", SECRET)
    assert not is_ours(headers, b"{ }", SECRET)
    assert not is_ours({**headers, "webhook-id": "msg_2"}, b"{}", SECRET)
    assert not is_ours(old, b"{}", SECRET)


def test_it_names_every_event() -> None:
    assert all(f"| `{event}` |" in DOCUMENT for event in WEBHOOK_EVENTS)
