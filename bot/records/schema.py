"""Bring the tables to the state this program knows, and refuse those of a newer one."""

from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from bot.records.engine import writer_engine

HEAD = "0021"
"""The newest migration; a test holds it to the folder."""
MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x5AFE
"""Number of the advisory lock that simultaneous starts queue for."""


class NewerSchema(RuntimeError):
    """The database was written by a newer program."""


class Schema(Enum):
    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"


def schema(url: str) -> Schema:
    """Raises `NewerSchema`. A backup belongs between this and `upgrade` when it says OLDER."""
    engine = writer_engine(url)
    try:
        with engine.begin() as connection:
            return _state(connection)
    finally:
        engine.dispose()


def upgrade(url: str) -> None:
    """To the newest tables, once, however many processes start at the same moment. Raises `NewerSchema`."""
    engine = writer_engine(url)
    try:
        bring_up_to_date(engine)
    finally:
        engine.dispose()


def bring_up_to_date(engine: Engine) -> None:
    """As `upgrade`, for whoever goes on with this engine."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _state(connection) is Schema.CURRENT:
            return
        _migrate(connection)
    # a migration may leave its connection other than it was
    engine.dispose()


def _state(connection: Connection) -> Schema:
    if not inspect(connection).has_table("alembic_version"):
        return Schema.EMPTY
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if version is None:
        return Schema.EMPTY
    if version == HEAD:
        return Schema.CURRENT
    if not any((MIGRATIONS / "versions").glob(f"{version}_*.py")):
        raise NewerSchema(f"the database has schema {version}, this program knows up to {HEAD}")
    return Schema.OLDER


def _migrate(connection: Connection) -> None:
    # most starts have nothing to migrate and need not pay for the import
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
