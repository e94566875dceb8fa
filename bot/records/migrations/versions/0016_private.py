"""From when on an alert is for clinicians only."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("escalation", sa.Column("private_since", sa.DateTime(timezone=True), nullable=True))
