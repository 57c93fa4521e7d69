"""Which pitfalls recur: in what share of the calls each of them happened."""

from __future__ import annotations

from collections.abc import Mapping

from copilot.analysis.uncertainty import wilson
from copilot.domain.pitfall_rules import PitfallKind, PitfallRule
from copilot.domain.value import Value
from copilot.review.team.calls import FEW, Compared


class PitfallBar(Value):
    """`calls` of `n` with one; `wrong` are those that people called wrong, which count nowhere else.

    `share`, `low`, `high` are None where there are too few calls.
    """

    kind: str
    title: str
    instead: str | None
    calls: int
    n: int
    wrong: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


def pitfall_bars(compared: Compared, rules: Mapping[PitfallKind, PitfallRule]) -> tuple[PitfallBar, ...]:
    """Those that happened or were called wrong, the most frequent first; of few calls, in the playbook's order."""
    known: dict[str, PitfallRule] = {kind.value: rule for kind, rule in rules.items()}
    met = {seen.kind for scored in compared.calls for seen in scored.call.counted.pitfalls}
    order = {kind: n for n, kind in enumerate(known)}
    kinds = sorted(met, key=lambda kind: (order.get(kind, len(order)), kind))
    bars = [_bar(kind, known.get(kind), compared) for kind in kinds]
    return tuple(sorted(bars, key=lambda bar: -(bar.share or 0.0)))


def _bar(kind: str, rule: PitfallRule | None, compared: Compared) -> PitfallBar:
    seen = [[p.wrong for p in scored.call.counted.pitfalls if p.kind == kind] for scored in compared.calls]
    n, calls = len(seen), sum(not all(wrongs) for wrongs in seen)
    interval = wilson(calls, n) if n >= FEW else None
    return PitfallBar(
        kind=kind,
        title=rule.title if rule else kind.replace("_", " ").capitalize(),
        instead=rule.instead if rule else None,
        calls=calls,
        n=n,
        wrong=sum(sum(wrongs) for wrongs in seen),
        share=calls / n if interval else None,
        low=interval and interval.low,
        high=interval and interval.high,
    )
