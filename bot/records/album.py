"""Patients' pictures on this machine's disk: redrawn before, encrypted, limited, and gone with their patient."""

import logging
import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from types import TracebackType

from bot.care.ports.outside import Clock
from bot.records.cipher import Cipher, Unreadable

log = logging.getLogger(__name__)

MOST_BYTES = 10 * 1024 * 1024
MOST_A_DAY = 30
MOST_OF_PATIENT = 200 * 1024 * 1024
"""Bytes on the disk."""
PART = "part-"
COPIES = "*.photos"
"""The photos of a backup."""
DAY = 24 * 60 * 60
"""Seconds."""


@dataclass(frozen=True)
class FolderAlbum:
    """The port `Album`: a folder for each patient's number, file names that say nothing."""

    folder: Path
    cipher: Cipher
    clock: Clock
    backups: Path | None = None
    """Where copies of it lie; what is erased goes there as well."""
    most_bytes: int = MOST_BYTES
    most_of_patient: int = MOST_OF_PATIENT

    def keep(self, patient_id: int, file_id: str, content: bytes) -> bool:
        now = self.clock.now()
        try:
            path = self._path(patient_id, file_id)
            if path.exists():
                return True
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            sealed = self.cipher.seal_bytes(content)
            if len(content) > self.most_bytes or not self._has_room(path.parent, len(sealed), at=now):
                log.warning("photo_not_kept", extra={"event": "photo_not_kept", "why": "limits"})
                return False
            _write(path, sealed, at=now)
        except OSError as error:
            # whoever looks at the chat still sees it
            log.warning("photo_not_kept", extra={"event": "photo_not_kept", "why": type(error).__name__})
            return False
        return True

    def find(self, patient_id: int, file_id: str) -> bytes | None:
        try:
            return self.cipher.open_bytes(self._path(patient_id, file_id).read_bytes())
        except (OSError, Unreadable):
            return None

    def owners(self) -> Sequence[int]:
        held = (one for folder in self._everywhere() for one in _entries(folder))
        return sorted({int(one.name) for one in held if one.name.isdecimal()})

    def erase(self, patient_id: int) -> None:
        for folder in self._everywhere():
            shutil.rmtree(folder / str(patient_id), onerror=_not_erased)

    def _everywhere(self) -> Sequence[Path]:
        return [self.folder, *(self.backups.glob(COPIES) if self.backups is not None else ())]

    def _has_room(self, folder: Path, size: int, *, at: datetime) -> bool:
        held = [one.stat() for one in folder.iterdir() if not one.name.startswith(PART)]
        midnight = datetime.combine(at.astimezone(UTC).date(), time(), UTC).timestamp()
        today = [one for one in held if midnight <= one.st_mtime < midnight + DAY]
        return len(today) < MOST_A_DAY and sum(one.st_size for one in held) + size <= self.most_of_patient

    def _path(self, patient_id: int, file_id: str) -> Path:
        return self.folder / str(patient_id) / self.cipher.keyed_hash("photo", file_id)[:32]


def _entries(folder: Path) -> Sequence[Path]:
    """What lies in it. A copy that another user made, and only they can read, stops no erasing elsewhere."""
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        log.error("photos_unreadable", extra={"event": "photos_unreadable", "why": type(error).__name__})
        return ()


def _not_erased(_: object, __: str, info: tuple[type[BaseException], BaseException, TracebackType]) -> None:
    kind, *_rest = info
    if not issubclass(kind, FileNotFoundError):
        log.error("photos_not_erased", extra={"event": "photos_not_erased", "why": kind.__name__})


def _write(path: Path, sealed: bytes, *, at: datetime) -> None:
    """Whole or not at all; dated by the clinic's clock."""
    part = path.with_name(f"{PART}{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        os.utime(part, (at.timestamp(), at.timestamp()))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
