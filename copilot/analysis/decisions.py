"""What people decide on the panel, as events. What a person has set is locked: nothing automatic changes it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import ValidationError

from copilot.analysis.reducer.history import with_history
from copilot.analysis.reducer.noting import noted, reliance
from copilot.analysis.reducer.question_ops import closed, dismiss_about
from copilot.domain.call import Role
from copilot.domain.events import (
    DetailsChanged,
    Event,
    MomentMarked,
    PitfallNoted,
    QuestionsSuggested,
    SpeakersChanged,
)
from copilot.domain.items import (
    KEPT,
    Capability,
    Item,
    ItemState,
    Metric,
    NextStep,
    Outcome,
    PitfallState,
    Question,
    QuestionState,
)
from copilot.domain.moments import MarkedMoment
from copilot.domain.state import CallState
from copilot.errors import CopilotError

ItemVerdict = Literal["confirm", "reject", "edit"]
QuestionVerdict = Literal["asked", "dismiss", "pin"]
PitfallVerdict = Literal["dismiss", "wrong"]

EDITABLE: Mapping[type[Item], tuple[str, ...]] = {
    Outcome: ("text", "priority", "measurable"),
    Capability: ("text", "outcomes", "phase"),
    Metric: ("text", "outcomes", "kind", "baseline", "target", "unit", "owner", "cadence"),
    NextStep: ("text", "owner", "due"),
}


class UnknownItem(CopilotError):
    """A decision about something that this call does not have."""

    def __init__(self, item_id: str) -> None:
        self.item_id = item_id
        super().__init__(f"this call has no item {item_id!r}")


class QuestionGone(CopilotError):
    """A verdict on a question that has made way, perhaps while somebody reached for it."""

    def __init__(self, question_id: str) -> None:
        self.question_id = question_id
        super().__init__(f"question {question_id!r} has made way for another")


class UnusableEdit(CopilotError):
    """Fields that an item does not have, or values that they cannot take."""

    def __init__(self, called: str, problem: str, editable: tuple[str, ...]) -> None:
        self.called, self.problem, self.editable = called, problem, editable
        super().__init__(f"{called} cannot take that: {problem}; it has {', '.join(editable)}")


def decide_item(state: CallState, item_id: str, verdict: ItemVerdict, fields: Mapping[str, Any]) -> list[Event]:
    """Confirm, reject, or edit; `edit` without fields restores what was set aside."""
    item = state.item(item_id)
    if item is None:
        raise UnknownItem(item_id)
    match verdict:
        case "confirm":
            return _noted(item, _locked(item, ["state"], state=ItemState.CONFIRMED, confirmed_by="person"), "confirmed")
        case "reject":
            return _rejected(state, item)
        case "edit":
            return _edited(state, item, fields) if fields else _restored(state, item)


def judge_question(state: CallState, question_id: str, verdict: QuestionVerdict) -> list[Event]:
    """Asked or dismissed closes it for good; pinning keeps it in front until then, and pinning again lets it go."""
    question = next((q for q in state.questions if q.id == question_id), None)
    if question is None:
        if any(q.id == question_id for q in state.closed_questions):
            return []
        raise QuestionGone(question_id) if _was_suggested(state, question_id) else UnknownItem(question_id)
    if verdict == "pin":
        return [_pinned(state, question)]
    settled = QuestionState.ASKED if verdict == "asked" else QuestionState.DISMISSED
    return [_by_person(closed(state, question, settled))]


def _was_suggested(state: CallState, question_id: str) -> bool:
    number = question_id.removeprefix("Q")
    return number.isdecimal() and 1 <= int(number) <= state.questions_made


def judge_pitfall(state: CallState, pitfall_id: str, verdict: PitfallVerdict) -> list[Event]:
    """Seen and put away, or wrong: a wrong one counts nowhere."""
    pitfall = state.pitfalls.get(pitfall_id)
    if pitfall is None:
        raise UnknownItem(pitfall_id)
    judged = PitfallState.WRONG if verdict == "wrong" else PitfallState.DISMISSED
    if pitfall.state is judged:
        return []
    change: Literal["wrong", "dismissed"] = "wrong" if verdict == "wrong" else "dismissed"
    item = pitfall.model_copy(update={"state": judged, "locked": ("state",)})
    return [PitfallNoted(by="person", change=change, item=item)]


def change_speakers(
    state: CallState,
    *,
    swap: bool = False,
    speaker: str | None = None,
    name: str | None = None,
    role: Role | None = None,
    utterances: Sequence[str] = (),
) -> list[Event]:
    """Both sides change places, one speaker gets a name or a role, or single utterances get a side.

    Who is said to be the rep leaves the others who are named, and on no side yet, to the customer.
    """
    if utterances:
        known = {utterance.id for utterance in state.utterances}
        if unknown := [name for name in utterances if name not in known]:
            raise UnknownItem(unknown[0])
        return [SpeakersChanged(by="person", role=role or Role.UNKNOWN, utterances=tuple(utterances))]
    if not swap and speaker is not None and all(speaker != u.speaker for u in state.utterances):
        listed = state.call is not None and any(speaker == p.name for p in state.call.participants)
        if not listed:
            raise UnknownItem(speaker)
    changed = SpeakersChanged(by="person", swap=swap, speaker=speaker, name=name, role=role)
    others = _named_on_no_side(state, speaker) if role is Role.REP and speaker else ()
    return [changed, *(SpeakersChanged(by="person", speaker=other, role=Role.CUSTOMER) for other in others)]


def _named_on_no_side(state: CallState, but: str) -> Iterable[str]:
    """Once somebody is known to be the rep these are the customer's, as where a transcript's reps are named."""
    said = (u.speaker for u in state.utterances if u.role is Role.UNKNOWN)
    return dict.fromkeys(speaker for speaker in said if speaker and speaker != but)


def change_details(state: CallState, given: Mapping[str, Any]) -> list[Event]:
    """The call's title, kind, account and day (`held_on`), those that are given; the others stay as they are."""
    if state.call is None:
        return []
    known = state.call.model_dump(include={"title", "kind", "account", "held_on"})
    wanted = {**known, **given}
    return [] if wanted == known else [DetailsChanged(by="person", **wanted)]


