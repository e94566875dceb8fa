"""Get what was learned from the content: from the cache, or by learning it now in a process of its own."""

import fcntl
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache as remember
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any, Generic, TypeVar, cast
from zipfile import BadZipFile

from bot.care.model.triage import Level
from bot.understanding.corpus import Line, everything, labelled
from bot.understanding.encoder import Encoder
from bot.understanding.fitting import Vectors, learn_danger, learn_topics
from bot.understanding.learned import load_danger, load_topics, save_danger, save_topics
from bot.understanding.shelf import WordShelf
from bot.understanding.weights import load

LANGUAGE = "en"
"""What the encoder speaks; other languages are matched by their words."""

ENCODER = Path("encoder") / "minilm-l6-v2-int8.npz"
FITTED = Path("fitted")
KEPT = 8
"""Fits of each kind that stay on disk, last used first: an edit that is taken back is live at once."""
LONGEST = 600
"""Seconds a fit may take before words alone have to do."""

UNREADABLE = (OSError, ValueError, KeyError, BadZipFile)
ROOT = Path(__file__).resolve().parents[2]

logger = logging.getLogger(__name__)


class NotLearned(Exception):
    """The process that learns failed; the message is the last that it said."""


Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Part(Generic[Outcome]):
    """One thing to learn, what from, and how it is kept."""

    name: str
    lines: Callable[[WordShelf], Sequence[Line]]
    learn: Callable[[WordShelf, Vectors], Outcome]
    save: Callable[[Outcome, Path], None]
    load: Callable[[Path], Outcome]
    told_apart: Callable[[Outcome], Iterable[object]]
    """What it was learned to tell apart."""
    to_tell_apart: Callable[[WordShelf], Iterable[object]]

    def still_speaks_of(self, shelf: WordShelf, outcome: Outcome) -> bool:
        """Only words have changed: no topic came or went, no danger sign has another level."""
        return {*self.told_apart(outcome)} == {*self.to_tell_apart(shelf)}


TOPICS = Part(
    "topics",
    labelled,
    learn_topics,
    save_topics,
    load_topics,
    lambda learned: learned.model.labels.names,
    lambda shelf: (str(line.label) for line in labelled(shelf)),
)
DANGER = Part(
    "danger",
    everything,
    learn_danger,
    save_danger,
    load_danger,
    lambda learned: learned.backstop.flags,
    lambda shelf: ((str(flag["id"]), Level(flag["level"])) for flag in shelf.flags),
)
PARTS: Mapping[str, Part[Any]] = {part.name: part for part in (TOPICS, DANGER)}


