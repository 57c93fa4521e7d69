"""The list of calls is read in its order, as far as it is wanted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("calls_by_day", table_name="calls")
    order = ["wrapped_up", sa.text("held_on DESC"), sa.text("started_at DESC"), "id"]
    op.create_index("calls_by_day", "calls", order)


def downgrade() -> None:
    op.drop_index("calls_by_day", table_name="calls")
    op.create_index("calls_by_day", "calls", ["wrapped_up", "held_on"])
