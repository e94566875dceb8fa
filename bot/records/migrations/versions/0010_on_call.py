"""Who is on call, and practice alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=True),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "turn",
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("weekday", "at"),
    )
    op.create_table(
        "drill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("begun_by", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("running"),
        sqlite_autoincrement=True,
    )
