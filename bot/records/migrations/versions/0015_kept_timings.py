"""Which steps stay due for a patient as they were, when a protocol put them on another day or hour."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("enrolment", sa.Column("kept_timings", sa.Text(), nullable=False, server_default="[]"))
