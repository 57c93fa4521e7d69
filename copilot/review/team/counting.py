"""What is kept of a call beside its scorecard, so that a team's page needs no call's log."""

from __future__ import annotations

from copilot.domain.call import Role
from copilot.domain.items import Pitfall, PitfallState
from copilot.domain.kept_scorecards import CallCounted, Engine, PitfallSeen
from copilot.domain.scorecards import Moment
from copilot.domain.state import CallState


def counted(state: CallState) -> CallCounted:
    talk = state.talk
    return CallCounted(
        reps=reps_of(state),
        talk_ratio=talk.talk_ratio,
        talk_s=round(talk.rep_s + talk.customer_s + talk.unknown_s, 2),
        pitfalls=tuple(_seen(state, p) for p in state.pitfalls.values() if p.counts or p.state is PitfallState.WRONG),
    )


def reps_of(state: CallState) -> tuple[str, ...]:
    """Who held the call: the participants who are reps, else the speakers who are; none where nobody is known to be."""
    listed = [p.name for p in state.call.participants if p.role is Role.REP] if state.call else []
    spoke = [u.speaker for u in state.utterances if u.role is Role.REP and u.speaker]
    names = (" ".join(name.split()) for name in listed or spoke)
    return tuple(dict.fromkeys(name for name in names if name))


def engine_of(state: CallState) -> Engine:
    """Whether a language model had a say: whether any of its requests went through."""
    return "llm" if state.model.requests > state.model.incomplete else "embedded"


def _seen(state: CallState, pitfall: Pitfall) -> PitfallSeen:
    evidence = pitfall.evidence[0]
    said = state.utterances[evidence.utterance]
    moment = Moment(utterance=said.i, quote=evidence.quote, speaker=said.speaker, start_s=said.start_s)
    return PitfallSeen(kind=pitfall.kind, wrong=pitfall.state is PitfallState.WRONG, moment=moment)
