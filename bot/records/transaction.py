"""One unit of work's connection and key, and the few ways in which repositories talk to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Row, Select, Table, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.care.ports.records import NotRemembered
from bot.records.cipher import Cipher
from bot.records.sealed import Sealed


@dataclass(frozen=True)
class Transaction:
    """`writing` is False in a reader, which takes no locks."""

    connection: Connection
    cipher: Cipher
    writing: bool

    @property
    def on_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def seal(self, words: str) -> Sealed:
        return self.cipher.seal(words)

    def open(self, sealed: str) -> str:
        return self.cipher.open(sealed)

    def rows(self, statement: Select[Any], **given: object) -> Sequence[Row[Any]]:
        """`given`: the parameters of a statement that was built once, as those that are asked all the time are."""
        return self.connection.execute(statement, given).all()

    def first(self, statement: Select[Any], **given: object) -> Row[Any] | None:
        """Where many rows may be found, the statement says that it wants one."""
        return self.connection.execute(statement, given).first()

    def by_id(self, table: Table, row_id: int) -> Row[Any]:
        """Raises `NotRemembered`."""
        row = self.first(_by_id(table), its_id=row_id)
        if row is None:
            raise NotRemembered(row_id)
        return row

    def insert(self, table: Table, values: Mapping[str, object]) -> int:
        """Adds a row and gives its new id."""
        # the statement stays the same and is compiled once: values inside it would be looked at one by one each time
        key = self.connection.execute(_inserting(table), dict(values)).inserted_primary_key
        return cast(int, key[0]) if key is not None else 0

    def insert_all(self, table: Table, rows: Sequence[Mapping[str, object]]) -> Sequence[int]:
        """Adds many rows at once and gives their new ids, in the same order."""
        with_ids = table.insert().returning(table.c.id, sort_by_parameter_order=True)
        return self.connection.execute(with_ids, [dict(row) for row in rows]).scalars().all()

    def insert_unless_there(self, table: Table, values: Mapping[str, object]) -> bool:
        """False when a row with the same unique key exists."""
        statement = _inserting_unless_there(table, on_sqlite=self.on_sqlite)
        asked = self.connection.execute(statement, dict(values), execution_options={"preserve_rowcount": True})
        return asked.rowcount == 1

    def change(self, statement: Update | Delete, **given: object) -> int:
        """How many rows it met. `given`: as of `rows`."""
        return self.connection.execute(statement, given).rowcount

    def save(self, table: Table, row_id: int, values: Mapping[str, object]) -> None:
        """Raises `NotRemembered`."""
        if not self.change(_saving(table), its_id=row_id, **values):
            raise NotRemembered(row_id)

    def machine_now(self) -> datetime:
        """The database's own clock, aware, in UTC; it goes on inside a transaction."""
        statement = _SQLITE_NOW if self.on_sqlite else _POSTGRESQL_NOW
        return self.connection.execute(statement).scalar_one()


@cache
def _by_id(table: Table) -> Select[Any]:
    return select(table).where(table.c.id == bindparam("its_id"))


@cache
def _inserting(table: Table) -> Insert:
    return table.insert()


@cache
def _inserting_unless_there(table: Table, *, on_sqlite: bool) -> Insert:
    if on_sqlite:
        return sqlite_insert(table).on_conflict_do_nothing()
    # 2.4 MB, and a twentieth of a start, that SQLite does without
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert  # noqa: PLC0415

    return postgresql_insert(table).on_conflict_do_nothing()


@cache
def _saving(table: Table) -> Update:
    return table.update().where(table.c.id == bindparam("its_id"))


# SQLite has milliseconds only, SQLAlchemy wants microseconds
_SQLITE_NOW = select(func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=UTCDateTime()))
_POSTGRESQL_NOW = select(func.clock_timestamp(type_=UTCDateTime()))
