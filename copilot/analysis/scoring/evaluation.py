"""Runs an engine over labelled calls, as they are and in their variants, and adds up what it scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from copilot.analysis.document import analysis_document
from copilot.analysis.hearing import Engine, Step, Talk
from copilot.analysis.scoring.baselines import keywords, last_stage, majority
from copilot.analysis.scoring.calls import score_call
from copilot.analysis.scoring.tally import Share, Tally
from copilot.analysis.scoring.variants import as_recognised, first_part, sides_swapped
from copilot.domain.call import CallInfo, Saying
from copilot.domain.items import ItemState
from copilot.domain.labelled import LabelledCall, analysed_call
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

EVERY_KIND = "all"
PARTS = (0.25, 0.5, 0.75)
VARIANTS: Mapping[str, Callable[[LabelledCall], LabelledCall]] = {
    "as recognised": as_recognised,
    "sides swapped": sides_swapped,
}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`by_call` in the order of the calls; the rest is empty unless it was asked for."""

    calls: tuple[LabelledCall, ...]
    by_call: tuple[Tally, ...]
    over_the_call: Mapping[str, Tally] = field(default_factory=dict)
    variants: Mapping[str, Tally] = field(default_factory=dict)
    baselines: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def by_kind(self) -> dict[str, Tally]:
        """Tallies under `all` and under every kind of call that occurs."""
        tallies = {EVERY_KIND: Tally()}
        for call, tally in zip(self.calls, self.by_call, strict=True):
            for key in (EVERY_KIND, call.call.kind.value):
                tallies[key] = tallies.get(key, Tally()) + tally
        return tallies


def evaluated(calls: Sequence[LabelledCall], engine: Engine, *, playbook: Playbook, whole: bool = False) -> Evaluation:
    """How this engine does on these calls; `whole`: also part by part, on variants, and beside the baselines."""

    def scores(calls: Sequence[LabelledCall], *, ended: bool = True) -> tuple[Tally, ...]:
        steps = engine([talk_of(call, ended=ended) for call in calls])
        return tuple(_score(call, step) for call, step in zip(calls, steps, strict=True))

    plain = Evaluation(tuple(calls), scores(calls))
    if not whole:
        return plain
    parts = {f"{share:.0%}": _sum(scores([first_part(c, share) for c in calls], ended=False)) for share in PARTS}
    return replace(
        plain,
        over_the_call={**parts, "100%": _sum(plain.by_call)},
        variants={name: _sum(scores([variant(call) for call in calls])) for name, variant in VARIANTS.items()},
        baselines={
            "majority": majority(calls),
            "keywords": keywords(calls, playbook.stage_cues),
            "last stage": last_stage(calls),
        },
    )


def _score(call: LabelledCall, step: Step) -> Tally:
    found = analysed_call(analysis_document(step), name=call.call.id)
    return replace(score_call(call, found), withdrawn=_withdrawn(step.state))


def talk_of(call: LabelledCall, *, ended: bool = True) -> Talk:
    """The call as it is given to an engine; without `ended` it is still going on."""
    info = CallInfo(
        id=call.call.id,
        title=call.call.title,
        kind=call.call.kind,
        participants=tuple(p.participant() for p in call.participants),
    )
    sayings = [
        Saying(id=f"u{u.i}", speaker=u.speaker, role=u.role, start_s=u.start_s, end_s=u.end_s, text=u.text)
        for u in call.utterances
    ]
    return Talk(info, sayings, ended)


def _withdrawn(state: CallState) -> Share:
    kinds = (state.outcomes, state.capabilities, state.metrics, state.next_steps)
    items = [item for kind in kinds for item in kind.values()]
    return Share(len(items), sum(item.state is ItemState.WITHDRAWN for item in items))


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
