"""Short ways to say what a test is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from copilot.analysis.hearing import Pass, Step, WrapUpPass, note, start
from copilot.domain.call import CallInfo, CallKind, Role, Saying
from copilot.domain.items import Evidence
from copilot.domain.ops import AnyOp
from copilot.domain.state import CallState

PLAYBOOK = "value_conversation/1"


@dataclass(frozen=True)
class ScriptedAnalyst:
    """Proposes what a test wants, at every utterance and at the end."""

    passes: Sequence[Pass] = ()
    following_passes: Sequence[WrapUpPass] = ()
    wrap_up_passes: Sequence[WrapUpPass] = ()


def proposing(*by_utterance: Sequence[AnyOp]) -> ScriptedAnalyst:
    """An analyst that proposes these ops at utterances 0, 1, 2, … and nothing after them."""
    script = dict(enumerate(by_utterance))
    return ScriptedAnalyst(passes=[lambda _state, i: script.get(i, ())])


def noticing(propose: Callable[[CallState, int], Sequence[AnyOp]]) -> ScriptedAnalyst:
    """An analyst of one pass."""
    return ScriptedAnalyst(passes=[propose])


def say(role: str, text: str, *, id: str = "", start_s: float | None = None, end_s: float | None = None) -> Saying:  # noqa: A002
    """A saying of the rep, the customer or somebody unknown, named after their side."""
    speaker = {"rep": "Dana", "customer": "Luis"}.get(role)
    return Saying(
        id=id or f"{role}: {text}"[:100], speaker=speaker, role=Role(role), text=text, start_s=start_s, end_s=end_s
    )


def call_of(*sayings: Saying, kind: CallKind = CallKind.DISCOVERY) -> CallState:
    """A call in which this has been said and nothing has been worked out."""
    step: Step = start(CallInfo(id="call", kind=kind), PLAYBOOK)
    for saying in sayings:
        step = note(step.state, saying)
    return step.state


def quoting(state: CallState, i: int, quote: str | None = None) -> tuple[Evidence, ...]:
    """Evidence at utterance `i`: a quote, or all of it."""
    return (Evidence(utterance=i, quote=quote or state.utterances[i].text),)
