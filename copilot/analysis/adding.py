"""What a person adds to the map that no analyst found. It rests on words of the call like everything else.

It is confirmed by a person from the start, and what they typed is locked. What they left open may still be heard.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copilot.analysis.decisions import UnknownItem, typed_values
from copilot.analysis.extraction.outcomes import has_measure
from copilot.analysis.grounding import verbatim
from copilot.analysis.language.flaws import MOST_WORDS
from copilot.analysis.reducer.noting import ItemKind, next_id, noted, place_of
from copilot.analysis.reducer.question_ops import dismiss_about
from copilot.domain.call import number
from copilot.domain.events import Event
from copilot.domain.items import Evidence, Item, ItemState, Outcome
from copilot.domain.state import CallState
from copilot.errors import CopilotError

_TAKEN_BACK = "taken back by you"


class NotSaid(CopilotError):
    """Words that do not stand where they are said to."""

    def __init__(self, utterance: int, quote: str) -> None:
        self.utterance, self.quote = utterance, quote
        super().__init__(f"utterance {number(utterance)} does not say {quote!r}; quote its words as they stand")


class AlreadyThere(CopilotError):
    """An entry that the map has in the same words."""

    def __init__(self, item: Item) -> None:
        self.item_id = item.id
        where = "confirm or edit it there" if item.stands else "it was set aside, and can be restored there"
        super().__init__(f"{item.id} says that already; {where}")


def add_by_hand(
    state: CallState, added_as: str, kind: ItemKind, *, i: int, quote: str | None, fields: Mapping[str, Any]
) -> list[Event]:
    """An entry that rests on a quote of utterance `i`, or on all of it; nothing where it was added before."""
    if _added(state, added_as) is not None:
        return []
    known, made, prefix = place_of(state, kind)
    said = _said(state, i, quote)
    blank = made(id=next_id(prefix, known), text=said, evidence=(Evidence(utterance=i, quote=said),))
    typed = typed_values(state, blank, fields, called=f"a new {kind.replace('_', ' ')}")
    given = {name: value for name, value in typed.items() if value not in (None, "", ())}
    text = given.get("text", said)
    if same := next((item for item in known.values() if _says_the_same(item, text)), None):
        raise AlreadyThere(same)
    return [noted(_made(blank, given, added_as), "added").model_copy(update={"by": "person"})]


def take_back(state: CallState, added_as: str) -> list[Event]:
    """Undo an addition, and close the open questions about it. The analysis may find the same by itself later."""
    item = _added(state, added_as)
    if item is None:
        raise UnknownItem(added_as)
    if not item.stands:
        return []
    gone = item.model_copy(update={"state": ItemState.WITHDRAWN, "confirmed_by": None, "reason": _TAKEN_BACK})
    events: list[Event] = [noted(gone, "withdrawn"), *dismiss_about(state, {item.id})]
    return [event.model_copy(update={"by": "person"}) for event in events]


def _said(state: CallState, i: int, quote: str | None) -> str:
    """The words to rest on, as they were said. Raises UnknownItem, NotSaid."""
    if not 0 <= i < len(state.utterances):
        raise UnknownItem(f"u{i + 1}")
    text = state.utterances[i].text
    said = verbatim(quote, text) if quote else text
    if said is None:
        raise NotSaid(i, quote or "")
    return said


def _made(blank: Item, given: Mapping[str, Any], added_as: str) -> Item:
    """The item as the person means it, with what was typed locked; `blank` has the words that it rests on."""
    said = blank.text
    text = given.get("text", said)
    measured = {"measurable": has_measure(text) or has_measure(said)} if isinstance(blank, Outcome) else {}
    return blank.model_copy(
        update={
            **measured,
            **given,
            "state": ItemState.CONFIRMED,
            "confirmed_by": "person",
            "locked": tuple(dict.fromkeys(("state", "text", *given))),
            "found_by": "person",
            "added_as": added_as,
            "wordings": (said,) if text != said and len(said.split()) <= MOST_WORDS else (),
        }
    )


def _added(state: CallState, added_as: str) -> Item | None:
    everything = (state.outcomes, state.capabilities, state.metrics, state.next_steps)
    return next((item for items in everything for item in items.values() if item.added_as == added_as), None)


def _says_the_same(item: Item, text: str) -> bool:
    return item.text.casefold() == text.casefold() and not item.taken_back
