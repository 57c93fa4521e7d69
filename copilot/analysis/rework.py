"""Everything worked out again after a correction of who is who, or of what kind of call it is.

The call is analysed afresh, and what differs from the present state becomes events; ids and what people decided stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from copilot.analysis.hearing import Analyst, Step, hear
from copilot.analysis.identity import find_same
from copilot.analysis.reducer.noting import joined, next_id, noted, reliance
from copilot.analysis.reducer.question_ops import dismiss_about
from copilot.domain.call import Saying, Utterance
from copilot.domain.events import Event, PitfallNoted
from copilot.domain.items import Capability, Item, ItemState, Metric, Pitfall, PitfallState, Question
from copilot.domain.ops import CountTalk, CoverStage, MarkStage, SuggestQuestions
from copilot.domain.state import CallState

_UNSUPPORTED = "its words no longer support it"
_KEPT_AS_IT_IS = {"id", "locked", "also_heard", "found_by", "wordings", "outcomes", "earlier", "added_as"}


def rework(state: CallState, analyst: Analyst) -> Step:
    """The events that bring a state in line with its speakers. Pure, and nothing if nothing differs."""
    fresh = _afresh(state, analyst)
    step = Step(state).propose(_plain_ops(state, fresh), by="embedded")
    ids: dict[str, str] = {}
    step = _items(step, fresh.outcomes, state.outcomes, "O", ids)
    step = _items(step, fresh.capabilities, state.capabilities, "C", ids)
    step = _items(step, fresh.metrics, state.metrics, "M", ids)
    step = _items(step, fresh.next_steps, state.next_steps, "N", ids)
    for event in (*_pitfalls(step.state, fresh, ids), *_dismissed(step.state)):
        step = step.then(event)
    return step.propose([SuggestQuestions(questions=_questions(fresh, ids))], by="embedded")


def rework_for_kind(state: CallState, analyst: Analyst) -> Step:
    """The events that bring a state in line with its kind: nobody's words are other ones, so the items stay."""
    fresh = _afresh(state, analyst)
    step = Step(state).propose(_plain_ops(state, fresh), by="embedded")
    ids = {
        **_known_ids(fresh.outcomes, state.outcomes),
        **_known_ids(fresh.capabilities, state.capabilities),
        **_known_ids(fresh.metrics, state.metrics),
        **_known_ids(fresh.next_steps, state.next_steps),
    }
    fresh = _about_what_stands(fresh, state, ids)
    for event in _pitfalls(step.state, fresh, ids):
        step = step.then(event)
    return step.propose([SuggestQuestions(questions=_questions(fresh, ids))], by="embedded")


def _known_ids(fresh: Mapping[str, Item], known: Mapping[str, Item]) -> dict[str, str]:
    """Which fresh item is which one that stands."""
    unmatched = {item_id: item for item_id, item in known.items() if item.stands}
    ids: dict[str, str] = {}
    for item in fresh.values():
        same = _counterpart(item, unmatched)
        if same is not None:
            del unmatched[same.id]
            ids[item.id] = same.id
    return ids


def _about_what_stands(fresh: CallState, state: CallState, ids: Mapping[str, str]) -> CallState:
    """Without pitfalls and questions about items that the state has retired, or whose gap it has filled."""

    def has(question: Question) -> bool:
        item = state.item(ids.get(question.about or "", ""))
        return getattr(item, question.gap.partition("_without_")[2], None) is not None

    def stands(about: str | None) -> bool:
        return about is None or fresh.item(about) is None or about in ids

    return replace(
        fresh,
        pitfalls={p.id: p for p in fresh.pitfalls.values() if stands(p.about)},
        questions=tuple(q for q in fresh.questions if stands(q.about) and not has(q)),
    )


def _afresh(state: CallState, analyst: Analyst) -> CallState:
    step = Step(CallState(call=state.call, playbook=state.playbook))
    for utterance in state.utterances:
        step = hear(step.state, Saying(**utterance.model_dump(exclude={"i"})), analyst)
    if state.ended:
        for analyse in analyst.wrap_up_passes:
            step = step.propose(analyse(step.state), by="embedded")
    return step.state


def _plain_ops(state: CallState, fresh: CallState) -> list[MarkStage | CoverStage | CountTalk]:
    stages = state.coverage.keys() | fresh.coverage.keys()
    return [
        *(MarkStage(**mark.model_dump(exclude={"by"})) for mark in fresh.marks.values()),
        *(CoverStage(stage=s, coverage=fresh.coverage.get(s, "untouched")) for s in sorted(stages)),
        CountTalk(talk=fresh.talk),
    ]


