"""Compile approved words once, and accept nothing in them but text, placeholders and plain conditions."""

import re
from functools import lru_cache

from bot.care.model.words import DIMENSIONS
from bot.library.compiled import Compiled, Placeholder, Problem

LONGEST = 8_000
"""Bytes of one text."""

_PLACEHOLDER = re.compile(r"\{\{ ([a-z][a-z0-9_]*) \}\}")
_SIMPLE = re.compile(r"[^{}\r]*(?:\{\{ [a-z][a-z0-9_]* \}\}[^{}\r]*)*")
MOST_SIMPLE = 100


@lru_cache(maxsize=8192)
def compile_words(text: str, allowed: frozenset[str]) -> Compiled | tuple[Problem, ...]:
    """The compiled words, or everything that is wrong with them. `allowed`: placeholders that may be used."""
    text = text.strip()
    if len(text.encode()) > LONGEST:
        return (Problem(0, f"longer than {LONGEST} bytes"),)
    if "{" not in text and "}}" not in text:
        return Compiled(text)
    simple = _simple(text, allowed)
    if simple is not None:
        return simple
    # Jinja's parser: 2 MB, and 30 ms of a start, that nearly all content does without
    from bot.library.conditions import compile_conditions  # noqa: PLC0415

    return compile_conditions(text, allowed)


def _simple(text: str, allowed: frozenset[str]) -> Compiled | None:
    """Text and known placeholders only, as nearly all words are: the same as Jinja's parser finds, in no time."""
    if not _SIMPLE.fullmatch(text):
        return None
    pieces = _PLACEHOLDER.split(text)
    names = frozenset(pieces[1::2])
    if not names <= allowed or not names.isdisjoint(DIMENSIONS) or len(pieces) > MOST_SIMPLE:
        return None
    parts = tuple(Placeholder(piece) if n % 2 else piece for n, piece in enumerate(pieces) if piece)
    return Compiled(text, names, frozenset(), parts)
