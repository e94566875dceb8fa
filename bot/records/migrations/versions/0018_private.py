"""From when on an alert is for clinicians only."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("escalation", sa.Column("private_since", sa.DateTime(timezone=True), nullable=True))
