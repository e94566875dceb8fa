"""What staff write: a reply to an alert goes to its patient, everything else stays among staff."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Act, ActKind, Lane
from bot.care.model.inbound import AuditEvent, Said, Sender, Tap
from bot.care.model.people import Contact
from bot.care.model.permissions import may
from bot.care.model.purpose import Purpose
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.closing_note import ClosingNote
from bot.care.services.escalating import Escalating
from bot.care.services.group_seat import leave_later, stay_out
from bot.care.services.knowing import Knowing
from bot.care.services.noticing import admins
from bot.care.services.posting import post, put
from bot.care.services.staff_reply import StaffReply, answers_patient


@dataclass(frozen=True)
class DeskWork:
    clock: Clock
    knowing: Knowing
    escalating: Escalating

    @property
    def replying(self) -> StaffReply:
        return StaffReply(self.knowing, self.escalating)

    def hear(self, work: Work, said: Said) -> None:
        """A text in the staff chat. Other groups are none of ours: nothing is said there."""
        desk = work.team.desk()
        if desk is None or desk.contact.chat != said.sender.chat:
            return
        now = self.clock.now()
        if self.reply(work, said, at=now):
            return
        if said.reply_to is not None:
            self.replying.refuse(work, said, "alerts/not-sent", at=now)
        else:
            self.replying.mark(work, said, at=now)

    def reply(self, work: Work, said: Said, *, at: datetime) -> bool:
        """True when a member of staff replied to an alert or a patient's message, here or privately."""
        if ClosingNote(self.escalating.card).heard(work, said, at=at):
            return True
        delivery = answers_patient(work, said, at=at)
        if delivery is None:
            return False
        member = work.team.member(said.sender.account)
        if member is None or not may(member, "reply"):
            # in a group only members are answered for; in private these are a patient's own words
            if not said.sender.private:
                work.audit.add(AuditEvent(at, "stranger", "refused", "reply"))
                self.replying.refuse(work, said, "alerts/not-a-member", at=at)
            return not said.sender.private
        self.replying.send(work, said, member, delivery, at=at)
        return True

    def write_to(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Reply to patient*: asks for the words with a message that can be replied to, in any kind of chat."""
        now = self.clock.now()
        if self.escalating.admitting.admit(work, who, "reply", at=now) is None:
            return
        patient = work.patients.get(int(tap.args[0]))
        text = self.knowing.speaking.about("forum/write", patient)
        act = Act(ActKind.SEND, here(who), text, force_reply=True)
        put(work, act, at=now, purpose=Purpose.RELAY, patient_id=patient.id)

    def unsend(self, work: Work, said: Said) -> None:
        """`/unsend` as a reply to what one wrote."""
        now = self.clock.now()
        member = self.escalating.admitting.admit(work, said.sender, "unsend", at=now)
        if member is not None:
            self.replying.take_back(work, said, member, at=now)

    def group_changed(self, work: Work, *, chat: int, there: bool) -> None:
        """The bot was added to or removed from a group: without its desk it rings people privately.

        It does not stay in any other group.
        """
        desk = work.team.desk()
        now = self.clock.now()
        if there:
            if desk is None:
                hello = self.knowing.speaking.staff("alerts/hello-group")
                post(work, Contact(chat), hello, at=now, purpose=Purpose.HELLO)
            if desk is None or desk.contact.chat != chat:
                leave_later(work, chat, at=now)
            return
        stay_out(work, chat, at=now)
        if desk is None or desk.contact.chat != chat:
            return
        work.audit.add(AuditEvent(now, "system", "desk-lost", "desk"))
        text = self.knowing.speaking.staff("alerts/desk-lost")
        for admin in admins(work):
            post(work, admin.contact, text, at=now, lane=Lane.URGENT, purpose=Purpose.ALARM)
