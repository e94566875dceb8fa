"""What patients look up by themselves; beside it their settings and their way to a person."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.inbound import Entry, Heard, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.asking import person_button
from bot.care.services.confidence import confided, was_denied
from bot.care.services.escalating import Escalating
from bot.care.services.keeping_unanswered import KeepingUnanswered
from bot.care.services.knowing import Knowing
from bot.care.services.planning import Planning
from bot.care.services.posting import show, tell
from bot.care.services.preferences import Preferences
from bot.care.services.reaching import Reaching
from bot.care.services.topics import Topics


@dataclass(frozen=True)
class SelfCare:
    clock: Clock
    knowing: Knowing
    escalating: Escalating
    planning: Planning
    keeping: KeepingUnanswered

    @property
    def topics(self) -> Topics:
        return Topics(self.knowing)

    @property
    def preferences(self) -> Preferences:
        return Preferences(self.clock, self.knowing, self.escalating, self.planning)

    @property
    def reaching(self) -> Reaching:
        return Reaching(self.clock, self.knowing, self.escalating)

    def today(self, work: Work, who: Sender) -> None:
        """What is on and off today, with dates."""
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        text = self.knowing.today(work, patient, at=now)
        if text is None:
            self._say(work, patient, "selfcare/no-session", at=now)
            return
        tell(work, patient, text, at=now, keyboard=self.topics.menu(patient))

    def plan(self, work: Work, who: Sender) -> None:
        """What is still coming."""
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        enrolment = work.enrolments.current(patient.id) if patient is not None else None
        if patient is None:
            return
        if enrolment is None:
            self._say(work, patient, "selfcare/no-session", at=now)
            return
        planned = self.planning.timetable(work, patient, enrolment, at=now)
        text = self.knowing.telling.plan_overview(patient, enrolment, planned, self.knowing.shelf, at=now)
        tell(work, patient, Html(text), at=now, keyboard=self.topics.menu(patient))

    def faq(self, work: Work, who: Sender) -> None:
        """All topics, a page at a time."""
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        if patient is not None:
            text, keyboard = self.topics.page(patient, 0)
            tell(work, patient, text, at=now, keyboard=keyboard)

    def turn_page(self, work: Work, who: Sender, tap: Tap) -> None:
        """A list turns in its place; under an answer it is opened anew, so that the answer stays."""
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        number, about, wanted_else = (*tap.args, "", "")[:3]
        if wanted_else:
            self.keeping.wanted_else(work, about)
        text, keyboard = self.topics.page(patient, int(number), about)
        if tap.label in ("◀", "▶"):
            show(work, tap, text, at=now, keyboard=keyboard)
        else:
            tell(work, patient, text, at=now, keyboard=keyboard)

    def topic(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        topic, about = (*tap.args, "")[:2]
        self.keeping.chose(work, patient, about, topic, name=who.name, at=now)
        self._note(work, patient, Heard.ANSWERED, tap.label, at=now, topic=topic)
        if not self.topics.tell(work, patient, topic, at=now):
            self.topics.offer(work, patient, (), at=now)

    def help(self, work: Work, who: Sender) -> None:
        """The menu, a person on top."""
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        case = confided(work, patient, at=now) if patient is not None else None
        if case is not None and not was_denied(case):
            # nobody is shown a menu now
            self.reaching.person(work, who, "/help")
        elif patient is not None:
            menu = (person_button(self.knowing, patient),), *self.topics.menu(patient)[:1]
            text = self.knowing.say(work, patient, "phrases/selfcare/help", at=now)
            tell(work, patient, text, at=now, keyboard=menu)

    def _note(self, work: Work, patient: Patient, heard: Heard, words: str, *, at: datetime, topic: str) -> None:
        chat = patient.contact.chat if patient.contact else 0
        work.diary.add(Entry(patient.id, at, heard, words, chat, 0, topic))

    def _say(self, work: Work, patient: Patient, name: str, *, at: datetime) -> None:
        text = self.knowing.say(work, patient, f"phrases/{name}", at=at)
        tell(work, patient, text, at=at, keyboard=((person_button(self.knowing, patient),),))
