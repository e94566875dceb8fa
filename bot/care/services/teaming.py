"""The first admin, and the desk."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.desk_rights import DeskRights
from bot.care.model.inbound import AuditEvent, Sender
from bot.care.model.people import Desk, Member, Role
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock, Keys
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.alerting import Alerting
from bot.care.services.group_seat import leave_later
from bot.care.services.noticing import admins
from bot.care.services.open_desk import open_desk
from bot.care.services.posting import post
from bot.care.services.proving import Proving
from bot.care.services.speaking import Speaking

CLAIM_LIVES = timedelta(minutes=15)
"""Machine time (S1)."""
MOST_TRIES = 5


def make_claim(work: Work, keys: Keys) -> str | None:
    """A one-time code for the command line to print, only its hash is kept; None when there is an admin."""
    if admins(work):
        return None
    code = keys.token()
    work.team.add_claim(keys.hash(code), expires_at=work.outbox.machine_now() + CLAIM_LIVES)
    return code


@dataclass(frozen=True)
class Teaming:
    clock: Clock
    speaking: Speaking
    keys: Keys
    admitting: Admitting
    proving: Proving
    alerting: Alerting

    def claim(self, work: Work, who: Sender, code: str) -> None:
        """`/claim CODE` makes its sender the first admin; anything else gets a stranger's answer."""
        now = self.clock.now()
        if not who.private:
            return
        if work.invitations.rejected(who.chat, at=now) > MOST_TRIES and work.team.member(who.account) is None:
            return
        if not work.team.use_claim(self.keys.hash(code.strip()), at=work.outbox.machine_now()):
            work.audit.add(AuditEvent(now, "stranger", "refused", "claim"))
            post(work, here(who), self.admitting.stranger(who), at=now, purpose=Purpose.REFUSAL)
            return
        held = work.team.member(who.account)
        if held is None:
            member = work.team.add(Member(who.account, who.name, Role.ADMIN, now))
        else:
            member = replace(held, role=Role.ADMIN)
            work.team.save(member)
        work.audit.add(noted(member, "claim", f"member:{member.account}", at=now))
        post(work, here(who), self.speaking.staff("team/claimed", member_name=member.name), at=now)
        self.proving.test_member(work, member, at=now)

    def make_desk(self, work: Work, who: Sender, *, title: str, is_forum: bool, rights: DeskRights) -> None:
        """`/desk` in a group: alerts come here from now on; what the bot may not do there is named."""
        now = self.clock.now()
        admin = self.admitting.admit(work, who, "desk", at=now, anywhere=True)
        if admin is None:
            return
        if who.private:
            post(work, here(who), self.speaking.staff("team/desk-in-a-group"), at=now)
            return
        if rights.is_public:
            post(work, admin.contact, self.speaking.staff("team/desk-public", group_name=title), at=now)
            return
        missing = rights.missing(is_forum=is_forum)
        if "write" in missing:
            post(work, admin.contact, self.speaking.staff("team/desk-mute", group_name=title), at=now)
            return
        before, was_closed = work.team.desk(), open_desk(work) is None
        desk = Desk(replace(here(who), thread=None), title, is_forum, who.account, now)
        work.team.set_desk(desk)
        if before is not None and was_closed:
            self._moved(work, before, desk, at=now)
        if before is not None and before.contact != desk.contact:
            # nobody looks at the old one any more, and what stood there is not for whoever has that group now
            leave_later(work, before.contact.chat, at=now)
        work.audit.add(noted(admin, "desk", f"chat:{who.chat}", at=now))
        lines = [self.speaking.staff(f"team/missing-{name}") for name in missing]
        wanted = self.speaking.staff("team/desk-missing", listed=Html("\n".join(lines))) if lines else Html()
        post(work, desk.contact, self.speaking.staff("team/desk-made", group_name=title, remarks=wanted), at=now)
        self.proving.test_desk(work, desk, at=now)
        self.alerting.show_open(work, desk.contact, at=now)

    def _moved(self, work: Work, before: Desk, desk: Desk, *, at: datetime) -> None:
        """Somebody unknown is in the old group: what waited for it goes to the new one, at once."""
        for row in work.outbox.waiting_for(before.contact.chat):
            work.outbox.postpone(row.id, to=at)
        for admin in admins(work):
            text = self.speaking.staff("guests/elsewhere", group_name=desk.title)
            post(work, admin.contact, text, at=at, purpose=Purpose.NOTICE)
