"""A number after the answer on pain, which asks for one: it is heard as how strong the pain is."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.inbound import Entry, Heard, Said
from bot.care.model.people import Patient
from bot.care.ports.records import Work
from bot.care.services.answering import Answering
from bot.care.services.posting import tell
from bot.care.services.topics import Topics

PAIN = "pain"
"""The topic whose answer says: rate it 0-10."""
ASKED_FOR = timedelta(hours=4)
_NUMBER = re.compile(r"\W*(10|\d)(?:\s*/\s*10)?\W*")


@dataclass(frozen=True)
class Rating:
    answering: Answering

    def meant(self, work: Work, said: Said, *, at: datetime) -> Said:
        """The same, or `pain 8/10` in the place of a number: a danger sign is heard in it as in any words."""
        patient = work.patients.by_chat(said.sender.chat)
        value = self._rated(work, patient, said, at=at) if patient is not None else ""
        if patient is None or not value:
            return said
        speaking = self.answering.knowing.speaking
        return replace(said, text=speaking.label("listening/pain-rated", patient.language, value=value))

    def noted(self, work: Work, patient: Patient, said: Said, *, at: datetime) -> bool:
        """True when it was a rating; what is dangerous was raised before."""
        if not self._rated(work, patient, said, at=at):
            return False
        work.diary.add(Entry(patient.id, at, Heard.ANSWERED, said.text, said.sender.chat, said.message_id, PAIN))
        text = self.answering.knowing.say(work, patient, "phrases/listening/pain-noted", at=at)
        tell(work, patient, text, at=at, keyboard=Topics(self.answering.knowing).menu(patient))
        return True

    def _rated(self, work: Work, patient: Patient, said: Said, *, at: datetime) -> str:
        """From 0 to 10; empty when it is none, or when a check-in asked for the number."""
        number = _NUMBER.fullmatch(said.text)
        if number is None or said.edited or self.answering.is_asked_for(work, patient, number[1], at=at):
            return ""
        last = next(iter(work.diary.of_patient(patient.id, limit=1)), None)
        is_asked = last is not None and (last.heard, last.topic) == (Heard.ANSWERED, PAIN) and at - last.at <= ASKED_FOR
        return number[1] if is_asked else ""
