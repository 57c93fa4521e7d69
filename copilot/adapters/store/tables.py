"""The tables, as the newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("key", Text, nullable=True, index=True),  # the name as it is compared: `account_key`
)

calls = Table(
    "calls",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id"), nullable=True),
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=True),
    Column("demo", Boolean, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True), nullable=True),
    Column("wrapped_up", Boolean, nullable=False),
    Column("record", JSON, nullable=False),  # the whole CallRecord; the columns beside it are for finding calls
    Column("held_on", Date, nullable=True),
    Column("words", Text, nullable=True),
    Column("content", String(64), nullable=True, index=True),
    Index("calls_by_start", "started_at"),
    Index("calls_by_day", "wrapped_up", text("held_on DESC"), text("started_at DESC"), "id"),  # the order of the list
)

participants = Table(
    "participants",
    metadata,
    Column("call_id", String(64), ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("title", Text, nullable=True),
)

events = Table(
    "events",
    metadata,
    Column("call_id", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("type", String(32), nullable=False),
    Column("body", Text, nullable=False),  # the event's JSON
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("message_id", String(255), primary_key=True),
    Column("recipient", String(320), primary_key=True),
    Column("call_id", Text, nullable=False, index=True),  # or a file's name, so it points at no row of `calls`
    Column("at", DateTime(timezone=True), nullable=False),
    Column("body", JSON, nullable=False),  # the whole Delivery
)

deleted_calls = Table(
    "deleted_calls",
    metadata,
    Column("id_hash", String(64), primary_key=True),  # ids begin with words of the call's title
    Column("at", DateTime(timezone=True), nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("name", String(200), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("body", Text, nullable=False),  # the note's JSON
    Index("journal_by_subject", "kind", "name", "seq"),
)


def in_utc(at: datetime) -> datetime:
    """SQLite forgets the zone; everything is written in UTC."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)
