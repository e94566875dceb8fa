"""Remember what passed under this very code, so that it need not be proved again at every start."""

import os
import sys
import sysconfig
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

KEPT = 64
"""Verdicts that stay on disk, newest first."""
ROOT = Path(__file__).resolve().parents[2]
JUDGES = ("bot", "scheduler")
CODE = frozenset({".py", ".toml"})


@cache
def judging_code(root: Path = ROOT) -> str:
    """Changes with any line of ours, with Python, and with any library installed beside us."""
    digest = sha256(sys.version.encode())
    for name in sorted(entry.name for entry in Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        digest.update(f"{name}\0".encode())
    for file in sorted(file for room in JUDGES for file in (root / room).rglob("*") if file.suffix in CODE):
        digest.update(f"{file.relative_to(root)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Verdicts:
    """Files with telling names, which hold what was said of it. `folder` may be deleted at any time; what cannot be
    written is proved again.

    Only what is clean is ever kept, and under another `judge` nothing is known: a verdict can be missing, never wrong.
    """

    folder: Path | None = None
    judge: str = field(default_factory=judging_code)
    _kept: dict[str, str] = field(default_factory=dict)

    def passed(self, what: str) -> bool:
        return self.said(what) is not None

    def said(self, what: str) -> str | None:
        """What `keep` was given; None when nothing is known of it."""
        name = self._name(what)
        if name in self._kept:
            return self._kept[name]
        try:
            return None if self.folder is None else (self.folder / name).read_text("utf-8")
        except (OSError, ValueError):
            return None

    def keep(self, what: str, said: str = "") -> None:
        name = self._name(what)
        self._kept[name] = said
        if self.folder is not None:
            with suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                # half of it is never read
                half = self.folder / f"{name}.{os.getpid()}"
                half.write_text(said, "utf-8")
                half.replace(self.folder / name)
                self._forget_old(self.folder)

    def _name(self, what: str) -> str:
        return sha256(f"{what}\n{self.judge}".encode()).hexdigest()[:32]

    @staticmethod
    def _forget_old(folder: Path) -> None:
        files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for old in files[KEPT:]:
            old.unlink(missing_ok=True)
