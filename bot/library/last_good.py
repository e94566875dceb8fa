"""Keep a copy of the last content that was good, so that a start with broken files still has words."""

import shutil
from pathlib import Path

from bot.library.folder import Snapshot, read

KEPT = 5
"""Sets that stay on disk, newest first."""


class LastGood:
    """`DATA_DIR/content/<version>/`, and `current` with the version in use."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "content"

    def keep(self, snapshot: Snapshot) -> None:
        """Raises `OSError` when the disk refuses."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (self._folder / snapshot.version).is_dir():
            self._write(snapshot)
        self._point_to(snapshot.version)
        self._forget_old(snapshot.version)

    @property
    def version(self) -> str:
        """Of the set that passed last; empty when there is none."""
        try:
            version = (self._folder / "current").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return version if version.isalnum() else ""

    def recall(self) -> Snapshot | None:
        """None when there is no set, or when it is not what was kept."""
        version = self.version
        if not version:
            return None
        snapshot = read(self._folder / version)
        return snapshot if snapshot.version == version else None

    def _write(self, snapshot: Snapshot) -> None:
        unfinished = self._folder / f".{snapshot.version}"
        shutil.rmtree(unfinished, ignore_errors=True)
        for name, data in snapshot.files.items():
            file = unfinished / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        unfinished.rename(self._folder / snapshot.version)

    def _point_to(self, version: str) -> None:
        unfinished = self._folder / ".current"
        unfinished.write_text(version, encoding="ascii")
        unfinished.rename(self._folder / "current")

    def _forget_old(self, current: str) -> None:
        sets = [entry for entry in self._folder.iterdir() if entry.is_dir() and entry.name != current]
        sets.sort(key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
        for old in sets[KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
