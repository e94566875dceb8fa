"""Where an admin was told that a clinician is asked, and who let a draft go live."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("asked_chat", "asked_message", "published_by"):
        op.add_column("draft", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
