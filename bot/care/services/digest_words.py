"""Put a morning into one message: worst first, each section with the command that shows the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.delivery import Delivery
from bot.care.model.digest import MOST_LINES, Section, fitted
from bot.care.model.escalation import Escalation
from bot.care.model.people import Patient
from bot.care.model.roll import Call, InCare, Need, Roll
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.alert_list import AlertList
from bot.care.services.form_reading import weekday_and_day
from bot.care.services.holding_words import HoldingWords
from bot.care.services.listing import Listing, Page, waiting
from bot.care.services.on_call_words import OnCallWords
from bot.care.services.ringing import for_clinicians_only
from bot.care.services.rolling import take_roll
from bot.care.services.speaking import Speaking
from bot.care.services.undelivered import Undelivered
from scheduler.localtime import local_day

LATE = timedelta(hours=1)
"""An update may be given up a while after it came in: rather told twice than never."""

TOLD = (Need.SILENT, Need.CALLS, Need.UNREACHABLE, Need.TODAY, Need.COMING, Need.WAITING)


@dataclass(frozen=True)
class Findings:
    """What there is to tell, whoever reads it."""

    roll: Roll
    lost: Sequence[Delivery]
    unread: Sequence[str]
    opened: Sequence[Escalation]


@dataclass(frozen=True)
class DigestWords:
    speaking: Speaking
    listing: Listing
    alert_list: AlertList
    undelivered: Undelivered

    def look(self, work: Work, *, since: datetime, at: datetime) -> Findings:
        """For readers. `since`: the last digest."""
        roll = take_roll(work, self.speaking.shelf, at=at)
        unread = work.survey.quarantined(since=since - LATE)
        return Findings(roll, self.undelivered.since(work, since), unread, work.escalations.open())

    def page(self, work: Work, found: Findings, *, detailed: bool, asked: bool = False) -> Page:
        """`detailed`: for somebody who is told of self-harm. `asked`: not the morning's own."""
        at = found.roll.at
        lost = self.undelivered.section(work, found.lost)
        sections = [
            self._alerts(work, found.opened, detailed=detailed, at=at),
            lost,
            self._unread(work, found.unread),
            *(self._people(work, found.roll, need) for need in TOLD),
        ]
        when = weekday_and_day(self.speaking, found.roll.today, at=at)
        shown = fitted([section for section in sections if section.count])
        turn = [*self._on_hold(work, at=at), *self._on_call(work, at=at)]
        if not shown:
            quiet = self._say("quiet-now" if asked else "quiet", when=when)
            return Page(Html("\n\n".join([quiet, *turn])), ())
        blocks = [self._say("now" if asked else "hello", when=when), *turn, *(one.shown(most) for one, most in shown)]
        decidable = next((most for one, most in shown if one is lost), 0)
        return Page(Html("\n\n".join(blocks)), self.undelivered.keyboard(work, found.lost[:decidable], at=at))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _on_hold(self, work: Work, *, at: datetime) -> list[Html]:
        """Nobody forgets that patients get nothing."""
        holds = work.holds.all()
        return [HoldingWords(self.speaking).page(work, holds, at=at)] if holds else []

    def _on_call(self, work: Work, *, at: datetime) -> list[Html]:
        """Whose turn it is, in a clinic that enters it."""
        return [OnCallWords(self.alert_list.card.knowing).short(work, at=at)] if work.on_call.is_kept() else []

    def _alerts(self, work: Work, opened: Sequence[Escalation], *, detailed: bool, at: datetime) -> Section:
        found = [one for one in opened if one.patient_id is not None]
        lines = [self._alert(work, one, detailed=detailed, at=at) for one in found[:MOST_LINES]]
        return self._section("alerts", lines, len(found))

    def _alert(self, work: Work, escalation: Escalation, *, detailed: bool, at: datetime) -> Html:
        level = self.speaking.staff(f"alerts/level-{escalation.level.value if escalation.level else 'none'}")
        if for_clinicians_only(escalation) and not detailed:
            return self._say("alert-private", level=level)
        return self.speaking.about(
            "digest/alert",
            work.patients.get(escalation.patient_id or 0),
            level=level,
            sign=self.alert_list.card.sign(escalation),
            since=self._age(escalation, at=at),
            standing=self.alert_list.standing(work, escalation),
        )

    def _age(self, escalation: Escalation, *, at: datetime) -> str:
        minutes = int((at - escalation.opened_at).total_seconds()) // 60
        if minutes < 60:
            return self._say("age-minutes", count=str(minutes))
        hours = minutes // 60
        return self._say("age-hours", count=str(hours)) if hours < 48 else self._say("age-days", count=str(hours // 24))

    def _unread(self, work: Work, lines: Sequence[str]) -> Section:
        """Whoever wrote it waits for an answer that will not come."""
        people = [work.patients.by_chat(_chat(line)) for line in lines[:MOST_LINES]]
        return self._section("unread", [self._unread_line(patient) for patient in people], len(lines))

    def _unread_line(self, patient: Patient | None) -> Html:
        if patient is None:
            return self._say("unread-stranger")
        return self.speaking.about("digest/unread-line", patient, phone=self._phone(patient))

    def _people(self, work: Work, roll: Roll, need: Need) -> Section:
        found = roll.who(need)
        lines = [self._line(work, roll, need, one) for one in found[:MOST_LINES]]
        asked = sum(roll.has_check_in(one) for one in found) if need is Need.TODAY else 0
        return self._section(need.value, lines, len(found), value=str(asked))

    def _line(self, work: Work, roll: Roll, need: Need, one: InCare) -> Html:
        patient, name, at = one.patient, f"{need.value}-line", roll.at
        facts = {
            "day_words": self.speaking.course_day(patient, one.enrolment, at=at),
            "treatment_name": self.speaking.treatment(one.enrolment),
            "phone": self._phone(patient),
        }
        match need:
            case Need.TODAY:
                name = "today-check-in" if roll.has_check_in(one) else name
            case Need.SILENT:
                asked = roll.last_asked(one)
                facts["when"] = self._day(asked, at=at) if asked else ""
            case Need.CALLS:
                facts["listed"] = ", ".join(self._call(call) for call in roll.calls[one.enrolment.id])
            case Need.UNREACHABLE:
                facts["state"] = self._why(patient, at=at)
            case Need.COMING:
                facts["when"] = self._next_session(one, at=at)
            case Need.WAITING:
                facts["state"] = self.speaking.staff(f"seeing/state-{waiting(work, patient, at=at)}")
        return self.speaking.about(f"digest/{name}", patient, **facts)

    def _call(self, call: Call) -> str:
        return self._say(f"call-{'before' if call.is_before else 'after'}", day=str(call.day))

    def _why(self, patient: Patient, *, at: datetime) -> Html:
        if patient.unreachable_since is not None:
            return self._say("blocked", when=self._day(patient.unreachable_since, at=at))
        return self._say("stopped", when=self._day(patient.stopped_at or at, at=at))

    def _next_session(self, one: InCare, *, at: datetime) -> str:
        day, hour = one.enrolment.next_on, one.enrolment.next_at
        said = "" if day is None else weekday_and_day(self.speaking, day, at=at)
        return said if hour is None else f"{said}, {self.speaking.dates.say_time(hour, self.speaking.staff_language)}"

    def _day(self, moment: datetime, *, at: datetime) -> str:
        return self.speaking.day(local_day(moment, self._clinic.zone), at=at)

    def _phone(self, patient: Patient) -> str:
        return patient.phone or self._say("no-phone")

    def _section(self, name: str, lines: Sequence[Html], count: int, **facts: str) -> Section:
        title = self._say(name, count=str(count), **facts)
        return Section(title, lines, count, lambda left: self._say(f"{name}-more", count=str(left)))

    def _say(self, name: str, /, **facts: str) -> Html:
        return self.speaking.staff(f"digest/{name}", **facts)

    @property
    def _clinic(self) -> Clinic:
        return self.speaking.shelf.clinic


def _chat(line: str) -> int:
    """The chat an update came from, as the intake keeps its line; 0, which nobody has, if it had none."""
    chat = line.partition(":")[0]
    return int(chat) if chat.lstrip("-").isdecimal() else 0
