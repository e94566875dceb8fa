"""Bring the content folder of one of several replicas to what another one published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from bot.care.model.revision import Revision
from bot.care.ports import Records, Work
from bot.library.edited import print_of
from bot.library.writing import replace

MOST = 500


@dataclass
class Following:
    """`seen`: the newest revision that was looked at; 0 at a start, when everything may have gone on without us.

    `agreed`: file -> hash of its last state here that was everybody's.
    """

    records: Records
    content_dir: Path
    seen: int = 0
    agreed: dict[str, str] = field(default_factory=dict)

    async def look(self) -> tuple[str, ...]:
        """The files that were brought on. One that somebody changed here is left: its change is a revision soon."""
        found = await self.records.read(self._since)
        written, is_whole = [], True
        for name, revisions in _by_file(found).items():
            newest = await self.records.read(lambda work, id_=revisions[-1].id: work.revisions.get(id_))  # type: ignore[misc]
            try:
                if self._bring_on(name, revisions, newest.change.new):
                    written.append(name)
            except OSError:
                # tried again at the next look
                is_whole = False
        if is_whole:
            self.seen = max((one.id for one in found), default=self.seen)
        return tuple(written)

    def _since(self, work: Work) -> list[Revision]:
        """Oldest first."""
        newest = next(iter(work.revisions.latest(limit=1)), None)
        if newest is None or newest.id <= self.seen:
            return []
        return [one for one in reversed(work.revisions.latest(limit=MOST)) if one.id > self.seen]

    def _bring_on(self, name: str, revisions: Sequence[Revision], text: str | None) -> bool:
        """Only over what the record knows as an older state of this file."""
        path, newest = self.content_dir / name, revisions[-1].change.new_print
        here = print_of(path.read_bytes()) if path.exists() else ""
        known = {each for one in revisions for each in (one.change.old_print, one.change.new_print)}
        known |= {self.agreed[name]} if name in self.agreed else set()
        if here == newest:
            self.agreed[name] = newest
        if here == newest or not _is_inside(name):
            return False
        if here not in known:
            if not path.parent.is_dir():
                raise NotADirectoryError(name)
            return False
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace(path, text)
        self.agreed[name] = newest
        return True


def _by_file(revisions: Iterable[Revision]) -> dict[str, list[Revision]]:
    found: dict[str, list[Revision]] = {}
    for one in revisions:
        found.setdefault(one.change.file, []).append(one)
    return found


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.suffix == ".toml"
