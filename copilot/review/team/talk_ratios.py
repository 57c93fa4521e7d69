"""How talk ratios spread: a dot per call on a strip per rep, beside the usual range."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from copilot.domain.usual_ranges import UsualRange
from copilot.domain.value import Value
from copilot.review.team.calls import FEW, Compared, Scored


class TalkDot(Value):
    call: str
    title: str
    at: str
    talk_ratio: float


class Strip(Value):
    """`median` is None under five calls; `too_short` are calls with too little talk to tell."""

    rep: str
    n: int
    too_short: int
    dots: tuple[TalkDot, ...]
    median: float | None


class UsualTalk(Value):
    low: float | None
    high: float | None
    source: str


class TalkRatios(Value):
    strips: tuple[Strip, ...]
    usual: UsualTalk | None


def talk_ratios(compared: Compared, usual: UsualRange | None, *, least_talk_s: float) -> TalkRatios:
    strips = (_strip(rep, calls, least_talk_s) for rep, calls in compared.by_rep().items())
    beside = UsualTalk(low=usual.low, high=usual.high, source=usual.source) if usual else None
    return TalkRatios(strips=tuple(strips), usual=beside)


def _strip(rep: str, calls: Sequence[Scored], least_talk_s: float) -> Strip:
    dots = [
        TalkDot(call=scored.call.id, title=scored.call.title, at=scored.call.at, talk_ratio=ratio)
        for scored in calls
        if (ratio := scored.call.counted.talk_ratio) is not None and scored.call.counted.talk_s >= least_talk_s
    ]
    middle = median(dot.talk_ratio for dot in dots) if len(dots) >= FEW else None
    return Strip(rep=rep, n=len(dots), too_short=len(calls) - len(dots), dots=tuple(dots), median=middle)
