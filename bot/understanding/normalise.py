"""Make any text a patient may send into plain lower-case letters, whatever keyboard it came from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 4096
"""Telegram's own limit; nothing after it is read."""

_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_TYPED = {**{code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}, ord("`"): "'"}
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")


def plain_lines(texts: Iterable[str]) -> Iterator[str]:
    """As `plain` for each of many lines; what all keyboards write alike is made plain in one go."""
    lines = list(texts)
    yield _typed("\n".join(line for line in lines if line.isascii()))
    yield from (plain(line) for line in lines if not line.isascii())


def plain(text: str) -> str:
    """No accents, no invisible characters, one case; a letter repeated three times or more is kept twice."""
    if text.isascii():
        # nearly every message: nothing to spread, and only control characters to drop
        return _typed(text[:LONGEST])
    spread = unicodedata.normalize("NFKD", text[:LONGEST].translate(_APOSTROPHES))[:LONGEST]
    kept = "".join(char for char in spread if char in "\n\t" or unicodedata.category(char) not in _DROPPED)
    return _LONG_RUN.sub(r"\1\1", kept.casefold())


def _typed(text: str) -> str:
    return _LONG_RUN.sub(r"\1\1", text.translate(_TYPED).lower())
