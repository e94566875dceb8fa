"""The questions of one step in the text of a protocol: other ones, or in another order, each as it is written."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

import tomlkit

from bot.care.model.protocol import Ask

STEP = re.compile(r"\s*\[\[\s*step\s*\]\]")
ASK = re.compile(r"\s*\[\[\s*step\s*\.\s*ask\s*\]\]")
INSIDE = re.compile(r"\s*\[\[?\s*step\s*\.\s*ask\s*\.")
HEADER = re.compile(r"\s*\[\[?\s*[\w.\s-]+\]\]?\s*(#.*)?$")
REMARK = re.compile(r"\s*(#.*)?$")
"""A comment, or nothing."""


def with_asks(text: str, place: int, asks: Sequence[int | Ask]) -> str:
    """`place`: of the step among all steps; `asks`: the places that questions have in it now, and new questions.

    A comment right above a question goes with it. What is no list of `[[step.ask]]` is left alone: whoever reads the
    text again sees that it does not say what was wanted.
    """
    lines = text.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if STEP.match(line)]
    if place >= len(starts):
        return text
    first = starts[place]
    last = next((n for n in range(first + 1, len(lines)) if _is_beyond(lines[n])), len(lines))
    heads = [n for n in range(first, last) if ASK.match(lines[n])]
    tops = [_top(lines, head) for head in heads]
    ends = [_end(lines, end) for end in (*tops, last)]
    blocks = [lines[top:end] for top, end in zip(tops, ends[1:], strict=True)]
    if any(isinstance(one, int) and one >= len(blocks) for one in asks):
        return text
    chosen = [blocks[one] if isinstance(one, int) else _written(one) for one in asks]
    between = [lines[end:top] for end, top in zip(ends, tops, strict=False)]
    more = [["\n"]] * (len(chosen) - len(between))
    said = [line for gap, block in zip([*between, *more], chosen, strict=False) for line in (*gap, *block)]
    return "".join((*_ended(lines[: ends[0]]), *_ended(said), *lines[ends[-1] :]))


def plain(ask: Ask) -> dict[str, Any]:
    """Of a question that a step was given by a tap."""
    only_if = {"only_if": list(ask.only_if)} if ask.only_if else {}
    return {"id": ask.id, "kind": ask.kind.value, **only_if}


def _written(ask: Ask) -> list[str]:
    return ["[[step.ask]]\n", *tomlkit.dumps(plain(ask)).splitlines(keepends=True)]


def _is_beyond(line: str) -> bool:
    """The head of what is no question of this step."""
    return HEADER.match(line) is not None and not ASK.match(line) and not INSIDE.match(line)


def _top(lines: Sequence[str], head: int) -> int:
    """With the comment right above it."""
    above = takewhile(lambda line: line.lstrip().startswith("#"), reversed(lines[:head]))
    return head - len(list(above))


def _end(lines: Sequence[str], end: int) -> int:
    """Without comments and blank lines before what comes next: they are about that."""
    return end - len(list(takewhile(REMARK.match, reversed(lines[:end]))))


def _ended(lines: Sequence[str]) -> list[str]:
    """The last line of a file may have no end, until another one follows it."""
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]
