"""A file of patients, read as staff would type each of them: who can be enrolled, and everything that is wrong."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO

from bot.care.model.day_order import DayOrder, as_typed, settled
from bot.care.model.enrolment_form import FORMULA, EnrolmentForm, read
from bot.care.model.file_text import Note
from bot.care.model.looser import looser
from bot.care.model.people import Member
from bot.care.model.spreadsheet import Row, Table
from bot.care.model.typed_line import Known, Remark

COLUMNS = (
    "name", "treatment", "session", "next", "booked", "at", "ended", "surface", "area", "ref", "phone", "born", "lang",
    "zone", "country", "test",
)  # fmt: skip
DAYS = ("session", "next", "booked")
WHICH_DAY = frozenset({"future-session", "long-ago", "booked-past", "next-before"})
"""Wrong only once it is known which day is meant."""
ABOUT = {
    "bad-name": "name", "bad-treatment": "treatment", "near-treatment": "treatment", "bad-surface": "surface",
    "looser-surface": "surface", "bad-area": "area", "bad-phone": "phone", "bad-born": "born", "bad-language": "lang",
    "bad-zone": "zone", "bad-country": "country", "bad-test": "test",
}  # fmt: skip
"""What is wrong -> the column to mend, where that is no day and no hour."""
IN_ONE_CELL = frozenset({"unseen", "long-cell", "broken-letters"})


@dataclass(frozen=True)
class Entry:
    row: int
    form: EnrolmentForm
    warnings: tuple[Remark, ...]


@dataclass(frozen=True)
class Roster:
    """`faults`: any one of them, and nobody of the file is enrolled."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[Note, ...] = ()
    doubles: tuple[Note, ...] = ()
    """Rows that add nothing, as those people are there already."""
    unread: tuple[str, ...] = ()
    """Columns that mean nothing here."""
    example: str = ""
    """A faulty row as it might look."""
    unclear: str = ""
    """One of its dates, when all of them can be read with the day or with the month first."""
    since: int = 0
    """From this patient on, by number, nobody looked whether they are in this file."""


def read_table(table: Table, order: DayOrder | None, known: Known, member: Member | None) -> Roster:
    """`order` as staff answered it; else as the file's own dates say."""
    lacking = tuple(Note(1, Remark("no-column", {"option": option})) for option in _lacking(table))
    days = [row.cells[day] for row in table.rows for day in DAYS if day in row.cells]
    found = order or settled(days)
    faults, entries = [*table.notes, *lacking], []
    for row in table.rows:
        entry, problems = _read(row, found or DayOrder.DAY_FIRST, known, member)
        faults += [Note(row.number, problem) for problem in problems if not _is_told(problem, lacking)]
        entries.append(entry)
    if found is None:
        faults = [note for note in faults if note.remark.name not in WHICH_DAY]
    faults.sort(key=lambda note: note.row)
    example = "" if lacking or not faults else example_of(table, faults, known)
    unclear = "" if found else next(day for day in days if settled([day]) is None)
    return Roster(tuple(entries), tuple(faults), (), table.unread, example, unclear)


def _lacking(table: Table) -> Iterator[str]:
    yield from (option for option in ("name", "treatment") if option not in table.options)
    if not {"session", "booked"} & set(table.options):
        yield "session"


def _is_told(problem: Remark, lacking: tuple[Note, ...]) -> bool:
    """That the whole column is missing is not said again for each row."""
    columns = {note.remark.facts["option"] for note in lacking}
    return problem.name == "missing" and problem.facts["option"] in columns


def _read(row: Row, order: DayOrder, known: Known, member: Member | None) -> tuple[Entry, list[Remark]]:
    cells = {option: as_typed(cell, order) if option in DAYS else cell for option, cell in row.cells.items()}
    for hour in ("ended", "at"):
        if cells.get(hour, "").count(":") == 2:
            cells[hour] = cells[hour].rpartition(":")[0]  # with seconds, as spreadsheets save an hour
    reading = read(cells, known)
    problems = [*reading.problems, *(Remark("missing", {"option": option}) for option in reading.missing)]
    if not {"session", "booked"} & set(cells):
        problems.append(Remark("missing", {"option": "session"}))
    if reading.form.treatments:
        own = known.protocols[reading.form.treatments[0]].surface
        problems += looser(own, reading.form.surface, member, "")
    return Entry(row.number, reading.form, reading.warnings), problems


def example_of(table: Table, faults: Iterable[Note], known: Known) -> str:
    """The first faulty row as it might look, in the file's own columns."""
    rows = {row.number: row for row in table.rows}
    first = next((note.row for note in faults if note.row in rows), 0)
    plausible = examples(known)
    cells = dict(rows[first].cells) if first else {**plausible, "booked": ""}
    for remark in (note.remark for note in faults if note.row == first):
        cells |= _mended(remark, table, plausible)
    for option in ("name", "treatment", "session"):
        if option in table.options and not (option == "session" and "booked" in cells):
            cells.setdefault(option, plausible[option])
    return as_csv([[cells.get(option, "") for option in table.options]], table.separator)


def _mended(remark: Remark, table: Table, plausible: Mapping[str, str]) -> dict[str, str]:
    option = ABOUT.get(remark.name) or (remark.facts.get("option", "") if remark.name in IN_ONE_CELL else "")
    if option:
        return {option: remark.facts.get("chosen") or plausible[option]}
    if remark.name == "missing":
        return {}
    # what is wrong with days, hours or the row as a whole is mended as a whole
    day = "session" if "session" in table.options else "booked"
    kept = {option: plausible[option] for option in ("ended", "at", "next") if option in table.options}
    blank = dict.fromkeys(("session", "booked"), "")
    return {**blank, **kept, day: plausible[day], **({"next": ""} if day == "booked" else {})}


def examples(known: Known) -> dict[str, str]:
    """Cells that would be taken today."""
    yesterday = known.today - timedelta(days=1)
    return {
        "name": "Anna",
        "treatment": next(iter(known.protocols)),
        "session": yesterday.isoformat(),
        "next": (yesterday + timedelta(weeks=4)).isoformat(),
        "booked": (known.today + timedelta(weeks=1)).isoformat(),
        "at": "14:00",
        "ended": "16:30",
        "surface": known.protocols[next(iter(known.protocols))].surface.value,
        "area": "face",
        "ref": "1234",
        "phone": "02079460143",
        "born": "1990",
        "lang": known.languages[0],
        "zone": "Europe/London",
        "country": "GB",
        "test": "no",
    }


def as_csv(rows: Iterable[Iterable[str]], separator: str) -> str:
    """Never with a cell that a spreadsheet would run as a formula."""
    written = StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(
        [[_harmless(cell) for cell in row] for row in rows]
    )
    return written.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*FORMULA, "\t", "\r")) else cell
