"""Patients enrolled from a file: hidden together until the whole file is there; and the year of birth."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.add_column("patient", sa.Column("born", sa.Text(), nullable=False, server_default=""))
    # no foreign key: SQLite would have to copy the whole table for it
    op.add_column("patient", sa.Column("batch", sa.Integer(), nullable=True))
    there = sa.text("batch IS NOT NULL")
    op.create_index("ix_patient_batch", "patient", ["batch"], sqlite_where=there, postgresql_where=there)
