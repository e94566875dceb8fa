"""Bring the content folder of one of several replicas to what another one published."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from bot.care.model.revision import Revision
from bot.care.ports.records import Records, Work
from bot.library.edited import print_of
from bot.library.folder import Manifest, manifest
from bot.library.writing import replace

SETTLED = 2
"""Looks without a change, after which whoever watches this folder has judged it, and noted what was changed by hand."""


@dataclass
class Following:
    """Nothing is remembered of what was brought on: what the record says and what stands here is all that counts.

    `stood`: the folder at the last look, `still`: for how many looks it has stood so.
    """

    records: Records
    content_dir: Path
    stood: Manifest = ()
    still: int = 0

    async def look(self) -> tuple[str, ...]:
        """The files that were brought on. One that somebody changed here is left: its change is a revision soon."""
        if not self._has_settled():
            return ()
        newest = await self.records.read(lambda work: work.revisions.newest())
        return tuple([one.change.file for one in newest if await self._is_brought_on(one)])

    def _has_settled(self) -> bool:
        stands = manifest(self.content_dir)
        self.still = self.still + 1 if stands == self.stood else 0
        self.stood = stands
        return self.still >= SETTLED

    async def _is_brought_on(self, newest: Revision) -> bool:
        """Only over what the record knows as another state of this file."""
        change = newest.change
        path, here = self.content_dir / change.file, self._print(change.file)
        if here == change.new_print or not _is_inside(change.file):
            return False
        whole = await self.records.read(partial(_whole, newest=newest, here=here))
        if whole is None or self._print(change.file) != here:
            return False
        try:
            _write(path, whole.change.new)
        except OSError:
            # tried again at the next look
            return False
        return True

    def _print(self, name: str) -> str:
        path = self.content_dir / name
        return print_of(path.read_bytes()) if path.exists() else ""


def _whole(work: Work, *, newest: Revision, here: str) -> Revision | None:
    return work.revisions.get(newest.id) if work.revisions.knows(newest.change.file, here) else None


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, text)


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.suffix == ".toml"
