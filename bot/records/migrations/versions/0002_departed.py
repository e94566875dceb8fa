"""Whether the bytes of a row in flight may have left."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("departed", sa.Boolean(), nullable=False, server_default=sa.false()))
    # nobody noted it of those that are in flight: they count as unclear
    op.execute("UPDATE delivery SET departed = true WHERE state = 'sending'")
