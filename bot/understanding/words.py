"""Cut plain text into words that know their stem, their clause and their sentence."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from bot.understanding.normalise import plain, plain_lines

_PIECE = re.compile(
    r"(?P<number>\d+[.,]\d+)|(?P<word>[^\W_]+(?:'[^\W_]+)*)|(?P<stop>[.!?;\n]+|\.{2,})|(?P<pause>,|:|\(|\)|-{2,}| - )"
    r"|(?P<sign>[☀-➿\U0001f000-\U0001faff])"
)
_WORD = re.compile(r"\d+[.,]\d+|[^\W_]+(?:'[^\W_]+)*|[☀-➿\U0001f000-\U0001faff]")
_STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "de": "german"}
MOST_WORDS = 900


class Word(NamedTuple):
    """`at` is the character where it starts in the plain text."""

    surface: str
    stem: str
    clause: int
    sentence: int
    at: int


class Stemmer:
    """Stems of one language, remembered."""

    def __init__(self, language: str) -> None:
        inner = snowballstemmer.stemmer(_STEMMERS.get(language, "english"))
        self.stem = lru_cache(maxsize=30_000)(lambda word: str(inner.stemWord(word[:40])))


class Cutter:
    """Cuts a text into words; `short` spells out what people abbreviate (`b4` -> `before`)."""

    def __init__(self, stemmer: Stemmer, short: Mapping[str, str]) -> None:
        self._stem = stemmer.stem
        self._short = short

    def surfaces(self, texts: Iterable[str]) -> set[str]:
        """The words of the content's thousands of lines, whatever their stems: quick, as every start waits for it."""
        pieces = {piece.replace("'", "") for piece in _WORD.findall("\n".join(plain_lines(texts)))}
        return {part for surface in pieces for part in self._short.get(surface, surface).split()}

    def cut(self, text: str) -> tuple[Word, ...]:
        words: list[Word] = []
        clause = sentence = 0
        for piece in _PIECE.finditer(plain(text)):
            if piece.lastgroup == "stop":
                clause, sentence = clause + 1, sentence + 1
            elif piece.lastgroup == "pause":
                clause += 1
            else:
                surface = piece.group().replace("'", "")
                parts = self._short.get(surface, surface).split()
                words += [Word(part, self._stem(part), clause, sentence, piece.start()) for part in parts]
            if len(words) >= MOST_WORDS:
                break
        return tuple(words)
