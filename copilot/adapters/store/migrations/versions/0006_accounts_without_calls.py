"""No account is kept that no call has: its last call was moved to another, or deleted after that."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM accounts WHERE NOT EXISTS (SELECT 1 FROM calls WHERE calls.account_id = accounts.id)")


def downgrade() -> None:
    """What is gone stays gone; the shape is the same."""
