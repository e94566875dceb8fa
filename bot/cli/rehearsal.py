"""Let the whole house answer one message of a patient who does not exist; nothing leaves and nothing stays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.care.house import House
from bot.care.model.enrolment import Enrolment
from bot.care.model.inbound import Heard, Said, Sender
from bot.care.model.people import Consent, Contact, Patient
from bot.care.model.texts import flat
from bot.care.model.triage import Assessment, Level
from bot.care.ports.hearing import Hearing, Match
from bot.care.ports.records import Work
from bot.compose.house import furnish
from bot.library.dates import BabelDates
from bot.library.shelf import ContentShelf
from bot.records.cipher import fresh_keys
from bot.records.database import Database

CHAT = Contact(1)


@dataclass(frozen=True)
class Answer:
    """What became of the message: its named end, what the patient reads, and what understanding made of it."""

    heard: Heard | None
    topic: str
    """The FAQ topic, the out-of-scope family or the red flag it ended with."""
    level: Level | None
    texts: Sequence[str]
    buttons: Sequence[str]
    assessment: Assessment
    match: Match


@dataclass(frozen=True)
class Stopped:
    """A clock that shows one instant."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Shown:
    """Fills `bot.care.ports.words.Library` with one shelf."""

    shelf: ContentShelf


@dataclass(frozen=True)
class Rehearsal:
    """One message, its patient and their session; the patient's id and consent are added here."""

    shelf: ContentShelf
    understanding: Hearing
    patient: Patient
    enrolment: Enrolment

    def answer(self, text: str, *, at: datetime) -> Answer:
        """Through the very services that answer in the chat, on a database that is thrown away."""
        with TemporaryDirectory(prefix="aftercare-ask-") as folder:
            database = Database.open(f"sqlite:///{Path(folder) / 'ask.db'}", fresh_keys())
            try:
                return database.writing(lambda work: self._heard(work, database, text, at=at)).result()
            finally:
                database.close()

    def _heard(self, work: Work, database: Database, text: str, *, at: datetime) -> Answer:
        house = self._house(database, at=at)
        joined = self.patient.agree(CHAT, Consent(at, self.shelf.version, self.patient.language))
        patient = work.patients.add(joined)
        work.enrolments.add(replace(self.enrolment, patient_id=patient.id))
        situation = house.listening.knowing.situation(work, patient, patient.language, at=at)
        said = Said(Sender(CHAT.chat, CHAT.chat, patient.first_name, patient.language), text, message_id=1)
        if not house.listening.raises(work, said, at=at):
            house.listening.hear(work, said)
        understanding = self.understanding
        return _answer(work, patient, understanding.triage(text, situation), understanding.match(text, situation))

    def _house(self, database: Database, *, at: datetime) -> House:
        library, dates = Shown(self.shelf), BabelDates()
        return furnish(
            Stopped(at), library, dates, self.understanding, database.keys, bot_name="aftercare_bot", on_telegram=False
        ).house


def _answer(work: Work, patient: Patient, assessment: Assessment, match: Match) -> Answer:
    entries = work.diary.of_patient(patient.id)
    cases = work.escalations.of_patient(patient.id)
    acts = [row.act for row in work.outbox.of_patient(patient.id) if row.contact == CHAT and row.act is not None]
    return Answer(
        heard=entries[-1].heard if entries else None,
        topic=entries[-1].topic if entries else "",
        level=cases[-1].level if cases else None,
        texts=[flat(act.text) for act in acts if act.text],
        buttons=[button.label for act in acts for line in act.keyboard for button in line],
        assessment=assessment,
        match=match,
    )
