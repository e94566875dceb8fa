"""When the patient of an alert was told by when a person answers."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("escalation", sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True))
