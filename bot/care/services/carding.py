"""Everything staff need about one patient, on one card."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.delivery import Button, Delivery, DeliveryState, Keyboard
from bot.care.model.enrolment import Enrolment, newest
from bot.care.model.escalation import Escalation, EscalationState, flagged
from bot.care.model.people import Contact, Patient
from bot.care.model.protocol import AskKind
from bot.care.model.texts import cut
from bot.care.model.things import Thing
from bot.care.model.windows import followed
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.card_words import CardWords
from bot.care.services.inviting import Inviting
from bot.care.services.knowing import Knowing
from bot.care.services.listing import Listing
from bot.care.services.overriding import Overriding
from bot.care.services.receipts import Receipts
from bot.care.services.ringing import for_clinicians_only, for_reader
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day

SHOWN = 5
"""Latest answers, messages and alerts on a card."""

MOST_NOTE = 200
"""UTF-16 units of a note: all of it stands with the alert."""

WINDOWS: dict[Thing, str] = {
    Thing.MAKEUP: "makeup_state",
    Thing.SUNSCREEN: "spf_state",
    Thing.SUN: "sun_state",
    Thing.RETINOL: "retinol_state",
    Thing.EXERCISE: "exercise_state",
    Thing.HEAT: "heat_state",
    Thing.NSAID: "nsaid_state",
}
"""Thing -> the placeholder that says how it stands today."""


@dataclass(frozen=True)
class Carding:
    speaking: Speaking
    knowing: Knowing
    inviting: Inviting
    listing: Listing
    receipts: Receipts
    overriding: Overriding

    @property
    def _words(self) -> CardWords:
        return CardWords(self.speaking, self.knowing)

    def card(self, work: Work, patient: Patient, to: Contact, *, at: datetime) -> Html:
        """`to`: the chat that reads it; what is for clinicians only is counted there, no more."""
        now = newest(work.enrolments.course(patient.id))
        head = self.speaking.about(
            "seeing/card",
            patient,
            ref=patient.ref or self._none(),
            phone=patient.phone or self._none(),
            born=str(patient.born or self._none()),
            consent=self._consent(work, patient, at=at),
            remarks=self.speaking.staff("seeing/test-patient") if patient.test else "",
        )
        if now is None:
            return head
        words = self._words
        parts = [head, self._care(work, patient, now, at=at), words.silences(patient, at=at)]
        parts += [words.risks(now, at=at), self._alerts(work, patient, to, at=at), self._windows(work, patient, at=at)]
        parts.append(self._block("answers", words.answers(work, patient, now, most=SHOWN, at=at)))
        parts.append(self._block("notes", self._notes(work, patient, at=at)))
        parts.append(self._block("own-days", self.overriding.settled(work, now)))
        parts += [self.receipts.standing(work, patient, at=at), self._sent(work, patient, now, at=at)]
        return Html("\n\n".join(part for part in parts if part))

    def buttons(self, patient: Patient, enrolment: Enrolment | None, *, at: datetime) -> Keyboard:
        number = str(patient.id)
        button = Button(self.speaking.label("seeing/wrong-person"), "wrong-person", (number,))
        link = Button(self.speaking.label("enrolling/new-link"), "new-link", (number,))
        other = Button(self.speaking.label("transfer/button"), "transfer", (number,))
        rows: list[tuple[Button, ...]] = [(link,) if patient.consent is None else (button, other)]
        if patient.consent is None and patient.no_telegram_at is not None:
            paper = Button(self.speaking.label("before_closing/card-print"), "no-telegram", (number,))
            rows.append(
                (paper, Button(self.speaking.label("before_closing/card-after-all"), "telegram-again", (number,)))
            )
        elif patient.consent is None and enrolment is not None:
            rows.append((Button(self.speaking.label("before_closing/card-none"), "no-telegram", (number,)),))
        if enrolment is not None:
            rows.append(
                (
                    Button(self.speaking.label("sessions/button-done"), "session", (number, "done")),
                    Button(self.speaking.label("calendar/open"), "session", (number, "date")),
                )
            )
            end = Button(self.speaking.label("seeing/end"), "end-course", (number,))
            if patient.consent is not None:
                rows.append((Button(self.speaking.label("hours/button"), "patient-hours", (number,)),))
            if patient.paused_until is not None and patient.paused_until > local_day(at, patient.zone):
                resume = Button(self.speaking.label("seeing/resume"), "resume-patient", (number,))
                longer = Button(self.speaking.label("seeing/pause-longer"), "pause-patient", (number,))
                rows += [(resume, longer), (end,)]
            else:
                rows.append((Button(self.speaking.label("seeing/pause"), "pause-patient", (number,)), end))
        return tuple(rows)

    def _care(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> Html:
        is_flagged = patient.id in flagged(work.escalations.open())
        state = self.listing.state(work, patient, enrolment, is_flagged=is_flagged, at=at)
        confirmed = "confirmed" if enrolment.surface_confirmed else "unconfirmed"
        return self.speaking.staff(
            "seeing/care",
            day_words=self.speaking.course_day(patient, enrolment, at=at),
            summary=self.inviting.summary(enrolment, at=at),
            surface_name=self.speaking.staff(f"sessions/surface-{enrolment.surface}"),
            confirmed=self.speaking.staff(f"seeing/surface-{confirmed}"),
            area_name=self.speaking.staff(f"sessions/area-{enrolment.area}"),
            state=state,
        )

    def _consent(self, work: Work, patient: Patient, *, at: datetime) -> Html:
        if patient.consent is not None:
            photos = self.speaking.staff(f"seeing/photos-{'yes' if patient.consent.photos else 'no'}")
            said = self.speaking.moment(patient.consent.at, at=at)
            return self.speaking.staff("seeing/consent-given", until=said, remarks=photos)
        if patient.no_telegram_at is not None:
            said = self.speaking.moment(patient.no_telegram_at, at=at)
            return self.speaking.staff("seeing/consent-no-telegram", until=said)
        latest = work.invitations.latest(patient.id)
        if latest is None or latest.revoked_at is not None or latest.expires_at <= at:
            return self.speaking.staff("seeing/consent-no-link")
        return self.speaking.staff("seeing/consent-waiting", until=self.speaking.moment(latest.expires_at, at=at))

    def _windows(self, work: Work, patient: Patient, *, at: datetime) -> Html:
        """As the patient would be told now, in staff's language."""
        course = self.knowing.course(work, patient)
        if not course:
            return Html()
        facts = self.knowing.facts(work, patient, at=at, language=self.speaking.staff_language)
        lines = [
            self.speaking.staff("seeing/pair", what=self.speaking.staff(f"things/{thing}"), value=facts[placeholder])
            for thing, placeholder in WINDOWS.items()
        ]
        if course[-1].next_on is not None and course[-1].is_due(local_day(at, patient.zone)):
            planned = self.speaking.day(course[-1].next_on, at=at)
            lines.insert(0, self.speaking.staff("seeing/windows-unsettled", session_date=planned))
        return self._block("windows", lines)

    def _sent(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> Html:
        """What went to the patient, not what staff were shown about them."""
        rows = [row for row in work.outbox.of_patient(patient.id) if row.contact == patient.contact]
        ended = [row for row in rows if row.state.final and row.state is not DeliveryState.CANCELLED]
        latest = sorted(ended, key=lambda row: row.sent_at or row.due_at)[-SHOWN:]
        lines = [
            self.speaking.staff(
                "seeing/sent",
                when=self.speaking.moment(row.sent_at or row.due_at, at=at),
                what=self._words.step(enrolment, row.step) if row.step else row.purpose.value,
                state=self._state(work, enrolment, row, at=at),
            )
            for row in latest
        ]
        return self._block("sent-rows", lines)

    def _state(self, work: Work, enrolment: Enrolment, row: Delivery, *, at: datetime) -> Html:
        """Sent, and then read or answered where it asks something."""
        protocol = followed(self.speaking.shelf.protocols, enrolment)
        step = protocol.step(row.step) if protocol is not None and row.enrolment_id == enrolment.id else None
        if row.state is not DeliveryState.SENT or step is None or not step.asks:
            return self.speaking.staff(f"seeing/state-of-{row.state.value}")
        given = [one for one in work.answers.of_enrolment(enrolment.id) if one.step_id == row.step]
        since = [one for one in given if row.sent_at is None or one.at >= row.sent_at]
        if not since:
            return self.speaking.staff("seeing/state-of-silent")
        is_read = all(ask.kind is AskKind.ACK for ask in step.asks if ask.id in {one.ask for one in since})
        when = self.speaking.moment(since[-1].at, at=at)
        return self.speaking.staff(f"seeing/state-of-{'read' if is_read else 'answered'}", when=when)

    def _alerts(self, work: Work, patient: Patient, to: Contact, *, at: datetime) -> Html:
        opened = [one for one in work.escalations.of_patient(patient.id) if one.state is not EscalationState.CLOSED]
        alerts = for_reader(work, opened, to)
        lines = [
            self.speaking.staff(
                "seeing/alert",
                when=self.speaking.moment(one.opened_at, at=at),
                level=self.speaking.staff(f"alerts/level-{one.level.value if one.level else 'none'}"),
                sign=AlertCard(self.knowing).sign(one),
                state=self._standing(work, one),
            )
            for one in alerts[-SHOWN:]
        ]
        block, hidden = self._block("alerts", lines, count=str(len(alerts))), len(opened) - len(alerts)
        private = self.speaking.staff("seeing/alerts-private", count=str(hidden)) if hidden else Html()
        return Html("\n".join(line for line in (block, private) if line))

    def _standing(self, work: Work, escalation: Escalation) -> Html:
        owner = work.team.member(escalation.owner) if escalation.owner is not None else None
        if owner is None:
            return self.speaking.staff(f"seeing/alert-{escalation.state.value}")
        return AlertCard(self.knowing).standing(escalation, owner.name)

    def _notes(self, work: Work, patient: Patient, *, at: datetime) -> list[Html]:
        """What colleagues wrote when they closed an alert; of self-harm that stands with the alert alone."""
        closed = [one for one in work.escalations.of_patient(patient.id) if one.note and not for_clinicians_only(one)]
        return [
            self.speaking.staff(
                "seeing/note",
                when=self.speaking.moment(one.closed_at or one.opened_at, at=at),
                sign=AlertCard(self.knowing).sign(one),
                state=AlertCard(self.knowing).standing(replace(one, note=""), self._owner(work, one)),
                said=cut(one.note, most=MOST_NOTE),
            )
            for one in closed[-SHOWN:]
        ]

    def _owner(self, work: Work, escalation: Escalation) -> str:
        owner = work.team.member(escalation.owner or 0)
        return owner.name if owner is not None else self.speaking.label("alerts/a-member")

    def _block(self, name: str, lines: list[Html], **facts: str) -> Html:
        if not lines:
            return Html()
        return Html(f"{self.speaking.staff(f'seeing/title-{name}', **facts)}\n" + "\n".join(lines))

    def _none(self) -> str:
        return self.speaking.staff("seeing/none")
