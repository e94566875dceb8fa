"""One running bot per data folder: the operating system keeps the lock and drops it when the process dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "run.lock"


class AlreadyRunning(RuntimeError):
    """Another process holds this data folder."""


class FolderRefused(RuntimeError):
    """The data folder cannot be written to."""


def make_folder(data_dir: Path) -> None:
    """There afterwards, for its owner only, and known to take files. Raises `FolderRefused`."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data_dir / LOCK).open("a").close()
    except OSError as error:
        raise FolderRefused(f"DATA_DIR={data_dir} cannot be written to: {error.strerror}") from error


@contextmanager
def lock(data_dir: Path) -> Iterator[None]:
    """Hold the folder as long as the block runs. Raises `AlreadyRunning`, `FolderRefused`."""
    make_folder(data_dir)
    with (data_dir / LOCK).open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunning("Another `aftercare run` is using this data folder; stop it first.") from error
        yield
