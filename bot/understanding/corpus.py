"""The content's lines as examples to learn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from bot.understanding.arrays import Whole
from bot.understanding.shelf import WordShelf, raising

FOLDS = 10
FAMILY = "~"
"""Before the id of an out-of-scope family."""


@dataclass(frozen=True)
class Line:
    """`label`: its topic or family; `flag`: the danger sign that it means."""

    text: str
    label: str | None = None
    flag: str | None = None

    @property
    def fold(self) -> int:
        """The same for the same words, whatever else is in the content."""
        return crc32(" ".join(self.text.lower().split()).encode("utf-8", "replace")) % FOLDS


def labelled(shelf: WordShelf) -> list[Line]:
    """Topics first, then out-of-scope families, each label's lines together."""
    return [
        *(Line(text, topic) for topic, lines in shelf.topics.items() for text in lines),
        *(Line(text, FAMILY + family) for family, lines in shelf.families.items() for text in lines),
    ]


def dangerous(shelf: WordShelf) -> list[Line]:
    return [Line(text, flag=str(flag["id"])) for flag in shelf.flags for text in raising(flag)]


def calm(shelf: WordShelf) -> list[Line]:
    """No danger sign, and no topic's phrasing either."""
    known = {line.text for line in labelled(shelf)}
    return [Line(text) for text in shelf.ordinary() if text not in known]


def everything(shelf: WordShelf) -> list[Line]:
    return [*labelled(shelf), *calm(shelf), *dangerous(shelf)]


def folds(lines: Sequence[Line]) -> Whole:
    return np.array([line.fold for line in lines], np.int64)