def mark_moment(
    state: CallState, moment_id: str, *, i: int | None = None, text: str = "", removed: bool = False
) -> list[Event]:
    """Mark a moment, note something at one that is marked, take it back. Where it is, it stays."""
    known = state.moments.get(moment_id)
    last = len(state.utterances) - 1
    if known is None and i is not None and not 0 <= i <= last:
        raise UnknownItem(f"u{i + 1}")
    place = known.i if known else last if i is None else i
    moment = MarkedMoment(id=moment_id, i=None if place == -1 else place, text=text, removed=removed)
    return [] if moment == known else [MomentMarked(by="person", moment=moment)]


def _rejected(state: CallState, item: Item) -> list[Event]:
    """Set aside, and with it the open questions about it."""
    set_aside = _noted(item, _locked(item, ["state"], state=ItemState.REJECTED, confirmed_by=None), "rejected")
    return [*set_aside, *(_by_person(event) for event in dismiss_about(state, {item.id}))]


def typed_values(state: CallState, item: Item, fields: Mapping[str, Any], *, called: str) -> dict[str, Any]:
    """Fields as a person gave them, in the shapes that the item has for them; raises where it cannot have them.

    `called` is what the person knows the item as.
    """
    editable = EDITABLE[type(item)]
    unknown = [name for name in fields if name not in editable]
    if unknown:
        raise UnusableEdit(called, f"it has no field {unknown[0]!r}", editable)
    try:
        wanted = type(item).model_validate({**item.model_dump(), **fields})
    except ValidationError as error:
        first = error.errors()[0]
        raise UnusableEdit(called, f"{first['loc'][0]}: {first['msg']}", editable) from error
    if missing := [link for link in getattr(wanted, "outcomes", ()) if link not in state.outcomes]:
        raise UnknownItem(missing[0])
    return {name: getattr(wanted, name) for name in fields}


def _edited(state: CallState, item: Item, fields: Mapping[str, Any]) -> list[Event]:
    changed = typed_values(state, item, fields, called=item.id)
    if "text" in changed and changed["text"] != item.text:
        changed["wordings"] = tuple(dict.fromkeys((*item.wordings, item.text)))
    changed["also_heard"] = tuple(a for a in item.also_heard if a.field not in fields)
    return _noted(item, _locked(item, list(fields), **with_history(item, changed)), "edited")


def _restored(state: CallState, item: Item) -> list[Event]:
    if item.stands:
        return []
    if item.found_by == "person":
        theirs = _locked(item, ["state"], state=ItemState.CONFIRMED, confirmed_by="person", reason=None)
        return _noted(item, theirs, "restored")
    locked = dict.fromkeys((*(name for name in item.locked if name != "state"), KEPT))
    updates = {"state": reliance(item.evidence, state.utterances), "locked": tuple(locked), "reason": None}
    return _noted(item, item.model_copy(update=updates), "restored")


def _pinned(state: CallState, question: Question) -> Event:
    """The list with one question pinned in front, or let go again."""
    let_go = question.state is QuestionState.PINNED
    changed = question.model_copy(update={"state": QuestionState.OPEN if let_go else QuestionState.PINNED})
    others = tuple(
        q.model_copy(update={"state": QuestionState.OPEN}) if not let_go else q
        for q in state.questions
        if q.id != question.id
    )
    return QuestionsSuggested(by="person", questions=(changed, *others))


def _locked(item: Item, fields: list[str], **updates: Any) -> Item:
    locked = tuple(dict.fromkeys((*item.locked, *fields)))
    return item.model_copy(update={**updates, "locked": locked})


def _noted(before: Item, after: Item, change: Literal["confirmed", "rejected", "edited", "restored"]) -> list[Event]:
    return [] if before == after else [_by_person(noted(after, change))]


def _by_person(event: Event) -> Event:
    return event.model_copy(update={"by": "person"})
