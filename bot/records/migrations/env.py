"""How Alembic runs here: on the connection it is handed, inside that connection's transaction."""

from alembic import context
from sqlmodel import SQLModel

from bot.records import outbox_tables, tables

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
context.run_migrations()

__all__ = ["outbox_tables", "tables"]
