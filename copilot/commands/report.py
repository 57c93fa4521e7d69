"""A call's analysis as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copilot.analysis.gaps import gaps
from copilot.domain.call import Role, number
from copilot.domain.items import Item, ItemState, Metric
from copilot.domain.playbook import Playbook
from copilot.domain.prose import Prose, ProsePurpose
from copilot.domain.state import CallState, ModelUse
from copilot.domain.talk import TalkStats

_TEXTS: Mapping[ProsePurpose, str] = {
    "summary_email": "Summary for the customer",
    "coaching": "Feedback on the call",
    "value_story": "Value story",
}
_MARKS = {ItemState.PROPOSED: "◌", ItemState.HEARD: "◐", ItemState.CONFIRMED: "✓"}


def call_report(state: CallState, playbook: Playbook) -> str:
    """Coverage, value map with its gaps, pitfalls, next steps, the questions still open, and the talk."""
    sections = (
        _head(state, playbook),
        _coverage(state, playbook),
        _value_map(state),
        _pitfalls(state, playbook),
        _next_steps(state),
        _questions(state),
        _talk(state.talk, playbook.talk_stats.least_talk_s),
        _model(state.model),
        *map(_text, state.prose.values()),
    )
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section)))


def _head(state: CallState, playbook: Playbook) -> Iterator[str]:
    call = state.call
    title = (call and call.title) or "Call"
    kind = call.kind if call else "other"
    yield f"{title} · {kind} · {len(state.utterances)} utterances · playbook {playbook.version}"
    if kind == "other":
        yield "Few pitfalls apply to a call of this kind; --kind discovery, demo or qbr says what it was for."
    unknown = dict.fromkeys(u.speaker or "somebody unnamed" for u in state.utterances if u.role is Role.UNKNOWN)
    if unknown:
        who = ", ".join([*unknown][:4]) + (" …" if len(unknown) > 4 else "")
        yield f"Whose side {who} is on is not known; their words count as the customer's until --rep NAME tells."


def _coverage(state: CallState, playbook: Playbook) -> Iterator[str]:
    signs = {"untouched": "·", "thin": "▂", "covered": "✓"}
    yield "Stages"
    for stage in playbook.stages:
        coverage = state.coverage.get(stage.id, "untouched")
        yield f"  {signs[coverage]} {stage.title}"


def _value_map(state: CallState) -> Iterator[str]:
    missing: dict[str, list[str]] = {}
    for hole in gaps(state):
        missing.setdefault(hole.about, []).append(hole.kind.rpartition("without_")[2])
    yield f"Value map · {sum(map(len, missing.values()))} gaps"
    for outcome in state.outcomes.values():
        if outcome.stands:
            yield _item(outcome, missing, indent=2, extra=f"priority {outcome.priority}" if outcome.priority else "")
            for capability in state.capabilities.values():
                if capability.stands and outcome.id in capability.outcomes:
                    yield _item(
                        capability, missing, indent=6, extra=f"phase {capability.phase}" if capability.phase else ""
                    )
            for metric in state.metrics.values():
                if metric.stands and outcome.id in metric.outcomes:
                    yield _item(metric, missing, indent=6, extra=_figures(metric))
    for capability in state.capabilities.values():
        if capability.stands and not capability.outcomes:
            yield _item(capability, missing, indent=2, extra="")
    for metric in state.metrics.values():
        if metric.stands and not metric.outcomes:
            yield _item(metric, missing, indent=2, extra=_figures(metric))


def _item(item: Item, missing: dict[str, list[str]], *, indent: int, extra: str) -> str:
    holes = " ".join(f"[no {hole}]" for hole in missing.get(item.id, ()))
    tail = " · ".join(part for part in (extra, holes) if part)
    return f"{' ' * indent}{_MARKS[item.state]} {item.id} {item.text}" + (f" · {tail}" if tail else "")


def _figures(metric: Metric) -> str:
    change = f"{metric.baseline or '?'} → {metric.target or '?'}" if metric.baseline or metric.target else ""
    earlier = ", ".join(value.value for value in metric.earlier)
    before = f"earlier {earlier}" if earlier else ""
    return " · ".join(part for part in (metric.kind, change, before, metric.owner or "", metric.cadence or "") if part)


def _pitfalls(state: CallState, playbook: Playbook) -> Iterator[str]:
    found = [p for p in state.pitfalls.values() if p.counts]
    if found:
        yield "Pitfalls"
    rules = {str(kind): rule for kind, rule in playbook.pitfalls.pitfalls.items()}
    for pitfall in found:
        rule = rules.get(pitfall.kind)
        said = pitfall.evidence[0]
        fact = f": {pitfall.fact}" if pitfall.fact else ""
        yield f"  ▲ {rule.title if rule else pitfall.kind}{fact}  [{number(said.utterance)}] “{_short(said.quote)}”"
        if rule:
            yield f"    {rule.instead}"


def _next_steps(state: CallState) -> Iterator[str]:
    standing = [step for step in state.next_steps.values() if step.stands]
    if standing:
        yield "Next steps"
    for step in standing:
        yield f"  - {step.text} · {step.owner or 'owner open'} · {step.due or 'date open'}"


def _questions(state: CallState) -> Iterator[str]:
    if state.questions:
        yield "Worth asking next"
    for question in state.questions:
        yield f"  ? {question.text}  ({question.why})"


def _talk(talk: TalkStats, least_talk_s: float) -> Iterator[str]:
    if talk.talk_ratio is None:
        return
    yield "Talk"
    enough = talk.rep_s + talk.customer_s >= least_talk_s
    share = f"{talk.talk_ratio:.0%}" if enough else "unknown (too little talk, or no times to count it by)"
    yield f"  rep's share of talk time {share} · longest monologue {_seconds(talk.longest_monologue_s)}"
    yield f"  questions: rep {talk.rep_questions}, customer {talk.customer_questions}"
    yield f"  patience {_seconds(talk.patience_s)}"


def _model(use: ModelUse) -> Iterator[str]:
    if not use.requests:
        return
    yield "Language model"
    cost = "price not known" if use.unpriced == use.requests else f"${use.cost_usd:.4f}"
    tokens = f"{use.usage.input_tokens:,} tokens in, {use.usage.output_tokens:,} out"
    yield f"  {', '.join(use.models)}: {use.requests} requests, {use.incomplete} incomplete · {tokens} · {cost}"
    dropped = ", ".join(f"{n} {reason}" for reason, n in use.dropped.items())
    yield f"  {use.applied} proposals taken up · dropped: {dropped or 'none'}"


def _text(prose: Prose) -> Iterator[str]:
    yield _TEXTS[prose.purpose]
    for sentence in prose.sentences:
        places = ", ".join(str(number(e.utterance)) for e in sentence.evidence)
        yield f"  {sentence.text}" + (f"  [{places}]" if places else "")


def _seconds(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.1f} s"


def _short(text: str, length: int = 70) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
