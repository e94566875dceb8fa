"""Change a member's role or take them off the team: asked first, told to every admin, and undone by a tap."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.delivery import Button
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member, Role
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.alert_card import AlertCard
from bot.care.services.confirming import WAITS, Confirming
from bot.care.services.duty import on_call
from bot.care.services.group_seat import let_in, take_out
from bot.care.services.parting import hand_over, withdraw
from bot.care.services.posting import post, show
from bot.care.services.speaking import Speaking
from bot.care.services.staff_inviting import StaffInviting
from bot.care.services.staff_words import StaffWords


@dataclass(frozen=True)
class StaffChanging:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    confirming: Confirming
    inviting: StaffInviting
    card: AlertCard

    @property
    def words(self) -> StaffWords:
        return StaffWords(self.speaking)

    def ask_role(self, work: Work, who: Sender, member: Member, role: Role, *, at: datetime) -> None:
        if role is not Role.ADMIN and _is_last_admin(work, member):
            post(work, here(who), self.speaking.staff("team/last-admin"), at=at)
            return
        facts = {"member_name": member.name, "old_value": self.words.role(member.role)}
        text = self.speaking.staff("team/role-confirm", role=self.words.role(role), **facts)
        self.confirming.ask(work, who, text, "staff-role-yes", str(member.account), role.value, at=at)

    def ask_removal(self, work: Work, who: Sender, member: Member, *, at: datetime) -> None:
        if _is_last_admin(work, member):
            post(work, here(who), self.speaking.staff("team/last-admin"), at=at)
            return
        text = self.speaking.staff("team/remove-confirm", member_name=member.name)
        self.confirming.ask(work, who, text, "team-remove", str(member.account), at=at)

    def role_confirmed(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        admin, args = self._confirmed(work, who, tap, at=now)
        if admin is None:
            return
        member = self._changeable(work, tap, int(args[0]), Role(args[1]), at=now)
        if member is None:
            return
        changed = replace(member, role=Role(args[1]))
        was_on_call = self._is_on_call(work, member, at=now)
        work.team.save(changed)
        self.tell(work, admin, changed, "changed", at=now)
        self._tell_them(work, changed, at=now)
        self._tell_of_gap(work, member, was_on_call=was_on_call, at=now)
        count = hand_over(work, self.card, changed, at=now)
        name = "changed-handed" if count else "changed-done"
        self._done(work, who, tap, name, member, role=self.words.role(changed.role), count=str(count), at=now)

    def remove_confirmed(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        admin, args = self._confirmed(work, who, tap, at=now)
        if admin is None:
            return
        member = self._changeable(work, tap, int(args[0]), None, at=now)
        if member is None:
            return
        was_on_call = self._is_on_call(work, member, at=now)
        work.team.remove(member.account)
        # their turns stay, with nobody in them: a gap shows
        work.on_call.forget(member.account)
        withdraw(work, member, at=now)
        self.tell(work, admin, member, "removed", at=now)
        self._tell_of_gap(work, member, was_on_call=was_on_call, at=now)
        clinic = self.speaking.shelf.clinic.name
        farewell = self.speaking.staff("team/farewell", clinic_name=clinic)
        post(work, member.contact, farewell, at=now, purpose=Purpose.FAREWELL)
        count = hand_over(work, self.card, member, at=now)
        remarks = self.speaking.staff("team/taking-out") if take_out(work, member, at=now) else ""
        self._done(work, who, tap, "removed-done", member, count=str(count), remarks=remarks, at=now)

    def put_back(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Undo*: on the team again, or in the role they had."""
        now = self.clock.now()
        admin, args = self._confirmed(work, who, tap, at=now)
        if admin is None:
            return
        account, role, name, tested = args
        held, is_let_in = work.team.member(int(account)), False
        if held is None:
            tested_at = datetime.fromisoformat(tested) if tested else None
            member = work.team.add(Member(int(account), name, Role(role), now, tested_at))
            is_let_in = let_in(work, member, at=now)
        else:
            if self._changeable(work, tap, held.account, Role(role), at=now) is None:
                return
            member = replace(held, role=Role(role))
            work.team.save(member)
            hand_over(work, self.card, member, at=now)
        self.tell(work, admin, member, "put-back", at=now)
        self._tell_them(work, member, at=now)
        again = self.speaking.staff("team/may-join-again") if is_let_in else Html()
        show(work, tap, Html("\n".join(line for line in (self.words.line(member), again) if line)), at=now)

    def tell(self, work: Work, admin: Member, member: Member, what: str, *, at: datetime) -> None:
        """Written down, told to every admin; who may no longer invite has no open link."""
        work.audit.add(noted(admin, f"team-{what}", f"member:{member.account}", at=at, detail=member.role))
        facts = {"member_name": member.name, "role": self.words.role(member.role), "admin_name": admin.name}
        self.words.announce(work, what, at=at, **facts)
        if what == "removed" or member.role is not Role.ADMIN:
            for link in work.staff_links.open(at=at):
                if link.made_by == member.account:
                    self.inviting.revoke(work, link, admin, at=at)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _confirmed(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> tuple[Member | None, tuple[str, ...]]:
        admin = self.admitting.admit(work, who, "staff", at=at)
        args = None if admin is None else self.confirming.accept(work, who, tap, at=at)
        return (None, ()) if args is None else (admin, args)

    def _changeable(self, work: Work, tap: Tap, account: int, role: Role | None, *, at: datetime) -> Member | None:
        """Who is to change, unless they left meanwhile, or would leave the clinic without an admin."""
        # held until the commit: of two admins who remove each other one stays
        held = [admin.account for admin in work.team.hold_admins()]
        member = work.team.member(account)
        if member is None:
            show(work, tap, self.speaking.staff("team/left-already"), at=at)
            return None
        if role is not Role.ADMIN and held == [account]:
            show(work, tap, self.speaking.staff("team/last-admin"), at=at)
            return None
        return member

    def _is_on_call(self, work: Work, member: Member, *, at: datetime) -> bool:
        holder = on_call(work, self.speaking.shelf.clinic, at=at)
        return holder is not None and holder.account == member.account

    def _tell_of_gap(self, work: Work, member: Member, *, was_on_call: bool, at: datetime) -> None:
        if was_on_call and on_call(work, self.speaking.shelf.clinic, at=at) is None:
            self.words.announce(work, "removed-on-call", at=at, member_name=member.name)

    def _tell_them(self, work: Work, member: Member, *, at: datetime) -> None:
        text = self.speaking.staff("team/your-role", role=self.words.role(member.role))
        post(work, member.contact, text, at=at, purpose=Purpose.NOTICE)

    def _done(
        self, work: Work, who: Sender, tap: Tap, name: str, before: Member, *, at: datetime, **facts: str
    ) -> None:
        """What became of a tap, and the way back for as long as a question waits."""
        tested = before.tested_at.isoformat() if before.tested_at else ""
        bound = (str(who.account), (at + WAITS).isoformat())
        args = (*bound, str(before.account), before.role.value, before.name, tested)
        undo = Button(self.speaking.label("team/undo"), "staff-put-back", args)
        text = self.speaking.staff(f"team/{name}", member_name=before.name, **facts)
        show(work, tap, text, at=at, keyboard=((undo,),))


def _is_last_admin(work: Work, member: Member) -> bool:
    return [admin.account for admin in work.team.hold_admins()] == [member.account]
