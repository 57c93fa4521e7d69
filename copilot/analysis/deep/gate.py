# ruff: noqa: ARG001, ARG002
"""When a model is asked: when the talk has brought something, and not by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from copilot.domain.events import Logged
from copilot.domain.playbook import Playbook

Cause = Literal["item", "number", "pain", "pitfall", "answer", "stage", "wait"]


@dataclass(frozen=True, slots=True)
class Gate:
    """A fold of the log since the last request. It hears the first tier's findings; what a model did never opens it.

    Guaranteed: `due` is None where nothing was said since the last request, and where all that was said were greetings
    and listening noises; a cue in the customer's words opens it in the commit that brings it; it opens at the latest
    after so many utterances, or so many of the call's own seconds, in which anything of substance was said.
    """

    playbook: Playbook

    @classmethod
    def of(cls, playbook: Playbook) -> Gate:
        """Nothing heard yet."""
        return cls(playbook)

    def after(self, logged: Logged) -> Gate:
        """With one more event of the log. Ask `due` once all events of a commit are in."""
        return self

    def asked(self) -> Gate:
        """A request is on its way: it waits anew. Call it when the request is sent; what is logged meanwhile counts
        for the next one."""
        return self

    @property
    def due(self) -> Cause | None:
        """Why the model is to be asked now, the strongest cause, or None."""
        return None
