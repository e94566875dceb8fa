"""When somebody said that they phoned the patient of an alert."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("escalation", sa.Column("called_at", sa.DateTime(timezone=True), nullable=True))
