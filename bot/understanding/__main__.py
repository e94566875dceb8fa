"""The process that learns: what, a folder to keep vectors in and the file to write; a `WordShelf` as JSON comes in."""

import sys
from pathlib import Path

from bot.understanding.learning import PARTS, Study
from bot.understanding.shelf import WordShelf
from bot.understanding.vectors import vectors_of
from bot.understanding.writing import replacing


def main(name: str, cache: Path, file: Path) -> None:
    part = PARTS[name]
    shelf = WordShelf.from_json(sys.stdin.buffer.read().decode("utf-8"))
    encoder = Study(cache).encoder(shelf.language)
    texts = [line.text for line in part.lines(shelf)]
    learned = part.learn(shelf, None if encoder is None else vectors_of(texts, encoder, cache))
    with replacing(file) as unfinished:
        part.save(learned, unfinished)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
