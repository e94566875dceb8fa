"""Patients: names, references and phone numbers sealed, found again by keyed hash."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, bindparam, select

from bot.care.model.people import Consent, Contact, Patient
from bot.records.codes import patient_code
from bot.records.enrolments import RUNNING
from bot.records.hiding import is_shown
from bot.records.tables import EnrolmentRow, Mark, PatientRow, table
from bot.records.transaction import Transaction

patients, enrolments, marks = table(PatientRow), table(EnrolmentRow), table(Mark)
# the newest is theirs; whoever writes is looked up by their chat each time, so it is built once
NEWEST = select(patients).where(is_shown()).order_by(patients.c.id.desc()).limit(1)
BY_CHAT = NEWEST.where(patients.c.chat == bindparam("chat"))

MOST_NAMED = 500
"""Values in one statement."""


@dataclass(frozen=True)
class SqlPatients:
    transaction: Transaction

    def add(self, patient: Patient) -> Patient:
        added = replace(patient, code=patient.code or self._next_codes(1)[0])
        return replace(added, id=self.transaction.insert(patients, self._columns(added)))

    def add_all(self, newcomers: Sequence[Patient], *, batch: int) -> Sequence[Patient]:
        """Hidden until their batch is live."""
        codes = self._next_codes(len(newcomers))
        added = [replace(patient, code=code) for patient, code in zip(newcomers, codes, strict=True)]
        ids = self.transaction.insert_all(patients, [{**self._columns(one), "batch": batch} for one in added])
        return [replace(patient, id=its_id) for patient, its_id in zip(added, ids, strict=True)]

    def save(self, patient: Patient) -> None:
        self.transaction.save(patients, patient.id, self._columns(patient))

    def get(self, patient_id: int) -> Patient:
        return self._patient(self.transaction.by_id(patients, patient_id))

    def by_code(self, code: str) -> Patient | None:
        return self._found(NEWEST.where(patients.c.code == code.strip().upper()))

    def by_chat(self, chat: int) -> Patient | None:
        return self._found(BY_CHAT, chat=chat)

    def by_ref(self, ref: str) -> Patient | None:
        ref_hash = self._ref_hash(ref)
        return None if ref_hash is None else self._found(NEWEST.where(patients.c.ref_hash == ref_hash))

    def with_refs(self, refs: Sequence[str]) -> Sequence[Patient]:
        hashes = [found for found in map(self._ref_hash, refs) if found is not None]
        pieces = (hashes[first : first + MOST_NAMED] for first in range(0, len(hashes), MOST_NAMED))
        found = [patient for piece in pieces for patient in self.chosen(patients.c.ref_hash.in_(piece))]
        return sorted(found, key=lambda patient: patient.id)

    def named(self, first_name: str) -> Sequence[Patient]:
        same_name = patients.c.first_name_hash == self._hash("first-name", first_name)
        return self.chosen(same_name)

    def unconnected(self, *, since: datetime, until: datetime) -> Sequence[Patient]:
        begun = (enrolments.c.created_at >= since, enrolments.c.created_at < until)
        new = select(enrolments.c.patient_id).where(*begun, enrolments.c.status.in_(RUNNING))
        return self.chosen(patients.c.id.in_(new), patients.c.consent_at.is_(None), patients.c.no_telegram_at.is_(None))

    def chosen(self, *which: ColumnElement[bool]) -> Sequence[Patient]:
        """Oldest first."""
        rows = self.transaction.rows(select(patients).where(*which, is_shown()).order_by(patients.c.id))
        return [self._patient(row) for row in rows]

    def _found(self, statement: Select[Any], **given: object) -> Patient | None:
        row = self.transaction.first(statement, **given)
        return None if row is None else self._patient(row)

    def _next_codes(self, count: int) -> list[str]:
        """The update locks the counter until the commit, so no two patients draw the same number."""
        draw = marks.update().where(marks.c.name == "patient-code").values(number=marks.c.number + count)
        drawn = self.transaction.connection.execute(draw.returning(marks.c.number)).scalar_one()
        codes = [patient_code(number) for number in range(drawn - count, drawn)]
        taken = {row.code for row in self.transaction.rows(select(patients.c.code).where(patients.c.code.in_(codes)))}
        free = [code for code in codes if code not in taken]
        return [*free, *self._next_codes(len(taken))] if taken else free

    def _hash(self, purpose: str, words: str) -> str:
        folded = unicodedata.normalize("NFKC", words).strip().casefold()
        return self.transaction.cipher.keyed_hash(purpose, folded)

    def _ref_hash(self, ref: str) -> str | None:
        return self._hash("ref", ref) if ref.strip() else None

    def _columns(self, patient: Patient) -> dict[str, object]:
        contact, consent = patient.contact, patient.consent
        return {
            "code": patient.code,
            "first_name": self.transaction.seal(patient.first_name),
            "first_name_hash": self._hash("first-name", patient.first_name),
            "ref": self.transaction.seal(patient.ref),
            "ref_hash": self._ref_hash(patient.ref),
            "phone": self.transaction.seal(patient.phone),
            "born": self.transaction.seal(str(patient.born or "")),
            "language": patient.language,
            "zone": patient.zone.key,
            "country": patient.country,
            "morning": patient.morning,
            "evening": patient.evening,
            "created_at": patient.created_at,
            "chat": contact and contact.chat,
            "thread": contact and contact.thread,
            "channel": contact and contact.channel,
            "consent_at": consent and consent.at,
            "consent_version": consent and consent.version,
            "consent_language": consent and consent.language,
            "consent_photos": consent is not None and consent.photos,
            "paused_until": patient.paused_until,
            "stopped_at": patient.stopped_at,
            "unreachable_since": patient.unreachable_since,
            "test": patient.test,
            "deletion_asked_at": patient.deletion_asked_at,
            "no_telegram_at": patient.no_telegram_at,
        }

    def _patient(self, row: Row[Any]) -> Patient:
        return Patient(
            id=row.id,
            code=row.code,
            first_name=self.transaction.open(row.first_name),
            language=row.language,
            zone=ZoneInfo(row.zone),
            country=row.country,
            created_at=row.created_at,
            morning=row.morning,
            evening=row.evening,
            ref=self.transaction.open(row.ref),
            phone=self.transaction.open(row.phone),
            born=int(self.transaction.open(row.born) or 0) or None,
            contact=None if row.chat is None else Contact(row.chat, row.thread, row.channel),
            consent=_consent(row),
            paused_until=row.paused_until,
            stopped_at=row.stopped_at,
            unreachable_since=row.unreachable_since,
            test=row.test,
            deletion_asked_at=row.deletion_asked_at,
            no_telegram_at=row.no_telegram_at,
        )


def _consent(row: Row[Any]) -> Consent | None:
    if row.consent_at is None:
        return None
    return Consent(row.consent_at, row.consent_version, row.consent_language, row.consent_photos)
