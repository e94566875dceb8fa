"""What is not text goes to a person, together with the case it belongs to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Delivery, MessageRef
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.inbound import MEDIA, CheckInAnswer, Entry, Flow, Heard, Said
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.raising import is_flag
from bot.care.model.sent_file import SentFile, Unfit
from bot.care.model.texts import cut
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.asking import person_button
from bot.care.services.confidence import confided, was_denied
from bot.care.services.confiding import Confiding
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.posting import tell
from bot.care.services.ringing import first_to_hear, for_clinicians_only
from bot.care.services.speaking import Speaking
from bot.care.services.whose import own_cases
from scheduler.localtime import local_day

MOST_CAPTION = 900
"""UTF-16 units of the patient's own words: with the name they fit under a picture."""
FLOW = "photo"
BELONGS_WITHIN = timedelta(hours=24)
"""A picture sent so soon after a red flag belongs to that case."""
LIVE = frozenset({"location", "venue"})
"""What changes by itself, as long as it is shared."""
ONE_ALBUM = timedelta(minutes=1)
"""Several pictures sent together get one answer."""


@dataclass(frozen=True)
class PassingOn:
    knowing: Knowing
    escalating: Escalating

    def pass_on(self, work: Work, patient: Patient, said: Said, *, at: datetime, quietly: bool = False) -> None:
        """A copy to staff under the right case, the truth to the patient, and a line in the diary.

        `quietly` when the patient was answered for its caption already.
        """
        is_diary = self._keep(work, patient, said, at=at)
        confiding = confided(work, patient, at=at)
        name = _answer(said, is_diary=is_diary, confiding=confiding is not None and not was_denied(confiding))
        told = self.knowing.say(work, patient, f"phrases/{name}", at=at)
        answered = quietly or self._answered_just_now(work, patient, at=at)
        case = self._case(work, patient, said, confiding, told=told, at=at)
        for contact in first_to_hear(work, case, self.knowing.shelf.clinic, at=at):
            self._copy(work, case, contact, patient, said, at=at)
        if not answered or (said.file is not None and said.file.unfit is not None):
            tell(work, patient, told, at=at, keyboard=((person_button(self.knowing, patient),),))
        entry = Entry(patient.id, at, Heard.PASSED_ON, _words(said), said.sender.chat, said.message_id, MEDIA)
        work.diary.add(replace(entry, file=said.file))

    def own_up(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """Staff were told that a picture cannot be opened; its sender was told that it was passed on."""
        act = delivery.act
        if act is None or act.file is None or act.file.unfit is not None:
            return  # they were told at once
        source = act.source
        patient = work.patients.get(delivery.patient_id) if delivery.patient_id is not None else None
        if source is None or patient is None or patient.contact is None or patient.contact.chat != source.chat:
            return
        rows = work.outbox.of_patient(patient.id, (Purpose.UNREAD,))
        # however many of staff it was for
        if not any(row.act is not None and row.act.reply_to == source.message for row in rows):
            text = self.knowing.say(work, patient, f"phrases/answering/file-{Unfit.UNREADABLE}", at=at)
            keyboard = ((person_button(self.knowing, patient),),)
            tell(work, patient, text, at=at, keyboard=keyboard, purpose=Purpose.UNREAD, reply_to=source.message)

    def _copy(
        self, work: Work, case: Escalation, contact: Contact, patient: Patient, said: Said, *, at: datetime
    ) -> None:
        message = MessageRef(said.sender.chat, said.message_id)
        whose, instead = self._whose(patient, said), unread(self.knowing.speaking, patient, said.file, said.text)
        agreed = patient.consent is not None and patient.consent.photos
        album = patient.id if agreed and said.file is not None and said.file.is_picture else None
        self.escalating.alerting.copy(
            work, case, contact, message, at=at, caption=whose, file=said.file, instead=instead, album=album
        )

    def _whose(self, patient: Patient, said: Said) -> Html:
        """Name and code above the patient's own caption."""
        return self.knowing.speaking.about("alerts/copied", patient, said=cut(said.text, most=MOST_CAPTION))

    def _case(
        self, work: Work, patient: Patient, said: Said, confiding: Escalation | None, *, told: Html, at: datetime
    ) -> Escalation:
        """The red flag it belongs to, else the pictures that came just before, else a case of its own.

        Where something is `confiding`, only what clinicians alone read: a picture can say more than words.
        """
        mine = [one for one in own_cases(work, patient) if one.state is not EscalationState.CLOSED]
        if confiding is not None:
            mine = [one for one in mine if for_clinicians_only(one)]
        near = [one for one in mine if at - one.opened_at <= BELONGS_WITHIN and one.confirmed]
        flagged = [one for one in near if is_flag(one.reason)]
        recent = [one for one in near if one.reason == MEDIA and at - one.opened_at <= ONE_ALBUM]
        if flagged or recent:
            return (flagged or recent)[-1]
        words = _words(said)
        if confiding is not None and not was_denied(confiding):
            service = Confiding(self.knowing, self.escalating.alerting)
            return service.pass_on(work, patient, confiding, words, told=told, at=at)
        return self.escalating.alerting.raise_alert(
            work, patient, level=None, reason=MEDIA, words=words, told=told, at=at
        )

    def _keep(self, work: Work, patient: Patient, said: Said, *, at: datetime) -> bool:
        """Answers the question that asked for a photo; True when it was for the diary only."""
        flow = work.flows.current(said.sender.chat, said.sender.account, at=at)
        if flow is None or flow.kind != FLOW:
            return False
        work.flows.clear(said.sender.chat, said.sender.account)
        self._answer(work, patient, flow, at=at)
        return flow.data["ask"].startswith("diary")

    def _answer(self, work: Work, patient: Patient, flow: Flow, *, at: datetime) -> None:
        enrolment = work.enrolments.get(int(flow.data["enrolment"]))
        since = enrolment.day(local_day(at, patient.zone)) or 0
        answer = CheckInAnswer(patient.id, enrolment.id, flow.data["step"], flow.data["ask"], "photo", at, since)
        work.answers.add(answer)

    def _answered_just_now(self, work: Work, patient: Patient, *, at: datetime) -> bool:
        last = work.diary.of_patient(patient.id, limit=1)
        return bool(last) and last[-1].topic == MEDIA and at - last[-1].at <= ONE_ALBUM


def is_told(work: Work, said: Said) -> bool:
    """An edit with nothing new to see: a live location alone is edited every few seconds, for hours.

    Of what is no such thing, and whose file is not known here, a new one cannot be told from the old: it is passed on.
    """
    if not said.edited or (said.file is None and said.media not in LIVE):
        return False
    before = work.diary.by_message(said.sender.chat, said.message_id)
    if before is None:
        return not said.text and said.file is None
    return (before.words, before.file) == (_words(said), said.file)


def _words(said: Said) -> str:
    return " ".join(filter(None, (f"[{said.media}]", said.text)))


def _answer(said: Said, *, is_diary: bool, confiding: bool) -> str:
    """What the patient hears: the truth, also about a file that nobody gets to see."""
    if said.file is not None and said.file.unfit is not None:
        return f"answering/file-{said.file.unfit}"
    if confiding:
        return "listening/added-self-harm"
    return "answering/photo-diary" if is_diary else "answering/photo-kept"


def unread(speaking: Speaking, patient: Patient, file: SentFile | None, words: str) -> Html:
    """What staff see in the place of a file that is not passed on."""
    if file is None:
        return Html()
    why = speaking.staff(f"alerts/file-{file.unfit or Unfit.UNREADABLE}")
    return speaking.about("alerts/file-not-passed", patient, said=cut(words, most=MOST_CAPTION), what=why)
