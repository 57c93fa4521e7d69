"""A call as Markdown, for people and for programs that read text. What was said is text: nothing of it is markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from copilot.domain.call import number
from copilot.domain.items import Capability, Item, Metric, NextStep
from copilot.domain.playbook import Playbook
from copilot.domain.prose import ProsePurpose
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState
from copilot.review.summary_email.markdown import escaped

WRITTEN: Mapping[ProsePurpose, str] = {
    "summary_email": "for the customer",
    "coaching": "for the rep",
    "value_story": "the value story",
}
STATES = {
    "proposed": "only our side said it",
    "heard": "heard from the customer",
    "confirmed": "confirmed",
    "rejected": "set aside",
    "withdrawn": "withdrawn",
}


def as_markdown(record: CallRecord, state: CallState, playbook: Playbook) -> str:
    """Everything that stands, with its quotes, then the transcript."""
    info = record.info
    facts = [info.account, info.kind.value, record.held_on.isoformat(), state.playbook]
    blocks = [f"# {escaped(info.title or info.id)}", " · ".join(escaped(fact) for fact in facts if fact)]
    for title, lines in (
        ("Value map", _value_map(state)),
        ("Next steps", _next_steps(state)),
        ("Written by the language model", _written(state)),
        ("Questions", _questions(state)),
        ("Pitfalls", _pitfalls(state, playbook)),
        ("Stages", _stages(state, playbook)),
        ("Talk", _talk(state, playbook.talk_stats.least_talk_s)),
        ("Moments that were marked", _moments(state)),
        ("Transcript", _transcript(state)),
    ):
        if body := list(lines):
            blocks += [f"## {title}", "\n".join(body)]
    return "\n\n".join(blocks) + "\n"


def _value_map(state: CallState) -> Iterator[str]:
    """Outcomes with what serves and measures them; one that serves two stands under the first."""
    told: set[str] = set()
    below: list[Capability | Metric] = [*state.capabilities.values(), *state.metrics.values()]
    for outcome in state.outcomes.values():
        if outcome.stands:
            yield from _item(outcome, "")
            mine = [item for item in below if item.stands and outcome.id in item.outcomes and item.id not in told]
            told.update(item.id for item in mine)
            yield from (line for item in mine for line in _item(item, "  "))
    for item in below:
        if item.stands and item.id not in told:
            yield from _item(item, "", "not tied to an outcome")


def _item(item: Item, indent: str, remark: str = "") -> Iterator[str]:
    notes = "; ".join(note for note in (STATES[item.state], remark) if note)
    yield f"{indent}- **{item.id}** {escaped(item.text)}{escaped(_detail(item))} ({notes})"
    yield from (f"{indent}  > {escaped(piece.quote)}" for piece in item.evidence)


def _detail(item: Item) -> str:
    match item:
        case Metric():
            figures = f": {item.baseline or 'no baseline'} → {item.target or 'no target'}"
            return f"{figures}, {item.owner or 'no owner'}, {item.cadence or 'no cadence'}"
        case Capability(phase=phase) if phase:
            return ", phase 1" if phase == "1" else ", later"
        case NextStep():
            return f": {item.owner or 'owner open'}, {item.due or 'date open'}"
        case _:
            return ""


def _next_steps(state: CallState) -> Iterator[str]:
    for step in state.next_steps.values():
        if step.stands:
            yield from _item(step, "")


def _written(state: CallState) -> Iterator[str]:
    for prose in state.prose.values():
        for sentence in prose.sentences:
            yield f"- {WRITTEN[prose.purpose]}: {escaped(sentence.text)}"
            yield from (f"  > {escaped(piece.quote)}" for piece in sentence.evidence)


def _questions(state: CallState) -> Iterator[str]:
    for question in (*state.questions, *state.closed_questions):
        yield f"- {escaped(question.text)} ({question.state.value})"


def _pitfalls(state: CallState, playbook: Playbook) -> Iterator[str]:
    titles = {kind.value: rule.title for kind, rule in playbook.pitfalls.pitfalls.items()}
    for pitfall in state.pitfalls.values():
        if pitfall.counts:
            fact = f": {escaped(pitfall.fact)}" if pitfall.fact else ""
            yield f"- **{escaped(titles.get(pitfall.kind, pitfall.kind))}**{fact}"
            yield from (f"  > {escaped(piece.quote)}" for piece in pitfall.evidence)


def _stages(state: CallState, playbook: Playbook) -> Iterator[str]:
    for stage in playbook.stages:
        yield f"- {escaped(stage.title)}: {state.coverage.get(stage.id, 'untouched')}"


def _talk(state: CallState, least_talk_s: float) -> Iterator[str]:
    talk = state.talk
    enough = talk.rep_s + talk.customer_s >= least_talk_s
    figures: Iterable[tuple[str, str | None]] = (
        ("Our share of the talk", f"{talk.talk_ratio:.0%}" if talk.talk_ratio is not None and enough else None),
        ("Our longest stretch without a break", _seconds(talk.longest_monologue_s)),
        ("The customer's longest stretch", _seconds(talk.longest_customer_story_s)),
        ("Median pause before we answered", None if talk.patience_s is None else f"{talk.patience_s:.1f} s"),
        ("Questions we asked", str(talk.rep_questions)),
        ("Questions they asked", str(talk.customer_questions)),
    )
    if state.utterances:
        yield from (f"- {name}: {'unknown' if figure is None else figure}" for name, figure in figures)


def _seconds(seconds: float | None) -> str | None:
    return None if seconds is None else f"{seconds:.0f} s"


def _moments(state: CallState) -> Iterator[str]:
    for moment in state.moments.values():
        if not moment.removed:
            place = "before the first words" if moment.i is None else f"after utterance {number(moment.i)}"
            yield f"- {place}{f': {escaped(moment.text)}' if moment.text else ''}"


def _transcript(state: CallState) -> Iterator[str]:
    for said in state.utterances:
        place = (
            f"#{number(said.i)}" if said.start_s is None else f"{int(said.start_s // 60)}:{int(said.start_s % 60):02}"
        )
        yield f"- {place} **{escaped(said.speaker or said.role.value)}**: {escaped(said.text)}"
