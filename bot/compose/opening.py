"""Open the records: the right key, tables up to date, and a copy of the old ones first."""

from bot.records.cipher import BadKeyFile
from bot.records.copying import NotCopied, copy_database
from bot.records.database import Database, WrongKey
from bot.records.keyfile import KeyFileRefused, read_or_create
from bot.records.locking import FolderRefused, make_folder
from bot.records.refusing import DatabaseRefused, told_plainly
from bot.records.schema import HEAD, NewerSchema, Schema, schema
from bot.settings import Settings

NOT_OPENED = (BadKeyFile, DatabaseRefused, FolderRefused, KeyFileRefused, NewerSchema, NotCopied, WrongKey)
"""Everything that key file, folder and records may refuse; the message of each is a sentence for people."""


def open_database(settings: Settings) -> Database:
    """A first start, with no data yet, makes the key file. Raises what is in `NOT_OPENED`."""
    make_folder(settings.data_dir)
    with told_plainly(settings.database):
        state = schema(settings.database)
        keys = read_or_create(settings.key_file, data_exists=state is not Schema.EMPTY)
        if state is Schema.OLDER and not settings.has_replicas:
            copy_database(settings.database, settings.backups / f"before-{HEAD}.db")
        return Database.open(settings.database, keys)
