"""What time alone does with alerts: unanswered questions ring, untaken alerts climb, patients are not left waiting."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.page import Why
from bot.care.model.people import Contact
from bot.care.model.purpose import RINGS, Purpose
from bot.care.model.triage import Level
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.confidence import is_confiding
from bot.care.services.contact import is_contacted
from bot.care.services.duty import on_call
from bot.care.services.paging import Paging
from bot.care.services.posting import tell
from bot.care.services.ringing import first_to_hear, may_hear, privately, rows_of, rung
from bot.care.services.together import CALLS, covered, head_of, rings_with_another
from bot.care.services.whose import is_of_another

ANSWER_WITHIN = timedelta(minutes=10)
"""A clarifying question unanswered for so long is an unconfirmed alert (facts 5)."""
CLIMBS_AFTER = {Level.URGENT: timedelta(minutes=10), Level.EMERGENCY: timedelta(minutes=3)}
CALLS_AGAIN_AFTER = timedelta(minutes=10)
MOST_CALLS = 6
"""For about an hour; then it stands in /alerts and in the digest."""
NOBODY_AFTER = timedelta(minutes=30)
SLOW_AFTER = timedelta(seconds=3)
"""An alert that has not left for the desk by then goes to people privately too."""
PAGES_AFTER = timedelta(seconds=30)
"""An alert that Telegram has not taken by then also leaves by the second channel."""
LADDER = (Purpose.ALERT, Purpose.REMIND, Purpose.PAGE_UNDELIVERED, *CALLS)
"""What the ladder is read from, every second: the rest, a patient may have caused by the hundred."""
WATCHED_FOR = timedelta(hours=24)
"""Older ones are in /alerts; ringing for ever helps nobody."""


Deed = Callable[[Work, Escalation, datetime], None]
"""What is done with an alert once its moment has come."""


@dataclass(frozen=True)
class Overdue:
    card: AlertCard
    paging: Paging

    def run(self, work: Work, *, at: datetime) -> None:
        """Everything whose moment has come."""
        for escalation in self._watched(work, at=at):
            # what was due together is found before any of it is done
            for moment, deed in list(self._coming(work, escalation)):
                if moment <= at:
                    deed(work, escalation, at)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        """When `run` has something to do next."""
        moments = (moment for one in self._watched(work, at=after) for moment, _ in self._coming(work, one))
        return min((moment for moment in moments if moment > after), default=None)

    def _watched(self, work: Work, *, at: datetime) -> Iterator[Escalation]:
        return (
            one
            for one in work.escalations.open()
            if at - one.opened_at <= WATCHED_FOR and (one.level in CLIMBS_AFTER or not one.confirmed)
        )

    def _coming(self, work: Work, escalation: Escalation) -> Iterator[tuple[datetime, Deed]]:
        """What is still to be done with it and when: climbing comes before calling a desk slow."""
        if escalation.state is EscalationState.ACKNOWLEDGED:
            yield from self._coming_of_taken(work, escalation)
            return
        if rings_with_another(work, escalation):
            return
        rows = rows_of(work, escalation, *LADDER)
        is_asked = not rung(rows) and not escalation.confirmed
        if is_asked:
            yield escalation.opened_at + ANSWER_WITHIN, self._ring_unconfirmed
        if is_asked or escalation.level is None or escalation.level not in CLIMBS_AFTER:
            return
        rang = _rang_at(rows, escalation)
        since = _reminded_at(rows, since=escalation.opened_at) or rang
        calls = _calls(rows, since=since)
        if len(calls) < MOST_CALLS:
            yield calls[-1] + CALLS_AGAIN_AFTER if calls else since + CLIMBS_AFTER[escalation.level], self._climb
        if not calls and _untold(work, escalation) and _is_slow(rows):
            yield rang + SLOW_AFTER, self._ring_beside_the_desk
        if self.paging.pagers and _is_undelivered(rows, since=rang):
            yield rang + PAGES_AFTER, self._page
        if not _is_told_of_nobody(work, escalation, since=since) and _can_be_told(work, escalation):
            yield since + NOBODY_AFTER, self._say_nobody

    def _coming_of_taken(self, work: Work, escalation: Escalation) -> Iterator[tuple[datetime, Deed]]:
        """Whoever has it and does nothing is reminded; then it is everybody's again."""
        taken = escalation.acknowledged_at
        if taken is None or escalation.level not in CLIMBS_AFTER or is_contacted(work, escalation):
            return
        if _is_reminded_with_another(work, escalation):
            return
        reminded = _reminded_at(rows_of(work, escalation, Purpose.REMIND), since=taken)
        if reminded is None:
            yield taken + timedelta(minutes=self._clinic.contact_within), self._remind
        else:
            yield reminded + CLIMBS_AFTER[escalation.level], self._give_back

    def _ring_unconfirmed(self, work: Work, escalation: Escalation, at: datetime) -> None:
        for contact in first_to_hear(work, escalation, self._clinic, at=at):
            self.card.send(work, escalation, contact, at=at, purpose=Purpose.ALERT)

    def _remind(self, work: Work, escalation: Escalation, at: datetime) -> None:
        """Privately, whoever has it."""
        member = None if escalation.owner is None else work.team.member(escalation.owner)
        is_theirs = member is not None and may_hear(work, escalation, member)
        if member is None or not is_theirs or escalation.level is None or escalation.acknowledged_at is None:
            self._give_back(work, escalation, at)
            return
        speaking, left = self.card.knowing.speaking, CLIMBS_AFTER[escalation.level]
        since = speaking.hour(escalation.acknowledged_at, self._clinic.zone)
        note = speaking.staff("alerts/remind", since=since, count=str(left // timedelta(minutes=1)))
        self.card.send(work, escalation, member.contact, at=at, purpose=Purpose.REMIND, note=note)

    def _give_back(self, work: Work, escalation: Escalation, at: datetime) -> None:
        """It is everybody's again and rings; the patient, who was told of a person, waits no longer."""
        member = None if escalation.owner is None else work.team.member(escalation.owner)
        again = replace(escalation.reopen(), told_with=None)
        for one in covered(work, escalation):
            if one.state is EscalationState.ACKNOWLEDGED and not is_contacted(work, one):
                work.escalations.save(one.reopen())
        work.escalations.save(again)
        name = member.name if member is not None else self.card.knowing.speaking.label("alerts/a-member")
        standing = self.card.knowing.speaking.staff("alerts/is-given-back", member_name=name)
        self.card.renew(work, again, standing, at=at)
        self._climb(work, again, at)
        if not _is_told_of_nobody(work, again, since=escalation.acknowledged_at or escalation.opened_at):
            self._say_nobody(work, again, at)

    def _climb(self, work: Work, escalation: Escalation, at: datetime) -> None:
        """To everybody who may have it, as often as it takes, with whom to phone."""
        rows = rows_of(work, escalation, *LADDER)
        reminded = _reminded_at(rows, since=escalation.opened_at)
        call = len(_calls(rows, since=reminded or _rang_at(rows, escalation))) + 1
        note = self._note(work, call, at=at, again=reminded is not None)
        for contact in privately(work, escalation):
            self.card.send(work, escalation, contact, at=at, purpose=Purpose.CLIMB, note=note)
        self.paging.alert(work, escalation, Why.UNTAKEN, at=at)

    def _page(self, work: Work, escalation: Escalation, at: datetime) -> None:
        """Telegram does not take it: ring elsewhere."""
        self.paging.alert(work, escalation, Why.UNDELIVERED, at=at)

    def _note(self, work: Work, call: int, *, at: datetime, again: bool) -> Html:
        staff, member = self.card.knowing.speaking.staff, on_call(work, self._clinic, at=at)
        name = "alerts/climbs" if call < MOST_CALLS else "alerts/last-call"
        name = f"{name}-again" if again else name
        lines = [staff(name, count=str(call), most=str(MOST_CALLS))]
        if member is not None:
            lines.append(staff("alerts/on-call", member_name=member.name, phone=self._clinic.on_call_phone))
        return Html("\n".join(lines))

    def _ring_beside_the_desk(self, work: Work, escalation: Escalation, at: datetime) -> None:
        note = self.card.knowing.speaking.staff("alerts/slow-desk")
        for contact in _untold(work, escalation):
            self.card.send(work, escalation, contact, at=at, purpose=Purpose.ALERT, note=note)

    def _say_nobody(self, work: Work, escalation: Escalation, at: datetime) -> None:
        """The patient is told whom to turn to instead of waiting (facts 0: `urgent_route`)."""
        if escalation.patient_id is None:
            return
        patient = work.patients.get(escalation.patient_id)
        # said once for all that is open: what is worst decides the words
        words = "nobody-self-harm" if is_confiding(work, patient, at=at) else "nobody"
        text = self.card.knowing.say(work, patient, f"phrases/alerts/{words}", at=at)
        tell(work, patient, text, at=at, purpose=Purpose.NOBODY_ANSWERED, escalation_id=escalation.id)

    @property
    def _clinic(self) -> Clinic:
        return self.card.knowing.shelf.clinic


def _is_reminded_with_another(work: Work, escalation: Escalation) -> bool:
    """One card that one person has is one reminder."""
    head = head_of(work, escalation)
    is_theirs = head.state is EscalationState.ACKNOWLEDGED and head.owner == escalation.owner
    return head.id != escalation.id and is_theirs and not is_contacted(work, head)


def _untold(work: Work, escalation: Escalation) -> list[Contact]:
    """Who would be told privately, and was not yet."""
    told = rung(rows_of(work, escalation, *RINGS))
    return [contact for contact in privately(work, escalation) if contact.chat not in told]


def _rang_at(rows: Sequence[Delivery], escalation: Escalation) -> datetime:
    """When the alert went out: one that grew worse starts its clock again, one that went astray does not."""
    rang = (row.due_at for row in rows if row.purpose is Purpose.ALERT and row.due_at >= escalation.opened_at)
    return min(rang, default=escalation.opened_at)


def _reminded_at(rows: Sequence[Delivery], *, since: datetime) -> datetime | None:
    """When whoever had it was reminded; the ladder goes on from there."""
    return max((row.due_at for row in rows if row.purpose is Purpose.REMIND and row.due_at >= since), default=None)


def _calls(rows: Sequence[Delivery], *, since: datetime) -> list[datetime]:
    """When it climbed, each time once however many it went to."""
    return sorted({row.due_at for row in rows if row.purpose in CALLS and row.due_at >= since})


def _is_slow(rows: Sequence[Delivery]) -> bool:
    """It has not left for the desk; without a desk, for anybody."""
    alerts = [row for row in rows if row.purpose is Purpose.ALERT]
    desk = [row for row in alerts if row.contact.is_group]
    return bool(alerts) and not any(row.state.final for row in desk or alerts)


def _is_undelivered(rows: Sequence[Delivery], *, since: datetime) -> bool:
    """Nobody is known to have it, and nobody was paged for it."""
    is_told = any(
        row.purpose is Purpose.ALERT and row.state is DeliveryState.SENT and row.due_at >= since for row in rows
    )
    return not is_told and not _has(rows, Purpose.PAGE_UNDELIVERED, since=since)


def _is_told_of_nobody(work: Work, escalation: Escalation, *, since: datetime) -> bool:
    """Three alerts that nobody takes are one message to whoever waits."""
    told = None if escalation.patient_id is None else work.outbox.latest(escalation.patient_id, Purpose.NOBODY_ANSWERED)
    return told is not None and told >= since


def _can_be_told(work: Work, escalation: Escalation) -> bool:
    """Somebody without a chat never hears it: it would be tried every second."""
    if escalation.patient_id is None or work.patients.get(escalation.patient_id).contact is None:
        return False
    return not is_of_another(work, escalation)


def _has(rows: Sequence[Delivery], purpose: Purpose, *, since: datetime) -> bool:
    return any(row.purpose is purpose and row.due_at >= since for row in rows)
