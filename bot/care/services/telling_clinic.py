"""Say whom to reach and when a person answers, computed from the clinic's hours, holidays and who is on call."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from bot.care.model.clinic import Clinic
from bot.care.model.hours import Way, is_open, promise, route
from bot.care.model.words import Facts
from bot.care.services.voice import Voice

MONDAY = date(2024, 1, 1)
"""Any Monday: only its weekday is said."""


@dataclass(frozen=True)
class ClinicWords:
    voice: Voice
    clinic: Clinic
    country: str

    def facts(self, *, at: datetime) -> Facts:
        here = self.clinic.country_of(self.country)
        return {
            "clinic_name": self.clinic.name,
            "clinic_phone": self.clinic.phone,
            "clinic_hours": self.opening_hours(),
            "ooh_text": self.clinic.out_of_hours,
            "after_hours": self.after_hours(),
            "emergency_number": here.emergency if here else self.voice.phrase("route/emergency_unknown"),
            "crisis_line": here.crisis if here and here.crisis else self.voice.phrase("route/crisis_unknown"),
            "reply_promise": self.reply_promise(at=at),
            "hold_months": str(self.clinic.setting("isotretinoin-hold")),
            "reply_time": self.reply_time(at=at),
            "urgent_route": self.urgent_route(at=at),
            "urgent_any_hour": self.urgent_any_hour(at=at),
            "clinic_open": "yes" if is_open(self.clinic, at) else "no",
        }

    def reply_promise(self, *, at: datetime) -> str:
        """For a sign that nobody else speaks of: before a long wait, also what must not wait."""
        said = self.reply_time(at=at)
        if not promise(self.clinic, at).long_wait:
            return said
        return self.voice.phrase("promise/long_wait", promise=said, urgent_route=self.urgent_route(at=at))

    def reply_time(self, *, at: datetime) -> str:
        found = promise(self.clinic, at)
        if found.on is None or found.at is None:
            return self.voice.phrase("promise/unknown")
        by = {"change_time": self.voice.time(found.at), "change_weekday": self.voice.weekday(found.on)}
        by["change_day"] = self.voice.day(found.on)
        if found.today:
            return self.voice.phrase("promise/today", by)
        return self.voice.phrase("promise/later", by)

    def urgent_route(self, *, at: datetime) -> str:
        found = route(self.clinic, at)
        if found.way is Way.OUT_OF_HOURS:
            return self.voice.phrase("route/out-of-hours", ooh_text=self.clinic.out_of_hours)
        return self.voice.phrase(f"route/{found.way.value}", phone=found.phone, limit=str(found.limit))

    def urgent_any_hour(self, *, at: datetime) -> str:
        """The same for words that are read again later: what is sent at noon is needed at night and on Sunday."""
        clinic = self.clinic
        said = {"clinic_phone": clinic.phone, "limit": str(clinic.urgent_limit), "ooh_text": clinic.out_of_hours}
        if not clinic.on_call_phone or (clinic.on_call_gaps and is_open(clinic, at)):
            return self.voice.phrase("route/any-hour", said)
        name = "any-hour-on-call-now" if clinic.on_call_gaps else "any-hour-on-call"
        return self.voice.phrase(f"route/{name}", said, phone=clinic.on_call_phone)

    def after_hours(self) -> str:
        """Whom to turn to while the clinic is closed: the on-call number where there is one."""
        if not self.clinic.on_call_phone:
            return self.clinic.out_of_hours
        said = {"phone": self.clinic.on_call_phone, "limit": str(self.clinic.urgent_limit)}
        return self.voice.phrase("route/after-hours", said, ooh_text=self.clinic.out_of_hours)

    def opening_hours(self) -> str:
        """Neighbouring days with the same hours together: `Monday to Friday 9:00-18:00`."""
        days = [(MONDAY + timedelta(days=n), hours) for n, hours in enumerate(self.clinic.hours) if hours is not None]
        runs = [
            [day for _, (day, _) in run]
            for _, run in groupby(enumerate(days), key=lambda each: (each[1][0].toordinal() - each[0], each[1][1]))
        ]
        return "; ".join(self._run(run) for run in runs)

    def _run(self, days: list[date]) -> str:
        hours = self.clinic.hours[days[0].weekday()]
        opens, closes = (self.voice.time(each) for each in ((hours.opens, hours.closes) if hours else ()))
        span = {"opens": opens, "closes": closes, "first": self.voice.weekday(days[0])}
        if len(days) == 1:
            return self.voice.phrase("route/hours_of_day", span)
        return self.voice.phrase("route/hours_of_days", span, last=self.voice.weekday(days[-1]))
