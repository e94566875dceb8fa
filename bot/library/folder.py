"""Read a content folder as it is at this moment, whatever state it is in."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

from bot.library.faults import Fault

LARGEST = 1_000_000
"""Bytes; the longest honest file (red flags with their examples) has a fifth of it."""
MOST_FILES = 5_000
DEEPEST = 8


@dataclass(frozen=True)
class Seen:
    """One file as the folder shows it; `fault` when it cannot be used."""

    name: str
    path: str
    size: int = 0
    changed: tuple[int, int] = (0, 0)
    fault: str = ""


Manifest = tuple[tuple[str, int, tuple[int, int], str], ...]


@dataclass(frozen=True)
class Snapshot:
    """Bytes by relative name: what is checked is what is kept, even if the folder changes meanwhile."""

    files: dict[str, bytes]
    faults: tuple[Fault, ...] = ()

    @property
    def version(self) -> str:
        """Content hash: names and bytes."""
        digest = sha256()
        for name, data in sorted(self.files.items()):
            digest.update(f"{name}\0{len(data)}\0".encode())
            digest.update(data)
        for fault in self.faults:
            digest.update(str(fault).encode())
        return digest.hexdigest()[:16]

    def without(self, name: str) -> "Snapshot":
        return Snapshot({file: data for file, data in self.files.items() if file != name}, self.faults)


def manifest(root: Path) -> Manifest:
    """Names, sizes and times of change: cheap enough to be asked for twice a second."""
    return tuple((seen.name, seen.size, seen.changed, seen.fault) for seen in _walk(root))


def read(root: Path) -> Snapshot:
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    for seen in _walk(root):
        if seen.fault:
            faults.append(Fault(seen.name, 1, seen.fault))
            continue
        try:
            with Path(seen.path).open("rb") as file:
                data = file.read(LARGEST + 1)
        except OSError as error:
            faults.append(Fault(seen.name, 1, f"cannot be read: {error.strerror}"))
            continue
        if len(data) > LARGEST:
            faults.append(Fault(seen.name, 1, TOO_LARGE))
        else:
            files[seen.name] = data
    if not files and not faults:
        faults.append(Fault(".", 1, "the content folder is empty"))
    return Snapshot(files, tuple(faults))


TOO_LARGE = f"larger than {LARGEST} bytes"


def _walk(root: Path) -> Iterator[Seen]:
    for count, seen in enumerate(_inside(str(root), "", ())):
        if count >= MOST_FILES:
            yield Seen(".", str(root), fault=f"more than {MOST_FILES} files")
            return
        yield seen


def _inside(folder: str, name: str, above: tuple[tuple[int, int], ...]) -> Iterator[Seen]:
    # walked twice a second: paths as objects would cost four times as much
    try:
        here = os.stat(folder)  # noqa: PTH116
        with os.scandir(folder) as found:
            entries = sorted(found, key=attrgetter("name"))
    except OSError as error:
        yield Seen(name or ".", folder, fault=f"cannot be read: {error.strerror}")
        return
    identity = (here.st_dev, here.st_ino)
    if identity in above or len(above) > DEEPEST:
        yield Seen(name, folder, fault="this folder leads back to itself or is too deep")
        return
    for entry in entries:
        # editors' swap files and the inner folders of a mounted volume begin with a dot
        if not entry.name.startswith("."):
            yield from _entry(entry, f"{name}/{entry.name}".lstrip("/"), (*above, identity))


def _entry(entry: os.DirEntry[str], name: str, above: tuple[tuple[int, int], ...]) -> Iterator[Seen]:
    try:
        status = entry.stat()
    except OSError as error:
        yield Seen(name, entry.path, fault=f"cannot be read: {error.strerror}")
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _inside(entry.path, name, above)
    elif not entry.name.endswith(".toml"):
        return
    elif not stat.S_ISREG(status.st_mode):
        yield Seen(name, entry.path, fault="is not a file")
    else:
        # the second one cannot be set back by a tool that keeps dates
        changed = (status.st_mtime_ns, status.st_ctime_ns)
        too_large = TOO_LARGE if status.st_size > LARGEST else ""
        yield Seen(name, entry.path, status.st_size, changed, too_large)
