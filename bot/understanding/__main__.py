"""The process that learns: a folder to keep vectors in and the file to write as arguments, a `WordShelf` as JSON in."""

import sys
from pathlib import Path

from bot.understanding.corpus import calm, dangerous, labelled
from bot.understanding.fitting import learn
from bot.understanding.learned import save
from bot.understanding.learning import Study
from bot.understanding.shelf import WordShelf
from bot.understanding.vectors import vectors_of
from bot.understanding.writing import replacing


def main(cache: Path, file: Path) -> None:
    shelf = WordShelf.from_json(sys.stdin.buffer.read().decode("utf-8"))
    encoder = Study(cache).encoder(shelf.language)
    texts = [line.text for line in (*labelled(shelf), *calm(shelf), *dangerous(shelf))]
    vectors = None if encoder is None else vectors_of(texts, encoder, cache)
    learned = learn(shelf, vectors)
    with replacing(file) as unfinished:
        save(learned, unfinished)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
