"""Take a spreadsheet's text apart: which column is which, and the rows below."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO

from bot.care.model.enrolment_form import FORMULA
from bot.care.model.file_text import NotATable, Note
from bot.care.model.typed_line import Remark

MOST_ROWS = 20_000
LONGEST_CELL = 200
SEPARATORS = ";,\t"
TOLD = re.compile(r'"?sep=([;,\t])"?\s*', re.IGNORECASE)
"""The line in which some programs say what separates the cells."""
NEAR = 0.85
"""How alike a column has to be to a known one to be a slip."""
UNSEEN = "\u200b\u200e\u200f\u2060\ufeff\u00ad"
"""Signs that show nothing; around a cell they mean nothing, inside it is not what it looks like."""
JOINERS = "\u200c\u200d"
"""Show nothing either, but some scripts cannot be spelled without them."""
HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
BROKEN = "\ufffd"


@dataclass(frozen=True)
class Row:
    number: int
    cells: Mapping[str, str]
    """Option -> what stands there; blank ones are left out."""


@dataclass(frozen=True)
class Table:
    separator: str
    options: tuple[str, ...]
    """In the order of the columns; empty where a column is not read."""
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    """What is wrong with it."""

    @property
    def unread(self) -> tuple[str, ...]:
        """Columns that mean nothing here."""
        return tuple(name for name, option in zip(self.header, self.options, strict=True) if name and not option)


def split(text: str, spellings: Mapping[str, str]) -> Table:
    """`spellings`: a column's name as `folded` -> the option it fills. Raises `NotATable`."""
    told = TOLD.match(text)
    separator = told[1] if told else _separator(text, spellings)
    records = _records(text, separator, first=1)
    notes: list[Note] = []
    header: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, cells in records:
        if isinstance(cells, Remark):
            notes.append(Note(number, cells))
        elif not any(cells) or (number == 1 and told):
            continue
        elif not header:
            header = tuple(cells)
            options = tuple(spellings.get(folded(name), "") for name in header)
            notes += [Note(number, remark) for remark in _about_columns(header, options, spellings)]
        elif len(rows) == MOST_ROWS:
            raise NotATable(Note(0, Remark("too-many-rows", {"limit": f"{MOST_ROWS:,}"})))
        else:
            rows.append(_row(number, cells, options))
            notes += [Note(number, remark) for remark in _about_cells(cells, header, options)]
    if not any(options):
        raise NotATable(*notes, Note(0, Remark("no-header")))
    return Table(separator, options, header, tuple(rows), tuple(notes))


def folded(name: str) -> str:
    """`Session_Date*` and `session date` are one column."""
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).split())


def _separator(text: str, spellings: Mapping[str, str]) -> str:
    """The one with which the first line names most columns."""
    first = next((line for line in text.splitlines() if line.strip(SEPARATORS + " \ufeff")), "")

    def known(separator: str) -> int:
        return sum(folded(name) in spellings for name in first.split(separator))

    return max(SEPARATORS, key=lambda separator: (known(separator), first.count(separator)))


def _records(text: str, separator: str, *, first: int) -> Iterator[tuple[int, list[str] | Remark]]:
    """Each row of the spreadsheet with its number, or what is wrong with it."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = first
    while True:
        try:
            yield number, _trimmed(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            name = "long-cell" if "limit" in str(error) else "quotes"
            yield number, Remark(name, {"limit": str(LONGEST_CELL)})
        number += 1


def _trimmed(cells: list[str]) -> list[str]:
    """Without what nobody sees around a cell, and without the blank cells at the end."""
    clean = [_clean(cell) for cell in cells]
    while clean and not clean[-1]:
        clean.pop()
    return clean


def _clean(cell: str) -> str:
    seen = " ".join(cell.split()).strip(UNSEEN + " ")
    # how a spreadsheet is told that a plus or an equals sign begins no formula
    return seen[1:] if seen.startswith("'") and seen[1:].startswith(FORMULA) else seen


def _row(number: int, cells: list[str], options: tuple[str, ...]) -> Row:
    held = zip(options, (cell if len(cell) <= LONGEST_CELL else shortened(cell) for cell in cells), strict=False)
    return Row(number, {option: cell for option, cell in held if option and cell})


def _about_columns(header: tuple[str, ...], options: tuple[str, ...], spellings: Mapping[str, str]) -> Iterator[Remark]:
    for option in sorted({option for option in options if option and options.count(option) > 1}):
        twice = [name for name, one in zip(header, options, strict=True) if one == option]
        yield Remark("column-twice", {"typed": ", ".join(twice)})
    for name, option in zip(header, options, strict=True):
        near = get_close_matches(folded(name), spellings, n=1, cutoff=NEAR) if name and not option else []
        if near:
            yield Remark("near-column", {"typed": shortened(name), "chosen": near[0]})


def _about_cells(cells: list[str], header: tuple[str, ...], options: tuple[str, ...]) -> Iterator[Remark]:
    beyond = [cell for place, cell in enumerate(cells) if cell and (place >= len(header) or not header[place])]
    if beyond:
        yield Remark("too-many-cells", {"typed": shortened(beyond[0])})
    for name, option, cell in zip(header, options, cells, strict=False):
        if not option:
            continue
        if len(cell) > LONGEST_CELL:
            yield Remark("long-cell", {"limit": str(LONGEST_CELL), "option": option})
        elif BROKEN in cell:
            yield Remark("broken-letters", {"option": option})
        elif any(unicodedata.category(sign) in HIDDEN and sign not in JOINERS for sign in cell):
            yield Remark("unseen", {"typed": name, "option": option})


def shortened(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:40]}…"
