"""Short ways to write down a call in tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copilot.analysis.hearing import Pass, Step, WrapUpPass, end, hear, start
from copilot.domain.call import CallInfo, CallKind, Role, Saying, Utterance
from copilot.domain.ops import AnyOp
from copilot.domain.state import CallState

REP, CUSTOMER, UNKNOWN = Role.REP, Role.CUSTOMER, Role.UNKNOWN


def say(
    role: str, start_s: float | None = None, end_s: float | None = None, text: str = "And so on it goes.", i: int = 0
) -> Utterance:
    return Utterance(id=f"u{i}", i=i, speaker=role, role=Role(role), start_s=start_s, end_s=end_s, text=text)


class Plan:
    """An analyst made of the passes under test; `noted` are ops to propose at an utterance before they run."""

    def __init__(
        self,
        passes: Sequence[Pass] = (),
        wrap_up: Sequence[WrapUpPass] = (),
        noted: dict[int, Sequence[AnyOp]] | None = None,
    ) -> None:
        self._noted = noted or {}
        self.passes: Sequence[Pass] = (self._note, *passes)
        self.following_passes: Sequence[WrapUpPass] = ()
        self.wrap_up_passes: Sequence[WrapUpPass] = tuple(wrap_up)

    def _note(self, state: CallState, i: int) -> Sequence[AnyOp]:
        return self._noted.get(i, ())


def spoken(*lines: str, seconds_each: float | None = None) -> list[Saying]:
    """Sayings from lines such as "rep: How are you?"; with `seconds_each`, one after another without a pause."""
    sayings = []
    for i, line in enumerate(lines):
        role, text = line.split(": ", 1)
        start_s = None if seconds_each is None else i * seconds_each
        end_s = None if seconds_each is None else (i + 1) * seconds_each
        sayings.append(Saying(id=f"u{i}", speaker=role, role=Role(role), start_s=start_s, end_s=end_s, text=text))
    return sayings


def call_of(kind: CallKind | str, sayings: Iterable[Saying], plan: Plan, *, ended: bool = False) -> CallState:
    """The state after these sayings, and after the wrap-up where the call has ended."""
    step: Step = start(CallInfo(id="c1", kind=CallKind(kind)), "value_conversation/1")
    for saying in sayings:
        step = hear(step.state, saying, plan)
    return end(step.state, "sender", plan).state if ended else step.state
