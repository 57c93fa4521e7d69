"""What was sent of a call, to whom, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("message_id", sa.String(255), primary_key=True),
        sa.Column("recipient", sa.String(320), primary_key=True),
        sa.Column("call_id", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_index("ix_deliveries_call_id", "deliveries", ["call_id"])


def downgrade() -> None:
    op.drop_index("ix_deliveries_call_id", table_name="deliveries")
    op.drop_table("deliveries")
