"""What the prompts are filled with: the playbook in its own words, the call, and what is to be looked at now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from copilot.analysis.deep.epoch import Epoch, told_map
from copilot.analysis.deep.gate import UNSURE
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.telling import neutral, told_call, told_utterance
from copilot.analysis.gaps import gaps
from copilot.domain.call import CallKind
from copilot.domain.conversation import Stage
from copilot.domain.items import Question
from copilot.domain.language_model import Message, ModelRequest
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

LIVE_INPUTS = ("kind", "principles", "stages", "pitfalls", "call", "now")
WRAP_UP_INPUTS = ("kind", "principles", "stages", "pitfalls", "map", "talk")

MOST_TALK = 240_000  # characters of a call that a wrap-up reads; six hours of talk have fewer
_MOST_ENTRIES = 60  # of one kind, that a wrap-up goes through
_MOST_UNSURE = 8
_MOST_MISSING = 6
_MOST_CLOSED = 3

_COUNTED = frozenset({PitfallKind.LONG_MONOLOGUE, PitfallKind.STACKED_QUESTIONS})
"""What is found by counting needs no model."""

_KINDS = {
    CallKind.DISCOVERY: "discovery call: the customer's situation, goals and needs are being found out",
    CallKind.DEMO: "demo call: the product is being shown to a customer",
    CallKind.QBR: "review of delivered value with a customer who uses the product",
    CallKind.OTHER: "call between a rep and a customer",
}

Redact = Callable[[str], str]


class Briefing:
    """A playbook as models are told of it, worked out once per kind of call.

    Guaranteed: the keys are `LIVE_INPUTS` and `WRAP_UP_INPUTS`; everything that comes from the call, names and titles
    included, has passed the redactor; `kind`, `principles`, `stages` and `pitfalls` stay the same throughout a call.
    """

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self._told = {kind: _told(playbook, kind) for kind in CallKind}

    def live(self, epoch: Epoch, redactor: Redactor) -> Mapping[str, str]:
        """The inputs of prompt "live", for a request on what the epoch holds that is new since the last one."""
        return {
            **self._told[_kind(epoch.state)],
            "call": _redacted(epoch.lines, redactor),
            "now": "\n\n" + _redacted(_now(epoch, self.playbook), redactor),  # neighbours may be sent as one message
        }

    def wrap_up(self, state: CallState, redactor: Redactor) -> Mapping[str, str]:
        """The inputs of prompt "wrap_up": the map as it stands, and the call from beginning to end."""
        return {
            **self._told[_kind(state)],
            "map": _redacted(chain(told_call(state.call), told_map(state, _MOST_ENTRIES), _missing(state)), redactor),
            "talk": _redacted(_talk(state), redactor),
        }


def in_parts(request: ModelRequest, epoch: Epoch, redactor: Redactor) -> ModelRequest:
    """The request with the message that ends in the epoch's text cut where earlier requests ended.

    Some providers find a prefix again only where a breakpoint stood when they first read it; so every part is marked.
    Put together, the parts read as before. A request without the epoch's text is left alone.
    """
    whole = _redacted(epoch.lines, redactor)
    messages: list[Message] = []
    for message in request.messages:
        if not whole or not message.text.endswith(whole):
            messages.append(message)
            continue
        before = message.text.removesuffix(whole)
        for part in epoch.parts():
            text = before + _redacted(part, redactor)
            messages.append(replace(message, text=text, ends_prefix=True))
            before = "\n"
    return replace(request, messages=tuple(messages))


def _redacted(lines: Iterator[str] | tuple[str, ...], redactor: Redactor) -> str:
    return "\n".join(map(redactor.redact, lines))


def _told(playbook: Playbook, kind: CallKind) -> dict[str, str]:
    """What a company's own files say, in their words."""
    rules = playbook.pitfalls.pitfalls.items()
    watched = (f"- {name}: {rule.what}" for name, rule in rules if kind in rule.calls and name not in _COUNTED)
    return {
        "kind": _KINDS[kind],
        "principles": "\n".join(f"- {principle.text}" for principle in playbook.value_conversation.principles),
        "stages": "\n".join(map(_told_stage, playbook.value_conversation.stages)),
        "pitfalls": "\n".join(watched) or "- none in this kind of call",
    }


def _told_stage(stage: Stage) -> str:
    return f"- {stage.id}: {stage.purpose}"


def _now(epoch: Epoch, playbook: Playbook) -> Iterator[str]:
    """What has changed too often to stand in a text that only grows."""
    state = epoch.state
    last = len(state.utterances) - 1
    new = f"u{epoch.seen}" if epoch.seen >= last else f"u{epoch.seen} to u{last}"
    yield f"New since your last answer: {new}" if epoch.seen <= last else "No utterance is new since your last answer"
    yield from _unsure(epoch)
    yield from _missing(state)
    untouched = [s.id for s in playbook.stages if state.coverage.get(s.id, "untouched") == "untouched"]
    if untouched:
        yield f"Not talked about yet: {', '.join(untouched)}"
    if state.questions:
        yield "Questions on the rep's panel:"
        yield from map(_told_question, state.questions)
    if state.closed_questions:
        yield "Asked, answered or dismissed before:"
        yield from (f"- «{neutral(q.text, 200)}»" for q in state.closed_questions[-_MOST_CLOSED:])


def _unsure(epoch: Epoch) -> Iterator[str]:
    marks = [mark for i, mark in epoch.state.marks.items() if i >= epoch.seen and mark.by == "embedded"]
    doubtful = [m for m in marks if m.confidence is not None and m.confidence < UNSURE]
    if doubtful:
        told = (f"u{m.i} ({' or '.join((m.stage, *m.also))}?)" for m in doubtful[-_MOST_UNSURE:])
        yield f"Stage not certain: {', '.join(told)}"


def _missing(state: CallState) -> Iterator[str]:
    holes = [f"{hole.kind.value} {hole.about}" for hole in gaps(state)]
    if holes:
        yield f"Holes in the map: {', '.join(holes[-_MOST_MISSING:])}"


def _told_question(question: Question) -> str:
    about = f", about {neutral(question.about, 60)}" if question.about else ""
    return f"- {question.id} ({question.stage}, {question.gap}{about}): «{neutral(question.text, 200)}»"


def _talk(state: CallState) -> Iterator[str]:
    """Every utterance; of a call too long for that, without its middle."""
    lines = [told_utterance(utterance) for utterance in state.utterances]
    first, room = 0, MOST_TALK
    if sum(map(len, lines)) <= room:
        yield from lines
        return
    while room > MOST_TALK // 3:
        room -= len(lines[first])
        first += 1
    last = len(lines)
    while room > 0:
        last -= 1
        room -= len(lines[last])
    yield from lines[:first]
    yield f"(u{first} to u{last} are left out)"
    yield from lines[last + 1 :]


def _kind(state: CallState) -> CallKind:
    return state.call.kind if state.call else CallKind.OTHER
