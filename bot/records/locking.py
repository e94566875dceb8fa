"""One running bot per data folder: the operating system keeps the lock and drops it when the process dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(RuntimeError):
    """Another process holds this data folder."""


@contextmanager
def lock(data_dir: Path) -> Iterator[None]:
    """Hold the folder as long as the block runs; raises `AlreadyRunning`."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "run.lock").open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunning("Another `aftercare run` is using this data folder; stop it first.") from error
        yield
