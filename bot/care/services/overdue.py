"""What time alone does with alerts: unanswered questions ring, untaken alerts climb, patients are not left waiting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Delivery
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.triage import Level
from bot.care.ports import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.posting import post
from bot.care.services.ringing import ALERT, CLIMB, NOBODY, first_to_hear, privately, rows_of, rung

ANSWER_WITHIN = timedelta(minutes=10)
"""A clarifying question unanswered for so long is an unconfirmed alert (facts 5)."""
CLIMBS_AFTER = {Level.URGENT: timedelta(minutes=10), Level.EMERGENCY: timedelta(minutes=3)}
NOBODY_AFTER = timedelta(minutes=30)
SLOW_AFTER = timedelta(seconds=3)
"""An alert that has not left for the desk by then goes to people privately too."""
WATCHED_FOR = timedelta(hours=24)
"""Older ones are in /alerts; ringing for ever helps nobody."""


@dataclass(frozen=True)
class Overdue:
    card: AlertCard

    def run(self, work: Work, *, at: datetime) -> None:
        for escalation in self._watched(work, at=at):
            rows = rows_of(work, escalation)
            if not rung(rows) and not escalation.confirmed:
                self._ring_unconfirmed(work, escalation, at=at)
            elif rung(rows):
                self._climb(work, escalation, rows, at=at)
                self._say_nobody(work, escalation, rows, at=at)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        moments = (moment for one in self._watched(work, at=after) for moment in self._moments(one, rows_of(work, one)))
        return min((moment for moment in moments if moment > after), default=None)

    def _watched(self, work: Work, *, at: datetime) -> Iterator[Escalation]:
        return (
            one
            for one in work.escalations.open()
            if one.state is EscalationState.OPEN
            and at - one.opened_at <= WATCHED_FOR
            and (one.level in CLIMBS_AFTER or not one.confirmed)
        )

    def _moments(self, escalation: Escalation, rows: Sequence[Delivery]) -> Iterator[datetime]:
        if not escalation.confirmed and not rung(rows):
            yield escalation.opened_at + ANSWER_WITHIN
            return
        rang = _rang_at(rows)
        if escalation.level is None or escalation.level not in CLIMBS_AFTER or rang is None:
            return
        if not _has(rows, CLIMB, since=rang):
            yield rang + CLIMBS_AFTER[escalation.level]
        if not _has(rows, NOBODY, since=rang):
            yield rang + NOBODY_AFTER

    def _ring_unconfirmed(self, work: Work, escalation: Escalation, *, at: datetime) -> None:
        if at < escalation.opened_at + ANSWER_WITHIN:
            return
        for contact in first_to_hear(work, escalation):
            self.card.send(work, escalation, contact, at=at, purpose=ALERT)

    def _climb(self, work: Work, escalation: Escalation, rows: Sequence[Delivery], *, at: datetime) -> None:
        rang = _rang_at(rows)
        if rang is None or escalation.level is None or escalation.level not in CLIMBS_AFTER:
            return
        if _has(rows, CLIMB, since=rang):
            return
        if at >= rang + CLIMBS_AFTER[escalation.level]:
            self._ring_all(work, escalation, "climbs", at=at)
        elif at >= rang + SLOW_AFTER and not any(row.state.final for row in rows if row.purpose == ALERT):
            told = rung(rows)
            for contact in privately(work, escalation):
                if contact.chat not in told:
                    note = self.card.knowing.staff("alerts/slow-desk")
                    self.card.send(work, escalation, contact, at=at, purpose=ALERT, note=note)

    def _ring_all(self, work: Work, escalation: Escalation, why: str, *, at: datetime) -> None:
        note = self.card.knowing.staff(f"alerts/{why}")
        for contact in privately(work, escalation):
            self.card.send(work, escalation, contact, at=at, purpose=CLIMB, note=note)

    def _say_nobody(self, work: Work, escalation: Escalation, rows: Sequence[Delivery], *, at: datetime) -> None:
        """The patient is told whom to turn to instead of waiting (facts 0: `urgent_route`)."""
        rang = _rang_at(rows)
        if rang is None or escalation.level not in CLIMBS_AFTER or escalation.patient_id is None:
            return
        if at < rang + NOBODY_AFTER or _has(rows, NOBODY, since=rang):
            return
        patient = work.patients.get(escalation.patient_id)
        if patient.contact is None:
            return
        text = self.card.knowing.say(work, patient, "phrases/alerts/nobody", at=at)
        post(work, patient.contact, text, at=at, purpose=NOBODY, patient_id=patient.id, escalation_id=escalation.id)


def _rang_at(rows: Sequence[Delivery]) -> datetime | None:
    """When the alert last went out anew: one that grew worse starts its clock again."""
    return max((row.due_at for row in rows if row.purpose == ALERT), default=None)


def _has(rows: Sequence[Delivery], purpose: str, *, since: datetime) -> bool:
    return any(row.purpose == purpose and row.due_at >= since for row in rows)
