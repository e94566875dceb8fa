"""Give each patient a topic of their own in the desk's forum, and show there what was said and sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.care.model.delivery import Act, ActKind, Button, Delivery, DeliveryState, Keyboard, Lane, MessageRef
from bot.care.model.enrolment import newest
from bot.care.model.inbound import MEDIA, Entry, Heard
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.thread import Thread
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.card_words import CardWords
from bot.care.services.confidence import confided_since
from bot.care.services.knowing import Knowing
from bot.care.services.open_desk import open_desk
from bot.care.services.passing_on import unread
from bot.care.services.posting import put
from bot.care.services.suggestion import suggestion
from bot.care.services.topic_lines import Line, TopicLines, together

AT_ONCE = 2
"""Topics opened, summed up or closed at a time, and only when all before has left: a group takes few messages."""
SHOWN_AT_ONCE = 5
LINES_AT_ONCE = 20
SUMMED_EVERY = timedelta(hours=1)
SUMMED = 12
CLOSED_AFTER = timedelta(days=7)
"""So long after the last word a course that is over needs no open topic."""
GONE = ("thread", "topic")
"""Words of Telegram's refusal where somebody has deleted the topic."""


@dataclass(frozen=True)
class Forum:
    """Only where the desk is a forum; elsewhere alerts and the replies to them have to do.

    Replicas may all follow: each step is taken by whoever changes the topic's row first.
    """

    knowing: Knowing

    @property
    def _lines(self) -> TopicLines:
        return TopicLines(self.knowing)

    def follow(self, work: Work, *, at: datetime) -> None:
        """A little of whatever is still to be opened, shown, summed up or closed."""
        desk = open_desk(work)
        if desk is None or not desk.is_forum or desk.tested_at is None:
            return
        chat = desk.contact.chat
        for thread in _threads(work, work.threads.behind(chat, limit=SHOWN_AT_ONCE)):
            self._show(work, thread, at=at)
        if work.outbox.is_waiting(chat, Lane.SCHEDULED, at=at):
            return
        for patient_id in work.threads.missing(chat, limit=AT_ONCE):
            self._open(work, work.patients.get(patient_id), chat, work.threads.of(patient_id), at=at)
        for thread in _threads(work, work.threads.unsummed(chat, before=at - SUMMED_EVERY, limit=AT_ONCE)):
            self._sum_up(work, thread, at=at)
        for thread in _threads(work, work.threads.ended(chat, before=at - CLOSED_AFTER, limit=AT_ONCE)):
            if work.threads.save(replace(thread, closed=True), was=thread):
                self._put(work, Act(ActKind.TOPIC_CLOSE, thread.contact), Purpose.TOPIC, thread, at=at)

    def ended(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """A topic is open from now on; or one that was deleted is opened anew, with what it did not take."""
        act = delivery.act
        if act is not None and act.kind is ActKind.TOPIC_OPEN:
            thread = work.threads.opened_by(delivery.id)
            if thread is not None and delivery.state is DeliveryState.SENT:
                # Telegram's number of a topic is that of its first message
                work.threads.save(replace(thread, thread=delivery.message_id), was=thread)
        elif act is not None and delivery.purpose in (Purpose.RELAY, Purpose.SUMMARY) and _is_gone(delivery):
            thread = work.threads.of(delivery.patient_id or 0)
            if thread is not None and thread.thread == act.to.thread:
                thread = self._open(work, work.patients.get(thread.patient_id), thread.chat, thread, at=at)
            if thread is not None and delivery.purpose is Purpose.RELAY:
                self._put(work, replace(act, to=thread.contact), Purpose.RELAY, thread, at=at)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _open(self, work: Work, patient: Patient, chat: int, before: Thread | None, *, at: datetime) -> Thread | None:
        """None when another process was quicker."""
        speaking = self.knowing.speaking
        last = newest(work.enrolments.course(patient.id))
        treatment = speaking.treatment(last) if last is not None else Html()
        title = speaking.about("forum/title", patient, treatment_name=treatment)
        opening = put(
            work, Act(ActKind.TOPIC_OPEN, Contact(chat), title), at=at, lane=Lane.SCHEDULED, purpose=Purpose.TOPIC
        )
        # what was said before there was a topic stands in the alerts and in the card
        said = work.diary.of_patient(patient.id, limit=1)
        shown = before.shown if before is not None else max((entry.id for entry in said), default=0)
        thread = Thread(patient.id, chat, opening.id, shown=shown)
        if not work.threads.save(thread, was=before):
            work.outbox.settle(opening.id, DeliveryState.CANCELLED, at=at, reason="opened elsewhere")
            return None
        hello = Act(ActKind.SEND, thread.contact, speaking.about("forum/hello", patient), self._keyboard(patient))
        self._put(work, hello, Purpose.RELAY, thread, at=at)
        return thread

    def _show(self, work: Work, thread: Thread, *, at: datetime) -> None:
        patient = work.patients.get(thread.patient_id)
        new = work.diary.later(patient.id, than=thread.shown, limit=LINES_AT_ONCE)
        seen = replace(thread, shown=new[-1].id)
        if not work.threads.save(seen, was=thread):
            return
        if thread.closed:
            again = self._open(work, patient, thread.chat, seen, at=at)
            if again is None:
                return
            seen = again
        # as it was when they wrote it: a group that could not be told for a while is told later
        for is_private, some in groupby(new, key=lambda one: confided_since(work, patient, at=one.at) is not None):
            if is_private:
                self._say(work, seen, patient, [Line(self.knowing.speaking.about("forum/private", patient))], at=at)
            else:
                self._open_talk(work, seen, patient, list(some), at=at)

    def _open_talk(
        self, work: Work, thread: Thread, patient: Patient, entries: Sequence[Entry], *, at: datetime
    ) -> None:
        for is_said, some in groupby(entries, key=_is_said):
            if is_said:
                shown = (entry for entry in some if not _was_written_here(work, entry, thread))
                self._say(work, thread, patient, self._lines.lines(work, thread, patient, shown), at=at)
            else:
                for entry in some:
                    self._present(work, thread, patient, entry, at=at)

    def _say(self, work: Work, thread: Thread, patient: Patient, lines: Sequence[Line], *, at: datetime) -> None:
        for message in together(lines):
            act = Act(ActKind.SEND, thread.contact, message.text, self._keyboard(patient), reply_to=message.under)
            self._put(work, act, Purpose.RELAY, thread, at=at)

    def _present(self, work: Work, thread: Thread, patient: Patient, entry: Entry, *, at: datetime) -> None:
        """A question that waits for the person who is talking, with the bot's answer; or a picture."""
        speaking = self.knowing.speaking
        if entry.heard is Heard.SUGGESTED:
            shown = suggestion(self.knowing, work, patient, entry, at=at)
            if shown is not None:
                under = self._lines.under(work, thread, patient, entry)
                self._put(work, Act(ActKind.SEND, thread.contact, *shown, reply_to=under), Purpose.RELAY, thread, at=at)
        elif entry.topic == MEDIA:
            self._say(work, thread, patient, self._lines.lines(work, thread, patient, [entry]), at=at)
            source, instead = MessageRef(entry.chat, entry.message_id), unread(speaking, patient, entry.file, "")
            copy = Act(ActKind.COPY, thread.contact, source=source, file=entry.file, instead=instead, protected=True)
            self._put(work, copy, Purpose.RELAY, thread, at=at)

    def _keyboard(self, patient: Patient) -> Keyboard:
        return ((Button(self.knowing.speaking.label("forum/reply"), "write-to", (str(patient.id),)),),)

    def _sum_up(self, work: Work, thread: Thread, *, at: datetime) -> None:
        rows = [row for row in work.outbox.of_patient(thread.patient_id) if row.enrolment_id is not None]
        latest = sorted((row for row in rows if row.sent_at), key=lambda row: row.sent_at or row.due_at)[-SUMMED:]
        lines = [self._sent(work, row, at=at) for row in latest]
        act = Act(ActKind.SEND, thread.contact, self.knowing.speaking.staff("forum/summary", items="\n".join(lines)))
        made = work.outbox.get(thread.summary) if thread.summary is not None else None
        summed = replace(thread, summed_at=at)
        if not work.threads.save(summed, was=thread):
            return
        if made is not None and made.message_id is not None and made.contact.chat == thread.chat:
            target = MessageRef(thread.chat, made.message_id)
            self._put(work, replace(act, kind=ActKind.EDIT, target=target), Purpose.SUMMARY, thread, at=at)
        else:
            sent = self._put(work, replace(act, silent=True), Purpose.SUMMARY, thread, at=at)
            work.threads.save(replace(summed, summary=sent.id), was=summed)

    def _sent(self, work: Work, row: Delivery, *, at: datetime) -> Html:
        speaking = self.knowing.speaking
        enrolment = work.enrolments.get(row.enrolment_id or 0)
        when = speaking.moment(row.sent_at or row.due_at, at=at)
        what = CardWords(speaking, self.knowing).step(enrolment, row.step)
        return speaking.staff("forum/sent", when=when, what=what)

    def _put(self, work: Work, act: Act, purpose: Purpose, thread: Thread, *, at: datetime) -> Delivery:
        """Behind whatever answers somebody; where the topic could not be opened the desk's own chat has to do."""
        after = thread.opening if thread.thread is None else None
        return put(work, act, at=at, lane=Lane.SCHEDULED, purpose=purpose, patient_id=thread.patient_id, after=after)


def _is_said(entry: Entry) -> bool:
    """Words alone; the rest needs a message of its own."""
    is_media = entry.topic == MEDIA and entry.heard is Heard.PASSED_ON
    return not is_media and entry.heard not in (Heard.SUGGESTED, Heard.HANDED_BACK)


def _was_written_here(work: Work, entry: Entry, thread: Thread) -> bool:
    """Staff's own words in the topic; a reply to an alert stands elsewhere in the same group."""
    if entry.heard is not Heard.REPLY or entry.chat != thread.chat:
        return False
    written = MessageRef(entry.chat, entry.message_id)
    rows = (row for row in work.outbox.of_patient(entry.patient_id) if row.act is not None)
    return any(row.act is not None and row.act.source == written and row.escalation_id is None for row in rows)


def _is_gone(delivery: Delivery) -> bool:
    refused = delivery.state is DeliveryState.FAILED and delivery.act is not None and delivery.act.to.thread is not None
    return refused and any(word in delivery.reason.lower() for word in GONE)


def _threads(work: Work, patient_ids: Sequence[int]) -> list[Thread]:
    return [thread for patient_id in patient_ids if (thread := work.threads.of(patient_id)) is not None]
