"""Cut a longer message into parts that can be understood by themselves."""

import re
from collections.abc import Iterator

LONGEST = 24
"""Words of one part; who writes without full stops is read in such pieces."""
SHORTEST = 3
MOST = 40
BEFORE_LETTERS = 4096

_ENDS = re.compile(
    r"[.!?;\n…]+|(?<=\w),?\s+(?:and|also|plus|but)\s+(?=(?:can|could|when|is|are|how|what|do|does|should|may|my|the|i|its)\b)",
    re.I,
)


_COURTESY = re.compile(
    r"(?:[\s,!.:;-]*\b(?:hi|hey|hello|ok|okay|thanks|thank you|thx|ty|cheers|sorry"
    r"|good (?:morning|afternoon|evening))\b"
    r"(?: (?:so much|very much|a lot|again|there))?)+[\s,!.:;-]*",
    re.I,
)


def without_courtesy(text: str) -> str:
    """What follows the thanks or the greeting it opens with; empty where it opens with none, or says no more."""
    opening = _COURTESY.match(text)
    return text[opening.end() :] if opening is not None else ""


def parts(text: str) -> list[str]:
    """One part for a short message; pieces with fewer than three words stay with the one before."""
    found: list[str] = []
    for piece in _pieces(text[:BEFORE_LETTERS]):
        if found and (len(piece.split()) < SHORTEST or len(found[-1].split()) < SHORTEST):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found[:MOST]


def _pieces(text: str) -> Iterator[str]:
    for sentence in _ENDS.split(text):
        words = sentence.split()
        yield from (" ".join(words[start : start + LONGEST]) for start in range(0, len(words), LONGEST))
