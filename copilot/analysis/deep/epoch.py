"""What a model is told of a call: a text that only grows, so that a provider can keep what it has read.

It begins with the map as it stands; then come the utterances and every change of the map, in the order of the log.
When it has grown long, a new one begins from the map as it stands by then, with what was said last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

from copilot.analysis.deep.telling import told_call, told_item, told_pitfall, told_utterance
from copilot.domain.events import (
    CapabilityNoted,
    Event,
    Logged,
    MetricNoted,
    NextStepNoted,
    OutcomeNoted,
    PitfallNoted,
    SpeakersChanged,
    UtteranceHeard,
)
from copilot.domain.items import Item, ItemState, Pitfall
from copilot.domain.state import CallState, apply

MOST_GROWN = 3600  # characters after which a new epoch begins
CARRIED = 12  # utterances that go over into it,
MOST_CARRIED = 1200  # or as many of the latest as have this many characters
MOST_TOLD = 10  # entries of one kind; of more, the latest
MOST_PITFALLS = 3

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Epoch:
    """A fold of the log, as a state is: `Epoch.of(log)` after a restart is what it was before.

    Guaranteed: as long as `number` stays, a later `text` begins with every earlier one; its size is bounded whatever is
    said; words of the call cannot pass for labels, lines or fences of ours. Only `asked` is not in the log: it notes
    where a request was made, for what is new to the next one, and for breakpoints of caches.
    """

    number: int
    state: CallState
    lines: tuple[str, ...] = ()
    grown: int = 0  # characters since it began
    seen: int = 0  # utterances that the model has answered on
    seen_before: int = 0
    asked_at: tuple[int, ...] = ()  # how many lines there were at each request
    told: Texts = field(default_factory=dict)  # entries of the map by id, as told last

    @classmethod
    def begin(cls) -> Epoch:
        """Before anything was logged."""
        return cls(1, CallState())

    @classmethod
    def of(cls, log: Iterable[Logged]) -> Epoch:
        """The epoch that a log leads to, whole or as far as it has come."""
        epoch = cls.begin()
        for logged in log:
            epoch = epoch.after(logged)
        return epoch

    def after(self, logged: Logged) -> Epoch:
        """With one more event; they have to come in order and without gaps. Cheap enough for every one."""
        event = logged.event
        grown = replace(self, state=apply(self.state, event))
        if isinstance(event, SpeakersChanged):
            return grown._anew()  # every line so far may name the wrong side
        entry = _entry_of(event)
        if entry is not None:
            line = _told(entry)
            if self.told.get(entry.id) == line:
                return grown
            grown = replace(grown, told={**self.told, entry.id: line})
            return grown._with(f"map: {line}")
        if isinstance(event, UtteranceHeard):
            return grown._with(told_utterance(grown.state.utterances[-1]))
        return grown._with(*told_call(grown.state.call)) if not self.lines else grown

    def asked(self) -> Epoch:
        """A request is on its way: what follows is new to the next. If it fails, `not_answered` takes that back."""
        return replace(
            self, seen_before=self.seen, seen=len(self.state.utterances), asked_at=(*self.asked_at, len(self.lines))
        )

    def not_answered(self) -> Epoch:
        """The request under way came to nothing: what was new to it is still new."""
        return replace(self, seen=self.seen_before)

    @property
    def text(self) -> str:
        """All of it, not redacted yet."""
        return "\n".join(self.lines)

    def parts(self) -> Iterator[tuple[str, ...]]:
        """The lines, cut where requests were made; no part is empty."""
        places = dict.fromkeys((0, *self.asked_at, len(self.lines)))
        return (self.lines[a:b] for a, b in pairwise(places))

    def _with(self, *lines: str) -> Epoch:
        grown = self.grown + sum(map(len, lines)) + len(lines)
        if grown > MOST_GROWN:
            return self._anew()
        return replace(self, lines=(*self.lines, *lines), grown=grown)

    def _anew(self) -> Epoch:
        """From the state as it stands, with what was said last."""
        return replace(
            self,
            number=self.number + 1,
            lines=tuple(chain(told_call(self.state.call), told_map(self.state), _said_last(self.state))),
            grown=0,
            asked_at=(),
            told={entry.id: _told(entry) for entry in _entries(self.state)},
        )


def _entry_of(event: Event) -> Item | Pitfall | None:
    if isinstance(event, OutcomeNoted | CapabilityNoted | MetricNoted | NextStepNoted | PitfallNoted):
        return event.item
    return None


def _told(entry: Item | Pitfall) -> str:
    return told_item(entry) if isinstance(entry, Item) else told_pitfall(entry)


def _entries(state: CallState) -> Iterator[Item | Pitfall]:
    yield from state.outcomes.values()
    yield from state.capabilities.values()
    yield from state.metrics.values()
    yield from state.next_steps.values()
    yield from state.pitfalls.values()


def told_map(state: CallState, most_told: int = MOST_TOLD) -> Iterator[str]:
    """What stands, and what a person has set aside. Of many, the latest; the others are only counted."""
    yield "The map so far:"
    kinds: tuple[Mapping[str, Item], ...] = (state.outcomes, state.capabilities, state.metrics, state.next_steps)
    for entries in kinds:
        told = [entry for entry in entries.values() if entry.state is not ItemState.WITHDRAWN]
        if len(told) > most_told:
            yield f"(and {len(told) - most_told} older ones, up to {told[-most_told - 1].id})"
        yield from map(_told, told[-most_told:])
    yield from map(_told, list(state.pitfalls.values())[-MOST_PITFALLS:])


def _said_last(state: CallState) -> Iterator[str]:
    yield "Said last:"
    lines = [told_utterance(utterance) for utterance in state.utterances[-CARRIED:]]
    room = MOST_CARRIED
    kept = 0
    for line in reversed(lines):
        room -= len(line)
        if room < 0 and kept:
            break
        kept += 1
    yield from lines[len(lines) - kept :]
