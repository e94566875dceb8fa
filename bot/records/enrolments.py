"""Enrolments: what was done when, and, sealed, the health answers and settled days that change advice."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select

from bot.care.model.enrolment import Area, Enrolment, EnrolmentStatus, HealthFacts, KeptTiming, Surface
from bot.care.model.overrides import Override
from bot.care.model.things import Thing
from bot.records.hiding import of_shown
from bot.records.tables import EnrolmentRow, table
from bot.records.transaction import Transaction

enrolments = table(EnrolmentRow)
RUNNING = (EnrolmentStatus.BOOKED.value, EnrolmentStatus.ACTIVE.value)
# asked every second of every day, or for every message: built once
THEIRS = select(enrolments).where(enrolments.c.patient_id == bindparam("whose"))
COURSE = THEIRS.order_by(enrolments.c.id)
CURRENT = THEIRS.where(enrolments.c.status.in_(RUNNING)).order_by(enrolments.c.id.desc()).limit(1)
SHOWN = (
    select(enrolments)
    .where(enrolments.c.status.in_(RUNNING), of_shown(enrolments.c.patient_id))
    .order_by(enrolments.c.id)
)
AWAITING = SHOWN.where(or_(enrolments.c.next_on <= bindparam("until"), enrolments.c.provisional))


@dataclass(frozen=True)
class SqlEnrolments:
    transaction: Transaction

    def add(self, enrolment: Enrolment) -> Enrolment:
        return replace(enrolment, id=self.transaction.insert(enrolments, self._columns(enrolment)))

    def add_all(self, newcomers: Sequence[Enrolment]) -> Sequence[Enrolment]:
        ids = self.transaction.insert_all(enrolments, [self._columns(one) for one in newcomers])
        return [replace(enrolment, id=its_id) for enrolment, its_id in zip(newcomers, ids, strict=True)]

    def save(self, enrolment: Enrolment) -> None:
        self.transaction.save(enrolments, enrolment.id, self._columns(enrolment))

    def get(self, enrolment_id: int) -> Enrolment:
        return self._enrolment(self.transaction.by_id(enrolments, enrolment_id))

    def course(self, patient_id: int) -> Sequence[Enrolment]:
        return self._all(COURSE, whose=patient_id)

    def current(self, patient_id: int) -> Enrolment | None:
        row = self.transaction.first(CURRENT, whose=patient_id)
        return None if row is None else self._enrolment(row)

    def running(self) -> Sequence[Enrolment]:
        return self._all(SHOWN)

    def awaiting(self, *, until: date) -> Sequence[Enrolment]:
        return self._all(AWAITING, until=until)

    def _all(self, statement: Select[Any], **given: object) -> Sequence[Enrolment]:
        return [self._enrolment(row) for row in self.transaction.rows(statement, **given)]

    def _columns(self, enrolment: Enrolment) -> dict[str, object]:
        return {
            "patient_id": enrolment.patient_id,
            "treatment": enrolment.treatment,
            "also": json.dumps(enrolment.also),
            "surface": enrolment.surface.value,
            "surface_confirmed": enrolment.surface_confirmed,
            "area": enrolment.area.value,
            "session_on": enrolment.session_on,
            "ended": enrolment.ended,
            "next_on": enrolment.next_on,
            "next_at": enrolment.next_at,
            "status": enrolment.status.value,
            "closed_at": enrolment.closed_at,
            "provisional": enrolment.provisional,
            "health": self.transaction.seal(json.dumps(asdict(enrolment.health))),
            "overrides": self.transaction.seal(_written(enrolment.overrides)),
            "kept_timings": json.dumps(enrolment.kept_timings),
            "created_at": enrolment.created_at,
            "created_by": enrolment.created_by,
        }

    def _enrolment(self, row: Row[Any]) -> Enrolment:
        return Enrolment(
            id=row.id,
            patient_id=row.patient_id,
            treatment=row.treatment,
            also=tuple(json.loads(row.also)),
            surface=Surface(row.surface),
            surface_confirmed=row.surface_confirmed,
            area=Area(row.area),
            session_on=row.session_on,
            ended=row.ended,
            next_on=row.next_on,
            next_at=row.next_at,
            status=EnrolmentStatus(row.status),
            closed_at=row.closed_at,
            provisional=row.provisional,
            health=HealthFacts(**json.loads(self.transaction.open(row.health))),
            overrides=_read(self.transaction.open(row.overrides)),
            kept_timings=tuple(KeptTiming(*kept) for kept in json.loads(row.kept_timings)),
            created_at=row.created_at,
            created_by=row.created_by,
        )


def _written(overrides: Sequence[Override]) -> str:
    return json.dumps([asdict(own) for own in overrides]) if overrides else ""


def _read(words: str) -> tuple[Override, ...]:
    found = json.loads(words) if words else []
    return tuple(Override(**{**own, "thing": Thing(own["thing"])}) for own in found)
