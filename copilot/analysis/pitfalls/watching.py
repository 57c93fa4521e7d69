"""What every detector is given, and how it says what it saw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from copilot.analysis.pitfalls.signs import Signs, Span, quote_around
from copilot.analysis.reader import Impressions
from copilot.domain.call import CallKind
from copilot.domain.impressions import Tag
from copilot.domain.items import Evidence, Pitfall, PitfallState
from copilot.domain.ops import FlagPitfall, RetirePitfall
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState
from copilot.domain.templates import fill

PitfallOp = FlagPitfall | RetirePitfall
LONGEST_FACT = 28

_NO_LIMIT = float("inf")


@dataclass(frozen=True)
class Watch:
    """The playbook's rules and words, and what a reader makes of the talk, as detectors use them."""

    playbook: Playbook
    signs: Signs
    impressions: Impressions

    def limit(self, kind: PitfallKind, name: str, state: CallState, *, otherwise: float = _NO_LIMIT) -> float:
        """A threshold of the playbook's for this kind of call; where it names none, unreachable unless told."""
        found = self.playbook.pitfall(kind).threshold(name, kind_of(state))
        return otherwise if found is None else found

    def likely(self, tag: Tag, state: CallState, i: int) -> float:
        """How likely utterance `i` does what the tag says, in whatever words."""
        return self.impressions.of(state, i).tags[tag]

    def flag(
        self,
        kind: PitfallKind,
        evidence: Iterable[Evidence],
        *,
        about: str | None = None,
        timed: bool = True,
        **seen: object,
    ) -> FlagPitfall:
        """The pitfall with its fact filled in; `timed` False takes the wording for calls without times."""
        rule = self.playbook.pitfall(kind)
        template = rule.fact if timed or rule.fact_without_times is None else rule.fact_without_times
        fact = fill(template, seen)
        return FlagPitfall(
            kind=kind.value,
            evidence=tuple(evidence),
            fact=fact if len(fact) <= LONGEST_FACT else rule.title,
            about=about,
        )


Detector = Callable[[CallState, int, Watch], Sequence[PitfallOp]]
"""Sees what the newest utterance adds."""

Verdict = Callable[[CallState, Watch], Sequence[PitfallOp]]
"""Sees what can be said of a call as a whole, once it has ended."""


def kind_of(state: CallState) -> CallKind:
    return state.call.kind if state.call else CallKind.OTHER


def evidence_at(state: CallState, i: int, span: Span | None = None) -> Evidence:
    """The sentence of utterance `i` that holds the span, or its first."""
    text = state.utterances[i].text
    return Evidence(utterance=i, quote=quote_around(text, span or (len(text) - len(text.lstrip()), len(text))))


def open_pitfalls(state: CallState, kind: PitfallKind) -> list[Pitfall]:
    """Those that still stand, oldest first."""
    return [p for p in state.pitfalls.values() if p.kind == kind and p.state is PitfallState.OPEN]


def seen_since(state: CallState, kind: PitfallKind, i: int) -> bool:
    """Whether one of this kind was seen at utterance `i` or later, whatever became of it."""
    return any(p.kind == kind and p.utterances[-1] >= i for p in state.pitfalls.values())
