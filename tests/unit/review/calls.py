"""Calls for what follows them: a whole one in few words, and its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from copilot.domain.call import CallInfo, CallKind, Participant, Role
from copilot.domain.items import Capability, Evidence, Item, ItemState, Metric, NextStep, Outcome
from copilot.domain.state import CallState, StageMark
from tests.builders import call_of, say

ItemT = TypeVar("ItemT", bound=Item)
PEOPLE = (
    Participant(name="Dana Reyes", role=Role.REP),
    Participant(name="Luis Ortega", role=Role.CUSTOMER, title="VP Operations"),
    Participant(name="Dr. Priya Shah", role=Role.CUSTOMER),
)
TALK = (
    say("rep", "How does a release run today, from planning to review?"),
    say("customer", "Planning happens in one tool and the tracking in another, and I copy between them by hand."),
    say("rep", "What does that cost you?"),
    say("customer", "We missed two launches last year, and each of them cost us three hundred thousand."),
    say("customer", "A release takes six weeks. I want that down to four by the summer."),
    say("rep", "You could also have our dashboards, they are lovely."),
    say("customer", "We need the two-way sync with the tracker from day one, single sign-on can come later."),
    say("customer", "Priya reports the cycle every month, and she will send us the last four reports on Friday."),
)
MARKS = {1: "before_scenario", 3: "negative_consequences", 4: "positive_business_outcomes"}
OUTCOME = Outcome(
    id="O1",
    text="a release takes four weeks",
    priority=1,
    measurable=True,
    evidence=(Evidence(utterance=4, quote="I want that down to four by the summer."),),
)
SYNC = Capability(
    id="C1",
    text="two-way sync with the tracker",
    outcomes=("O1",),
    phase="1",
    evidence=(Evidence(utterance=6, quote="We need the two-way sync with the tracker from day one"),),
)
SIGN_ON = Capability(
    id="C2",
    text="single sign-on",
    phase="later",
    evidence=(Evidence(utterance=6, quote="single sign-on can come later."),),
)
CYCLE = Metric(
    id="M1",
    text="release cycle",
    outcomes=("O1",),
    baseline="six weeks",
    target="four weeks",
    owner="Priya",
    cadence="every month",
    evidence=(Evidence(utterance=4, quote="A release takes six weeks. I want that down to four by the summer."),),
)
REPORTS = NextStep(
    id="N1",
    text="send the last four reports",
    owner="Priya",
    due="Friday",
    evidence=(Evidence(utterance=7, quote="she will send us the last four reports on Friday."),),
)


def whole_call(kind: CallKind = CallKind.DISCOVERY, *, language: str | None = None, **changes: Any) -> CallState:
    """A call in which everything was said that an email can tell; `changes` replace parts of its state."""
    state = call_of(*TALK, kind=kind)
    info = CallInfo(id="call", kind=kind, title="Acme", language=language, participants=PEOPLE)
    marks = {i: StageMark(i=i, stage=stage, confidence=0.9) for i, stage in MARKS.items()}
    made = replace(
        state,
        call=info,
        marks=marks,
        outcomes=keyed(OUTCOME),
        capabilities=keyed(SYNC, SIGN_ON),
        metrics=keyed(CYCLE),
        next_steps=keyed(REPORTS),
        ended=True,
    )
    return replace(made, **changes)


def keyed(*items: ItemT) -> Mapping[str, ItemT]:
    return {item.id: item for item in items}


def proposed(item: ItemT) -> ItemT:
    return item.model_copy(update={"state": ItemState.PROPOSED})


def saying(*sayings: tuple[str, str], **changes: Any) -> CallState:
    """A call of these turns, each a side and its words, with parts of its state replaced."""
    return replace(call_of(*(say(role, text) for role, text in sayings)), ended=True, **changes)


def marked(stages: Sequence[str]) -> Mapping[int, StageMark]:
    """A sure mark for every utterance in order."""
    return {i: StageMark(i=i, stage=stage, confidence=0.9) for i, stage in enumerate(stages)}
