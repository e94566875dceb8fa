"""Whatever patients and staff write, in whatever order: each message arrives where it belongs, once, and in order."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from random import Random

from bot.care.model.delivery import Act, ActKind
from bot.care.model.inbound import Sender
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from tests.builders import a_patient, an_enrolment
from tests.care.desk.test_forum import follow
from tests.care.listening.ward import Ward, a_desk, a_ward
from tests.care.scene import ANNA, BERT, CLARA, DESK, RITA, at_desk

TURNS = 24
PATIENTS = (ANNA, BERT)
QUESTIONS = (
    "can i wear makeup tomorrow", "thanks", "ok", "when can i swim", "is this normal", "my cheek is leaking pus",
    "my cat ate the cream", "how long will i be red", "could you move my appointment", "good morning", "it stings",
)  # fmt: skip
REPLIES = ("Please wait two days.", "That is fine.", "Come in at 15:00.", "Send me a picture, please.", "Well done!")


@dataclass
class Talk:
    """What was written, beside what arrived."""

    ward: Ward
    rng: Random
    people: dict[int, Patient] = field(default_factory=dict)
    written: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    replied: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    sent: list[tuple[int, Sender, int, int]] = field(default_factory=list)
    """Staff's own messages: patient's chat, who, message id, what it replied to."""

    def turn(self) -> None:
        deeds = (self.patient_writes, self.patient_writes, self.staff_replies, self.staff_replies, self.picture)
        more = (self.staff_talk, self.staff_changes, self.time_passes, self.round)
        self.rng.choice((*deeds, *more))()

    def patient_writes(self) -> None:
        who, words = self.rng.choice(PATIENTS), self.rng.choice(QUESTIONS)
        self.ward.says(who, words)
        self.written[who.chat].append(words)

    def picture(self) -> None:
        who = self.rng.choice(PATIENTS)
        self.ward.says(who, "", media="photo")
        self.written[who.chat].append("[photo]")

    def staff_replies(self) -> None:
        who, chat = self.rng.choice((CLARA, RITA)), self.rng.choice(PATIENTS).chat
        target = self.something_of(chat)
        if target is not None:
            words = self.rng.choice(REPLIES)
            message = self.ward.says(at_desk(who), words, reply_to=target)
            self.replied[chat].append(words)
            self.sent.append((chat, who, message, target))

    def staff_changes(self) -> None:
        if self.sent:
            chat, who, message, target = self.rng.choice(self.sent)
            self.ward.says(at_desk(who), "Changed.", edits=message, reply_to=target)
            assert [act for where, act in self.ward.arrived if where == chat][-1].kind is ActKind.EDIT

    def staff_talk(self) -> None:
        self.ward.says(at_desk(RITA), "Who has seen the blue folder?")

    def time_passes(self) -> None:
        self.ward.later(minutes=self.rng.choice((1, 5, 20)))

    def round(self) -> None:
        follow(self.ward)

    def something_of(self, chat: int) -> int | None:
        """A message in the patient's topic that can be replied to."""
        patient = self.people[chat].id
        rows = (row for row in self.ward.records.memory.deliveries.values() if row.purpose is Purpose.RELAY)
        found = [row.message_id for row in rows if row.patient_id == patient and row.message_id]
        return self.rng.choice(found) if found else None


def a_talk(seed: int) -> Talk:
    ward = a_ward()
    ward.work.team.set_desk(a_desk(is_forum=True))
    bert = ward.work.patients.add(replace(a_patient(), id=0, code="", first_name="Bert", contact=Contact(BERT.chat)))
    ward.work.enrolments.add(an_enrolment("pico", patient_id=bert.id))
    follow(ward)
    return Talk(ward, Random(seed), {ANNA.chat: ward.anna(), BERT.chat: bert})


def topic_of(talk: Talk, chat: int) -> list[Act]:
    thread = talk.ward.work.threads.of(talk.people[chat].id)
    assert thread is not None
    return [act for where, act in talk.ward.arrived if where == DESK and act.to.thread == thread.thread]


def said_in(acts: list[Act], names: tuple[str, ...]) -> list[str]:
    """The patients' own words in these messages, in order."""
    lines = (line for act in acts if act.kind is ActKind.SEND for line in act.text.split("\n"))
    opened = ((line, name) for line in lines for name in names if line.startswith((f"<b>{name}:", f"<b>{name} (")))
    return [line.partition("</b>")[2].strip(" :") for line, _ in opened]


def test_nothing_is_lost_doubled_or_crossed(conversation: int) -> None:
    talk = a_talk(conversation)

    for _ in range(TURNS):
        talk.turn()
    follow(talk.ward)

    for chat, patient in talk.people.items():
        assert said_in(topic_of(talk, chat), ("Anna", "Bert")) == talk.written[chat]
        pictures = [act for act in topic_of(talk, chat) if act.kind is ActKind.COPY]
        assert len(pictures) == talk.written[chat].count("[photo]")
        sent = (act for where, act in talk.ward.arrived if where == chat and act.kind is ActKind.SEND)
        signed = [act.text.partition("</b>\n")[2] for act in sent if act.text.startswith(("<b>Clara,", "<b>Rita,"))]
        assert signed == talk.replied[chat], patient.first_name
