"""Write a content file so that whoever looks sees the old one or the whole new one."""

import os
import tempfile
from pathlib import Path

NEW = 0o644
"""Of a file that was not there before."""


def replace(path: Path, text: str) -> None:
    """Its permissions stay. Raises `OSError`, and then nothing has changed."""
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).chmod(path.stat().st_mode & 0o777 if path.exists() else NEW)
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def may_replace(path: Path) -> bool:
    return os.access(path.parent, os.W_OK | os.X_OK)
