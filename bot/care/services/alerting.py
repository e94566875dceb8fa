"""Raise an alert: written down with the message that raised it, grouped, and sent to whoever can act."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, DeliveryState, Lane, MessageRef
from bot.care.model.enrolment import newest
from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.raising import SELF_HARM, is_flag, level_of, weighed
from bot.care.model.sent_file import SentFile
from bot.care.model.texts import cut, units
from bot.care.model.triage import Level, weight
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.alert_card import MOST_WORDS, AlertCard
from bot.care.services.confidence import confided_since, is_confiding
from bot.care.services.knowing import Knowing
from bot.care.services.open_desk import is_held, is_ours
from bot.care.services.posting import post, put
from bot.care.services.promising import promised
from bot.care.services.ringing import (
    first_to_hear,
    for_clinicians_only,
    is_silent,
    privately,
    rang_in,
    reached_no_confidant,
    rows_of,
)
from bot.care.services.together import head_of, leading, named_with, rings_with_another, taken_along
from bot.care.services.whose import own_cases

GROUPED_WITHIN = timedelta(hours=1)
MOST_NOTE = 1_500
MOST_TOGETHER = 3_500
"""UTF-16 units of notes that leave as one message."""


@dataclass(frozen=True)
class Alerting:
    knowing: Knowing

    @property
    def card(self) -> AlertCard:
        return AlertCard(self.knowing)

    def level_for(
        self,
        work: Work,
        patient: Patient,
        flag: str,
        *,
        at: datetime,
        level: Level | None = None,
        precises: datetime | None = None,
    ) -> Level:
        """How serious this flag is for this very patient, with their health and their other open signs."""
        current = work.enrolments.current(patient.id)
        others = own_cases(work, patient)
        health = current.health if current else None
        return weighed(flag, level or level_of(flag), others, health, at=at, precises=precises)

    def raise_alert(
        self,
        work: Work,
        patient: Patient,
        *,
        level: Level | None,
        reason: str,
        words: str,
        told: str = "",
        at: datetime,
        message: MessageRef | None = None,
    ) -> Escalation:
        """An escalation and its alert; the same reason, no worse, within the hour: noted under the open one."""
        earlier = self._grouped(work, patient, reason, at=at)
        if earlier is None:
            new = self._new(work, patient, level, reason, words=words, told=told, at=at)
            return self._tell(work, work.escalations.add(new), patient, at=at, message=message)
        if not earlier.confirmed or weight(level) > weight(earlier.level):
            grown = self._grown(work, earlier, patient, level, words, told=told, at=at)
            return self._tell(work, grown, patient, at=at, message=message)
        noted = self.note(work, earlier, patient, words, told=told, at=at)
        return self._with_words(work, noted, words) if is_flag(reason) else noted

    def suspect(
        self, work: Work, patient: Patient, *, level: Level | None, reason: str, words: str, told: str, at: datetime
    ) -> Escalation:
        """A sign that was only asked about: written down at once, rung when nobody answers in time."""
        earlier = self._grouped(work, patient, reason, at=at)
        if earlier is not None:
            if not self.is_pending(work, earlier):
                # whoever has the case sees the new words, whatever the patient answers
                self.note(work, earlier, patient, words, at=at)
            return earlier
        new = self._new(work, patient, level, reason, words=words, told=told, at=at)
        return work.escalations.add(replace(new, confirmed=False))

    def note(
        self, work: Work, earlier: Escalation, patient: Patient, words: str, *, told: str = "", at: datetime
    ) -> Escalation:
        """Further words of the patient, under each alert of the case; what they were told now may be a promise.

        Of what is confided every clinician reads them, and nobody who was told as something else.
        """
        said = cut(words, most=MOST_NOTE)
        text = self.knowing.speaking.staff("alerts/again", patient_code=patient.code, said=said)
        self._under(work, head_of(work, earlier), patient, text, at=at)
        again = promised(work, self.knowing, earlier, patient, told, at=at)
        work.escalations.save(again)
        return again

    def _under(self, work: Work, earlier: Escalation, patient: Patient, text: Html, *, at: datetime) -> None:
        under = {row.contact: row.message_id for row in rows_of(work, earlier, Purpose.ALERT)}
        for contact in self._who_reads(work, earlier, patient, under, at=at):
            together, since = self._with_what_waits(work, earlier, contact, text, at=at)
            post(
                work,
                contact,
                together,
                at=since,
                lane=Lane.BESIDE,
                purpose=Purpose.NOTE,
                patient_id=patient.id,
                escalation_id=earlier.id,
                reply_to=under.get(contact),
                silent=is_silent(earlier, self.knowing.shelf.clinic, at=at),
            )

    def dismiss(self, work: Work, escalation: Escalation, *, at: datetime) -> None:
        """The patient said that it is not so; what nobody was told of yet ends here."""
        if self.is_pending(work, escalation):
            ended = replace(escalation, state=EscalationState.CLOSED, closing=Closing.FALSE_ALARM, closed_at=at)
            work.escalations.save(ended)

    def is_pending(self, work: Work, escalation: Escalation) -> bool:
        """Asked about, not answered, and nobody told."""
        is_open = escalation.state is EscalationState.OPEN and not escalation.confirmed
        return is_open and not rang_in(work, escalation)

    def alert(self, work: Work, escalation: Escalation, *, at: datetime, message: MessageRef | None = None) -> None:
        """To the desk, or to every reachable clinician and admin where there is none."""
        for contact in first_to_hear(work, escalation, self.knowing.shelf.clinic, at=at):
            self.card.send(work, escalation, contact, at=at, purpose=Purpose.ALERT)
            if message is not None and units(escalation.words) > MOST_WORDS:
                self.copy(work, escalation, contact, message, at=at)

    def show_open(self, work: Work, desk: Contact, *, at: datetime) -> None:
        """A group that is the desk from now on: whatever is open is answered here, and what follows stands under it."""
        for case in work.escalations.open():
            is_apart = not rings_with_another(work, case)
            if is_apart and case.confirmed and not for_clinicians_only(case) and desk.chat not in rang_in(work, case):
                member = None if case.owner is None else work.team.member(case.owner)
                note = self.card.standing(case, member.name) if member is not None else None
                self.card.send(work, case, desk, at=at, purpose=Purpose.ALERT, note=note)

    def copy(
        self,
        work: Work,
        escalation: Escalation,
        contact: Contact,
        message: MessageRef,
        *,
        at: datetime,
        caption: str = "",
        file: SentFile | None = None,
        instead: str = "",
        album: int | None = None,
    ) -> None:
        """The patient's own message beside the alert: words too long for it, or what is not words.

        `caption` says whose it is: two patients' pictures must not be mistaken for each other's.
        """
        act = Act(
            ActKind.COPY,
            contact,
            text=caption,
            source=message,
            silent=True,
            file=file,
            instead=instead,
            album=album,
            protected=True,
        )
        put(
            work,
            act,
            at=at,
            lane=Lane.BESIDE,
            purpose=Purpose.COPY,
            patient_id=escalation.patient_id,
            escalation_id=escalation.id,
        )

    # --- inside ------------------------------------------------------------------------------------------------------

    def _with_what_waits(
        self, work: Work, case: Escalation, contact: Contact, text: Html, *, at: datetime
    ) -> tuple[Html, datetime]:
        """The words of a note that has not left yet go before these, and both leave when that one would have.

        Hundreds of messages are a few for staff, with every word in its order, unless something stands between.
        """
        last = work.outbox.last_in_line(contact.chat, Lane.BESIDE, patient_id=case.patient_id or 0)
        if last is None or last.act is None or last.due_at > at or is_held(work, last):
            return text, at
        is_alike = (last.purpose, last.escalation_id, last.contact) == (Purpose.NOTE, case.id, contact)
        both = Html(f"{last.act.text}\n{text}")
        if not is_alike or last.state is not DeliveryState.SCHEDULED or units(both) > MOST_TOGETHER:
            return text, at
        if not work.outbox.settle(last.id, DeliveryState.FOLDED, at=at, reason="into a further note"):
            return text, at
        return both, last.due_at

    def _who_reads(
        self, work: Work, earlier: Escalation, patient: Patient, told: Collection[Contact], *, at: datetime
    ) -> list[Contact]:
        """Whoever was told, or where it is confided whoever may hear that; and who had to be told instead of those.

        Of those who were told nobody who has left since; whoever hears of alerts now takes their place.
        """
        ours = [contact for contact in told if is_ours(work, contact)]
        private_since = earlier.private_since or self._private_since(work, patient, earlier.reason, at=at)
        confiding = replace(earlier, private_since=private_since)
        if not for_clinicians_only(confiding):
            if len(ours) == len(told):
                return ours
            heirs = first_to_hear(work, earlier, self.knowing.shelf.clinic, at=at)
            return [*ours, *(contact for contact in heirs if contact not in ours)]
        people = list(privately(work, confiding))
        if for_clinicians_only(earlier) and reached_no_confidant(work, earlier):
            people += [contact for contact in ours if contact not in people]
        return people

    def _new(
        self, work: Work, patient: Patient, level: Level | None, reason: str, *, words: str, told: str, at: datetime
    ) -> Escalation:
        last = newest(work.enrolments.course(patient.id))
        return Escalation(
            patient_id=patient.id,
            enrolment_id=last.id if last is not None else None,
            opened_at=at,
            level=level,
            reason=reason,
            words=words,
            told=told,
            private_since=self._private_since(work, patient, reason, at=at),
        )

    def _private_since(self, work: Work, patient: Patient, reason: str, *, at: datetime) -> datetime | None:
        """Now, where these words are for clinicians only: self-harm, and all that is written beside it."""
        if reason == SELF_HARM:
            return at
        if is_flag(reason):
            return at if is_confiding(work, patient, at=at) else None
        return at if confided_since(work, patient, at=at) is not None else None

    def _grouped(self, work: Work, patient: Patient, reason: str, *, at: datetime) -> Escalation | None:
        mine = own_cases(work, patient)
        near = [one for one in mine if one.reason == reason and at - one.opened_at <= GROUPED_WITHIN]
        if self._private_since(work, patient, reason, at=at) is not None:
            # a sign that the whole desk knows of is told to clinicians anew: under its alert everybody would read it
            near = [one for one in near if for_clinicians_only(one) or self.is_pending(work, one)]
        return next((one for one in near if one.state is not EscalationState.CLOSED), None)

    def _tell(
        self, work: Work, case: Escalation, patient: Patient, *, at: datetime, message: MessageRef | None
    ) -> Escalation:
        """Rings with a card that names whatever came within the hour, or is added to one that is ringing already."""
        head = leading(work, patient, case, at=at)
        if head is not None:
            return self._add(work, case, head, patient, at=at, message=message)
        rings = promised(work, self.knowing, replace(case, told_with=None), patient, case.told, at=at)
        work.escalations.save(rings)
        for one in taken_along(work, patient, rings, at=at):
            work.escalations.join(one.id, rings.id)
        self.alert(work, rings, at=at, message=message)
        self._renew_others(work, rings, at=at)
        return rings

    def _add(
        self,
        work: Work,
        case: Escalation,
        head: Escalation,
        patient: Patient,
        *,
        at: datetime,
        message: MessageRef | None,
    ) -> Escalation:
        """On the card that is ringing, with a note under it; whoever takes that one takes this one too."""
        added = promised(work, self.knowing, replace(case, told_with=head.id), patient, case.told, at=at)
        work.escalations.save(added)
        for one in taken_along(work, patient, added, at=at):
            if one.told_with == case.id:
                work.escalations.join(one.id, head.id)
        said = cut(case.words, most=MOST_NOTE)
        text = self.knowing.speaking.staff("alerts/also", patient_code=patient.code, sign=self.card.named(added, said))
        self._under(work, head, patient, text, at=at)
        self._renew(work, head, at=at)
        self._renew_others(work, head, at=at)
        if message is not None and units(case.words) > MOST_NOTE:
            for contact in first_to_hear(work, head, self.knowing.shelf.clinic, at=at):
                self.copy(work, head, contact, message, at=at)
        return added

    def _with_words(self, work: Work, case: Escalation, words: str) -> Escalation:
        """What is told of the same sign stands on whatever rings from now on, not only under what rang."""
        more = replace(case, words=f"{case.words}\n{words}")
        if words in case.words or units(more.words) > MOST_NOTE:
            return case
        work.escalations.save(more)
        return more

    def _renew_others(self, work: Work, case: Escalation, *, at: datetime) -> None:
        """The cards of the hour's other signs name the new one as well."""
        for one in named_with(work, case):
            if one.id != case.id:
                self._renew(work, one, at=at)

    def _renew(self, work: Work, case: Escalation, *, at: datetime) -> None:
        now = work.escalations.get(case.id)
        member = None if now.owner is None else work.team.member(now.owner)
        self.card.renew(work, now, self.card.standing(now, member.name) if member is not None else Html(), at=at)

    def _grown(
        self,
        work: Work,
        earlier: Escalation,
        patient: Patient,
        level: Level | None,
        words: str,
        *,
        told: str,
        at: datetime,
    ) -> Escalation:
        """What was only suspected, or less serious, rings anew; somebody must take it again."""
        worst = level if weight(level) > weight(earlier.level) else earlier.level
        grown = replace(
            earlier.reopen(),
            level=worst,
            words=words,
            told=told,
            confirmed=True,
            opened_at=at,
            private_since=earlier.private_since or self._private_since(work, patient, earlier.reason, at=at),
        )
        work.escalations.save(grown)
        return grown
