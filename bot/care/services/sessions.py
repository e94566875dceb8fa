"""What became of a session, when the next one is, and corrections of what was recorded."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.care.model.enrolment import Enrolment
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member, Patient
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.continuing import Continuing, begun_as
from bot.care.services.correcting import Correcting
from bot.care.services.finding import Finding
from bot.care.services.health_noting import HealthNoting
from bot.care.services.inviting import Inviting
from bot.care.services.posting import post, show
from bot.care.services.session_asking import SessionAsking
from bot.care.services.session_calendar import SessionCalendar
from bot.care.services.session_moving import SessionMoving
from bot.care.services.session_said import SessionSaid
from bot.care.services.speaking import Speaking

SETTLES = frozenset({"", "done", "not"})
"""What is answered with one tap while day 0 rests on the patient's word."""


@dataclass(frozen=True)
class Sessions:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    finding: Finding
    confirming: Confirming
    continuing: Continuing
    inviting: Inviting
    correcting: Correcting
    said: SessionSaid
    moving: SessionMoving
    noting: HealthNoting

    @property
    def asking(self) -> SessionAsking:
        return SessionAsking(self.speaking, self.confirming, self.inviting, self.noting, self.continuing.planning)

    @property
    def calendar(self) -> SessionCalendar:
        return SessionCalendar(self.speaking, self.asking)

    def session(self, work: Work, who: Sender, words: str) -> None:
        """`/session CODE`, then `done`, `not`, a date, or buttons for these."""
        asked = self._asked(work, who, "session", words, at=(now := self.clock.now()))
        if asked is None:
            return
        patient, enrolment, rest = asked
        word = rest[0].lower() if rest else ""
        if enrolment.provisional and word in SETTLES:
            self.said.asking.ask_here(work, who, patient, enrolment, at=now)
            return
        match word:
            case "":
                self.asking.offer(work, who, patient, enrolment, at=now)
            case "done":
                self.asking.ask_done(work, who, patient, enrolment, " ".join(rest[1:]), at=now)
            case "not":
                self.asking.ask_move(work, who, patient, enrolment, None, at=now)
            case _:
                self.asking.ask_for(work, who, (patient, enrolment), " ".join(rest), at=now)

    def reschedule(self, work: Work, who: Sender, words: str) -> None:
        """`/reschedule CODE DATE`; without a date it is tapped."""
        asked = self._asked(work, who, "reschedule", words, at=(now := self.clock.now()))
        if asked is None:
            return
        patient, enrolment, rest = asked
        if not rest:
            self.calendar.open(work, who, patient, enrolment, at=now)
            return
        self.asking.ask_for(work, who, (patient, enrolment), " ".join(rest), at=now)

    def cancel(self, work: Work, who: Sender, words: str) -> None:
        """`/cancel CODE`: the next session will not be."""
        asked = self._asked(work, who, "cancel", words, at=(now := self.clock.now()))
        if asked is not None:
            self.asking.ask_move(work, who, asked[0], asked[1], None, at=now)

    def choose(self, work: Work, who: Sender, tap: Tap) -> None:
        """A button of `/session` or of the card: args are the patient and `done`, `not` or `date`."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "session", at=now) is None:
            return
        patient = work.patients.get(int(tap.args[0]))
        enrolment = work.enrolments.current(patient.id)
        if enrolment is None:
            post(work, here(who), self.speaking.about("enrolling/no-course", patient), at=now)
        elif enrolment.provisional and tap.args[1] in SETTLES:
            self.said.asking.ask_here(work, who, patient, enrolment, at=now)
        elif tap.args[1] == "done":
            self.asking.ask_done(work, who, patient, enrolment, "", at=now)
        elif tap.args[1] == "not":
            self.asking.ask_move(work, who, patient, enrolment, None, at=now)
        else:
            self.calendar.open(work, who, patient, enrolment, at=now)

    def turn(self, work: Work, who: Sender, tap: Tap) -> None:
        """Another month of the calendar, or back to it."""
        found = self._tapped(work, who, tap, at=(now := self.clock.now()))
        if found is not None:
            self.calendar.turn(work, who, tap, *found, at=now)

    def pick(self, work: Work, who: Sender, tap: Tap) -> None:
        """A day of the calendar: says what it changes, and asks."""
        found = self._tapped(work, who, tap, at=(now := self.clock.now()))
        if found is not None:
            self.calendar.pick(work, who, tap, *found, at=now)

    def moved(self, work: Work, who: Sender, tap: Tap) -> None:
        """Confirmed: a new next date, or none."""
        now = self.clock.now()
        found = self._confirmed(work, who, tap, at=now)
        if found is None:
            return
        member, patient, enrolment, args = found
        day = date.fromisoformat(args[0]) if args[0] else None
        moved = self.moving.move(work, patient, enrolment, day, at=now)
        work.audit.add(noted(member, "reschedule", f"patient:{patient.code}", at=now, detail=args[0] or "none"))
        summary = self.inviting.summary(moved, at=now)
        show(work, tap, self.speaking.about("sessions/moved", patient, summary=summary), at=now)

    def done(self, work: Work, who: Sender, tap: Tap) -> None:
        """Confirmed: the session took place, so day 0 begins."""
        now = self.clock.now()
        found = self._confirmed(work, who, tap, at=now)
        if found is None:
            return
        member, patient, enrolment, args = found
        day, ended = date.fromisoformat(args[0]), time.fromisoformat(args[1])
        begun = self.continuing.take_place(work, patient, enrolment, day, ended=ended, by=member.account, at=now)
        self.said.overriding.ask_again(work, patient, begun, at=now)
        self.noting.done(work, patient, begun, at=now)
        work.audit.add(noted(member, "session-done", f"patient:{patient.code}", at=now, detail=args[0]))
        summary = self.inviting.summary(begun, at=now)
        show(work, tap, self.speaking.about(f"sessions/{begun_as(patient)}", patient, summary=summary), at=now)

    def correct(self, work: Work, who: Sender, words: str) -> None:
        """`/correct CODE treatment=... surface=... area=... date=... ended=...`."""
        asked = self._asked(work, who, "correct", words, at=(now := self.clock.now()))
        if asked is not None and not asked[2]:
            self.asking.show_correctable(work, who, asked[0], asked[1], at=now)
        elif asked is not None:
            self.correcting.ask(work, who, asked[0], asked[1], " ".join(asked[2]), at=now)

    def corrected(self, work: Work, who: Sender, tap: Tap) -> None:
        self.correcting.confirmed(work, who, tap, at=self.clock.now())

    def leave(self, work: Work, who: Sender, tap: Tap) -> None:
        """ "Leave it as it is"."""
        self.confirming.leave(work, who, tap, at=self.clock.now())

    def _asked(
        self, work: Work, who: Sender, command: str, words: str, *, at: datetime
    ) -> tuple[Patient, Enrolment, list[str]] | None:
        """Whom the command is about and what else was typed; whoever may not or mistyped is told."""
        if self.admitting.admit(work, who, command, at=at) is None:
            return None
        code, *rest = words.split() or [""]
        if not code:
            post(work, here(who), self.speaking.staff(f"sessions/usage-{command}", problems=""), at=at)
            return None
        patient = self.finding.patient(work, who, code, at=at)
        enrolment = None if patient is None else work.enrolments.current(patient.id)
        if patient is not None and enrolment is None:
            post(work, here(who), self.speaking.about("enrolling/no-course", patient), at=at)
        return None if patient is None or enrolment is None else (patient, enrolment, rest)

    def _tapped(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> tuple[Patient, Enrolment] | None:
        """Whom a calendar is about, while they are in care."""
        if self.admitting.admit(work, who, "reschedule", at=at) is None:
            return None
        patient = work.patients.get(int(tap.args[0]))
        enrolment = work.enrolments.current(patient.id)
        if enrolment is None:
            show(work, tap, self.speaking.about("enrolling/no-course", patient), at=at)
            return None
        return patient, enrolment

    def _confirmed(
        self, work: Work, who: Sender, tap: Tap, *, at: datetime
    ) -> tuple[Member, Patient, Enrolment, tuple[str, ...]] | None:
        """Who confirmed what; nothing when it is not theirs, or the enrolment is no longer the current one."""
        member = self.admitting.admit(work, who, "session", at=at)
        args = None if member is None else self.confirming.accept(work, who, tap, at=at)
        if member is None or args is None:
            return None
        patient = work.patients.get(int(args[0]))
        enrolment = work.enrolments.current(patient.id)
        if enrolment is None or enrolment.id != int(args[1]):
            show(work, tap, self.speaking.about("sessions/settled-since", patient), at=at)
            return None
        return member, patient, enrolment, args[2:]
