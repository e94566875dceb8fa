"""Leave out of a file whoever is enrolled already: the same row, also in a second file, adds nothing."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.care.model.enrolment import Enrolment, EnrolmentStatus
from bot.care.model.enrolment_form import EnrolmentForm
from bot.care.model.file_text import Note
from bot.care.model.people import Patient
from bot.care.model.roster import Entry
from bot.care.model.typed_line import Remark
from bot.care.ports.records import Work

Session = tuple[str, date | None, frozenset[str]]
"""Whose, on which day, and what."""


@dataclass
class Namesakes:
    """Looks at one entry after the other and remembers those before it."""

    work: Work
    _named: dict[str, Mapping[Session, list[Patient]]] = field(default_factory=dict)
    _with_ref: dict[str, Patient] = field(default_factory=dict)
    _refs: dict[str, int] = field(default_factory=dict)
    _sessions: dict[Session, list[tuple[int, str]]] = field(default_factory=dict)

    def leave_out(self, entries: Iterable[Entry]) -> tuple[list[Entry], list[Note]]:
        """Who is new, and of the others why they are not."""
        entries = list(entries)
        known = self.work.patients.with_refs([entry.form.ref for entry in entries if entry.form.ref])
        self._with_ref = {folded(patient.ref): patient for patient in known}
        new, doubles = [], []
        for entry in entries:
            remark = self._in_this_file(entry) or self._enrolled(entry.form)
            if remark is None:
                new.append(entry)
            else:
                doubles.append(Note(entry.row, remark))
        return new, doubles

    def _in_this_file(self, entry: Entry) -> Remark | None:
        ref, session = folded(entry.form.ref), _session(entry.form)
        same_ref = self._refs.setdefault(ref, entry.row) if ref else entry.row
        others = self._sessions.setdefault(session, [])
        same = [row for row, other in others if not _are_two(ref, other)]
        others.append((entry.row, ref))
        first = min([same_ref, *same])
        return Remark("twice", {"row": str(first)}) if first != entry.row else None

    def _enrolled(self, form: EnrolmentForm) -> Remark | None:
        by_ref = self._with_ref.get(folded(form.ref))
        if by_ref is not None:
            return _there("same-ref", by_ref)
        same = self._of_name(form.first_name).get(_session(form), ())
        one = next((patient for patient in same if not _are_two(folded(form.ref), folded(patient.ref))), None)
        return None if one is None else _there("same-session", one)

    def _of_name(self, name: str) -> Mapping[Session, list[Patient]]:
        """Looked up once for each name: many share theirs."""
        key = folded(name)
        if key not in self._named:
            self._named[key] = found = defaultdict[Session, list[Patient]](list)
            for patient in self.work.patients.named(name):
                for session in _sessions_of(key, self.work.enrolments.course(patient.id)):
                    found[session].append(patient)
        return self._named[key]


def folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).strip().casefold()


def _session(form: EnrolmentForm) -> Session:
    return folded(form.first_name), form.session_on or form.booked_on, frozenset(form.treatments)


def _sessions_of(key: str, course: Iterable[Enrolment]) -> Iterator[Session]:
    for enrolment in course:
        if enrolment.status is not EnrolmentStatus.CANCELLED:
            yield key, enrolment.session_on or enrolment.next_on, frozenset(enrolment.treatments)


def _are_two(ref: str, other: str) -> bool:
    """Two of one name on one day, each with a record number of their own."""
    return bool(ref and other and ref != other)


def _there(name: str, patient: Patient) -> Remark:
    return Remark(name, {"first_name": patient.first_name, "patient_code": patient.code})
