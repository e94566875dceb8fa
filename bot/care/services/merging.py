"""Make one message of several steps that fall due together: safety first, nothing said twice, short enough to read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 1200
"""Characters of a merged message; what does not fit leaves by itself right after."""
SENTENCE_END = re.compile(r"(?<=[.?])\s+")


@dataclass(frozen=True)
class Part:
    """One step's words. `brief` is the one line that must not be lost; empty when there is none."""

    id: int
    text: str
    brief: str = ""


@dataclass(frozen=True)
class Merged:
    text: str
    carried: tuple[int, ...]
    """Ids of the parts that are in it, in whole or in brief."""


def merge(parts: Sequence[Part], *, question: str = "") -> Merged:
    """The first part whole, then each further one whole, or in brief, or not at all, as the question leaves room."""
    room = MOST - len(asked("", question))
    first, *others = parts
    texts, carried = [first.text], [first.id]
    for part in others:
        for text in (part.text, part.brief):
            if text and len(_joined([*texts, text])) <= room:
                texts.append(text)
                carried.append(part.id)
                break
    return Merged(_joined(texts), tuple(carried))


def asked(text: str, question: str) -> str:
    """A message with its question below; without one just the message."""
    return f"{text}\n\n<b>{question}</b>" if question else text


def _joined(texts: Sequence[str]) -> str:
    """One below the other; an opening or closing sentence that several share is said once."""
    closing = _closing(texts)
    said = [_without_opening(text, texts[0]) if n else text.strip() for n, text in enumerate(texts)]
    kept = [text.removesuffix(closing).rstrip() for text in said]
    return "\n\n".join(text for text in (*kept, closing) if text)


def _sentences(text: str) -> list[str]:
    return SENTENCE_END.split(text.strip())


def _closing(texts: Sequence[str]) -> str:
    """The line below the first whole message, which stays below everything; a brief is one line and has none."""
    endings = (text.strip().rpartition("\n\n") for text in texts)
    return next((last for rest, _, last in endings if rest), "")


def _without_opening(text: str, first: str) -> str:
    opening = _sentences(first)[0]
    rest = text.strip().removeprefix(opening).lstrip()
    return rest if rest and _sentences(text)[0] == opening else text.strip()
