"""Make any text a patient may send into plain lower-case letters, whatever keyboard it came from."""

import re
import unicodedata

LONGEST = 4096
"""Telegram's own limit; nothing after it is read."""

_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")


def plain(text: str) -> str:
    """No accents, no invisible characters, one case; a letter repeated three times or more is kept twice."""
    kept = text[:LONGEST].translate(_APOSTROPHES)
    # most messages hold nothing to spread or drop, and looking at every letter is slow
    if not (kept.isascii() and kept.isprintable()):
        spread = unicodedata.normalize("NFKD", kept)[:LONGEST]
        kept = "".join(char for char in spread if char in "\n\t" or unicodedata.category(char) not in _DROPPED)
    return _LONG_RUN.sub(r"\1\1", kept.casefold())
