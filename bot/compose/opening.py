"""Open the records: the right key, tables up to date, and a copy of the old ones first."""

from bot.records.copying import copy_database
from bot.records.database import Database
from bot.records.keyfile import read_or_create
from bot.records.schema import HEAD, Schema, schema
from bot.settings import Settings


def open_database(settings: Settings) -> Database:
    """A first start, with no data yet, makes the key file. Raises what key file and records refuse."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = schema(settings.database)
    keys = read_or_create(settings.key_file, data_exists=state is not Schema.EMPTY)
    if state is Schema.OLDER and not settings.has_replicas:
        copy_database(settings.database, settings.data_dir / "backups" / f"before-{HEAD}.db")
    return Database.open(settings.database, keys)
