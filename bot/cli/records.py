"""The records, opened for one verb, or one clear sentence why not."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.says import refuse
from bot.compose.opening import NOT_OPENED, open_database
from bot.records.database import Database
from bot.records.refusing import told_plainly
from bot.records.schema import HEAD, Schema, schema
from bot.settings import Settings


@contextmanager
def opened(chosen: Settings) -> Iterator[Database]:
    """For a verb that writes: a first start makes the tables and the key file."""
    try:
        database = open_database(chosen)
    except NOT_OPENED as error:
        refuse(str(error))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def looked_into(chosen: Settings) -> Iterator[Database]:
    """For a verb that only looks: nothing is made and no tables are changed under a bot that runs."""
    must_exist(chosen)
    try:
        with told_plainly(chosen.database):
            state = schema(chosen.database)
    except NOT_OPENED as error:
        refuse(str(error))
    if state is not Schema.CURRENT:
        refuse(f"the database is {state.value}: `aftercare run` brings it to schema {HEAD}")
    with opened(chosen) as database:
        yield database


def must_exist(chosen: Settings) -> None:
    """Looking must not create what is not there."""
    if not chosen.has_replicas and not chosen.database_file.is_file():
        refuse(f"there is no database in {chosen.data_dir} yet: `aftercare run` makes it")
