"""A promise that a person answers by an hour, and what follows when nobody did: staff are told, and the patient too."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.escalation import Escalation
from bot.care.model.hours import promised_until
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.confidence import confided
from bot.care.services.contact import is_contacted
from bot.care.services.knowing import Knowing
from bot.care.services.posting import tell
from bot.care.services.ringing import CANNOT_WAIT, first_to_hear, may_hear

SAID_EVERY = timedelta(hours=1)
"""Three unanswered messages of one day are one apology."""


@dataclass(frozen=True)
class Promising:
    card: AlertCard

    def run(self, work: Work, *, at: datetime) -> None:
        for escalation, until in list(self._open(work)):
            if until <= at:
                self._end(work, escalation, until, at=at)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        """When `run` has something to do next."""
        return min((until for _, until in self._open(work) if until > after), default=None)

    def _open(self, work: Work) -> Iterator[tuple[Escalation, datetime]]:
        """Whoever waits for an answer, and until when."""
        for one in work.escalations.open():
            until = promised_until(self._knowing.shelf.clinic, one.promised_at) if one.promised_at else None
            if until is not None:
                yield one, until

    def _end(self, work: Work, escalation: Escalation, until: datetime, *, at: datetime) -> None:
        work.escalations.save(replace(escalation, promised_at=None))
        if escalation.patient_id is None or is_contacted(work, escalation, since=escalation.promised_at):
            return
        said = self._knowing.speaking.moment(until, at=at)
        note = self._knowing.speaking.staff("alerts/promise-broken", until=said)
        for contact in self._who_hears(work, escalation, at=at):
            self.card.send(work, escalation, contact, at=at, purpose=Purpose.PROMISE_BROKEN, note=note, aloud=True)
        self._own_up(work, work.patients.get(escalation.patient_id), escalation, at=at)

    def _own_up(self, work: Work, patient: Patient, escalation: Escalation, *, at: datetime) -> None:
        last = work.outbox.latest(patient.id, Purpose.SORRY)
        if last is None or at - last >= SAID_EVERY:
            # also once it was found to be nothing: with this very promise they were told of the crisis line
            name = "sorry" if confided(work, patient, at=at) is None else "sorry-self-harm"
            text = self._knowing.say(work, patient, f"phrases/alerts/{name}", at=at)
            tell(work, patient, text, at=at, purpose=Purpose.SORRY, escalation_id=escalation.id)

    def _who_hears(self, work: Work, escalation: Escalation, *, at: datetime) -> list[Contact]:
        """Where alerts go, and privately whoever has it."""
        contacts = list(first_to_hear(work, escalation, self._knowing.shelf.clinic, at=at))
        member = None if escalation.owner is None else work.team.member(escalation.owner)
        if member is None or member.contact in contacts or not may_hear(work, escalation, member):
            return contacts
        return [*contacts, member.contact]

    @property
    def _knowing(self) -> Knowing:
        return self.card.knowing


def promised(
    work: Work, knowing: Knowing, escalation: Escalation, patient: Patient, told: str, *, at: datetime
) -> Escalation:
    """With the promise these words make; an older one that was not kept yet stands. What cannot wait has a ladder."""
    if escalation.level in CANNOT_WAIT:
        return replace(escalation, promised_at=None)
    before = escalation.promised_at
    is_kept = before is None or is_contacted(work, escalation, since=before)
    makes_one = is_kept and knowing.facts(work, patient, at=at)["reply_time"] in told
    return replace(escalation, promised_at=at) if makes_one else escalation
