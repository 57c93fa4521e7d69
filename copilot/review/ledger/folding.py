"""The ledger as a fold of an account's calls and of what people wrote down about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from copilot.domain.accounts import (
    AccountNote,
    AgreementNoted,
    Assumed,
    ContractSet,
    GoalSet,
    Invested,
    Merged,
    MilestoneDone,
    Parted,
)
from copilot.domain.demonstration import Milestone
from copilot.domain.items import Capability, Metric, Outcome
from copilot.domain.journal import Note, Written
from copilot.review.ledger.amending import Amendments
from copilot.review.ledger.entries import (
    AccountCall,
    CapabilityEntry,
    Kept,
    Ledger,
    LedgerCall,
    MetricEntry,
    OutcomeEntry,
    Row,
    Standing,
)
from copilot.review.ledger.grouping import alike, grouped
from copilot.review.ledger.measured import metric_entry
from copilot.review.ledger.mentions import Found, find_all, mention_id, mentions_of, promised
from copilot.review.ledger.milestones import milestone_lines
from copilot.review.ledger.results import is_result
from copilot.review.ledger.standing_notes import standing_notes

Notes = Sequence[Written[AccountNote]]
NoteT = TypeVar("NoteT", bound=Note)
Tied = TypeVar("Tied", Capability, Metric)


def ledger(
    account: str, calls: Sequence[AccountCall], notes: Notes, today: date, *, milestones: Sequence[Milestone] = ()
) -> Ledger:
    """Everything that was promised and what became of it; the order of `calls` and of `notes` makes no difference."""
    standing = standing_notes(notes)
    decisions = [n.note for n in standing if isinstance(n.note, Merged | Parted)]
    amendments = Amendments.of(standing)
    found = find_all(calls)
    wanted = promised(grouped(found.outcomes, decisions))
    outcomes = [_outcome(group, amendments, alike(group, wanted, decisions)) for group in wanted]
    homes = {mention.id: entry.id for entry in outcomes for mention in entry.mentions}
    required = promised(grouped(found.capabilities, decisions))
    capabilities = [_capability(group, amendments, alike(group, required, decisions), homes) for group in required]
    measured = promised(grouped(found.metrics, decisions))
    by_id = {entry.id: entry for entry in outcomes}
    metrics = [
        metric_entry(
            group, standing, amendments, today, outcomes=[by_id[tie] for tie in _ties(group, homes)]
        ).model_copy(update={"like": tuple(alike(group, measured, decisions))})
        for group in measured
    ]
    contract = _last(kept(standing, ContractSet))
    return Ledger(
        account=account,
        today=today,
        last_note=max((note.seq for note in notes), default=0),
        calls=tuple(
            LedgerCall(id=c.id, title=c.title, kind=c.kind, on=c.on, demo=c.demo)
            for c in sorted(calls, key=lambda c: (c.on, c.id))
        ),
        outcomes=tuple(outcomes),
        capabilities=tuple(capabilities),
        metrics=tuple(metrics),
        rows=tuple(_rows(outcomes, metrics)),
        milestones=milestone_lines(
            milestones,
            contract.note if contract else None,
            {n.note.milestone: n for n in kept(standing, MilestoneDone)},
            today,
        ),
        contract=contract,
        investments=kept(standing, Invested),
        calculations=_calculations(kept(standing, Assumed)),
        agreements={n.note.calculation: n for n in kept(standing, AgreementNoted)},
        goals=kept(standing, GoalSet),
    )


def kept(standing: Notes, kind: type[NoteT]) -> tuple[Kept[NoteT], ...]:
    """The standing notes of one kind, the oldest first."""
    return tuple(Kept[NoteT](seq=n.seq, at=n.at, note=n.note) for n in standing if isinstance(n.note, kind))


def _last(notes: Sequence[Kept[NoteT]]) -> Kept[NoteT] | None:
    return notes[-1] if notes else None


def _calculations(assumptions: Iterable[Kept[Assumed]]) -> dict[str, tuple[Kept[Assumed], ...]]:
    """By calculation, one for each input: the last."""
    inputs: dict[str, dict[str, Kept[Assumed]]] = {}
    for assumption in assumptions:
        of_it = inputs.setdefault(assumption.note.calculation, {})
        of_it.pop(assumption.note.input, None)
        of_it[assumption.note.input] = assumption
    return {name: tuple(of_it.values()) for name, of_it in inputs.items()}


def _outcome(group: Sequence[Found[Outcome]], amendments: Amendments, like: Sequence[str]) -> OutcomeEntry:
    mentions = mentions_of(group)
    text = amendments.text_of(mentions)
    ranked = [found.item.priority for found in group if found.item.priority is not None]
    return OutcomeEntry(
        id=mentions[0].id,
        text=text or mentions[0].text,
        mentions=mentions,
        like=tuple(like),
        amended=("text",) if text else (),
        reported=all(is_result(found) for found in group if not found.mention.ours),
        priority=ranked[-1] if ranked else None,
    )


def _capability(
    group: Sequence[Found[Capability]], amendments: Amendments, like: Sequence[str], homes: Mapping[str, str]
) -> CapabilityEntry:
    mentions = mentions_of(group)
    text = amendments.text_of(mentions)
    phases = [found.item.phase for found in group if found.item.phase is not None]
    return CapabilityEntry(
        id=mentions[0].id,
        text=text or mentions[0].text,
        mentions=mentions,
        like=tuple(like),
        amended=("text",) if text else (),
        outcomes=_ties(group, homes),
        phase=phases[-1] if phases else None,
    )


def _ties(group: Sequence[Found[Tied]], homes: Mapping[str, str]) -> tuple[str, ...]:
    """The entries of the outcomes that the calls tie it to, the first first."""
    tied = (homes.get(mention_id(f.mention.call, item)) for f in group for item in f.item.outcomes)
    return tuple(dict.fromkeys(entry for entry in tied if entry is not None))


def _rows(outcomes: Sequence[OutcomeEntry], metrics: Sequence[MetricEntry]) -> Iterator[Row]:
    """Outcomes as ranked, then by time; each metric once, under the first it serves, early signs before results."""
    measured = {tie for metric in metrics for tie in metric.outcomes}
    for outcome in sorted(outcomes, key=lambda o: o.priority or 4):
        under = [metric for metric in metrics if metric.outcomes[:1] == (outcome.id,)]
        for metric in sorted(under, key=lambda m: m.kind != "leading"):
            yield Row(outcome=outcome.id, metric=metric.id, standing=metric.standing)
        if not under and (standing := _unmeasured(outcome, elsewhere=outcome.id in measured)):
            yield Row(outcome=outcome.id, metric=None, standing=standing)
    for metric in metrics:
        if not metric.outcomes:
            yield Row(outcome=None, metric=metric.id, standing=metric.standing)


def _unmeasured(outcome: OutcomeEntry, *, elsewhere: bool) -> Standing | None:
    """What a line of its own says of an outcome without a metric of its own; None where it needs none."""
    if outcome.reported:
        return None if elsewhere else "result"
    return "measured_elsewhere" if elsewhere else "no_metric"
