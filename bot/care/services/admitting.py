"""Let a member of the team do what their role may do, and nobody else."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.inbound import AuditEvent, Sender
from bot.care.model.people import Contact, Member, Patient
from bot.care.model.permissions import MATRIX, may
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.open_desk import strangers
from bot.care.services.posting import post
from bot.care.services.speaking import Speaking
from bot.care.services.staff_words import StaffWords

DECIDE = "guest"
"""The line of the matrix that says who decides about somebody unknown in the staff's group."""


@dataclass(frozen=True)
class Admitting:
    speaking: Speaking

    def admit(self, work: Work, who: Sender, deed: str, *, at: datetime, anywhere: bool = False) -> Member | None:
        """The member who may do this here. Everybody else is told no, and it is audited.

        Staff act in their private chat with the bot and at the desk; `anywhere` is for making a group the desk.
        """
        member = work.team.member(who.account)
        if member is not None and deed != DECIDE and self.is_stopped(work, who):
            work.audit.add(AuditEvent(at, f"member:{member.account}", "refused", deed, "somebody unknown is there"))
            self.stop(work, who, at=at)
            return None
        if may(member, deed) and (anywhere or self._at_work(work, who)):
            return member
        self._refuse(work, who, deed, member, at=at)
        return None

    def patient_here(self, work: Work, who: Sender, *, at: datetime) -> Patient | None:
        """The patient whose private chat this is; staff at work are told where theirs is done.

        Everybody else gets what a stranger gets, and any other group nothing.
        """
        patient = work.patients.by_chat(who.chat) if who.private else None
        if patient is not None and patient.consent is not None:
            return patient
        if patient is None and self._at_work(work, who) and work.team.member(who.account) is not None:
            post(work, here(who), self.speaking.staff("team/for-patients"), at=at, purpose=Purpose.REFUSAL)
        elif who.private:
            post(work, here(who), self.stranger(who), at=at, purpose=Purpose.STRANGER)
        return None

    def is_stopped(self, work: Work, who: Sender) -> bool:
        """At the desk, with somebody in its group whom nobody let in: nothing of patients is said or done there."""
        return not who.private and self._at_work(work, who) and bool(strangers(work, who.chat))

    def stop(self, work: Work, who: Sender, *, at: datetime) -> None:
        """Who is the reason, and where to go on."""
        listed = ", ".join(guest.name for guest in strangers(work, who.chat))
        post(work, here(who), self.speaking.staff("guests/paused", listed=listed), at=at, purpose=Purpose.GUARD)

    def _at_work(self, work: Work, who: Sender) -> bool:
        desk = work.team.desk()
        return who.private or (desk is not None and desk.contact.chat == who.chat)

    def _refuse(self, work: Work, who: Sender, deed: str, member: Member | None, *, at: datetime) -> None:
        # nothing is kept of a stranger, not even a number
        actor = "stranger" if member is None else f"member:{member.account}"
        work.audit.add(AuditEvent(at, actor, "refused", deed))
        if member is not None:
            if self._at_work(work, who):
                words = StaffWords(self.speaking)
                facts = {"listed": words.roles(MATRIX.get(deed, ())), "role": words.role(member.role)}
                refused = self.speaking.staff("team/not-your-role", **facts)
                post(work, here(who), refused, at=at, purpose=Purpose.REFUSAL)
            else:
                self._not_here(work, who, member, at=at)
        elif who.private:
            is_patient = work.patients.by_chat(who.chat) is not None
            text = self._left(who) if who.tapped else self.stranger(who)
            post(work, here(who), text, at=at, purpose=Purpose.REFUSAL if is_patient else Purpose.STRANGER)

    def _not_here(self, work: Work, who: Sender, member: Member, *, at: datetime) -> None:
        """Privately, as nobody knows who reads a group that was the desk; words there are not for the bot."""
        desk = work.team.desk()
        if who.tapped and desk is not None:
            text = self.speaking.staff("team/not-here", group_name=desk.title)
            post(work, member.contact, text, at=at, purpose=Purpose.REFUSAL)

    def _left(self, who: Sender) -> str:
        """A button of staff in somebody's own chat: they were on the team once."""
        clinic = self.speaking.shelf.clinic.name
        return self.speaking.say("team/not-on-the-team", self.language_of(who), clinic_name=clinic)

    def stranger(self, who: Sender) -> str:
        """The one answer for people the bot does not know and deeds they may not do."""
        return self.speaking.say("joining/stranger", self.language_of(who))

    def language_of(self, who: Sender) -> str:
        """What Telegram says, if the clinic speaks it."""
        return self.speaking.spoken(who.language)


def here(who: Sender) -> Contact:
    return Contact(who.chat, who.thread)


def noted(member: Member | Sender, deed: str, subject: str, *, at: datetime, detail: str = "") -> AuditEvent:
    """What a member of staff did; ids only."""
    return AuditEvent(at, f"member:{member.account}", deed, subject, detail)