@dataclass(frozen=True)
class Study:
    """`cache`: a folder that may be deleted at any time; it need not be writable."""

    cache: Path

    def encoder(self, language: str) -> Encoder | None:
        """None for other languages, and where the weights were never fetched or cannot be read."""
        return _encoder_at(self.cache / ENCODER) if language == LANGUAGE else None

    def learned(self, part: Part[Outcome], shelf: WordShelf) -> Outcome:
        """From the cache, or learned now: that takes seconds, and with new lines a little longer."""
        file = self._file(part, shelf)
        known = _recall(part, file)
        if known is not None:
            return known
        logger.warning("Learning %s for %r; it is kept for the next start", part.name, shelf.language)
        try:
            return self._learn(part, shelf, file)
        except NotLearned as error:
            logger.error("Learning %s failed, single words have to do: %s", part.name, error)
            return part.learn(shelf, None)

    def meanwhile(self, part: Part[Outcome], shelf: WordShelf, use: Callable[[Outcome], None]) -> None:
        """`use` gets what was learned last, at once, and later, from another thread, what is learned now.

        A few lines more or less change little of it. Where nothing tells apart the same things, as `learned`.
        """
        file = self._file(part, shelf)
        last = None if _recall(part, file) is not None else self._last(part, shelf, file)
        if last is None:
            use(self.learned(part, shelf))
            return
        use(last)
        beside = Thread(target=self._learn_beside, args=(part, shelf, use), name=f"learning-{part.name}", daemon=True)
        beside.start()

    def _last(self, part: Part[Outcome], shelf: WordShelf, file: Path) -> Outcome | None:
        for older in _last_used(file.parent, f"{file.stem.rpartition('-')[0]}-*.npz"):
            last = _recall(part, older)
            if last is not None and part.still_speaks_of(shelf, last):
                return last
        return None

    def _learn_beside(self, part: Part[Outcome], shelf: WordShelf, use: Callable[[Outcome], None]) -> None:
        try:
            use(self.learned(part, shelf))
        except Exception:
            logger.exception("Learning %s failed: what was learned before stays in use", part.name)

    def _learn(self, part: Part[Outcome], shelf: WordShelf, file: Path) -> Outcome:
        try:
            with _alone(file.parent, part.name):
                known = _recall(part, file)
                if known is None:
                    _run(part.name, self.cache, file, shelf)
                    for old in _last_used(file.parent, f"{part.name}-*.npz")[KEPT:]:
                        old.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("The cache cannot be written (%s): what is learned now is not kept", error.strerror)
        known = _recall(part, file)
        return known if known is not None else self._learn_elsewhere(part, shelf)

    def _learn_elsewhere(self, part: Part[Outcome], shelf: WordShelf) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="aftercare-words-") as folder:
            file = Path(folder) / "fitted.npz"
            _run(part.name, self.cache, file, shelf)
            known = _recall(part, file)
        if known is None:
            raise NotLearned("what was learned cannot be read")
        return known

    def _file(self, part: Part[Outcome], shelf: WordShelf) -> Path:
        """Named after everything that takes part: the words, our own code, and whether there is an encoder."""
        ground = _digest(f"{_code()} {self.encoder(shelf.language) is not None} {shelf.language}")
        return self.cache / FITTED / f"{part.name}-{ground}-{_digest(shelf.as_json())}.npz"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:20]


def _recall(part: Part[Outcome], file: Path) -> Outcome | None:
    try:
        status = file.stat()
        known = cast(Outcome, _loaded(part, file, status.st_ino, status.st_size))
    except UNREADABLE:
        return None
    with suppress(OSError):
        file.touch()
    return known


@lru_cache(maxsize=len(PARTS))
def _loaded(part: Part[Any], file: Path, _inode: int, _size: int) -> object:
    """What is in use is not loaded again because other words changed. Raises what is in `UNREADABLE`."""
    return part.load(file)


def _last_used(folder: Path, pattern: str) -> list[Path]:
    found = []
    for file in folder.glob(pattern):
        with suppress(OSError):
            found.append((file.stat().st_mtime_ns, file))
    return [file for _, file in sorted(found, reverse=True)]


def _run(name: str, cache: Path, file: Path, shelf: WordShelf) -> None:
    """Raises `NotLearned`."""
    command = [sys.executable, "-m", "bot.understanding", name, str(cache), str(file)]
    try:
        ended = subprocess.run(  # noqa: S603 - our own module
            command, input=shelf.as_json().encode(), capture_output=True, timeout=LONGEST, cwd=ROOT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotLearned(f"it took longer than {LONGEST} seconds") from error
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotLearned(said[-1] if said else f"ended with status {ended.returncode}")


@contextmanager
def _alone(folder: Path, name: str) -> Iterator[None]:
    """One process learns, others wait and find it done. Raises `OSError` where nothing can be written."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@remember
def _encoder_at(file: Path) -> Encoder | None:
    """Loaded once in a process."""
    try:
        return Encoder(load(file))
    except FileNotFoundError:
        logger.warning("The sentence encoder is missing: single words have to do. `aftercare learn` fetches it")
        return None
    except UNREADABLE as error:
        logger.error("The sentence encoder cannot be read, `aftercare learn` fetches it anew: %s", error)
        return None


@remember
def _code() -> str:
    """Changes with any line of this room."""
    digest = sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
