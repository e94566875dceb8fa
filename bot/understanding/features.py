"""What a message is made of, for those members that count: stems, pairs, letters, concepts."""

from collections.abc import Iterable, Sequence

from bot.understanding.words import Word


def features(words: Sequence[Word], concepts: Iterable[str]) -> list[str]:
    """Stems, neighbouring pairs and the names of the concepts found."""
    stems = [word.stem for word in words]
    pairs = [f"{left} {right}" for left, right in zip(stems, stems[1:], strict=False)]
    return [*stems, *pairs, *(f"#{name}" for name in concepts)]


def grams(words: Iterable[Word], *, size: int = 4) -> list[str]:
    """Letter groups inside words, so that a slip costs only a part of a word."""
    found: list[str] = []
    for word in words:
        padded = f"<{word.surface}>"
        found += [padded[at : at + size] for at in range(max(1, len(padded) - size + 1))]
    return found
