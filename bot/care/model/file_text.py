"""The words in a file, in whatever letters a spreadsheet program saved them."""

import codecs
from dataclasses import dataclass

from bot.care.model.typed_line import Remark

MOST_BYTES = 5 * 1024 * 1024
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a spreadsheet's own files begin, new and old."""
WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
OLD_WINDOWS = "cp1252"
MOST_NAMED = 20
"""Lines that are named one by one; a file that is no text has no others."""


@dataclass(frozen=True)
class Note:
    """Something to say about one row, numbered as a spreadsheet numbers it; 0 is the whole file."""

    row: int
    remark: Remark


class NotATable(Exception):
    """The file cannot be read at all, and why."""

    def __init__(self, *notes: Note) -> None:
        super().__init__([note.remark.name for note in notes])
        self.notes = notes


def decode(content: bytes) -> str:
    """Without its byte order mark; raises `NotATable`."""
    if len(content) > MOST_BYTES:
        raise NotATable(Note(0, Remark("too-big")))
    if content.startswith(WORKBOOKS):
        raise NotATable(Note(0, Remark("workbook")))
    text = _text(content)
    if not text.strip():
        raise NotATable(Note(0, Remark("empty")))
    raise_on(_lines_with(text.split("\n"), "\0"), "nul")
    return text


def raise_on(rows: list[int], name: str) -> None:
    """`NotATable` when there is such a row."""
    if rows:
        raise NotATable(*(Note(row, Remark(name)) for row in rows[:MOST_NAMED]))


def _text(content: bytes) -> str:
    wide = WIDE.get(content[:2]) or _wide_without_mark(content)
    if wide:
        text = content.decode(wide, errors="replace").removeprefix("\ufeff")
        raise_on(_lines_with(text.split("\n"), "\ufffd"), "broken-letters")
        return text
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _old_windows(content)


def _wide_without_mark(content: bytes) -> str:
    """Two bytes a letter, one of which is nearly always zero."""
    head = content[:400]
    zeros = [head[start::2].count(0) * 4 > len(head) for start in (0, 1)]
    return {(True, False): "utf-16-be", (False, True): "utf-16-le"}.get((zeros[0], zeros[1]), "")


def _old_windows(content: bytes) -> str:
    """Raises `NotATable` for what cannot be one: some lines are UTF-8, or a byte stands for no letter."""
    lines = content.split(b"\n")
    foreign = [number for number, line in enumerate(lines, 1) if not _is_utf8(line)]
    if content.startswith(codecs.BOM_UTF8) or any(_is_utf8(line) and not line.isascii() for line in lines):
        raise_on(foreign, "broken-letters")
    raise_on([number for number in foreign if not _reads_as_old_windows(lines[number - 1])], "broken-letters")
    return content.decode(OLD_WINDOWS)


def _is_utf8(line: bytes) -> bool:
    return _decodes(line, "utf-8")


def _reads_as_old_windows(line: bytes) -> bool:
    return _decodes(line, OLD_WINDOWS)


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lines_with(lines: list[str], sign: str) -> list[int]:
    return [number for number, line in enumerate(lines, 1) if sign in line]
