"""A clinic's folder as its first start leaves it, made once and copied: tables and a key, and nobody in them."""

import atexit
import tempfile
from functools import cache
from pathlib import Path
from shutil import copy2, copytree

from bot.records.database import Database
from bot.records.keyfile import create


def first_start(data_dir: Path) -> Path:
    """`data_dir` with its key file beside it; thirteen migrations are run for all that come here, not for each."""
    made = _made()
    copytree(made, data_dir)
    copy2(made.with_suffix(".key"), data_dir.with_suffix(".key"))
    return data_dir


@cache
def _made() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="aftercare-first-")
    atexit.register(folder.cleanup)
    data_dir = Path(folder.name) / "data"
    data_dir.mkdir(mode=0o700)
    Database.open(f"sqlite:///{data_dir / 'aftercare.db'}", create(data_dir.with_suffix(".key"))).close()
    return data_dir
