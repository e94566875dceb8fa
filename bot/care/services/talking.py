"""While a person and a patient talk, the bot's answers are offered to the person instead of being sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.delivery import Act, ActKind
from bot.care.model.hours import is_open
from bot.care.model.inbound import BY_STAFF, Entry, Heard, Sender, Tap
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import noted
from bot.care.services.confidence import confided_since
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.open_desk import is_ours
from bot.care.services.posting import put, show, tell
from bot.care.services.suggestion import suggestion
from bot.care.services.topics import Topics

QUIET = timedelta(minutes=15)
"""So long after the person's last words, and from closing on, the bot answers by itself again."""


def last_words(work: Work, patient: Patient) -> Entry | None:
    """A person's to the patient, unless they have handed back to the bot since."""
    turns = [entry for entry in work.diary.of_patient(patient.id) if entry.heard in BY_STAFF]
    return turns[-1] if turns and turns[-1].heard is Heard.REPLY else None


def talk(work: Work, patient: Patient, clinic: Clinic, *, at: datetime) -> Entry | None:
    """The person's last words, while the talk goes on; what is confided to clinicians is no talk of the desk."""
    if confided_since(work, patient, at=at) is not None:
        return None
    words = last_words(work, patient)
    return words if words is not None and at - words.at < QUIET and is_open(clinic, at) else None


def let_go(work: Work, patient: Patient, *, message_id: int | None = None) -> None:
    """No answer waits any more: a person answered, its words were changed, or its writer is nobody of ours."""
    for entry in work.diary.held():
        if entry.patient_id == patient.id and message_id in (None, entry.message_id):
            work.diary.decide(entry, Heard.PASSED_ON)


@dataclass(frozen=True)
class Talking:
    clock: Clock
    knowing: Knowing
    escalating: Escalating

    @property
    def topics(self) -> Topics:
        return Topics(self.knowing)

    def of(self, work: Work, patient: Patient, *, at: datetime) -> Entry | None:
        """None also with somebody who has left the team: what is asked now is not theirs to read."""
        words = talk(work, patient, self.knowing.shelf.clinic, at=at)
        return words if words is not None and is_ours(work, Contact(words.chat)) else None

    def suggest(self, work: Work, patient: Patient, entry: Entry, words: Entry, *, at: datetime) -> None:
        """To whoever is talking: what was asked, what the bot would say, and a button that says it."""
        shown = suggestion(self.knowing, work, patient, entry, at=at)
        if shown is None:
            self._answer(work, entry, at=at)
            return
        if not any(one.heard is Heard.SUGGESTED and one.id < entry.id for one in self._since(work, words)):
            told = self.knowing.speaking.phrase("talking/told-patient", patient, member_name=words.topic)
            tell(work, patient, told, at=at, purpose=Purpose.HELD)
        thread = work.threads.of(patient.id)
        if thread is None or thread.chat != words.chat:
            # in their topic it is shown in its turn, with all else that was said
            act = Act(ActKind.SEND, Contact(words.chat), *shown)
            put(work, act, at=at, purpose=Purpose.RELAY, patient_id=patient.id)

    def send(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Send this answer*."""
        now = self.clock.now()
        member = self.escalating.admitting.admit(work, who, "reply", at=now)
        if member is None or not work.outbox.use_tap(tap.token, at=now):
            return
        entry = next((one for one in work.diary.held() if str(one.id) == tap.args[0]), None)
        is_sent = entry is not None and self._answer(work, entry, at=now)
        if entry is not None and is_sent:
            code = work.patients.get(entry.patient_id).code
            work.audit.add(noted(member, "answer-sent", f"patient:{code}", at=now, detail=entry.topic))
        name = "sent" if is_sent else "answered-before"
        self._show(work, tap, self.knowing.speaking.staff(f"talking/{name}", member_name=member.name), at=now)

    def hand_back(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Let the bot go on*: what waited is answered, and so is what comes."""
        now = self.clock.now()
        member = self.escalating.admitting.admit(work, who, "reply", at=now)
        if member is None or not work.outbox.use_tap(tap.token, at=now):
            return
        patient = work.patients.get(int(tap.args[0]))
        chat = patient.contact.chat if patient.contact is not None else 0
        work.diary.add(Entry(patient.id, now, Heard.HANDED_BACK, "", chat, 0, member.name))
        self.run(work, at=now)
        self._show(work, tap, self.knowing.speaking.staff("talking/handed-back", member_name=member.name), at=now)

    def run(self, work: Work, *, at: datetime) -> None:
        """Where the person fell silent the patient gets the answer that was held for them."""
        for entry in work.diary.held():
            if self.of(work, work.patients.get(entry.patient_id), at=at) is None:
                self._answer(work, entry, at=at)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        talks = (self.of(work, work.patients.get(entry.patient_id), at=after) for entry in work.diary.held())
        return min((words.at + QUIET for words in talks if words is not None), default=None)

    def _since(self, work: Work, words: Entry) -> Sequence[Entry]:
        return [one for one in work.diary.of_patient(words.patient_id) if one.id > words.id]

    def _show(self, work: Work, tap: Tap, standing: Html, *, at: datetime) -> None:
        """Below what was asked, which stays."""
        act = work.outbox.get(tap.delivery_id).act
        show(work, tap, Html(f"{act.text}\n\n{standing}") if act is not None else standing, at=at)

    def _answer(self, work: Work, entry: Entry, *, at: datetime) -> bool:
        """False when somebody was quicker, or whoever asked is no longer in this chat."""
        patient = work.patients.get(entry.patient_id)
        if patient.contact is None or patient.contact.chat != entry.chat:
            work.diary.decide(entry, Heard.UNMATCHED)
            return False
        if not work.diary.decide(entry, Heard.ANSWERED):
            return False
        # two clear questions of one message are both answered
        told = [self.topics.tell(work, patient, topic, at=at) for topic in entry.topic.split()]
        if not any(told):
            self.topics.offer(work, patient, (), at=at)
        return True
