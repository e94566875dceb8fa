"""Get what was learned from the content: from the cache, or by learning it now in a process of its own."""

import fcntl
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache as remember
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

from bot.understanding import learned
from bot.understanding.encoder import Encoder
from bot.understanding.fitting import learn
from bot.understanding.learned import Learned
from bot.understanding.shelf import WordShelf
from bot.understanding.weights import load

LANGUAGE = "en"
"""What the encoder speaks; other languages are matched by their words."""

ENCODER = Path("encoder") / "minilm-l6-v2-int8.npz"
FITTED = Path("fitted")
KEPT = 8
"""Fits that stay on disk, last used first: an edit that is taken back is live at once."""
LONGEST = 600
"""Seconds a fit may take before words alone have to do."""

UNREADABLE = (OSError, ValueError, KeyError, BadZipFile)
ROOT = Path(__file__).resolve().parents[2]

logger = logging.getLogger(__name__)


class NotLearned(Exception):
    """The process that learns failed; the message is the last that it said."""


@dataclass(frozen=True)
class Study:
    """`cache`: a folder that may be deleted at any time; it need not be writable."""

    cache: Path

    def encoder(self, language: str) -> Encoder | None:
        """None for other languages, and where the weights were never fetched or cannot be read."""
        return _encoder_at(self.cache / ENCODER) if language == LANGUAGE else None

    def learned(self, shelf: WordShelf) -> Learned:
        key = self._key(shelf)
        known = self._recall(key)
        if known is not None:
            return known
        logger.warning("Learning the words for %r; they are kept for the next start", shelf.language)
        try:
            return self._learn(shelf, key)
        except NotLearned as error:
            logger.error("Learning failed, single words have to do: %s", error)
            return learn(shelf, None)

    def _learn(self, shelf: WordShelf, key: str) -> Learned:
        try:
            with _alone(self.cache):
                known = self._recall(key)
                if known is not None:
                    return known
                _run(self.cache, self._file(key), shelf)
                self._forget_old()
        except OSError as error:
            logger.warning("The cache cannot be written (%s): what is learned now is not kept", error.strerror)
        known = self._recall(key)
        return known if known is not None else self._learn_elsewhere(shelf)

    def _learn_elsewhere(self, shelf: WordShelf) -> Learned:
        with tempfile.TemporaryDirectory(prefix="aftercare-words-") as folder:
            file = Path(folder) / "fitted.npz"
            _run(self.cache, file, shelf)
            try:
                return learned.load(file)
            except UNREADABLE as error:
                raise NotLearned(str(error)) from error

    def _recall(self, key: str) -> Learned | None:
        file = self._file(key)
        try:
            known = learned.load(file)
        except UNREADABLE:
            return None
        with suppress(OSError):
            file.touch()
        return known

    def _key(self, shelf: WordShelf) -> str:
        """Everything that takes part: the words, our own code, and whether there is an encoder."""
        with_encoder = self.encoder(shelf.language) is not None
        return sha256(f"{shelf.as_json()}\n{_code()}\n{with_encoder}".encode()).hexdigest()[:24]

    def _file(self, key: str) -> Path:
        return self.cache / FITTED / f"{key}.npz"

    def _forget_old(self) -> None:
        fits = sorted((self.cache / FITTED).glob("*.npz"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for old in fits[KEPT:]:
            old.unlink(missing_ok=True)


def _run(cache: Path, file: Path, shelf: WordShelf) -> None:
    """Raises `NotLearned`."""
    command = [sys.executable, "-m", "bot.understanding", str(cache), str(file)]
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
def _alone(cache: Path) -> Iterator[None]:
    """One process learns, others wait and find it done. Raises `OSError` where nothing can be written."""
    (cache / FITTED).mkdir(parents=True, exist_ok=True)
    with (cache / FITTED / "lock").open("a") as held:
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
