"""Send a patient one correction, and let staff see that it was read."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, DeliveryState, Keyboard
from bot.care.model.inbound import Entry, Heard, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.noticing import tell_staff
from bot.care.services.posting import show, tell
from bot.care.services.speaking import Speaking

READ = "correction"
"""The topic of the diary's line once it was read."""
ON_ITS_WAY = frozenset({DeliveryState.SCHEDULED, DeliveryState.SENDING, DeliveryState.RETRY_WAIT})


@dataclass(frozen=True)
class Receipts:
    clock: Clock
    speaking: Speaking

    def correct(self, work: Work, patient: Patient, text: Html, *, at: datetime) -> None:
        """At once, at any hour: advice already followed may have been wrong."""
        read = Button(self.speaking.label("sessions/correction-read", patient.language), "correction-read")
        person = Button(self.speaking.label("asks/person", patient.language), "person")
        keyboard: Keyboard = ((read,), (person,))
        tell(work, patient, text, at=at, keyboard=keyboard, purpose=Purpose.CORRECTION)

    def read(self, work: Work, who: Sender, tap: Tap) -> None:
        """The patient says so: staff see it, and the message shows it."""
        now = self.clock.now()
        patient = work.patients.by_chat(who.chat)
        if patient is None or not work.outbox.use_tap(tap.token, at=now):
            return
        act = work.outbox.get(tap.delivery_id).act
        chosen = self.speaking.phrase("answering/chosen", patient, answer=tap.label)
        person = Button(self.speaking.label("asks/person", patient.language), "person")
        if act is not None:
            show(work, tap, Html(f"{act.text}\n\n{chosen}"), at=now, keyboard=((person,),))
        work.diary.add(Entry(patient.id, now, Heard.CHECK_IN, tap.label, who.chat, tap.message_id or 0, READ))
        tell_staff(work, self.speaking.about("sessions/staff-read", patient), at=now, patient_id=patient.id)

    def standing(self, work: Work, patient: Patient, *, at: datetime) -> Html:
        """For the card: the last correction, and whether it arrived, was read, or was followed by words."""
        rows = [row for row in work.outbox.of_patient(patient.id) if row.purpose is Purpose.CORRECTION]
        if not rows:
            return Html()
        last = max(rows, key=lambda row: row.id)
        heard = [entry for entry in work.diary.of_patient(patient.id) if entry.at >= last.due_at]
        read = next((entry for entry in heard if entry.topic == READ), None)
        since = self.speaking.moment(last.sent_at or last.due_at, at=at)
        if read is not None:
            return self.speaking.about(
                "sessions/correction-was-read", patient, when=since, until=self._said(read, at=at)
            )
        if heard and last.state is DeliveryState.SENT:
            until = self._said(heard[0], at=at)
            return self.speaking.about("sessions/correction-answered", patient, when=since, until=until)
        name = "arrived" if last.state is DeliveryState.SENT else "coming" if last.state in ON_ITS_WAY else "lost"
        return self.speaking.about(f"sessions/correction-{name}", patient, when=since)

    def _said(self, entry: Entry, *, at: datetime) -> str:
        return self.speaking.moment(entry.at, at=at)
