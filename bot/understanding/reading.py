"""Read a text as one language: cut it and put mistyped words right."""

from dataclasses import dataclass

from bot.understanding.spelling import Speller
from bot.understanding.words import Cutter, Word


@dataclass(frozen=True)
class Reader:
    cutter: Cutter
    speller: Speller

    def read(self, text: str) -> tuple[Word, ...]:
        return self.speller.correct(self.cutter.cut(text))
