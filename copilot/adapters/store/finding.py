"""Queries that find calls and accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, true

from copilot.adapters.store.tables import accounts, calls, journal
from copilot.domain.records import account_key


def found(terms: Sequence[str], limit: int) -> Select[Any]:
    """The records that the terms are found in, in their order, each with how many there are in all at that moment."""
    holding = _holding(terms)
    in_all = select(func.count()).select_from(calls).where(holding).scalar_subquery()
    order = (calls.c.wrapped_up, calls.c.held_on.desc(), calls.c.started_at.desc(), calls.c.id)
    return select(calls.c.record, in_all.label("in_all")).where(holding).order_by(*order).limit(limit)


def of_content(content: str) -> Select[Any]:
    newest = calls.c.started_at.desc()
    return select(calls.c.record).where(calls.c.content == content).order_by(newest, calls.c.id)


def accounts_named(name: str) -> Select[Any]:
    """Accounts with calls that the name means, the exact one first, then the oldest."""
    exact = case((accounts.c.name == name, 0), else_=1)
    return select(accounts.c.name).where(accounts.c.key == account_key(name)).order_by(exact, accounts.c.id)


def accounts_written_of() -> Select[Any]:
    """Accounts of which something was written down, the oldest first; of some there is no call any more."""
    first = func.min(journal.c.seq)
    return select(journal.c.name).where(journal.c.kind == "account").group_by(journal.c.name).order_by(first)


def _holding(terms: Sequence[str]) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    for term in terms:
        condition &= calls.c.words.contains(term, autoescape=True)
    return condition
