"""Enrol everybody in a file: first it is said what would happen, then all of them are there at once, or nobody."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from bot.care.model.codes import shown
from bot.care.model.day_order import DayOrder
from bot.care.model.file_text import NotATable, decode
from bot.care.model.inbound import AuditEvent
from bot.care.model.people import Member
from bot.care.model.roster import Entry, Roster, read_table
from bot.care.model.sheet import Card
from bot.care.model.spreadsheet import split
from bot.care.model.texts import flat
from bot.care.ports.outside import Clock
from bot.care.ports.people import Newcomer
from bot.care.ports.records import NotRemembered, Records, Work
from bot.care.services.form_reading import known_now
from bot.care.services.importing_words import ImportingWords
from bot.care.services.inviting import Inviting
from bot.care.services.namesakes import Namesakes, folded
from bot.care.services.speaking import Speaking

AT_ONCE = 24
"""Patients added in one transaction: the writer is free for others again within 0.05 s."""
AT_WORK = timedelta(minutes=2)
"""Without a sign from whoever began a file, and it may be begun anew."""
ABANDONED = timedelta(hours=1)
PRINTED_LIVES = timedelta(days=14)
"""A link on paper waits until it is handed over."""


class UnderWay(Exception):
    """Somebody else is enrolling this very file, or was a moment ago."""


@dataclass(frozen=True)
class Staged:
    """Everybody of a file, out of sight until it goes live. `codes`: from the first to the last of each piece."""

    batch: int
    roster: Roster
    cards: tuple[Card, ...]
    codes: str
    until: datetime


@dataclass(frozen=True)
class Importing:
    clock: Clock
    speaking: Speaking
    inviting: Inviting

    @property
    def words(self) -> ImportingWords:
        return ImportingWords(self.speaking, self.inviting)

    async def look(
        self, records: Records, content: bytes, *, order: DayOrder | None = None, member: Member | None = None
    ) -> Roster:
        """What would come of the file; nothing is kept. `member` sent it; on the command line nobody did."""
        now = self.clock.now()
        # in another thread: thousands of rows take their time, and patients are answered meanwhile
        roster = await asyncio.to_thread(self._read, content, order, member, at=now)
        if roster.faults or roster.unclear:
            return roster
        return await records.read(lambda work: _without_doubles(work, roster))

    async def stage(
        self,
        records: Records,
        content: bytes,
        roster: Roster,
        *,
        by: int,
        done: Callable[[int], None] = lambda _: None,
    ) -> Staged:
        """Add them in many short deeds. `done` hears how many are there. Raises `UnderWay`."""
        now, entries = self.clock.now(), roster.entries
        until = now + PRINTED_LIVES
        file_hash = self._hash(content)
        batch = await records.write(lambda work: work.batches.begin(file_hash, rested=AT_WORK))
        if batch is None:
            raise UnderWay
        cards: list[Card] = []
        codes: list[str] = []
        for first in range(0, len(entries), AT_ONCE):
            some = entries[first : first + AT_ONCE]
            newcomers, links = self._newcomers(some, by=by, at=now, until=until)
            added = await records.write(partial(_add, batch=batch, newcomers=newcomers))
            cards += [self._card(one, *link, at=now) for one, link in zip(added, links, strict=True)]
            codes.append("..".join(dict.fromkeys((added[0].patient.code, added[-1].patient.code))))
            done(len(cards))
        return Staged(batch, roster, tuple(cards), " ".join(codes), until)

    async def forget_abandoned(self, records: Records) -> None:
        """What was begun and never went live, piece by piece."""
        for batch in await records.read(lambda work: work.batches.left_over(rested=ABANDONED)):
            while await records.write(partial(_clear, batch=batch)):
                pass

    def go_live(self, work: Work, staged: Staged, actor: str, *, at: datetime) -> bool:
        """All of them at once; False, and they are given up, when one was enrolled by another way meanwhile.

        Raises `UnderWay` when they were given up before.
        """
        if _overtaken(work, staged):
            work.batches.give_up(staged.batch)
            return False
        if not work.batches.go_live(staged.batch, at=at):
            raise UnderWay
        detail = f"{len(staged.cards)}: {staged.codes}"
        work.audit.add(AuditEvent(at, actor, "import", f"batch:{staged.batch}", detail))
        return True

    def _read(self, content: bytes, order: DayOrder | None, member: Member | None, *, at: datetime) -> Roster:
        known = known_now(self.speaking.shelf, at=at)
        try:
            return read_table(split(decode(content), self.words.columns()), order, known, member)
        except NotATable as error:
            return Roster(faults=error.notes)

    def _hash(self, content: bytes) -> str:
        return self.inviting.keys.hash(sha256(content).hexdigest())

    def _newcomers(
        self, entries: Sequence[Entry], *, by: int, at: datetime, until: datetime
    ) -> tuple[list[Newcomer], list[tuple[str, str]]]:
        """Made ready before the writer is asked for; ids and codes are the records' to give."""
        newcomers, links = [], []
        shelf = self.speaking.shelf
        for form in (entry.form for entry in entries):
            invitation, link, code = self.inviting.link(patient_id=0, until=until)
            surface = shelf.protocols[form.treatments[0]].surface
            enrolment = form.enrolment(0, surface=surface, by=by, at=at)
            newcomers.append(Newcomer(form.patient(shelf.clinic, at=at), enrolment, invitation))
            links.append((link, code))
        return newcomers, links

    def _card(self, newcomer: Newcomer, link: str, code: str, *, at: datetime) -> Card:
        patient = newcomer.patient
        summary = flat(self.inviting.summary(newcomer.enrolment, at=at))
        name = flat(self.speaking.marked(patient.first_name, patient))
        return Card(name, f"{patient.code}: {summary}", link, shown(code))


def _without_doubles(work: Work, roster: Roster) -> Roster:
    since = work.batches.first_unseen()
    new, doubles = Namesakes(work).leave_out(roster.entries)
    return replace(roster, entries=tuple(new), doubles=tuple(doubles), since=since)


def _overtaken(work: Work, staged: Staged) -> bool:
    """Looked at once more are only those who may be somebody that came meanwhile: nearly always nobody came."""
    came = work.batches.seen(since=staged.roster.since)
    if not came:
        return False
    names, refs = {folded(one.first_name) for one in came}, {folded(one.ref) for one in came} - {""}
    forms = ((entry, entry.form) for entry in staged.roster.entries)
    alike = [entry for entry, form in forms if folded(form.first_name) in names or folded(form.ref) in refs]
    return bool(Namesakes(work).leave_out(alike)[1])


def _clear(work: Work, *, batch: int) -> bool:
    return work.batches.clear(batch, most=AT_ONCE)


def _add(work: Work, *, batch: int, newcomers: Sequence[Newcomer]) -> Sequence[Newcomer]:
    try:
        return work.batches.add(batch, newcomers)
    except NotRemembered as error:
        raise UnderWay from error
