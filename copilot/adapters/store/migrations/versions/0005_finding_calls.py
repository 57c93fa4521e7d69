"""What calls are found by: their day, their words, what they were made from; and accounts however they are typed."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_calls = sa.table(
    "calls", sa.column("id"), sa.column("record", sa.JSON), sa.column("held_on", sa.Date), sa.column("words", sa.Text)
)
_accounts = sa.table("accounts", sa.column("id"), sa.column("name"), sa.column("key"))


def upgrade() -> None:
    op.add_column("calls", sa.Column("held_on", sa.Date, nullable=True))
    op.add_column("calls", sa.Column("words", sa.Text, nullable=True))
    op.add_column("calls", sa.Column("content", sa.String(64), nullable=True))
    op.add_column("accounts", sa.Column("key", sa.Text, nullable=True))
    _fill(op.get_bind())
    op.create_index("ix_calls_content", "calls", ["content"])
    op.create_index("calls_by_day", "calls", ["wrapped_up", "held_on"])
    op.create_index("ix_accounts_key", "accounts", ["key"])


def _fill(connection: sa.Connection) -> None:
    for call_id, told in connection.execute(sa.select(_calls.c.id, _calls.c.record)).all():
        connection.execute(sa.update(_calls).where(_calls.c.id == call_id).values(**_found_by(told)))
    for account_id, name in connection.execute(sa.select(_accounts.c.id, _accounts.c.name)).all():
        connection.execute(sa.update(_accounts).where(_accounts.c.id == account_id).values(key=name.strip().casefold()))


def _found_by(record: dict[str, Any]) -> dict[str, Any]:
    info = record["info"]
    people = [person["name"] for person in info.get("participants") or ()]
    told = (info.get("title"), info.get("account"), *people, info["id"])
    return {
        "held_on": date.fromisoformat(info.get("held_on") or record["started_at"][:10]),
        "words": "\n".join(word.casefold() for word in told if word),
    }


def downgrade() -> None:
    for index, table in (("ix_accounts_key", "accounts"), ("calls_by_day", "calls"), ("ix_calls_content", "calls")):
        op.drop_index(index, table_name=table)
    for table, column in (("accounts", "key"), ("calls", "content"), ("calls", "words"), ("calls", "held_on")):
        op.drop_column(table, column)
