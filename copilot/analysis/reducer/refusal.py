"""Why an op is not taken."""

from __future__ import annotations

from typing import Literal

Reason = Literal["ungrounded", "unknown_item", "no_such_field", "not_the_customer"]


class Refused(Exception):
    """An op that cannot be taken; its reason is counted in the call's log. Never leaves the reducer."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)
