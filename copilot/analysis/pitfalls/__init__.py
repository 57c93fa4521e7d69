"""What goes wrong in a call, seen as it happens. Each pitfall is a small function; the playbook says when it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from copilot.analysis.pitfalls import claims, floor, listening, review, selling, usage, value_map
from copilot.analysis.pitfalls.signs import Signs
from copilot.analysis.pitfalls.watching import Detector, PitfallOp, Verdict, Watch, kind_of
from copilot.analysis.reader import Impressions
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

PitfallPass = Callable[[CallState, int], Sequence[PitfallOp]]
PitfallWrapUp = Callable[[CallState], Sequence[PitfallOp]]

LIVE: Mapping[PitfallKind, Detector] = {
    PitfallKind.FEATURE_DUMPING: selling.feature_dumping,
    PitfallKind.VAGUE_OUTCOME: value_map.vague_outcome,
    PitfallKind.UNMAPPED_CAPABILITY: value_map.mapped_again,
    PitfallKind.ASSUMED_ROI_MODELING: selling.assumed_roi_modeling,
    PitfallKind.VANITY_METRIC: usage.vanity_metric,
    PitfallKind.FEATURE_USAGE_REPORT: usage.feature_usage_report,
    PitfallKind.VENDOR_CENTRIC_METRIC: usage.vendor_centric_metric,
    PitfallKind.UNSUBSTANTIATED_CLAIM: claims.unsubstantiated_claim,
    PitfallKind.GENERIC_BENCHMARK: claims.generic_benchmark,
    PitfallKind.INFLATED_CLAIM: claims.inflated_claim,
    PitfallKind.MISSING_CUSTOMER_VALIDATION: review.missing_customer_validation,
    PitfallKind.LONG_MONOLOGUE: floor.long_monologue,
    PitfallKind.STACKED_QUESTIONS: floor.stacked_questions,
    PitfallKind.IGNORED_CUE: listening.ignored_cue,
}
AT_THE_END: Mapping[PitfallKind, Verdict] = {
    PitfallKind.UNMAPPED_CAPABILITY: value_map.unmapped_capabilities,
    PitfallKind.PAST_ONLY: review.past_only,
    PitfallKind.SINGLE_DIMENSION: review.single_dimension,
    PitfallKind.MISSING_CUSTOMER_VALIDATION: review.missing_at_the_end,
}


def pitfall_passes(playbook: Playbook, impressions: Impressions) -> tuple[PitfallPass, ...]:
    """One pass per pitfall that can be seen during a call, in the playbook's order."""
    watch = Watch(playbook, Signs(playbook), impressions)
    return tuple(_watched(kind, LIVE[kind], watch) for kind in playbook.pitfalls.pitfalls if kind in LIVE)


def wrap_up_pitfalls(playbook: Playbook, impressions: Impressions) -> tuple[PitfallWrapUp, ...]:
    """One per pitfall that can be told of only when the call is over."""
    watch = Watch(playbook, Signs(playbook), impressions)
    return tuple(_judged(kind, AT_THE_END[kind], watch) for kind in playbook.pitfalls.pitfalls if kind in AT_THE_END)


def _watched(kind: PitfallKind, detector: Detector, watch: Watch) -> PitfallPass:
    calls = frozenset(watch.playbook.pitfall(kind).calls)

    def run(state: CallState, i: int) -> Sequence[PitfallOp]:
        return detector(state, i, watch) if kind_of(state) in calls else ()

    return run


def _judged(kind: PitfallKind, verdict: Verdict, watch: Watch) -> PitfallWrapUp:
    calls = frozenset(watch.playbook.pitfall(kind).calls)

    def run(state: CallState) -> Sequence[PitfallOp]:
        return verdict(state, watch) if kind_of(state) in calls else ()

    return run
