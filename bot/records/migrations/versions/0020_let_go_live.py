"""Whose tap let a change of the content go live; 0 where nobody's did, or nobody noted it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revision", sa.Column("published_by", sa.BigInteger(), nullable=False, server_default="0"))
