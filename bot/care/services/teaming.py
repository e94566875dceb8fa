"""Who is on the team: the first admin, the desk, and every change of a role."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.desk_rights import DeskRights
from bot.care.model.inbound import AuditEvent, Sender, Tap
from bot.care.model.people import Desk, Member, Role
from bot.care.model.texts import cut
from bot.care.model.words import Html
from bot.care.ports import Clock, Keys, Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.duty import on_call
from bot.care.services.noticing import NOTICE, admins
from bot.care.services.posting import post, show
from bot.care.services.proving import Proving
from bot.care.services.speaking import Speaking

CLAIM_LIVES = timedelta(minutes=15)
"""Machine time (S1)."""
MOST_TRIES = 5
LONGEST_ACCOUNT = 16
"""Digits; Telegram's numbers have at most 52 bits."""
LONGEST_NAME = 64
"""As long as Telegram lets a first name be."""


@dataclass(frozen=True)
class Person:
    """Somebody whose message was replied to."""

    account: int
    name: str


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
    confirming: Confirming
    proving: Proving

    def claim(self, work: Work, who: Sender, code: str) -> None:
        """`/claim CODE` makes its sender the first admin; anything else gets a stranger's answer."""
        now = self.clock.now()
        if not who.private:
            return
        if work.invitations.rejected(who.chat, at=now) > MOST_TRIES and work.team.member(who.account) is None:
            return
        if not work.team.use_claim(self.keys.hash(code.strip()), at=work.outbox.machine_now()):
            work.audit.add(AuditEvent(now, "stranger", "refused", "claim"))
            post(work, here(who), self.admitting.stranger(who), at=now, purpose="refusal")
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
        missing = rights.missing(is_forum=is_forum)
        if "write" in missing:
            post(work, admin.contact, self.speaking.staff("team/desk-mute", group_name=title), at=now)
            return
        desk = Desk(replace(here(who), thread=None), title, is_forum, who.account, now)
        work.team.set_desk(desk)
        work.audit.add(noted(admin, "desk", f"chat:{who.chat}", at=now))
        lines = [self.speaking.staff(f"team/missing-{name}") for name in missing]
        wanted = self.speaking.staff("team/desk-missing", listed=Html("\n".join(lines))) if lines else Html()
        post(work, desk.contact, self.speaking.staff("team/desk-made", group_name=title, remarks=wanted), at=now)
        self.proving.test_desk(work, desk, at=now)

    def team(self, work: Work, who: Sender, words: str, *, replied: Person | None = None) -> None:
        """`/team`, `/team add ID|(reply) ROLE NAME`, `/team remove ID|NAME|(reply)`."""
        now = self.clock.now()
        admin = self.admitting.admit(work, who, "team", at=now)
        if admin is None:
            return
        verb, _, rest = words.strip().partition(" ")
        match verb.lower():
            case "":
                work.audit.add(noted(admin, "team", "all", at=now))
                post(work, here(who), self._listed(work), at=now)
            case "add" | "role":
                self._add(work, who, admin, rest.split(), replied, at=now)
            case "remove":
                self._remove(work, who, rest.strip(), replied, at=now)
            case _:
                self._usage(work, who, at=now)

    def remove_confirmed(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        admin = self.admitting.admit(work, who, "team", at=now)
        args = None if admin is None else self.confirming.accept(work, who, tap, at=now)
        if admin is None or args is None:
            return
        member = work.team.member(int(args[0]))
        if member is None or self._is_last_admin(work, member):
            show(work, tap, self.speaking.staff("team/last-admin"), at=now)
            return
        self._announce(work, admin, member, "removed", at=now)
        was_on_call = on_call(work, self.speaking.shelf.clinic, at=now) == member
        work.team.remove(member.account)
        # their turns stay, with nobody in them: a gap shows
        work.on_call.forget(member.account)
        name = "removed-on-call" if was_on_call else "removed-done"
        show(work, tap, self.speaking.staff(f"team/{name}", member_name=member.name), at=now)

    def _add(
        self, work: Work, who: Sender, admin: Member, words: list[str], replied: Person | None, *, at: datetime
    ) -> None:
        account, name, rest = _whom(words, replied)
        role = next((role for role in Role if rest and rest[0].lower() == role), None)
        if account is None or role is None:
            self._usage(work, who, at=at)
            return
        held = work.team.member(account)
        name = cut(" ".join(rest[1:]), most=LONGEST_NAME) or (held.name if held else "") or name
        if not name:
            self._usage(work, who, at=at)
            return
        if held is not None and role is not Role.ADMIN and self._is_last_admin(work, held):
            post(work, here(who), self.speaking.staff("team/last-admin"), at=at)
            return
        member = self._enter(work, held, account, name, role, at=at)
        self._announce(work, admin, member, "added" if held is None else "changed", at=at)
        if not member.reachable:
            self.proving.test_member(work, member, at=at)
            text = self.speaking.staff("team/ask-to-start", member_name=member.name)
            post(work, here(who), text, at=at)

    def _enter(self, work: Work, held: Member | None, account: int, name: str, role: Role, *, at: datetime) -> Member:
        if held is None:
            return work.team.add(Member(account, name, role, at))
        member = replace(held, name=name, role=role)
        work.team.save(member)
        return member

    def _remove(self, work: Work, who: Sender, named: str, replied: Person | None, *, at: datetime) -> None:
        members = _found(work.team.members(), named, replied)
        if not members:
            self._usage(work, who, at=at)
        elif len(members) > 1:
            listed = Html("\n".join(self._line(member) for member in members))
            post(work, here(who), self.speaking.staff("team/which", listed=listed), at=at)
        elif self._is_last_admin(work, members[0]):
            post(work, here(who), self.speaking.staff("team/last-admin"), at=at)
        else:
            text = self.speaking.staff("team/remove-confirm", member_name=members[0].name)
            self.confirming.ask(work, who, text, "team-remove", str(members[0].account), at=at)

    def _is_last_admin(self, work: Work, member: Member) -> bool:
        return [admin.account for admin in admins(work)] == [member.account]

    def _announce(self, work: Work, admin: Member, member: Member, what: str, *, at: datetime) -> None:
        """Every change of a role is told to all admins."""
        work.audit.add(noted(admin, f"team-{what}", f"member:{member.account}", at=at, detail=member.role))
        facts = {"member_name": member.name, "role": self._role(member.role), "admin_name": admin.name}
        text = self.speaking.staff(f"team/{what}", **facts)
        for one in admins(work):
            post(work, one.contact, text, at=at, purpose=NOTICE)

    def _listed(self, work: Work) -> str:
        desk = work.team.desk()
        about = "team/desk-none" if desk is None else "team/desk-tested" if desk.tested_at else "team/desk-untested"
        place = self.speaking.staff(about, group_name=desk.title if desk else "")
        lines = Html("\n".join(self._line(member) for member in work.team.members()))
        return self.speaking.staff("team/listed", listed=lines, desk_line=place)

    def _line(self, member: Member) -> Html:
        name = "team/line" if member.reachable else "team/line-untested"
        facts = {"member_name": member.name, "role": self._role(member.role), "account": str(member.account)}
        return self.speaking.staff(name, **facts)

    def _role(self, role: Role) -> str:
        return self.speaking.label(f"team/role-{role}")

    def _usage(self, work: Work, who: Sender, *, at: datetime) -> None:
        post(work, here(who), self.speaking.staff("team/usage"), at=at)


def _whom(words: list[str], replied: Person | None) -> tuple[int | None, str, list[str]]:
    """Account, a name to fall back on, and the words that are left."""
    if words and words[0].isdecimal():
        return (int(words[0]) if len(words[0]) <= LONGEST_ACCOUNT else None), "", words[1:]
    if replied is not None:
        return replied.account, replied.name, words
    return None, "", words


def _found(members: Sequence[Member], named: str, replied: Person | None) -> list[Member]:
    if not named and replied is not None:
        return [member for member in members if member.account == replied.account]
    if named.isdecimal():
        return [member for member in members if member.account == int(named)]
    return [member for member in members if named and member.name.casefold() == named.casefold()]
