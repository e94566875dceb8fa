"""One content file as it would be after an edit, written only over the file that the edit was made from."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import tomlkit

from bot.library.folder import Snapshot
from bot.library.writing import replace


class Changed(Exception):
    """The file is no longer the one that was looked at."""


@dataclass(frozen=True)
class Edited:
    """`snapshot` is the whole folder with it, `print` the hash of the file as it was."""

    name: str
    text: str
    snapshot: Snapshot
    print: str

    def write(self, content_dir: Path) -> None:
        """Raises `OSError`, and `Changed` when somebody was quicker."""
        path = content_dir / self.name
        if print_of(path.read_bytes() if path.exists() else b"") != self.print:
            raise Changed
        replace(path, self.text)


def edited(snapshot: Snapshot, name: str, document: tomlkit.TOMLDocument) -> Edited:
    return with_text(snapshot, name, tomlkit.dumps(document))


def with_text(snapshot: Snapshot, name: str, text: str) -> Edited:
    after = Snapshot({**snapshot.files, name: text.encode()}, snapshot.faults)
    return Edited(name, text, after, print_of(snapshot.files.get(name, b"")))


def print_in(snapshot: Snapshot, name: str) -> str:
    """Empty where there is no such file."""
    return print_of(snapshot.files[name]) if name in snapshot.files else ""


def print_of(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]
