"""Make any text a patient may send into plain lower-case letters, whatever keyboard it came from."""

import re
import unicodedata

LONGEST = 4096
"""Telegram's own limit; nothing after it is read."""

_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_BLANKS = str.maketrans("\n\t", "  ")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")


def plain(text: str) -> str:
    """No accents, no invisible characters, one case; a letter repeated three times or more is kept twice."""
    spread = unicodedata.normalize("NFKD", text[:LONGEST].translate(_APOSTROPHES))[:LONGEST]
    kept = spread if _is_plain(spread) else "".join(filter(_is_kept, spread))
    return _LONG_RUN.sub(r"\1\1", kept.casefold())


def _is_plain(text: str) -> bool:
    """As most people type: nothing in it to be dropped."""
    return text.isascii() and text.translate(_BLANKS).isprintable()


def _is_kept(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in _DROPPED
