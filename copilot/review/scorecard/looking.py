"""What there is to see for a criterion: a share or a number, and the moments that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import assert_never

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.numbers import find_quantities
from copilot.domain.call import Role, Utterance
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.items import Capability, Evidence, Item, ItemState, Metric, NextStep, Outcome
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.scorecard_rubrics import (
    AskedLook,
    AvoidedLook,
    Chance,
    CountLook,
    ItemsLook,
    ItemsOf,
    Look,
    StageLook,
    TalkLook,
)
from copilot.domain.scorecards import Moment
from copilot.domain.state import CallState

MOST_MOMENTS = 3
LEAST_TALK_S = 60.0  # before that a talk ratio says nothing
_COVERAGE = {"thin": 0.5, "covered": 1.0}
_HEARD = frozenset({ItemState.HEARD, ItemState.CONFIRMED})
_REP, _CUSTOMER = frozenset({Role.REP}), frozenset({Role.CUSTOMER})


@dataclass(frozen=True, slots=True)
class Seen:
    """`value` is a share in [0, 1], or the number itself; None: nothing was seen. `about` is the item it turned on.

    `answer`: a better word than yes or no. `shown_by`: the sides whose moments show it, none where it follows from a
    share of the talk, or from what was looked for and not found.
    """

    value: float | None
    why: str
    moments: tuple[Moment, ...] = ()
    about: str | None = None
    answer: str | None = None
    shown_by: frozenset[Role] = frozenset()


def look_at(state: CallState, look: Look) -> Seen:
    """What was seen; nothing where it hangs on a side that nobody is known to be on."""
    for side in _hangs_on(look):
        if _is_unsaid(state, side):
            return Seen(None, f"it is not known who the {side} is")
    return _look(state, look)


def _hangs_on(look: Look) -> tuple[Role, ...]:
    match look:
        case StageLook():
            return (look.told_by,)
        case AskedLook():
            return (Role.REP,)
        case ItemsLook():
            return (Role.CUSTOMER,) if "confirmed" in look.having else ()
        case CountLook():
            return ()
        case AvoidedLook():
            return (look.chance.role,)
        case TalkLook():
            return (Role.REP, Role.CUSTOMER) if look.stat == "talk_ratio" else (Role.REP,)
        case _:
            assert_never(look)


def _is_unsaid(state: CallState, side: Role) -> bool:
    roles = {u.role for u in state.utterances}
    return Role.UNKNOWN in roles and side not in roles


def _look(state: CallState, look: Look) -> Seen:
    match look:
        case StageLook():
            return _stage(state, look)
        case AskedLook():
            return _asked(state, look)
        case ItemsLook():
            return _items(state, look)
        case CountLook():
            return _count(state, look)
        case AvoidedLook():
            return _avoided(state, look)
        case TalkLook():
            return _talk(state, look)
        case _:
            assert_never(look)


def heard(state: CallState, items: ItemsOf) -> list[Item]:
    """What the customer said or took up; of the next steps also what the rep promised."""
    every: dict[ItemsOf, Iterable[Item]] = {
        "outcomes": state.outcomes.values(),
        "capabilities": state.capabilities.values(),
        "metrics": state.metrics.values(),
        "next_steps": state.next_steps.values(),
    }
    return [item for item in every[items] if item.state in _HEARD or (items == "next_steps" and item.stands)]


def moments_of(state: CallState, items: Iterable[Item], *, latest: bool = False) -> tuple[Moment, ...]:
    """Words of every item in turn, the customer's before ours, each utterance once; in the order of the call.

    `latest` takes an item's last words first: where it was confirmed rather than where it was said.
    """
    turns = [sorted(item.evidence, key=lambda e: -e.utterance if latest else e.utterance) for item in items]
    in_turn = [e for turn in zip_longest(*turns) for e in turn if e is not None]
    in_turn.sort(key=lambda e: state.utterances[e.utterance].role is not Role.CUSTOMER)
    chosen: dict[int, Evidence] = {}
    for evidence in in_turn:
        if len(chosen) < MOST_MOMENTS:
            chosen.setdefault(evidence.utterance, evidence)
    return tuple(_moment(state.utterances[i], chosen[i].quote) for i in sorted(chosen))


def _moment(utterance: Utterance, quote: str | None = None) -> Moment:
    return Moment(
        utterance=utterance.i, quote=quote or utterance.text, speaker=utterance.speaker, start_s=utterance.start_s
    )


def _fullest(utterances: Iterable[Utterance]) -> tuple[Moment, ...]:
    """Those that say most, in the order of the call."""
    longest = sorted(utterances, key=lambda u: -len(u.text.split()))[:MOST_MOMENTS]
    return tuple(_moment(utterance) for utterance in sorted(longest, key=lambda u: u.i))


def _stage(state: CallState, look: StageLook) -> Seen:
    about = [u for u in state.utterances if state.stage_of(u.i) == look.stage and not is_backchannel(u.text)]
    theirs = [u for u in about if u.role is look.told_by]
    value = _COVERAGE.get(state.coverage.get(look.stage, "untouched"))
    if value is None:
        return Seen(None, "no moment found in which the talk was about it")
    whose = "the customer" if look.told_by is Role.CUSTOMER else "your side"
    why = f"spoken of in {_moments(len(about))}, {_from(whose, len(theirs), len(about))}"
    if not theirs:
        return Seen(None, why)
    if value < 1:
        why += "; too little to count as covered"
    return Seen(value, why, _fullest(theirs), shown_by=frozenset({look.told_by}))


def _from(whose: str, theirs: int, about: int) -> str:
    if theirs == about:
        return f"from {whose}"
    return f"{theirs} of them from {whose}" if theirs else f"none of it from {whose}"


def _asked(state: CallState, look: AskedLook) -> Seen:
    asked = [u for u in state.utterances if u.role is Role.REP and state.stage_of(u.i) in look.stages and asks(u.text)]
    if not asked:
        return Seen(None, "no moment found in which your side asked about it")
    value = 1.0 if len(asked) >= look.at_least else 0.5
    return Seen(value, f"asked {_times(len(asked))}", _fullest(asked), shown_by=_REP)


def _items(state: CallState, look: ItemsLook) -> Seen:
    items = heard(state, look.items)
    noun = look.items.replace("_", " ")
    if not items:
        return Seen(None, f"no {noun} were heard")
    having = [item for item in items if all(_has(state, item, field) for field in look.having)]
    lacking = [item for item in items if item not in having]
    wanted = len(items) if look.at_least is None else look.at_least
    value = 1.0 if len(having) >= wanted else 0.5 if having else 0.0
    fields = " and ".join(_FIELDS[field] for field in look.having)
    why = f"{len(having)} of {len(items)} {noun} {fields}"
    if value < 1 and lacking:
        why += f"; not “{lacking[0].text}”"
    shown = having if value == 1 else lacking or having
    about = shown[0].text if value < 1 else None
    moments = moments_of(state, shown, latest="confirmed" in look.having)
    return Seen(value, why, moments, about, shown_by=_tellers(look.items))


def _tellers(items: ItemsOf) -> frozenset[Role]:
    """Outcomes, capabilities and metrics are the customer's to say; a next step is whoever's takes it."""
    return _REP | _CUSTOMER if items == "next_steps" else _CUSTOMER


_FIELDS = {
    "measured": "with a metric and a figure",
    "priority": "ranked",
    "capability": "tied to what they need",
    "metric": "with a metric",
    "confirmed": "confirmed",
    "outcome": "tied to an outcome",
    "phase": "with a phase",
    "baseline": "with a baseline",
    "target": "with a target",
    "owner": "with an owner",
    "cadence": "with a cadence",
    "leading": "that are early signs",
    "lagging": "that are results",
    "due": "with a date",
}


def _has(state: CallState, item: Item, field: str) -> bool:
    match field, item:
        case "confirmed", _:
            return item.state is ItemState.CONFIRMED
        case "capability", Outcome():
            return _serving(state.capabilities.values(), item)
        case "metric", Outcome():
            return _serving(state.metrics.values(), item)
        case "measured", Outcome():
            return _measured(state.metrics.values(), item)
        case "outcome", Capability() | Metric():
            return any(state.outcomes[tie].stands for tie in item.outcomes if tie in state.outcomes)
        case "leading" | "lagging", Metric():
            return item.kind == field
        case _, Outcome() | Capability() | Metric() | NextStep():
            return getattr(item, field) is not None
    return False


def _serving(items: Iterable[Capability | Metric], outcome: Outcome) -> bool:
    return any(item.stands and outcome.id in item.outcomes for item in items)


def _measured(metrics: Iterable[Metric], outcome: Outcome) -> bool:
    """Whether a metric serves it and a figure was said, of the metric or of the outcome itself."""
    serving = [metric for metric in metrics if metric.stands and outcome.id in metric.outcomes]
    return any(m.baseline or m.target for m in serving) or (bool(serving) and _has_figure(outcome))


def _has_figure(outcome: Outcome) -> bool:
    """A figure stands in its text or its quotes, or it is known to have one: a number, a date or a threshold."""
    words = (outcome.text, *(evidence.quote for evidence in outcome.evidence))
    return outcome.measurable or any(map(find_quantities, words))


def _count(state: CallState, look: CountLook) -> Seen:
    items = heard(state, look.items)
    noun = look.items.replace("_", " ")
    if not items:
        return Seen(None, f"no {noun} were heard")
    one = noun.removesuffix("s").replace("capabilitie", "capability")
    why = f"1 {one} was heard" if len(items) == 1 else f"{len(items)} {noun} were heard"
    return Seen(float(len(items)), why, moments_of(state, items), items[0].text, shown_by=_tellers(look.items))


def _avoided(state: CallState, look: AvoidedLook) -> Seen:
    happened = [p for p in state.pitfalls.values() if p.counts and p.kind in look.pitfalls]
    if happened:
        facts = "; ".join(dict.fromkeys(p.fact or _named(PitfallKind(p.kind)) for p in happened))
        about = happened[0].about and state.item(happened[0].about)
        moments = tuple(_moment(state.utterances[e.utterance], e.quote) for p in happened for e in p.evidence)[
            :MOST_MOMENTS
        ]
        return Seen(0.0, f"it happened {_times(len(happened))}: {facts}", moments, about.text if about else None)
    wanted = " or ".join(_named(kind) for kind in look.pitfalls)
    chances = [u for u in state.utterances if _is_chance(state, u, look.chance)]
    if len(chances) < look.chance.at_least:
        count = f"only {_moments(len(chances))}" if chances else "no moment"
        why = f"looked for {wanted}; there was {count} in which it could have happened"
        return Seen(None, f"{why}, too little to tell" if chances else why)
    count = _moments(len(chances))
    why = f"looked for {wanted} in {count} in which it could have happened, and found none"
    return Seen(1.0, why, _fullest(chances), answer=f"Not seen in {count}")


def _named(pitfall: PitfallKind) -> str:
    return pitfall.replace("_", " ").replace("roi", "ROI")


def _is_chance(state: CallState, utterance: Utterance, chance: Chance) -> bool:
    return (
        utterance.role is chance.role
        and not is_backchannel(utterance.text)
        and (not chance.stages or state.stage_of(utterance.i) in chance.stages)
        and (not chance.asking or asks(utterance.text))
    )


def _talk(state: CallState, look: TalkLook) -> Seen:
    value = getattr(state.talk, look.stat)
    ours = [u for u in state.utterances if u.role is Role.REP]
    if value is None or not ours or state.talk.rep_s + state.talk.customer_s < LEAST_TALK_S:
        return Seen(None, "too little talk, or no times to count it by")
    value = float(value)
    match look.stat:
        case "talk_ratio":
            return Seen(value, f"your side has {value:.0%} of the talk time", _fullest(ours))
        case "longest_monologue_s":
            return Seen(value, f"the longest stretch without a break is {value:.0f} s", _fullest(ours)[:1])
        case "rep_questions":
            questions = _fullest(u for u in ours if asks(u.text))
            return Seen(value, f"your side asked {_times(int(value))}", questions, shown_by=_REP)
        case _:
            assert_never(look.stat)


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def _moments(n: int) -> str:
    return "1 moment" if n == 1 else f"{n} moments"


def last_word(state: CallState) -> Moment | None:
    """The last thing of substance that the customer said: what was never asked could have been asked by then."""
    theirs = [u for u in state.utterances if u.role is Role.CUSTOMER and state.stage_of(u.i) not in (None, OTHER_STAGE)]
    told = [u for u in theirs if not is_backchannel(u.text)]
    return _moment(told[-1]) if told else None
