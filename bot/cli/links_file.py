"""The file with everybody's links: for its owner only, whole or not there, never in place of an earlier one."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LinksFile:
    """Raises `OSError` for what the disk refuses."""

    path: Path

    @property
    def is_there(self) -> bool:
        return self.path.exists()

    def write(self, content: bytes) -> None:
        """Beside its place."""
        self._beside.unlink(missing_ok=True)
        with os.fdopen(os.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def keep(self) -> None:
        """Into its place."""
        self._beside.replace(self.path)

    def discard(self) -> None:
        self._beside.unlink(missing_ok=True)

    @property
    def _beside(self) -> Path:
        return self.path.with_name(f"{self.path.name}.part")
