"""What is written down beside the calls: readings, overrides, assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("journal_by_subject", "journal", ["kind", "name", "seq"])


def downgrade() -> None:
    op.drop_index("journal_by_subject", table_name="journal")
    op.drop_table("journal")
