"""Say who is on call, who comes next, and what patients are told meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.on_call import Turn
from bot.care.model.people import Member
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.duty import caring, on_call, roster
from bot.care.services.form_reading import weekday_and_day
from bot.care.services.knowing import Knowing
from scheduler.localtime import local_day

MONDAY = date(2024, 1, 1)
"""Any Monday: only its weekday is said."""


@dataclass(frozen=True)
class OnCallWords:
    knowing: Knowing

    @property
    def clinic(self) -> Clinic:
        return self.knowing.shelf.clinic

    def page(self, work: Work, *, at: datetime) -> Html:
        """`/oncall`: now, next, the week, and what is true for patients."""
        lines = [self.short(work, at=at), self.week(work), self._for_patients(work, at=at)]
        return Html("\n".join(line for line in lines if line))

    def short(self, work: Work, *, at: datetime) -> Html:
        lines = [self.now(work, at=at), self._next(work, at=at)]
        return Html("\n".join(line for line in lines if line))

    def now(self, work: Work, *, at: datetime) -> Html:
        clinic = self.clinic
        member, until = on_call(work, clinic, at=at), roster(work, clinic, at=at).stretch(at).until
        who = "nobody" if member is None else "now"
        name = f"{who}-until" if until is not None else who
        return self.say(name, member_name=name_of(member), until=self.moment(until or at, at=at))

    def week(self, work: Work) -> Html:
        lines = [self._turn(work, turn) for turn in work.on_call.turns()]
        return self.say("week", listed=Html("; ".join(lines))) if lines else Html()

    def moment(self, moment: datetime, *, at: datetime) -> str:
        """With its weekday, on the clinic's clock; today's hour alone."""
        speaking, zone = self.knowing.speaking, self.clinic.zone
        day, hour = local_day(moment, zone), speaking.hour(moment, zone)
        return hour if day == local_day(at, zone) else f"{weekday_and_day(speaking, day, at=at)}, {hour}"

    def say(self, name: str, /, **facts: str) -> Html:
        return self.knowing.speaking.staff(f"on-call/{name}", **facts)

    def label(self, name: str, /, **facts: str) -> str:
        return self.knowing.speaking.label(f"on-call/{name}", **facts)

    def _next(self, work: Work, *, at: datetime) -> Html:
        clinic = self.clinic
        kept = roster(work, clinic, at=at)
        until = kept.stretch(at).until
        if until is None:
            return Html()
        member = caring(work, kept.at(until))
        name = "next-nobody" if member is None else "next"
        return self.say(name, member_name=name_of(member), when=self.moment(until, at=at))

    def _turn(self, work: Work, turn: Turn) -> str:
        dates, language = self.knowing.speaking.dates, self.knowing.speaking.staff_language
        day = dates.say_weekday(MONDAY + timedelta(days=turn.weekday), language)
        return self.say(
            "turn",
            when=f"{day} {dates.say_time(turn.at, language)}",
            member_name=name_of(caring(work, turn.account)) or self.say("no-one"),
        )

    def _for_patients(self, work: Work, *, at: datetime) -> Html:
        language = self.knowing.speaking.staff_language
        told = self.knowing.clinic_facts(work, language, self.clinic.country, at=at)
        return self.say("for-patients", said=told["after_hours"])


def name_of(member: Member | None) -> str:
    return "" if member is None else member.name
