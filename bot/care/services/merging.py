"""Make one message of several steps that fall due together: safety first, nothing said twice, short enough to read."""

import re
from collections.abc import Iterator, Mapping, Sequence
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


def merge(parts: Sequence[Part], *, question: str = "", must: int | None = None) -> Merged:
    """The first part whole, then each further one whole, or in brief, or not at all, as the question leaves room.

    What is told of `must` finds room before all else, but keeps its place.
    """
    room = MOST - len(asked("", question))
    taken: dict[int, str] = {}
    for place in sorted(range(len(parts)), key=lambda n: (parts[n].id != must, n)):
        part = parts[place]
        ways = (taken | {place: text} for text in (part.text, part.brief) if text)
        taken = next((way for way in ways if not taken or len(_text(way)) <= room), taken)
    return Merged(_text(taken), tuple(parts[place].id for place in sorted(taken)))


def _text(taken: Mapping[int, str]) -> str:
    return _joined([taken[place] for place in sorted(taken)])


def asked(text: str, question: str) -> str:
    """A message with its question below; without one just the message."""
    return f"{text}\n\n<b>{question}</b>" if question else text


def _joined(texts: Sequence[str]) -> str:
    """One below the other; an opening or closing sentence that several share is said once."""
    closing = _closing(texts)
    said = [_without_opening(text, texts[0]) if n else text.strip() for n, text in enumerate(texts)]
    kept = [text.removesuffix(closing).rstrip() for text in said]
    paragraphs = [paragraph for text in (*kept, closing) for paragraph in text.split("\n\n") if paragraph]
    return "\n\n".join(_said_once(paragraphs))


def _said_once(paragraphs: Sequence[str]) -> Iterator[str]:
    """Without a paragraph all of whose sentences stand in another one."""
    said = [set(_sentences(paragraph)) for paragraph in paragraphs]
    for n, paragraph in enumerate(paragraphs):
        if not any(said[n] < other or (said[n] == other and m < n) for m, other in enumerate(said) if m != n):
            yield paragraph


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
