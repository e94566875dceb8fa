"""`/staff`: who is on the team, and every change of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member, Role
from bot.care.model.texts import cut
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.open_desk import strangers
from bot.care.services.posting import post
from bot.care.services.proving import Proving
from bot.care.services.speaking import Speaking
from bot.care.services.staff_changing import StaffChanging
from bot.care.services.staff_inviting import StaffInviting
from bot.care.services.staff_words import StaffWords

LONGEST_ACCOUNT = 16
"""Digits; Telegram's numbers have at most 52 bits."""
LONGEST_NAME = 64
"""As long as Telegram lets a first name be."""
MOST_BUTTONS = 30
"""Members who get a button each; of a bigger team the others are typed."""


@dataclass(frozen=True)
class Person:
    """Somebody whose message was replied to."""

    account: int
    name: str


@dataclass(frozen=True)
class Staffing:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    proving: Proving
    inviting: StaffInviting
    changing: StaffChanging

    @property
    def words(self) -> StaffWords:
        return StaffWords(self.speaking)

    def command(self, work: Work, who: Sender, words: str, *, replied: Person | None = None) -> None:
        """`/staff`, `/staff invite ROLE NAME`, `role WHO ROLE`, `remove WHO`, `add ID|(reply) ROLE NAME`."""
        now = self.clock.now()
        admin = self.admitting.admit(work, who, "staff", at=now)
        if admin is None:
            return
        verb, _, rest = words.strip().partition(" ")
        typed = rest.split()
        match verb.lower():
            case "":
                work.audit.add(noted(admin, "staff", "all", at=now))
                post(work, here(who), self._listed(work), at=now, keyboard=self._buttons(work, at=now))
            case "invite" if (role := _role(typed[:1])) is not None:
                name = cut(" ".join(typed[1:]), most=LONGEST_NAME)
                self.inviting.invite(work, who, admin, role, name, at=now)
            case "add":
                self._add(work, who, admin, typed, replied, at=now)
            case "role" if (role := _role(typed[-1:])) is not None:
                member = self._one(work, who, " ".join(typed[:-1]), replied, at=now)
                if member is not None:
                    self.changing.ask_role(work, who, member, role, at=now)
            case "remove":
                member = self._one(work, who, " ".join(typed), replied, at=now)
                if member is not None:
                    self.changing.ask_removal(work, who, member, at=now)
            case _:
                self._usage(work, who, at=now)

    # --- buttons -----------------------------------------------------------------------------------------------------

    def invite(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        admin = self.admitting.admit(work, who, "staff", at=now)
        if admin is not None:
            self.inviting.invite(work, who, admin, Role(tap.args[0]), "", at=now)

    def choose(self, work: Work, who: Sender, tap: Tap) -> None:
        """What can be done with one member, each behind a button."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "staff", at=now) is None:
            return
        member = self._tapped(work, who, tap, at=now)
        if member is not None:
            post(work, here(who), self.words.line(member), at=now, keyboard=self._choices(member))

    def test(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        admin = self.admitting.admit(work, who, "staff", at=now)
        member = None if admin is None else self._tapped(work, who, tap, at=now)
        if member is not None:
            self.proving.test_member(work, member, at=now)
            self._ask_to_start(work, who, member, at=now)

    def ask(self, work: Work, who: Sender, tap: Tap) -> None:
        """Another role, or removal: a second tap decides."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "staff", at=now) is None:
            return
        member = self._tapped(work, who, tap, at=now)
        if member is not None and len(tap.args) > 1:
            self.changing.ask_role(work, who, member, Role(tap.args[1]), at=now)
        elif member is not None:
            self.changing.ask_removal(work, who, member, at=now)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _add(
        self, work: Work, who: Sender, admin: Member, words: list[str], replied: Person | None, *, at: datetime
    ) -> None:
        account, name, rest = _whom(words, replied)
        role = _role(rest[:1])
        if account is None or role is None:
            self._usage(work, who, at=at)
            return
        held = work.team.member(account)
        if held is not None:
            self.changing.ask_role(work, who, held, role, at=at)
            return
        name = cut(" ".join(rest[1:]), most=LONGEST_NAME) or name
        if not name:
            self._usage(work, who, at=at)
            return
        member = work.team.add(Member(account, name, role, at))
        self.changing.tell(work, admin, member, "added", at=at)
        self.proving.test_member(work, member, at=at)
        self._ask_to_start(work, who, member, at=at)

    def _listed(self, work: Work) -> str:
        desk = work.team.desk()
        about = "team/desk-none" if desk is None else "team/desk-tested" if desk.tested_at else "team/desk-untested"
        line = self.speaking.staff(about, **({} if desk is None else {"group_name": desk.title}))
        unknown = [] if desk is None else strangers(work, desk.contact.chat)
        if unknown:
            paused = self.speaking.staff("team/desk-paused", listed=", ".join(guest.name for guest in unknown))
            line = Html(f"{line}\n{paused}")
        listed = Html("\n".join(self.words.line(member) for member in work.team.members()))
        return self.speaking.staff("team/listed", listed=listed, desk_line=line)

    def _buttons(self, work: Work, *, at: datetime) -> Keyboard:
        members = work.team.members()[:MOST_BUTTONS]
        say = self.speaking.label
        return (
            *((Button(member.name, "staff-choose", (str(member.account),)),) for member in members),
            *(
                (Button(say("team/invite", role=self.words.role(role)), "staff-invite", (role.value,)),)
                for role in Role
            ),
            *((self.inviting.back(link),) for link in work.staff_links.open(at=at)),
        )

    def _choices(self, member: Member) -> Keyboard:
        say, number = self.speaking.label, str(member.account)
        others = [role for role in Role if role is not member.role]
        return (
            *(
                (Button(say("team/make", role=self.words.role(one)), "staff-ask", (number, one.value)),)
                for one in others
            ),
            (Button(say("team/test"), "staff-test", (number,)), Button(say("team/remove"), "staff-ask", (number,))),
        )

    def _tapped(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> Member | None:
        member = work.team.member(int(tap.args[0]))
        if member is None:
            post(work, here(who), self.speaking.staff("team/left-already"), at=at)
        return member

    def _one(self, work: Work, who: Sender, named: str, replied: Person | None, *, at: datetime) -> Member | None:
        """The one member who is meant; otherwise it is said what is missing."""
        members = _found(work.team.members(), named, replied)
        if len(members) == 1:
            return members[0]
        if members:
            listed = Html("\n".join(self.words.line(member) for member in members))
            post(work, here(who), self.speaking.staff("team/which", listed=listed), at=at)
        elif named:
            post(work, here(who), self.speaking.staff("team/nobody", typed=cut(named, most=LONGEST_NAME)), at=at)
        else:
            self._usage(work, who, at=at)
        return None

    def _ask_to_start(self, work: Work, who: Sender, member: Member, *, at: datetime) -> None:
        post(work, here(who), self.speaking.staff("team/ask-to-start", member_name=member.name), at=at)

    def _usage(self, work: Work, who: Sender, *, at: datetime) -> None:
        post(work, here(who), self.speaking.staff("team/usage"), at=at)


def _role(words: Sequence[str]) -> Role | None:
    return next((role for role in Role if words and words[0].lower() == role), None)


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
    if named.isdecimal() and len(named) <= LONGEST_ACCOUNT:
        return [member for member in members if member.account == int(named)]
    return [member for member in members if named and member.name.casefold() == named.casefold()]
