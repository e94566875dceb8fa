"""Colleagues join the team by a one-time link that names their role."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, Button, Keyboard
from bot.care.model.inbound import AuditEvent, Sender, Tap
from bot.care.model.people import Member, Role
from bot.care.model.purpose import Purpose
from bot.care.model.staff_link import StaffLink
from bot.care.model.words import Html
from bot.care.ports.outside import Clock, Keys
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.group_seat import let_in
from bot.care.services.inviting import Inviting
from bot.care.services.posting import post, put
from bot.care.services.proving import Proving
from bot.care.services.speaking import Speaking
from bot.care.services.staff_words import StaffWords

LIVES = timedelta(hours=24)


@dataclass(frozen=True)
class StaffInviting:
    clock: Clock
    speaking: Speaking
    keys: Keys
    admitting: Admitting
    proving: Proving
    inviting: Inviting

    @property
    def words(self) -> StaffWords:
        return StaffWords(self.speaking)

    def invite(self, work: Work, who: Sender, admin: Member, role: Role, name: str, *, at: datetime) -> None:
        """Shown once, to the admin alone: at the desk everybody could take the role."""
        token = self.keys.token()
        link = work.staff_links.add(StaffLink(role, self.keys.hash(token), admin.account, at + LIVES, name))
        url = self.inviting.url(token)
        until = self.speaking.moment(link.expires_at, at=at)
        text = self.speaking.staff("team/link", chosen=self.named(link), link=url, until=until)
        keyboard: Keyboard = ((Button(self.speaking.label("enrolling/copy-link"), copy=url),), (self.back(link),))
        act = Act(ActKind.SEND, admin.contact, text, qr=url, keyboard=keyboard)
        shown = put(work, act, at=at, purpose=Purpose.STAFF_LINK)
        work.staff_links.show_in(link.id, shown.id)
        work.audit.add(noted(admin, "staff-link", f"link:{link.id}", at=at, detail=role))
        if not who.private:
            post(work, here(who), self.speaking.staff("team/link-sent"), at=at)

    def back(self, link: StaffLink) -> Button:
        label = self.speaking.label("team/take-back", chosen=self.named(link))
        return Button(label, "staff-link-back", (str(link.id),))

    def take_back(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        admin = self.admitting.admit(work, who, "staff", at=now)
        if admin is None:
            return
        link = work.staff_links.get(int(tap.args[0]))
        if self.revoke(work, link, admin, at=now):
            return
        post(work, here(who), self.speaking.staff("team/link-over", chosen=self.named(link)), at=now)

    def revoke(self, work: Work, link: StaffLink, admin: Member, *, at: datetime) -> bool:
        """False when it was used, taken back or too old already."""
        if not work.staff_links.revoke(link.id, at=at):
            return False
        work.audit.add(noted(admin, "staff-link-back", f"link:{link.id}", at=at))
        facts = {"chosen": self.named(link), "admin_name": admin.name}
        self._mark(work, link, self.speaking.staff("team/link-taken-back", **facts), at=at)
        return True

    def opens(self, work: Work, who: Sender, secret: str, *, at: datetime) -> bool:
        """True when it is a link to the team that did something; a dead one is as good as none."""
        link = work.staff_links.find(self.keys.hash(secret))
        if link is None:
            return False
        member = work.team.member(who.account)
        if member is not None:
            # an admin who tries the link must neither use it up nor lose their own role
            role = self.words.role(member.role)
            post(work, here(who), self.speaking.staff("team/on-the-team", role=role), at=at)
            return True
        if not work.staff_links.use(link.id, by=who.account, at=at):
            name = "link-used-twice" if link.used_at else "link-too-late"
            self.words.announce(work, name, at=at, chosen=self.named(link))
            return False
        self._join(work, who, link, at=at)
        return True

    def named(self, link: StaffLink) -> str:
        """The role, and for whom if that was said."""
        return " ".join(filter(None, (self.words.role(link.role), link.name)))

    def _join(self, work: Work, who: Sender, link: StaffLink, *, at: datetime) -> None:
        member = work.team.add(Member(who.account, link.name or who.name, link.role, at))
        let_in(work, member, at=at)
        detail = f"{link.role} link:{link.id}"
        work.audit.add(AuditEvent(at, f"member:{member.account}", "staff-joined", f"member:{member.account}", detail))
        facts = {"member_name": member.name, "role": self.words.role(member.role)}
        self._mark(work, link, self.speaking.staff("team/link-used", **facts), at=at)
        self.words.announce(work, "joined", at=at, **facts)
        clinic = self.speaking.shelf.clinic.name
        post(work, here(who), self.speaking.staff("team/welcome", clinic_name=clinic, **facts), at=at)
        self.proving.test_member(work, member, at=at)

    def _mark(self, work: Work, link: StaffLink, text: Html, *, at: datetime) -> None:
        """The message that showed the link says what became of it, and the link is gone."""
        if link.shown_in is None:
            return
        shown = work.outbox.get(link.shown_in)
        qr = shown.act.qr if shown.act is not None else ""
        put(work, Act(ActKind.EDIT, shown.contact, text=text, qr=qr), at=at, purpose=Purpose.EDIT, after=shown.id)
