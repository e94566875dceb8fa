"""What a message is made of, for those members that count: stems, pairs, letters, concepts."""

from collections.abc import Iterable, Sequence

from bot.understanding.words import Word


def features(
    words: Sequence[Word], concepts: Iterable[str], *, silent: frozenset[str] = frozenset(), weight: int = 1
) -> list[str]:
    """Stems, neighbouring pairs and concepts, each concept as often as `weight` says.

    `silent` words do not count, nor pairs made of them only.
    """
    loud = [word.surface not in silent for word in words]
    stems = [word.stem for word, counts in zip(words, loud, strict=True) if counts] or [word.stem for word in words]
    pairs = [f"{words[at].stem} {words[at + 1].stem}" for at in range(len(words) - 1) if loud[at] or loud[at + 1]]
    return [*stems, *pairs, *(f"{'#' * copy}{name}" for name in concepts for copy in range(1, weight + 1))]


def grams(words: Iterable[Word], *, size: int = 4) -> list[str]:
    """Letter groups inside words, so that a slip costs only a part of a word."""
    found: list[str] = []
    for word in words:
        padded = f"<{word.surface}>"
        found += [padded[at : at + size] for at in range(max(1, len(padded) - size + 1))]
    return found
