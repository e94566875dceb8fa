"""Patients' own topics in the desk's forum, and answers that wait for a person's words."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "thread",
        sa.Column("patient_id", sa.Integer(), sa.ForeignKey("patient.id"), primary_key=True, autoincrement=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("opening", sa.Integer(), sa.ForeignKey("delivery.id"), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Integer(), sa.ForeignKey("delivery.id"), nullable=True),
        sa.Column("summed_at", INSTANT, nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_thread_chat", "thread", ["chat"])
    op.create_index("ix_delivery_sent", "delivery", ["patient_id", "sent_at"])
    op.create_index("ix_entry_heard", "entry", ["heard"])
    op.create_index("ix_thread_opening", "thread", ["opening"])
