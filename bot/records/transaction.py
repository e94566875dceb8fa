"""One unit of work's connection and key, and the few ways in which repositories talk to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, Select, Table, func, select
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

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        return self.connection.execute(statement).all()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        return self.connection.execute(statement.limit(1)).first()

    def by_id(self, table: Table, row_id: int) -> Row[Any]:
        """Raises `NotRemembered`."""
        row = self.first(select(table).where(table.c.id == row_id))
        if row is None:
            raise NotRemembered(row_id)
        return row

    def insert(self, table: Table, values: Mapping[str, object]) -> int:
        """Adds a row and gives its new id."""
        # the statement stays the same and is compiled once: values inside it would be looked at one by one each time
        key = self.connection.execute(table.insert(), dict(values)).inserted_primary_key
        return cast(int, key[0]) if key is not None else 0

    def insert_all(self, table: Table, rows: Sequence[Mapping[str, object]]) -> Sequence[int]:
        """Adds many rows at once and gives their new ids, in the same order."""
        with_ids = table.insert().returning(table.c.id, sort_by_parameter_order=True)
        return self.connection.execute(with_ids, [dict(row) for row in rows]).scalars().all()

    def insert_unless_there(self, table: Table, values: Mapping[str, object]) -> bool:
        """False when a row with the same unique key exists."""
        if self.on_sqlite:
            statement: Insert = sqlite_insert(table).values(dict(values)).on_conflict_do_nothing()
        else:
            # 2.4 MB, and a twentieth of a start, that SQLite does without
            from sqlalchemy.dialects.postgresql import insert as postgresql_insert  # noqa: PLC0415

            statement = postgresql_insert(table).values(dict(values)).on_conflict_do_nothing()
        return self.connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1

    def change(self, statement: Update | Delete) -> int:
        """How many rows it met."""
        return self.connection.execute(statement).rowcount

    def save(self, table: Table, row_id: int, values: Mapping[str, object]) -> None:
        """Raises `NotRemembered`."""
        if not self.change(table.update().where(table.c.id == row_id).values(dict(values))):
            raise NotRemembered(row_id)

    def machine_now(self) -> datetime:
        """The database's own clock, aware, in UTC; it goes on inside a transaction."""
        statement = _SQLITE_NOW if self.on_sqlite else _POSTGRESQL_NOW
        return self.connection.execute(statement).scalar_one()


# SQLite has milliseconds only, SQLAlchemy wants microseconds
_SQLITE_NOW = select(func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=UTCDateTime()))
_POSTGRESQL_NOW = select(func.clock_timestamp(type_=UTCDateTime()))
