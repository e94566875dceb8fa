"""Show the country and clock a patient is on, and change them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.care.model.countries import ONE_CLOCK
from bot.care.model.delivery import Button, Keyboard
from bot.care.model.inbound import AuditEvent, Flow, Said, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.places import zones_named
from bot.care.model.purpose import Purpose
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.planning import Planning
from bot.care.services.posting import show, tell
from bot.care.services.speaking import Speaking

FLOW = "zone"
WAITS = timedelta(minutes=30)
IN_A_ROW = 2
TRIED = "tried"
"""In the flow's data: a wrong city was named once; the next words go to whoever answers words."""
ELSEWHERE = "XX"
"""A country whose numbers we do not have: the words then say "your local emergency number"."""


@dataclass(frozen=True)
class Placing:
    clock: Clock
    speaking: Speaking
    planning: Planning

    def show(self, work: Work, patient: Patient, *, at: datetime) -> None:
        """One line, with a button to change it."""
        button = Button(self.speaking.label("joining/change-place", patient.language), "place", ())
        tell(work, patient, self._place(patient), at=at, keyboard=((button,),), purpose=Purpose.JOINING)

    def ask_country(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = work.patients.by_chat(who.chat)
        if patient is None:
            return
        codes = {country.code for country in self.speaking.shelf.clinic.countries}
        named = sorted((self._country(code, patient.language), code) for code in codes)
        buttons = [Button(name, "country", (code,)) for name, code in named]
        rows: Keyboard = tuple(tuple(buttons[n : n + IN_A_ROW]) for n in range(0, len(buttons), IN_A_ROW))
        elsewhere = Button(self.speaking.label("joining/elsewhere", patient.language), "country", (ELSEWHERE,))
        text = self.speaking.say("joining/ask-country", patient.language)
        show(work, tap, text, at=now, keyboard=(*rows, (elsewhere,)))

    def set_country(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = work.patients.by_chat(who.chat)
        if patient is None:
            return
        code = tap.args[0]
        moved = replace(patient, country=code)
        work.patients.save(moved)
        work.audit.add(AuditEvent(now, f"patient:{patient.code}", "country", f"patient:{patient.code}", code))
        if code in ONE_CLOCK:
            work.flows.clear(who.chat, who.account)
            show(work, tap, self.speaking.say("joining/country-chosen", patient.language, chosen=tap.label), at=now)
            self._set_zone(work, moved, ONE_CLOCK[code], at=now)
            return
        work.flows.put(Flow(who.chat, who.account, FLOW, {}, now + WAITS))
        city = _city(patient.zone)
        show(work, tap, self.speaking.say("joining/ask-city", patient.language, city=city), at=now)

    def typed(self, work: Work, said: Said, *, at: datetime) -> bool:
        """A city, when one was asked for; what does not look like one is left to whoever answers words."""
        who = said.sender
        flow = work.flows.current(who.chat, who.account, at=at)
        patient = work.patients.by_chat(who.chat)
        if flow is None or flow.kind != FLOW or patient is None:
            return False
        zones = zones_named(said.text)
        if not zones:
            return self._say_no_city(work, patient, flow, said.text, at=at)
        work.flows.clear(who.chat, who.account)
        if len(zones) == 1:
            self._set_zone(work, patient, zones[0], at=at)
            return True
        rows: Keyboard = tuple((Button(zone.replace("_", " "), "zone-choose", (zone,)),) for zone in zones)
        text = self.speaking.say("joining/which-city", patient.language)
        tell(work, patient, text, at=at, keyboard=rows)
        return True

    def choose_zone(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = work.patients.by_chat(who.chat)
        if patient is not None and work.outbox.use_tap(tap.token, at=now):
            show(work, tap, self.speaking.say("joining/zone-chosen", patient.language, city=tap.label), at=now)
            self._set_zone(work, patient, tap.args[0], at=now)

    def _say_no_city(self, work: Work, patient: Patient, flow: Flow, typed: str, *, at: datetime) -> bool:
        is_other = typed.strip().casefold() in self.speaking.shelf.bare_words() or not _is_like_a_city(typed)
        if TRIED in flow.data or is_other:
            return False
        work.flows.put(replace(flow, data={TRIED: "yes"}))
        text = self.speaking.say("joining/no-city", patient.language, typed=typed.strip(), city=_city(patient.zone))
        tell(work, patient, text, at=at)
        return True

    def _country(self, code: str, language: str) -> str:
        """Its name; one without a name in the content is called by its code."""
        name = f"countries/{code.lower()}"
        return self.speaking.label(name, language) if self.speaking.shelf.has(f"phrases/{name}", language) else code

    def _set_zone(self, work: Work, patient: Patient, zone: str, *, at: datetime) -> None:
        moved = replace(patient, zone=ZoneInfo(zone))
        work.patients.save(moved)
        work.audit.add(AuditEvent(at, f"patient:{patient.code}", "zone", f"patient:{patient.code}", zone))
        enrolment = work.enrolments.current(patient.id)
        if enrolment is not None:
            self.planning.replan(work, moved, enrolment, at=at)
        self.show(work, moved, at=at)

    def _place(self, patient: Patient) -> str:
        country = self.speaking.shelf.clinic.country_of(patient.country)
        if country is None:
            return self.speaking.say("joining/place-unknown", patient.language, city=_city(patient.zone))
        return self.speaking.say(
            "joining/place",
            patient.language,
            city=_city(patient.zone),
            country=self._country(country.code, patient.language),
            emergency_number=country.emergency,
        )


def _is_like_a_city(typed: str) -> bool:
    """One word, or several that begin with capitals: "it hurts" and "may I swim" are no city that was mistyped."""
    words = typed.replace("-", " ").split()
    return all(map(str.isalpha, words)) and (len(words) == 1 or typed.istitle())


def _city(zone: ZoneInfo) -> str:
    return zone.key.rpartition("/")[2].replace("_", " ")
