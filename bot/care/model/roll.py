"""Everybody in care at one moment, by what they need from staff today."""

import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from bot.care.model.enrolment import Enrolment
from bot.care.model.pausing import is_silenced
from bot.care.model.people import Patient
from bot.care.model.protocol import AskKind, Protocol, Step
from bot.care.model.standing import State, has_gone_quiet, state_by_record
from bot.care.model.survey import PlanRow
from scheduler.localtime import local_day

SOON = timedelta(days=7)
"""How far ahead a next session, or the end of a plan, is looked for."""
OUT_OF_REACH = (State.UNREACHABLE, State.STOPPED)
WITHIN_REACH = (State.ACTIVE, State.PAUSED)


class Need(StrEnum):
    """What a list of patients may be cut down to."""

    TODAY = "today"
    SILENT = "silent"
    CALLS = "calls"
    UNREACHABLE = "unreachable"
    FLAGGED = "flagged"
    COMING = "coming"
    ENDING = "ending"
    WAITING = "waiting"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True)
class InCare:
    """A patient with their newest session; `protocol` is None for a treatment that is no longer offered."""

    patient: Patient
    enrolment: Enrolment
    protocol: Protocol | None = None

    @property
    def ends_on(self) -> date | None:
        """The last day of the plan after the session."""
        session = self.enrolment.session_on
        return None if session is None or self.protocol is None else session + timedelta(days=self.protocol.ends)

    @property
    def steps(self) -> Sequence[Step]:
        return self.protocol.steps if self.protocol is not None else ()


@dataclass(frozen=True)
class Call:
    """A check-in by phone: so many days after the session, or before the next one."""

    on: date
    day: int
    is_before: bool = False


@dataclass(frozen=True)
class Roll:
    """`planned`: rows of today; `sent`: of the weeks before; `heard`: patient id -> newest sign of life."""

    people: Sequence[InCare]
    at: datetime
    zone: ZoneInfo
    """The clinic's."""
    planned: Sequence[PlanRow] = ()
    sent: Sequence[PlanRow] = ()
    heard: Mapping[int, datetime] = field(default_factory=dict)
    flagged: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()
    """Patients a message did not arrive at, or may not have, within the last days."""
    calls: Mapping[int, Sequence[Call]] = field(default_factory=dict)
    """Enrolment -> the check-ins that are made by phone today: of people who have no Telegram."""

    @cached_property
    def today(self) -> date:
        return local_day(self.at, self.zone)

    def who(self, need: Need) -> list[InCare]:
        """In the order in which staff look at them; without those whose plan is over."""
        match need:
            case Need.TODAY:
                return self._found(lambda one: bool(self._hears_today(one)))
            case Need.SILENT:
                return self._found(self._is_silent)
            case Need.CALLS:
                return self._found(lambda one: bool(self.calls.get(one.enrolment.id)))
            case Need.UNREACHABLE:
                return self._found(lambda one: self._state(one) in OUT_OF_REACH)
            case Need.FLAGGED | Need.UNDELIVERED:
                named = self.flagged if need is Need.FLAGGED else self.lost
                return self._found(lambda one: one.patient.id in named)
            case Need.COMING:
                return self._found(lambda one: self._is_soon(one.enrolment.next_on), _by_next_session)
            case Need.ENDING:
                return self._found(lambda one: self._is_soon(one.ends_on), lambda one: (one.ends_on,))
            case Need.WAITING:
                return self._found(lambda one: self._state(one) is State.WAITING and one.patient.no_telegram_at is None)

    def has_check_in(self, one: InCare) -> bool:
        """Something is asked of them today that is more than "I have read it"."""
        steps = self._hears_today(one)
        return any(step.id in steps and any(ask.kind is not AskKind.ACK for ask in step.asks) for step in one.steps)

    def last_asked(self, one: InCare) -> datetime | None:
        return max(self._asked(one), default=None)

    @cached_property
    def _rows_today(self) -> Mapping[int, Sequence[PlanRow]]:
        """By enrolment."""
        found: defaultdict[int, list[PlanRow]] = defaultdict(list)
        for row in self.planned:
            found[row.enrolment_id].append(row)
        return found

    @cached_property
    def _left(self) -> Mapping[int, Sequence[tuple[str, datetime]]]:
        """Enrolment -> what has left, and when."""
        found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
        for row in self.sent:
            if row.sent_at is not None:
                found[row.enrolment_id].append((row.step, row.sent_at))
        return found

    def _hears_today(self, one: InCare) -> frozenset[str]:
        """Steps that have left today, or that nothing on record keeps from them."""
        rows = self._rows_today.get(one.enrolment.id, ())
        return frozenset(row.step for row in rows if row.sent_at is not None or self._will_leave(row, one))

    def _will_leave(self, row: PlanRow, one: InCare) -> bool:
        step = one.protocol.step(row.step) if one.protocol is not None else None
        if one.protocol is None or step is None or self._state(one) not in WITHIN_REACH:
            return False
        patient = one.patient
        on = local_day(row.due_at, patient.zone)
        return not is_silenced(step, one.protocol.surface, patient.paused_until, on=on)

    def _found(
        self, wanted: Callable[[InCare], bool], order: Callable[[InCare], tuple[Any, ...]] | None = None
    ) -> list[InCare]:
        found = [one for one in self.people if self._is_under_way(one) and wanted(one)]
        return sorted(found, key=lambda one: (*(order or self._by_day)(one), one.patient.id))

    def _by_day(self, one: InCare) -> tuple[int]:
        """Fresh skin first, those before their first session last."""
        day = one.enrolment.day(self.today)
        return (sys.maxsize if day is None else day,)

    def _is_under_way(self, one: InCare) -> bool:
        """Before a session, or as long as the plan after it lasts."""
        lasts = [day for day in (one.enrolment.next_on, one.ends_on) if day is not None]
        return not lasts or max(lasts) >= self.today

    def _is_soon(self, day: date | None) -> bool:
        return day is not None and self.today <= day <= self.today + SOON

    def _is_silent(self, one: InCare) -> bool:
        heard = self.heard.get(one.patient.id)
        return self._state(one) is State.ACTIVE and has_gone_quiet(self._asked(one), heard, at=self.at)

    def _asked(self, one: InCare) -> list[datetime]:
        """When each question left."""
        asking = one.protocol.asking if one.protocol is not None else frozenset()
        return [sent_at for step, sent_at in self._left.get(one.enrolment.id, ()) if step in asking]

    def _state(self, one: InCare) -> State:
        patient = one.patient
        return state_by_record(
            is_unreachable=patient.unreachable_since is not None,
            agreed=patient.consent is not None,
            has_stopped=patient.stopped_at is not None,
            paused_until=patient.paused_until,
            today=local_day(self.at, patient.zone),
        )


def _by_next_session(one: InCare) -> tuple[Any, ...]:
    return one.enrolment.next_on, one.enrolment.next_at or time.max