def _items(step: Step, fresh: Mapping[str, Item], known: Mapping[str, Item], prefix: str, ids: dict[str, str]) -> Step:
    """One kind of item; `ids` collects which fresh id is which known one, for the links of what comes after."""
    taken: dict[str, Item] = dict(known)
    unmatched = {item_id: item for item_id, item in known.items() if item.state is not ItemState.WITHDRAWN}
    for item in fresh.values():
        same = _counterpart(item, unmatched)
        if same is None:
            new = _relinked(item, ids).model_copy(update={"id": next_id(prefix, taken)})
            ids[item.id] = new.id
            taken[new.id] = new
            step = step.then(_by_analyst(noted(new, "added")))
            continue
        del unmatched[same.id]
        ids[item.id] = same.id
        brought = _brought_over(same, _relinked(item, ids), step.state.utterances)
        if brought != same:
            step = step.then(_by_analyst(noted(brought, "changed")))
    for item in unmatched.values():
        step = _without_counterpart(step, item)
    return step


def _without_counterpart(step: Step, item: Item) -> Step:
    """What the first tier does not find now is withdrawn; what it never found is only as reliable as its speakers."""
    if not item.stands or item.locked:
        return step
    if item.found_by == "llm":
        relied_on = item.model_copy(
            update={"state": reliance(item.evidence, step.state.utterances), "confirmed_by": None}
        )
        return step if relied_on == item else step.then(_by_analyst(noted(relied_on, "changed")))
    withdrawn = item.model_copy(update={"state": ItemState.WITHDRAWN, "reason": _UNSUPPORTED})
    return step.then(_by_analyst(noted(withdrawn, "withdrawn")))


def _counterpart(item: Item, known: Mapping[str, Item]) -> Item | None:
    return find_same(known, item.text, [e.quote for e in item.evidence], numbers_matter=not isinstance(item, Metric))


def _brought_over(known: Item, fresh: Item, utterances: Sequence[Utterance]) -> Item:
    """What is heard now, but for what a person has set."""
    if known.state is ItemState.REJECTED:
        return known
    held = _KEPT_AS_IT_IS | set(known.locked) | ({"confirmed_by"} if "state" in known.locked else set())
    updates: dict[str, Any] = {name: value for name, value in fresh if name not in held}
    if known.found_by == "person":
        updates["evidence"] = joined(known.evidence, fresh.evidence, utterances)
    if isinstance(fresh, Capability | Metric) and "outcomes" not in known.locked:
        updates["outcomes"] = fresh.outcomes
    if isinstance(known, Metric) and isinstance(fresh, Metric):
        settled = (e for e in known.earlier if e.field in known.locked)
        updates["earlier"] = (*settled, *(e for e in fresh.earlier if e.field not in known.locked))
    return known.model_copy(update=updates)


def _relinked(item: Item, ids: Mapping[str, str]) -> Item:
    if isinstance(item, Capability | Metric):
        return item.model_copy(update={"outcomes": tuple(ids[o] for o in item.outcomes if o in ids)})
    return item


def _pitfalls(state: CallState, fresh: CallState, ids: Mapping[str, str]) -> Iterable[Event]:
    taken: dict[str, Pitfall] = dict(state.pitfalls)
    unmatched = dict(state.pitfalls)
    for pitfall in fresh.pitfalls.values():
        if pitfall.state is not PitfallState.OPEN:
            continue
        found = pitfall.model_copy(update={"about": ids.get(pitfall.about or "", pitfall.about)})
        same = next((p for p in unmatched.values() if _same_pitfall(p, found)), None)
        if same is None:
            new = found.model_copy(update={"id": next_id("P", taken)})
            taken[new.id] = new
            yield _by_analyst(PitfallNoted(change="found", item=new))
            continue
        del unmatched[same.id]
        brought = same if same.locked else found.model_copy(update={"id": same.id})
        if brought != same:
            yield _by_analyst(PitfallNoted(change="changed", item=brought))
    for pitfall in unmatched.values():
        if pitfall.state is PitfallState.OPEN and not pitfall.locked:
            withdrawn = pitfall.model_copy(update={"state": PitfallState.WITHDRAWN, "reason": _UNSUPPORTED})
            yield _by_analyst(PitfallNoted(change="withdrawn", item=withdrawn))


def _same_pitfall(a: Pitfall, b: Pitfall) -> bool:
    return a.kind == b.kind and bool(set(a.utterances) & set(b.utterances))


def _dismissed(state: CallState) -> Iterable[Event]:
    """The open questions about what no longer stands are closed, pinned ones too."""
    items = (
        *state.outcomes.values(),
        *state.capabilities.values(),
        *state.metrics.values(),
        *state.next_steps.values(),
    )
    return map(_by_analyst, dismiss_about(state, {item.id for item in items if not item.stands}))


def _questions(fresh: CallState, ids: Mapping[str, str]) -> tuple[Question, ...]:
    return tuple(q.model_copy(update={"about": ids.get(q.about or "", q.about)}) for q in fresh.questions)


def _by_analyst(event: Event) -> Event:
    return event.model_copy(update={"by": "embedded"})
