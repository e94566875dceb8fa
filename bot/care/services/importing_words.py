"""Tell staff what is in a file of patients: who would be enrolled, or everything that is wrong, row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.roster import COLUMNS, Entry, Roster, as_csv, examples
from bot.care.model.sheet import Card, Sheet
from bot.care.model.spreadsheet import folded
from bot.care.model.texts import flat, units
from bot.care.model.typed_line import Remark
from bot.care.model.words import Html
from bot.care.services.form_reading import closed_on, known_now
from bot.care.services.inviting import Inviting
from bot.care.services.speaking import Speaking

SHOWN = 10
"""Patients that are named before they are enrolled: enough to see that the columns are the right ones."""
MOST = 2_500
"""UTF-16 units of a list in a chat; all of a longer one goes along as a file."""
CARDS = 360
"""On one sheet: twenty pages."""
IN_EXAMPLE = ("name", "treatment", "session", "next", "booked", "ref", "phone", "born")


@dataclass(frozen=True)
class ImportingWords:
    speaking: Speaking
    inviting: Inviting

    def columns(self) -> dict[str, str]:
        """How a column may be headed, as `folded` -> the option it fills."""
        return {folded(name): option for option in COLUMNS for name in headings(self.speaking, option)}

    # --- what is wrong -----------------------------------------------------------------------------------------------

    def faults(self, roster: Roster) -> list[Html]:
        """A line each; rows with the very same fault share one."""
        said = _by_remark((note.remark, note.row) for note in roster.faults)
        return [self._at(rows, self._fault(remark)) for remark, rows in said]

    def _fault(self, remark: Remark) -> Html:
        """In its own words for a file, else in those for a typed line."""
        facts = dict(remark.facts)
        if "option" in facts:
            facts["column"] = headings(self.speaking, facts["option"])[0].capitalize()
        shelf, language = self.speaking.shelf, self.speaking.staff_language
        group = "import_faults" if shelf.has(f"phrases/import_faults/{remark.name}", language) else "enrolling_faults"
        return Html(self.speaking.staff(f"{group}/{remark.name}", **facts).removeprefix("- "))

    def _at(self, rows: Sequence[int], text: Html) -> Html:
        if rows == [0]:
            return text
        name = "row" if len(rows) == 1 else "rows"
        return self.speaking.staff(f"importing/{name}", rows=ranges(rows), text=text)

    # --- what would be done ------------------------------------------------------------------------------------------

    def patients(self, entries: Sequence[Entry], *, at: datetime) -> list[Html]:
        """The first few, as they would be enrolled."""
        lines = [self._patient(entry, at=at) for entry in entries[:SHOWN]]
        if len(entries) > SHOWN:
            lines.append(self.speaking.staff("importing/and-more", count=f"{len(entries) - SHOWN:,}"))
        return lines

    def _patient(self, entry: Entry, *, at: datetime) -> Html:
        form = entry.form
        surface = self.speaking.shelf.protocols[form.treatments[0]].surface
        enrolment = form.enrolment(0, surface=surface, by=0, at=at)
        summary = self.inviting.summary(enrolment, at=at)
        name = "patient-test" if form.test else "patient"
        return self.speaking.staff(f"importing/{name}", first_name=form.first_name, summary=summary)

    def notes(self, roster: Roster, *, at: datetime) -> list[Html]:
        """What is worth knowing: rows that add nothing, columns that are not read, days to look at again."""
        days = {entry.form.booked_on or entry.form.next_on for entry in roster.entries}
        closed = {day: closed_on(self.speaking, day, at=at) for day in days}
        said = [(note.remark, note.row) for note in roster.doubles]
        for entry in roster.entries:
            remarks = (*entry.warnings, *closed[entry.form.booked_on or entry.form.next_on])
            said += [(remark, entry.row) for remark in remarks]
        lines = [self._at(rows, self._note(remark)) for remark, rows in _by_remark(said)]
        if roster.unread:
            lines.append(self.speaking.staff("importing/unread", listed=", ".join(roster.unread)))
        return lines

    def _note(self, remark: Remark) -> Html:
        return self.speaking.staff(f"import_notes/{remark.name}", **remark.facts)

    # --- links on paper ----------------------------------------------------------------------------------------------

    def sheets(self, cards: Sequence[Card], *, until: datetime, at: datetime) -> list[Sheet]:
        """As many as a printer and a chat take well."""
        parts = [tuple(cards[first : first + CARDS]) for first in range(0, len(cards), CARDS)]
        names = [f"-{number}-of-{len(parts)}" for number in range(1, len(parts) + 1)] if len(parts) > 1 else [""]
        return [
            self.sheet(f"links-{at:%Y-%m-%d}{name}.pdf", part, until=until, at=at)
            for name, part in zip(names, parts, strict=True)
        ]

    def sheet(self, file: str, cards: tuple[Card, ...], *, until: datetime, at: datetime) -> Sheet:
        clinic = self.speaking.shelf.clinic.name
        heading = self.speaking.label("importing/sheet", clinic_name=clinic, until=self.speaking.moment(until, at=at))
        hint = self.speaking.label("importing/sheet-hint", bot_name=self.inviting.bot_name)
        return Sheet(file, heading, hint, cards)


def example_file(speaking: Speaking, *, at: datetime, test: bool) -> str:
    """A file that would be taken today: a session of yesterday, and a first one still to come.

    `test`: of test patients, where others may not be enrolled yet.
    """
    cells = examples(known_now(speaking.shelf, at=at)) | ({"test": "yes"} if test else {})
    treated = {**cells, "booked": ""}
    second = ("booked", "treatment", "test")
    to_come = {"name": speaking.label("importing/second-name"), **{one: cells[one] for one in second}}
    shown = (*IN_EXAMPLE, "test") if test else IN_EXAMPLE
    named = [headings(speaking, option)[0].capitalize() for option in shown]
    rows = ([row.get(option, "") for option in shown] for row in (treated, to_come))
    return as_csv([named, *rows], ",")


def headings(speaking: Speaking, option: str) -> list[str]:
    """How a column may be headed, our own name first."""
    return [name.strip() for name in speaking.label(f"import_columns/{option}").split(",")]


def _by_remark(said: Iterable[tuple[Remark, int]]) -> list[tuple[Remark, list[int]]]:
    """Each remark once, with all its rows."""
    found: dict[tuple[str, ...], tuple[Remark, list[int]]] = {}
    for remark, row in said:
        key = (remark.name, *remark.facts.values())
        found.setdefault(key, (remark, []))[1].append(row)
    return list(found.values())


def fitting(lines: Iterable[Html]) -> list[Html]:
    """As many of the first lines as a message takes."""
    kept: list[Html] = []
    size = 0
    for line in lines:
        size += units(flat(line)) + 1
        if kept and size > MOST:
            break
        kept.append(line)
    return kept


def ranges(rows: Sequence[int]) -> str:
    """`2, 3, 5-9`."""
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][-1] + 1:
            spans[-1][1:] = [row]
        else:
            spans.append([row])
    return ", ".join("-".join(map(str, span)) for span in spans)
