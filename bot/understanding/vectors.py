"""Vectors of lines by a hash of their text, kept on disk: an edited file costs only its new lines."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.understanding.arrays import Array
from bot.understanding.encoder import MOST_PIECES, Encoder
from bot.understanding.writing import replacing

FILE = "vectors.npz"
KEPT = 20_000
"""Vectors of lines that are no longer in use, so that an edit can be taken back."""


def vectors_of(texts: Sequence[str], encoder: Encoder, cache: Path) -> dict[str, Array]:
    """Rounded as they are kept, so that the first fit is the same as every later one."""
    known = _recall(cache / FILE)
    missing = list(dict.fromkeys(text for text in texts if _key(text) not in known))
    if missing:
        found = encoder.encode(missing).astype(np.float16)
        known = {**{_key(text): vector for text, vector in zip(missing, found, strict=True)}, **known}
        with suppress(OSError):
            _keep(known, cache / FILE)
    return {text: known[_key(text)].astype(np.float32) for text in dict.fromkeys(texts)}


def _key(text: str) -> bytes:
    return sha256(f"{MOST_PIECES} {text}".encode("utf-8", "surrogatepass")).digest()[:16]


def _recall(file: Path) -> dict[bytes, np.typing.NDArray[np.float16]]:
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            keys, vectors = stored["keys"], stored["vectors"]
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def _keep(known: Mapping[bytes, np.typing.NDArray[np.float16]], file: Path) -> None:
    newest = list(known.items())[:KEPT]
    keys = np.array([np.frombuffer(key, np.uint8) for key, _ in newest])
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as unfinished, unfinished.open("wb") as out:
        np.savez(out, keys=keys, vectors=np.array([vector for _, vector in newest]))
