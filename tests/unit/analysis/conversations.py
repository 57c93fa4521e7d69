"""Short conversations, heard by the embedded analyst with the bundled playbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from copilot.analysis.embedded import Embedded
from copilot.analysis.hearing import Step, analyse
from copilot.analysis.reader import Reader
from copilot.domain.call import CallInfo, CallKind, Participant, Role, Saying
from copilot.domain.impressions import Part
from copilot.domain.items import Item
from copilot.domain.state import CallState
from tests.unit.analysis.books import playbook
from tests.unit.analysis.readers import Hears, Unsure

_MARK_OR_END = re.compile(r"\{(?P<part>\w+):|\}")


@cache
def analyst() -> Embedded:
    """With a reader that knows next to nothing, so that what the rules find is seen."""
    return Embedded(playbook(), Unsure())


def sayings(*lines: str) -> list[Saying]:
    """Sayings from lines such as "rep Dana: How are you?", five seconds each; nameless ones are called by side."""
    said = []
    for i, line in enumerate(lines):
        who, text = line.split(": ", 1)
        role, _, name = who.partition(" ")
        start_s = i * 5.0
        said.append(
            Saying(id=f"u{i}", speaker=name or role, role=Role(role), start_s=start_s, end_s=start_s + 4.5, text=text)
        )
    return said


def info(*lines: str, kind: str = "discovery") -> CallInfo:
    people = {s.speaker: s.role for s in sayings(*lines) if s.speaker}
    participants = tuple(Participant(name=name, role=role) for name, role in people.items())
    return CallInfo(id="c1", kind=CallKind(kind), participants=participants)


def step_of(*lines: str, kind: str = "discovery", reader: Reader | None = None) -> Step:
    by = Embedded(playbook(), reader) if reader else analyst()
    return analyse(info(*lines, kind=kind), sayings(*lines), by, playbook="value_conversation/1")


def talk(*lines: str, kind: str = "discovery", reader: Reader | None = None) -> CallState:
    """The state after the whole conversation."""
    return step_of(*lines, kind=kind, reader=reader).state


def heard(*lines: str, kind: str = "discovery") -> CallState:
    """The state after lines in which braces mark what the reader hears: "customer: {outcome:Fewer returns}, please."

    One mark may hold another.
    """
    plain = [unmarked(line) for line in lines]
    reader = Hears({line.split(": ", 1)[1]: _marks(marked) for line, marked in zip(plain, lines, strict=True)})
    hearing = Embedded(playbook(), reader)
    return analyse(info(*plain, kind=kind), sayings(*plain), hearing, playbook="value_conversation/1").state


def unmarked(line: str) -> str:
    """The line without its marks."""
    return _MARK_OR_END.sub("", line)


def _marks(line: str) -> list[tuple[Part, str]]:
    """What each pair of braces holds, without the marks within it."""
    found: list[tuple[Part, str]] = []
    open_ones: list[tuple[Part, int]] = []
    plain = at = 0
    text = unmarked(line)
    for mark in _MARK_OR_END.finditer(line):
        plain += mark.start() - at
        at = mark.end()
        if mark["part"]:
            open_ones.append((Part(mark["part"]), plain))
        else:
            part, start = open_ones.pop()
            found.append((part, text[start:plain]))
    return found


def cards(items: Mapping[str, Item]) -> list[str]:
    """The texts that stand, in order."""
    return [item.text for item in items.values() if item.stands]
