# ruff: noqa: ARG001, ARG002
"""What the prompts are filled with: the playbook in its own words, the call, and what is asked just now."""

from __future__ import annotations

from collections.abc import Mapping

from copilot.analysis.deep.epoch import Epoch
from copilot.analysis.deep.redaction import Redactor
from copilot.domain.language_model import ModelRequest
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState


class Briefing:
    """A playbook as models are told it; worked out once per kind of call.

    Guaranteed: the keys are those that the prompt names; everything said on the call, names and titles included, has
    passed the redactor; all that stays the same from request to request stands before `epoch`.
    """

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook

    def live(self, epoch: Epoch, redactor: Redactor) -> Mapping[str, str]:
        """The inputs of prompt "live": what is new since the last request, and all that the epoch holds."""
        return {}

    def wrap_up(self, state: CallState, redactor: Redactor) -> Mapping[str, str]:
        """The inputs of prompt "wrap_up": the map and the whole call, bounded for calls of many hours."""
        return {}


def in_parts(request: ModelRequest, epoch: Epoch, redactor: Redactor) -> ModelRequest:
    """The request with the epoch's message cut where earlier requests ended, each part worth caching by itself.

    Some providers find a prefix again only where a breakpoint stood when they read it; the parts read the same.
    """
    return request
