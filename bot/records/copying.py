"""Copy a SQLite database, and the photos beside it, while they are in use."""

import filecmp
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.records.album import PART


class NotCopied(RuntimeError):
    """There is no usable copy; the message says why."""


def copy_database(url: str, target: Path) -> None:
    """One consistent moment as a new file with mode 0600, checked and on disk. Raises `NotCopied`.

    What was sealed stays sealed: the copy is of no use without the key file, which is not in it.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise NotCopied("DATABASE_URL is no address of a database") from error
    if address.get_backend_name() != "sqlite":
        raise NotCopied("only SQLite is copied here: back up PostgreSQL with pg_dump, and DATA_DIR/photos with it")
    source = Path(address.database or "")
    if not source.is_file():
        raise NotCopied(f"there is no database at {source} yet")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise NotCopied(f"{target} is there already: name another file") from error
    except OSError as error:
        raise NotCopied(f"cannot write {target}: {error.strerror}") from error
    try:
        _copy(source, target)
    except BaseException as error:
        # half a copy must not be taken for one, however it ended
        target.unlink(missing_ok=True)
        if isinstance(error, OSError | sqlite3.Error):
            raise NotCopied(f"cannot copy {source} to {target}: {error}") from error
        raise


def copy_photos(album: Path, target: Path) -> int:
    """How many photos lie in the new folder, sealed as they were and read back; without any there is none.

    Raises `NotCopied`. On the same disk a photo is not stored twice: none is ever changed, only taken away.
    """
    if not album.is_dir():
        return 0
    try:
        target.mkdir(mode=0o700)
    except OSError as error:
        raise NotCopied(f"cannot make {target}: {error.strerror}") from error
    try:
        kept = [one for one in sorted(album.glob("*/*")) if not one.name.startswith(PART)]
        copied = sum(_copy_photo(one, target / one.parent.name / one.name) for one in kept)
        for folder in (*target.iterdir(), target, target.parent):
            _to_disk(folder)
        return copied
    except BaseException as error:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, OSError):
            raise NotCopied(f"cannot copy the photos to {target}: {error}") from error
        raise


def _copy_photo(photo: Path, copy: Path) -> bool:
    """False for one that its patient took back meanwhile."""
    copy.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        try:
            os.link(photo, copy)
        except FileNotFoundError:
            raise
        except OSError:
            # another disk, or one that knows no links
            shutil.copy2(photo, copy)
            _to_disk(copy)
        if not filecmp.cmp(photo, copy, shallow=False):
            raise OSError(f"{copy} does not read as it was written")
    except FileNotFoundError:
        copy.unlink(missing_ok=True)
        return False
    return True


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, isolation_level=None)) as database:
        database.execute("VACUUM INTO ?", (str(target),))
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
    for path in (target, target.parent):
        _to_disk(path)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
