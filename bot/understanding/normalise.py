"""Make any text a patient may send into plain lower-case letters, whatever keyboard it came from."""

import re
import unicodedata

LONGEST = 4096
"""Telegram's own limit; nothing after it is read."""

_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_TYPED = {**{code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}, ord("`"): "'"}
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")


def plain(text: str) -> str:
    """No accents, no invisible characters, one case; a letter repeated three times or more is kept twice."""
    if text.isascii():
        # nearly every message: nothing to spread, and only control characters to drop
        return _LONG_RUN.sub(r"\1\1", text[:LONGEST].translate(_TYPED).lower())
    spread = unicodedata.normalize("NFKD", text[:LONGEST].translate(_APOSTROPHES))[:LONGEST]
    kept = "".join(char for char in spread if char in "\n\t" or unicodedata.category(char) not in _DROPPED)
    return _LONG_RUN.sub(r"\1\1", kept.casefold())
