"""Half an hour before closing: who was enrolled today and is not connected, and what can still be done about it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.care.model.closing_time import due_day, moment
from bot.care.model.delivery import Act, ActKind, Button, Keyboard
from bot.care.model.digest import MOST_LINES
from bot.care.model.enrolment import Enrolment
from bot.care.model.hours import is_open
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.call_days import calls_of
from bot.care.services.confirming import Confirming
from bot.care.services.knowing import Knowing
from bot.care.services.listing import waiting
from bot.care.services.noticing import staff_contacts
from bot.care.services.plan_leaflet import PlanLeaflet
from bot.care.services.posting import post, put, show
from bot.care.services.speaking import Speaking
from scheduler.localtime import instant, local_day


@dataclass(frozen=True)
class BeforeClosing:
    clock: Clock
    knowing: Knowing
    admitting: Admitting
    confirming: Confirming

    @property
    def speaking(self) -> Speaking:
        return self.knowing.speaking

    # --- what time does with it --------------------------------------------------------------------------------------

    def run(self, work: Work, *, at: datetime) -> None:
        """Once on every open day; of a day on which everybody is connected nothing is said."""
        day = due_day(self.speaking.shelf.clinic, work.digests.wish(), at=at)
        contacts = staff_contacts(work) if day is not None else ()
        if day is None or not contacts or not work.digests.claim_closing(day):
            return
        found = self._unconnected(work, day)
        if not found:
            return
        text, keyboard = self._text(work, found, at=at), self._keyboard(found[:MOST_LINES])
        silent = not is_open(self.speaking.shelf.clinic, at)
        for contact in contacts:
            post(work, contact, text, at=at, keyboard=keyboard, purpose=Purpose.BEFORE_CLOSING, silent=silent)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        """Of today, while there is somebody to tell of: who is enrolled tomorrow is not known yet."""
        clinic = self.speaking.shelf.clinic
        today = local_day(after, clinic.zone)
        coming = moment(clinic, today)
        return coming if coming is not None and coming > after and self._unconnected(work, today) else None

    # --- what staff do with it ---------------------------------------------------------------------------------------

    def ask(self, work: Work, who: Sender, tap: Tap) -> None:
        """*No Telegram*: says what follows from it first."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "enroll", at=now) is None:
            return
        found = self._case(work, who, int(tap.args[0]), at=now)
        if found is not None:
            patient, _ = found
            text = self.speaking.about("before_closing/confirm", patient, phone=self._phone(patient))
            self.confirming.ask(work, who, text, "no-telegram-yes", str(patient.id), at=now)

    def mark(self, work: Work, who: Sender, tap: Tap) -> None:
        """From now on their check-ins are phone calls; their plan comes on paper."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "enroll", at=now)
        args = None if member is None else self.confirming.accept(work, who, tap, at=now)
        found = None if args is None else self._case(work, who, int(args[0]), at=now)
        if member is None or found is None:
            return
        patient, enrolment = found
        work.patients.save(replace(patient, no_telegram_at=patient.no_telegram_at or now))
        work.audit.add(noted(member, "no-telegram", f"patient:{patient.code}", at=now))
        show(work, tap, self._marked(patient, enrolment, at=now), at=now)
        leaflet = PlanLeaflet(self.knowing).leaflet(work, patient, enrolment, at=now)
        if leaflet is not None:
            caption = self.speaking.about("before_closing/paper", patient)
            act = Act(ActKind.SEND, here(who), caption, leaflet=leaflet)
            put(work, act, at=now, purpose=Purpose.PLAN_PAPER, patient_id=patient.id)

    def unmark(self, work: Work, who: Sender, tap: Tap) -> None:
        """A tap on the card: they have it after all."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "enroll", at=now)
        patient = work.patients.get(int(tap.args[0])) if member is not None else None
        if member is None or patient is None or patient.no_telegram_at is None:
            return
        work.patients.save(replace(patient, no_telegram_at=None))
        work.audit.add(noted(member, "telegram-again", f"patient:{patient.code}", at=now))
        button = Button(self.speaking.label("enrolling/new-link"), "new-link", (str(patient.id),))
        text = self.speaking.about("before_closing/unmarked", patient)
        post(work, here(who), text, at=now, keyboard=((button,),) if patient.consent is None else ())

    # --- inside ------------------------------------------------------------------------------------------------------

    def _case(self, work: Work, who: Sender, patient_id: int, *, at: datetime) -> tuple[Patient, Enrolment] | None:
        """Somebody in care who is not connected; else whoever tapped is told."""
        patient = work.patients.get(patient_id)
        enrolment = work.enrolments.current(patient.id)
        if patient.consent is not None or enrolment is None:
            name = "connected-already" if enrolment else "no-course"
            post(work, here(who), self.speaking.about(f"enrolling/{name}", patient), at=at)
            return None
        return patient, enrolment

    def _unconnected(self, work: Work, day: date) -> list[Patient]:
        zone = self.speaking.shelf.clinic.zone
        since, until = (instant(one, time(), zone) for one in (day, day + timedelta(days=1)))
        return list(work.patients.unconnected(since=since, until=until))

    def _text(self, work: Work, found: list[Patient], *, at: datetime) -> Html:
        lines = [self._line(work, patient, at=at) for patient in found[:MOST_LINES]]
        if len(found) > MOST_LINES:
            lines.append(self.speaking.staff("before_closing/more", count=str(len(found) - MOST_LINES)))
        listed = Html("\n".join(lines))
        return self.speaking.staff("before_closing/list", count=str(len(found)), listed=listed)

    def _line(self, work: Work, patient: Patient, *, at: datetime) -> Html:
        state = self.speaking.staff(f"seeing/state-{waiting(work, patient, at=at)}")
        return self.speaking.about("before_closing/line", patient, state=state)

    def _keyboard(self, found: list[Patient]) -> Keyboard:
        return tuple(self._buttons(patient) for patient in found)

    def _buttons(self, patient: Patient) -> tuple[Button, ...]:
        say, number = self.speaking.label, (str(patient.id),)
        return (
            Button(say("before_closing/qr", patient_code=patient.code), "new-link", number),
            Button(say("before_closing/sheet", patient_code=patient.code), "print-link", number),
            Button(say("before_closing/none", patient_code=patient.code), "no-telegram", number),
        )

    def _marked(self, patient: Patient, enrolment: Enrolment, *, at: datetime) -> Html:
        today = local_day(at, patient.zone)
        days = [call.on for call in calls_of(enrolment, patient, self.speaking.shelf) if call.on >= today]
        listed = ", ".join(self.speaking.day(day, at=at) for day in days)
        name = "marked" if days else "marked-no-calls"
        return self.speaking.about(f"before_closing/{name}", patient, listed=listed, phone=self._phone(patient))

    def _phone(self, patient: Patient) -> str:
        return patient.phone or self.speaking.staff("digest/no-phone")
