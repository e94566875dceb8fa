"""The key file: made once, readable by its owner only, never beside a copy of the data."""

import os
import stat
from pathlib import Path

from bot.records.cipher import fresh_keys

OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileRefused(Exception):
    """The key file is missing, or others may read it; the message says what to do."""


def create(path: Path) -> bytes:
    """A new key file with mode 0600; raises `FileExistsError` rather than overwrite one."""
    content = fresh_keys()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return content


def read(path: Path) -> bytes:
    """Raises `KeyFileRefused`."""
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except OSError as error:
        raise KeyFileRefused(f"cannot read the key file {path}: {error.strerror}") from error
    if mode & OTHERS:
        raise KeyFileRefused(f"others may read the key file {path}: chmod 600 it")
    return content


def read_or_create(path: Path, *, data_exists: bool) -> bytes:
    """The keys; a new file only while there is no data yet that another key has sealed. Raises `KeyFileRefused`."""
    if path.exists():
        return read(path)
    if data_exists:
        raise KeyFileRefused(f"the data is sealed, but its key file {path} is gone: put it back, or name it")
    try:
        return create(path)
    except OSError as error:
        raise KeyFileRefused(f"cannot write the key file {path}: {error.strerror}") from error
