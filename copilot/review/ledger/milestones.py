"""The playbook's milestones, laid over an account's contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from copilot.domain.accounts import ContractSet, MilestoneDone
from copilot.domain.demonstration import Milestone
from copilot.review.ledger.entries import Kept, MilestoneLine, MilestoneState


def milestone_lines(
    milestones: Sequence[Milestone],
    contract: ContractSet | None,
    done: Mapping[str, Kept[MilestoneDone]],
    today: date,
) -> tuple[MilestoneLine, ...]:
    """Each milestone with its window and what became of it; `done` is the last word on each."""
    return tuple(_line(milestone, contract, done.get(milestone.id), today) for milestone in milestones)


def _line(
    milestone: Milestone, contract: ContractSet | None, marked: Kept[MilestoneDone] | None, today: date
) -> MilestoneLine:
    start, end = _window(milestone, contract)
    done_on = marked.note.on if marked else None
    return MilestoneLine(
        id=milestone.id,
        title=milestone.title,
        checkpoint=milestone.checkpoint,
        start=start,
        end=end,
        done_on=done_on,
        state="done" if done_on else _state(start, end, today),
        note=marked.seq if marked else None,
    )


def _window(milestone: Milestone, contract: ContractSet | None) -> tuple[date | None, date | None]:
    if contract is None:
        return None, None
    start = contract.start + timedelta(days=milestone.from_day)
    if milestone.to_day is not None:
        return start, contract.start + timedelta(days=milestone.to_day)
    later = contract.renewal if contract.renewal is not None and contract.renewal >= start else None
    return start, later


def _state(start: date | None, end: date | None, today: date) -> MilestoneState:
    if start is None:
        return "undated"
    if today < start:
        return "ahead"
    return "overdue" if end is not None and today > end else "due"
