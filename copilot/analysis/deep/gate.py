"""When a model is asked: when the talk has brought something, and not by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from copilot.analysis.deep.telling import told_item
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.pitfalls.signs import Signs, figures_in
from copilot.domain.call import Role
from copilot.domain.events import (
    CapabilityNoted,
    Event,
    Logged,
    MetricNoted,
    NextStepNoted,
    OutcomeNoted,
    PitfallNoted,
    QuestionClosed,
    StageMarked,
    UtteranceHeard,
)
from copilot.domain.items import QuestionState

Cause = Literal["item", "change", "number", "pain", "pitfall", "answer", "stage", "wait"]

UNSURE = 0.5  # how likely the first tier finds its stage, below which it is not sure
LONGEST_WAIT = 10  # utterances of substance,
LONGEST_WAIT_S = 75.0  # or the call's own seconds, if anything of substance was said in them
MOST_UNSURE = 3  # utterances of whose stage it is not sure
_LEAST_WORDS = 4  # of an utterance that is more than a nod

LEAST_BETWEEN = 2  # utterances of substance between two requests that something found leads to,
HELD_BACK = 6  # and that nothing but what can wait leads to
_CAN_WAIT: frozenset[Cause] = frozenset({"change", "number", "pain"})
_WEIGHTIEST_FIRST: tuple[Cause, ...] = ("item", "pitfall", "change", "pain", "number", "answer", "stage", "wait")


@dataclass(frozen=True, slots=True)
class Gate:
    """A fold of the log since the last request. It hears the talk and what the first tier makes of it; nothing that a
    model or a person did opens it.

    Guaranteed: `due` is None where nothing was said since the last request, or nothing but nods; what the first tier
    finds opens it in the commit that brings it, but not before `LEAST_BETWEEN` utterances after a request that was
    answered; what it changes, and a number or a pain in the customer's words, does too, if no request was made within
    the last `HELD_BACK` utterances; talk of substance opens it at the latest after
    `LONGEST_WAIT` utterances or `LONGEST_WAIT_S` seconds of the call.
    """

    signs: Signs
    causes: frozenset[Cause] = frozenset()
    waiting: int = 0  # utterances of substance since the last request
    since_s: float | None = None  # when the first of them began
    now_s: float | None = None
    unsure: frozenset[int] = frozenset()
    told: Mapping[str, str] = field(default_factory=dict)
    before: frozenset[Cause] = frozenset()  # what the request under way was about

    def after(self, logged: Logged) -> Gate:
        """With one more event of the log. Ask for `due` once all events of a commit are in."""
        event = logged.event
        match event:
            case UtteranceHeard():
                return self._heard(event)
            case OutcomeNoted() | CapabilityNoted() | MetricNoted() | NextStepNoted():
                return self._noted(event.item.id, told_item(event.item), event)
            case PitfallNoted(change="found", by="embedded"):
                return self._with("pitfall")
            case QuestionClosed(by="embedded") if event.question.state is QuestionState.ANSWERED:
                return self._with("answer")
            case StageMarked(by="embedded") if event.confidence is not None:
                return self._marked(event.i, event.confidence)
            case _:
                return self

    def asked(self) -> Gate:
        """A request is on its way. What is logged from now on counts for the next one."""
        return replace(
            self,
            causes=frozenset(),
            waiting=0,
            since_s=None,
            unsure=frozenset(),
            before=self.causes | self._all_causes(),
        )

    def not_answered(self) -> Gate:
        """The request under way came to nothing: what it was about is still due."""
        return replace(self, causes=self.causes | self.before, before=frozenset())

    @property
    def due(self) -> Cause | None:
        """Why a model should be asked now, the weightiest cause, or None."""
        return min(self._all_causes(), key=_WEIGHTIEST_FIRST.index, default=None)

    def _all_causes(self) -> frozenset[Cause]:
        causes = set(self.causes if self.waiting >= HELD_BACK else self.causes - _CAN_WAIT)
        if self.before and self.waiting < LEAST_BETWEEN:
            causes.clear()
        if len(self.unsure) >= MOST_UNSURE:
            causes.add("stage")
        if self.waiting >= LONGEST_WAIT or (self.waiting and self._waited_s() >= LONGEST_WAIT_S):
            causes.add("wait")
        return frozenset(causes)

    def _waited_s(self) -> float:
        return 0.0 if self.since_s is None or self.now_s is None else self.now_s - self.since_s

    def _with(self, cause: Cause) -> Gate:
        return replace(self, causes=self.causes | {cause})

    def _heard(self, event: UtteranceHeard) -> Gate:
        if is_backchannel(event.text) or len(event.text.split()) < _LEAST_WORDS:
            return self
        end_s = event.end_s if event.end_s is not None else event.start_s
        heard = replace(
            self,
            waiting=self.waiting + 1,
            since_s=event.start_s if self.since_s is None else self.since_s,
            now_s=self.now_s if end_s is None else end_s,
        )
        if event.role is Role.REP:
            return heard
        if figures_in(event.text):
            heard = heard._with("number")
        return heard._with("pain") if self.signs.has("pain", event.text) else heard

    def _noted(self, item_id: str, line: str, event: Event) -> Gate:
        if self.told.get(item_id) == line:
            return self
        noted = replace(self, told={**self.told, item_id: line})
        if event.by != "embedded":
            return noted
        return noted._with("change" if item_id in self.told else "item")

    def _marked(self, i: int, confidence: float) -> Gate:
        return replace(self, unsure=self.unsure | {i} if confidence < UNSURE else self.unsure - {i})
