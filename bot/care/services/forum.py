"""Give each patient a topic of their own in the desk's forum, and show there what was said and sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.care.model.delivery import Act, ActKind, Button, Delivery, DeliveryState, Keyboard, MessageRef
from bot.care.model.enrolment import newest
from bot.care.model.inbound import Entry, Heard
from bot.care.model.people import Contact, Desk, Patient
from bot.care.model.raising import SELF_HARM
from bot.care.model.texts import cut
from bot.care.model.thread import Thread
from bot.care.model.words import Html
from bot.care.ports import Work
from bot.care.services.card_words import CardWords
from bot.care.services.knowing import Knowing
from bot.care.services.posting import edit, put
from bot.care.services.suggestion import MOST, RELAY, suggestion

TOPIC, SUMMARY = "topic", "summary"
OPENED_AT_ONCE = 2
"""A group takes twenty messages a minute, and alerts come first."""
SHOWN_AT_ONCE = 5
SUMMED_EVERY = timedelta(hours=1)
SUMMED = 12
MEDIA = "media"


@dataclass(frozen=True)
class Forum:
    """Only where the desk is a forum; elsewhere alerts and the replies to them have to do."""

    knowing: Knowing

    def follow(self, work: Work, *, at: datetime) -> None:
        """A little of whatever is still to be opened, shown, summed up or closed."""
        desk = work.team.desk()
        if desk is None or not desk.is_forum or desk.tested_at is None:
            return
        chat = desk.contact.chat
        for patient_id in work.threads.missing(chat, limit=OPENED_AT_ONCE):
            self._open(work, work.patients.get(patient_id), desk, at=at)
        for thread in _threads(work, work.threads.behind(chat, limit=SHOWN_AT_ONCE)):
            self._show(work, thread, at=at)
        for thread in _threads(work, work.threads.unsummed(chat, before=at - SUMMED_EVERY, limit=SHOWN_AT_ONCE)):
            self._sum_up(work, thread, at=at)
        for thread in _threads(work, work.threads.ended(chat, limit=OPENED_AT_ONCE)):
            put(work, Act(ActKind.TOPIC_CLOSE, thread.contact), at=at, purpose=TOPIC)
            work.threads.save(replace(thread, closed=True))

    def opened(self, work: Work, delivery: Delivery) -> None:
        """Telegram's number of a topic is that of its first message."""
        thread = work.threads.opened_by(delivery.id)
        if thread is not None and delivery.state is DeliveryState.SENT:
            work.threads.save(replace(thread, thread=delivery.message_id))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _open(self, work: Work, patient: Patient, desk: Desk, *, at: datetime) -> None:
        speaking = self.knowing.speaking
        last = newest(work.enrolments.course(patient.id))
        treatment = speaking.treatment(last) if last is not None else Html()
        title = speaking.about("forum/title", patient, treatment_name=treatment)
        opening = put(work, Act(ActKind.TOPIC_OPEN, Contact(desk.contact.chat), title), at=at, purpose=TOPIC)
        before = work.threads.of(patient.id)
        # what was said before the topic was there stands in the alerts and in the card
        shown = max((entry.id for entry in work.diary.of_patient(patient.id, limit=1)), default=0)
        shown = shown if before is None else before.shown
        work.threads.save(Thread(patient.id, desk.contact.chat, opening.id, shown=shown))
        keyboard = self._keyboard(patient)
        self._post(work, work.threads.of(patient.id), patient, speaking.about("forum/hello", patient), keyboard, at=at)

    def _show(self, work: Work, thread: Thread, *, at: datetime) -> None:
        patient = work.patients.get(thread.patient_id)
        new = [entry for entry in work.diary.of_patient(patient.id) if entry.id > thread.shown]
        work.threads.save(replace(thread, shown=max(entry.id for entry in new)))
        for is_said, some in groupby(new, key=_is_said):
            entries = list(some)
            if is_said:
                self._say(work, thread, patient, entries, at=at)
            else:
                for entry in entries:
                    self._present(work, thread, patient, entry, at=at)

    def _say(self, work: Work, thread: Thread, patient: Patient, entries: Sequence[Entry], *, at: datetime) -> None:
        """Lines that follow each other share a message: a group takes twenty a minute."""
        lines = [self._line(entry, patient) for entry in entries if not _was_written_here(entry, thread)]
        if lines:
            self._post(work, thread, patient, Html("\n\n".join(lines)), self._keyboard(patient), at=at)

    def _present(self, work: Work, thread: Thread, patient: Patient, entry: Entry, *, at: datetime) -> None:
        """A question that waits for the person who is talking, with the bot's answer; or a picture."""
        if entry.heard is Heard.SUGGESTED:
            shown = suggestion(self.knowing, work, patient, entry, at=at)
            if shown is not None:
                self._post(work, thread, patient, *shown, at=at)
        elif entry.topic == MEDIA:
            self._say(work, thread, patient, [entry], at=at)
            act = Act(ActKind.COPY, thread.contact, source=MessageRef(entry.chat, entry.message_id))
            self._put(work, thread, act, patient, at=at)

    def _line(self, entry: Entry, patient: Patient) -> Html:
        """Who said what, and what the bot did about it."""
        speaking = self.knowing.speaking
        if entry.topic == SELF_HARM:
            return speaking.about("forum/private", patient)
        said = cut(entry.words, most=MOST)
        if entry.heard is Heard.REPLY:
            return speaking.staff("forum/by-staff", member_name=entry.topic, said=said)
        what = speaking.staff(f"forum/heard-{entry.heard.value}", what=self._about(entry))
        return speaking.about("forum/said", patient, said=said, what=what)

    def _about(self, entry: Entry) -> str:
        """The title of an answered topic; other endings say enough by themselves."""
        topics = self.knowing.shelf.topics(self.knowing.speaking.staff_language)
        topic = topics.get(entry.topic)
        return topic.title if topic is not None else entry.topic

    def _keyboard(self, patient: Patient) -> Keyboard:
        return ((Button(self.knowing.speaking.label("forum/reply"), "write-to", (str(patient.id),)),),)

    def _sum_up(self, work: Work, thread: Thread, *, at: datetime) -> None:
        patient = work.patients.get(thread.patient_id)
        rows = [row for row in work.outbox.of_patient(patient.id) if row.enrolment_id is not None and row.sent_at]
        latest = sorted(rows, key=lambda row: row.sent_at or row.due_at)[-SUMMED:]
        lines = [self._sent(work, row, at=at) for row in latest]
        text = self.knowing.speaking.staff("forum/summary", items="\n".join(lines))
        made = work.outbox.get(thread.summary) if thread.summary is not None else None
        if made is not None and made.message_id is not None and made.contact.chat == thread.chat:
            edit(work, MessageRef(thread.chat, made.message_id), text, at=at, purpose=SUMMARY)
        else:
            act = Act(ActKind.SEND, thread.contact, text, silent=True)
            made = put(work, act, at=at, purpose=SUMMARY, after=_opening(thread))
        work.threads.save(replace(thread, summary=made.id, summed_at=at))

    def _sent(self, work: Work, row: Delivery, *, at: datetime) -> Html:
        speaking = self.knowing.speaking
        enrolment = work.enrolments.get(row.enrolment_id or 0)
        when = speaking.moment(row.sent_at or row.due_at, at=at)
        return speaking.staff("forum/sent", when=when, what=CardWords(speaking, self.knowing).step(enrolment, row.step))

    def _post(
        self, work: Work, thread: Thread | None, patient: Patient, text: Html, keyboard: Keyboard, *, at: datetime
    ) -> None:
        if thread is not None:
            self._put(work, thread, Act(ActKind.SEND, thread.contact, text, keyboard), patient, at=at)

    def _put(self, work: Work, thread: Thread, act: Act, patient: Patient, *, at: datetime) -> None:
        put(work, act, at=at, purpose=RELAY, patient_id=patient.id, after=_opening(thread))


def _opening(thread: Thread) -> int | None:
    """What must be there first; where it could not be opened the desk's own chat has to do."""
    return thread.opening if thread.thread is None else None


def _is_said(entry: Entry) -> bool:
    """Words alone; the rest needs a message of its own."""
    is_media = entry.topic == MEDIA and entry.heard is Heard.PASSED_ON
    return not is_media and entry.heard not in (Heard.SUGGESTED, Heard.HANDED_BACK)


def _was_written_here(entry: Entry, thread: Thread) -> bool:
    return entry.heard is Heard.REPLY and entry.chat == thread.chat


def _threads(work: Work, patient_ids: Sequence[int]) -> list[Thread]:
    return [thread for patient_id in patient_ids if (thread := work.threads.of(patient_id)) is not None]
