"""Cut a text into the word pieces of an uncased BERT vocabulary."""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100
"""Characters; a longer one is unknown as a whole."""

_WORD = re.compile(r"\w+|[^\w\s]")


class Words(Container[str]):
    """The whole words among pieces: a set of them would take 2 MB more."""

    def __init__(self, pieces: Container[str]) -> None:
        self._pieces = pieces

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and text.isascii() and text.isalpha() and text in self._pieces


class WordPiece:
    """Greedy longest piece first; `vocabulary` in the order of the embedding's rows."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._rows = {piece: row for row, piece in enumerate(vocabulary)}
        self.words = Words(self._rows)
        self._unknown = self._rows[UNKNOWN]
        self.start, self.end = self._rows[START], self._rows[END]
        self._pieces = lru_cache(maxsize=20_000)(self._cut)

    def rows(self, text: str, *, most: int) -> list[int]:
        """At most so many, start and end included."""
        found: list[int] = []
        for word in _words(text):
            found += self._pieces(word)
            if len(found) >= most - 2:
                break
        return [self.start, *found[: most - 2], self.end]

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        at = 0
        while at < len(word):
            end, row = self._longest(word, at)
            if row is None:
                return (self._unknown,)
            found.append(row)
            at = end
        return tuple(found)

    def _longest(self, word: str, at: int) -> tuple[int, int | None]:
        for end in range(len(word), at, -1):
            row = self._rows.get(word[at:end] if at == 0 else f"##{word[at:end]}")
            if row is not None:
                return end, row
        return at, None


def _words(text: str) -> Iterator[str]:
    spread = unicodedata.normalize("NFD", _clean(text).lower())
    bare = "".join(char for char in spread if unicodedata.category(char) != "Mn")
    for match in _WORD.finditer(bare):
        yield from _parts(match.group())


def _clean(text: str) -> str:
    """Control characters vanish; each Chinese character is a word of its own."""
    return "".join(
        f" {char} " if "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" else char
        for char in text
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )


def _parts(word: str) -> list[str]:
    """An underscore is punctuation here, though a letter to `re`."""
    return [word] if "_" not in word else [part for part in re.split("(_)", word) if part]
