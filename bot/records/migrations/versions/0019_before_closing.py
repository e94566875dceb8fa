"""Who has no Telegram, which day was told of them before closing, and what staff note when they close an alert."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("patient", sa.Column("no_telegram_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("digest", sa.Column("closing_told_on", sa.Date(), nullable=True))
    op.add_column("escalation", sa.Column("note", sa.Text(), nullable=False, server_default=""))
