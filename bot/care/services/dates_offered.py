"""A date that a patient names moves nothing until staff confirm it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.care.model.dates_typed import DOTTED, ISO, read_date
from bot.care.model.inbound import CheckInAnswer, Entry, Flow, Heard, Said
from bot.care.model.people import Patient
from bot.care.ports.records import Work
from bot.care.services.asking import person_button
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.posting import tell
from scheduler.localtime import local_day

FLOW = "date"


@dataclass(frozen=True)
class DatesOffered:
    knowing: Knowing
    escalating: Escalating

    def typed(self, work: Work, patient: Patient, said: Said, *, at: datetime) -> bool:
        """True when the words are a date, asked for or not: passed on, and nothing else."""
        today = local_day(at, patient.zone)
        text = said.text.strip().lower()
        flow = work.flows.current(said.sender.chat, said.sender.account, at=at)
        asked = flow is not None and flow.kind == FLOW
        # "today" or "+4w" is a date only where one was asked for
        if not asked and not (ISO.fullmatch(text) or DOTTED.fullmatch(text)):
            return False
        day = read_date(text, today=today)
        if day is None:
            return False
        if flow is not None and asked:
            work.flows.clear(said.sender.chat, said.sender.account)
            self._keep(work, patient, flow, day, at=at)
        self._pass_on(work, patient, day, said, at=at)
        return True

    def _keep(self, work: Work, patient: Patient, flow: Flow, day: date, *, at: datetime) -> None:
        """The check-in's question is answered, though the date itself waits for staff."""
        enrolment = work.enrolments.get(int(flow.data["enrolment"]))
        since = enrolment.day(local_day(at, patient.zone)) or 0
        step, ask = flow.data["step"], flow.data["ask"]
        work.answers.add(CheckInAnswer(patient.id, enrolment.id, step, ask, day.isoformat(), at, since))

    def _pass_on(self, work: Work, patient: Patient, day: date, said: Said, *, at: datetime) -> None:
        text = self.knowing.say(work, patient, "phrases/listening/date-passed-on", at=at)
        tell(work, patient, text, at=at, keyboard=((person_button(self.knowing, patient),),))
        words = f"{said.text.strip()} ({day.isoformat()})"
        self.escalating.alerting.raise_alert(work, patient, level=None, reason="date", words=words, told=text, at=at)
        chat = said.sender.chat
        work.diary.add(Entry(patient.id, at, Heard.PASSED_ON, said.text, chat, said.message_id, "date"))
