# ruff: noqa: ARG002
"""From what a model sent to what the reducer may be offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.reply import WireOp, WireSentence
from copilot.domain.ops import AnyOp
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState


@dataclass(frozen=True, slots=True)
class Translated:
    """What is left of one wire op: ops to propose in order, and why the whole or a part of it was dropped."""

    ops: tuple[AnyOp, ...] = ()
    dropped: tuple[str, ...] = ()


class Translation:
    """One reply, op by op as they come, each against the state at that moment. One per reply: it counts what a reply
    has used up, and remembers what its own labels ("new1") stand for.

    Guaranteed, whatever is sent: it never raises; every quote stands in the utterance it names, redaction undone; no
    number in a text or a value that its evidence does not hold; an item that is confirmed, rejected or touched by a
    person is neither retired nor given another text or value; no confirmation but on the customer's own yes or their
    own words about it; no more than `MOST_RETIRED` of a call's findings are taken back by one reply, and each only on
    words about it; texts hold no markup, links, invisible letters or line breaks and have a bounded length; stages
    change only where the first tier was unsure; ids that the call does not have lead nowhere. A question keeps the gap
    it closes (`gap`, `about`), so that the first tier recognises it.

    Call `translated` and hand its ops to the reducer within one change of the call, so that they fit its state.
    """

    def __init__(self, playbook: Playbook, redactor: Redactor, *, wrap_up: bool = False) -> None:
        self.playbook, self.redactor, self.wrap_up = playbook, redactor, wrap_up

    def translated(self, op: WireOp, state: CallState) -> Translated:
        """One op of the reply, or why it is dropped."""
        return Translated()

    def prose(self, sentences: Iterable[WireSentence], state: CallState) -> Translated:
        """The texts of a wrap-up, once all sentences have come; a sentence without ground is dropped and counted."""
        return Translated()
