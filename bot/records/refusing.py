"""What a database says when it cannot be used, in one sentence that holds no password."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

KINDS = ("sqlite", "postgresql")
EXAMPLE = "postgresql://user@host/name"


class DatabaseRefused(RuntimeError):
    """The database cannot be used; the message says why."""


@contextmanager
def told_plainly(url: str) -> Iterator[None]:
    """Around whatever opens the database. Raises `DatabaseRefused`."""
    try:
        kind = make_url(url).get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise DatabaseRefused(f"DATABASE_URL is no address of a database: write it like {EXAMPLE}") from error
    if kind not in KINDS:
        raise DatabaseRefused(f"DATABASE_URL names {kind!r}, which is not supported: write it like {EXAMPLE}")
    try:
        yield
    except DBAPIError as error:
        raise DatabaseRefused(f"cannot use the database {shown(url)}: {_first_line(error)}") from error


def shown(url: str) -> str:
    """An address for people: never its password."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return f"SQLite, {address.database}"
    port = f":{address.port}" if address.port else ""
    return f"PostgreSQL, {address.database or ''} at {address.host or 'this machine'}{port}"


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0]
