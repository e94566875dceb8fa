"""Somebody who is not on the team joins the staff's group: nothing of patients is said there until an admin decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import ActKind, Button, Delivery, DeliveryState, Keyboard, Lane, MessageRef
from bot.care.model.inbound import AuditEvent, Said, Sender, Tap
from bot.care.model.people import Contact, Guest, Member
from bot.care.model.purpose import Purpose
from bot.care.model.texts import cut, units
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import DECIDE, Admitting, here, noted
from bot.care.services.alerting import Alerting
from bot.care.services.confirming import Confirming
from bot.care.services.falling_through import FallingThrough
from bot.care.services.group_seat import take_guest_out
from bot.care.services.noticing import admins
from bot.care.services.open_desk import strangers
from bot.care.services.posting import edit, post, put
from bot.care.services.speaking import Speaking

LONGEST_NAME = 100
LONGEST_LABEL = 30
"""Of a name on a button."""
MOST_TOGETHER = 3_500
"""UTF-16 units of one message about several guests."""
GATHERS = timedelta(minutes=1)
"""Whoever follows somebody else into the group so soon is told of together with all who do: it is closed already."""
LOOK_AGAIN = timedelta(minutes=1)
"""What is held back is looked at again so soon, however the group became clear."""


@dataclass(frozen=True)
class Guarding:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    alerting: Alerting
    falling_through: FallingThrough
    confirming: Confirming

    # --- who comes and goes ------------------------------------------------------------------------------------------

    def joined(self, work: Work, chat: int, account: int, name: str) -> None:
        """Only the desk's group matters; of several updates about one arrival the first counts."""
        self._greet(work, chat, account, name, "joined")

    def meets(self, work: Work, who: Sender) -> None:
        """Words or a tap there: also of somebody who was in the group before us, or came without our being told."""
        if not who.private:
            self._greet(work, who.chat, who.account, who.name, "met")

    def stayed(self, work: Work, delivery: Delivery) -> bool:
        """Somebody off the team whom the bot could not take out is a guest there; False in what is no desk any more."""
        desk, act = work.team.desk(), delivery.act
        if desk is None or act is None or desk.contact.chat != delivery.contact.chat:
            return False
        self._greet(work, desk.contact.chat, act.member, act.text, "still-in")
        return True

    def left(self, work: Work, chat: int, account: int) -> None:
        self._gone(work, chat, [account], at=self.clock.now())

    def follow(self, work: Work, *, at: datetime) -> None:
        """Whoever is on the team by now is no guest any more."""
        desk = work.team.desk()
        if desk is not None:
            chat = desk.contact.chat
            mine = (guest.account for guest in work.team.guests(chat))
            self._gone(work, chat, [one for one in mine if work.team.member(one) is not None], at=at)

    # --- what an admin decides ---------------------------------------------------------------------------------------

    def let_stay(self, work: Work, who: Sender, tap: Tap) -> None:
        admin = self.admitting.admit(work, who, DECIDE, at=self.clock.now())
        if admin is not None:
            chat, account = (int(number) for number in tap.args)
            self._show(work, tap, self._decide(work, admin, chat, account, stays=True), at=self.clock.now())

    def ask_out(self, work: Work, who: Sender, tap: Tap) -> None:
        """Whoever is taken out stays out: it takes a second tap."""
        now = self.clock.now()
        if self.admitting.admit(work, who, DECIDE, at=now) is None:
            return
        chat, account = (int(number) for number in tap.args)
        guest = self._undecided(work, chat, account)
        if guest is None:
            self._show(work, tap, self._over(work, chat, account), at=now)
            return
        text = self._say("confirm-out", member_name=guest.name)
        choices = self.confirming.choices(who, "guest-out-yes", *tap.args, str(tap.message_id or ""), at=now)
        post(work, here(who), text, at=now, keyboard=choices, purpose=Purpose.GUARD)

    def take_out(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        admin = self.admitting.admit(work, who, DECIDE, at=now)
        args = None if admin is None else self.confirming.accept(work, who, tap, at=now)
        if admin is None or args is None:
            return
        said = self._decide(work, admin, int(args[0]), int(args[1]), stays=False)
        self._show(work, tap, said, at=now)
        if args[2]:
            # the message that was tapped first has its buttons no longer
            self._show(work, replace(tap, message_id=int(args[2])), said, at=now)

    def ban_ended(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """They are out; or every admin is told to do it, and may still decide otherwise."""
        if delivery.act is None:
            return
        chat, account = delivery.contact.chat, delivery.act.member
        if delivery.state is DeliveryState.SENT:
            self._gone(work, chat, [account], at=at)
            return
        work.team.undecide(chat, account)
        for guest in strangers(work, chat):
            if guest.account == account:
                self._tell(work, None, "not-out", self._keyboard(guest), at=at, member_name=guest.name)

    # --- what waits meanwhile ----------------------------------------------------------------------------------------

    def stops(self, work: Work, said: Said) -> bool:
        """True for words in a closed group: nothing is done with them, and a member who meant us is told so."""
        who, now = said.sender, self.clock.now()
        self.meets(work, who)
        if who.private or not self.admitting.is_stopped(work, who):
            return False
        is_meant = said.reply_to is not None or work.flows.current(who.chat, who.account, at=now) is not None
        if is_meant and work.team.member(who.account) is not None:
            self.admitting.stop(work, who, at=now)
        return True

    def hold(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """It waits for its group to be clear; what cannot wait reaches people privately at once.

        Of a group that is the desk no longer nothing is waited for: it goes to the one that is.
        """
        desk = work.team.desk()
        if desk is not None and desk.contact.chat == delivery.contact.chat:
            work.outbox.postpone(delivery.id, to=at + LOOK_AGAIN)
            self.falling_through.beside(work, delivery, at=at)
            return
        reason = "somebody unknown is in that group"
        settled = work.outbox.settle(delivery.id, DeliveryState.CANCELLED, at=at, reason=reason)
        act = delivery.act
        if settled and desk is not None and act is not None and act.kind in (ActKind.SEND, ActKind.COPY):
            put(
                work,
                replace(act, to=desk.contact, reply_to=None),
                at=at,
                lane=delivery.lane,
                purpose=delivery.purpose,
                patient_id=delivery.patient_id,
                escalation_id=delivery.escalation_id,
            )

    # --- inside ------------------------------------------------------------------------------------------------------

    def _greet(self, work: Work, chat: int, account: int, name: str, how: str) -> None:
        now, desk = self.clock.now(), work.team.desk()
        if desk is None or desk.contact.chat != chat or work.team.member(account) is not None:
            return
        guest = Guest(chat, account, cut(name, most=LONGEST_NAME), now)
        if work.team.greet(guest):
            work.audit.add(AuditEvent(now, "system", f"guest-{how}", f"chat:{chat}", str(account)))
            others = [one for one in strangers(work, chat) if one.account != account and now - one.joined_at < GATHERS]
            due_at = now + GATHERS if others else now
            text = self._say(how, member_name=guest.name)
            for contact in (desk.contact, *(admin.contact for admin in admins(work))):
                self._announce(work, contact, guest, text, at=now, due_at=due_at)

    def _announce(
        self, work: Work, contact: Contact, guest: Guest, text: Html, *, at: datetime, due_at: datetime
    ) -> None:
        """With whoever else is not told of yet, in one message: a crowd that joins is no crowd of messages."""
        keyboard = self._keyboard(guest)
        for row in work.outbox.waiting_for(contact.chat):
            act = row.act
            if row.purpose is not Purpose.GUARD or act is None or not _guests_of(act.keyboard):
                continue
            both = Html(f"{act.text}\n{text}")
            is_fit = row.state is DeliveryState.SCHEDULED and units(both) <= MOST_TOGETHER
            if is_fit and work.outbox.settle(row.id, DeliveryState.FOLDED, at=at, reason="into one about more guests"):
                known = {one.account: one for one in work.team.guests(guest.chat)}
                told = (known.get(account) for account in _guests_of(act.keyboard))
                text, due_at = both, row.due_at
                keyboard = tuple(self._named(one) for one in (*told, guest) if one is not None)
                break
        post(work, contact, text, at=due_at, lane=Lane.BESIDE, keyboard=keyboard, purpose=Purpose.GUARD)

    def _decide(self, work: Work, admin: Member, chat: int, account: int, *, stays: bool) -> Html:
        """What is shown of it, whoever was quicker."""
        now, guest = self.clock.now(), self._undecided(work, chat, account)
        if guest is None:
            return self._over(work, chat, account)
        was_closed = bool(strangers(work, chat))
        decided = replace(guest, decided_by=admin.account, stays=stays)
        if not work.team.decide(decided):
            return self._over(work, chat, account)
        work.audit.add(
            noted(admin, "guest-stays" if stays else "guest-out", f"chat:{chat}", at=now, detail=str(account))
        )
        if not stays:
            take_guest_out(work, guest, at=now)
        elif was_closed:
            self._reopen(work, chat, at=now)
        return self._decided(work, decided)

    def _undecided(self, work: Work, chat: int, account: int) -> Guest | None:
        guest = _found(work.team.guests(chat), account)
        is_open = guest is not None and guest.decided_by is None and work.team.member(account) is None
        return guest if is_open else None

    def _over(self, work: Work, chat: int, account: int) -> Html:
        """They are no guest any more, or somebody decided already."""
        guest = _found(work.team.guests(chat), account)
        if guest is None or guest.decided_by is None or work.team.member(account) is not None:
            return self._say("over")
        return self._decided(work, guest)

    def _decided(self, work: Work, guest: Guest) -> Html:
        admin = work.team.member(guest.decided_by or 0)
        name = admin.name if admin is not None else self.speaking.label("alerts/a-member")
        return self._say("stays" if guest.stays else "goes", member_name=guest.name, admin_name=name)

    def _gone(self, work: Work, chat: int, accounts: Iterable[int], *, at: datetime) -> None:
        """As guests; the group is open again once it has no other whom nobody let in."""
        forgotten = [guest for guest in work.team.guests(chat) if guest.account in accounts]
        for guest in forgotten:
            work.team.forget_guest(chat, guest.account)
        if any(not guest.stays for guest in forgotten):
            self._reopen(work, chat, at=at)

    def _reopen(self, work: Work, chat: int, *, at: datetime) -> None:
        desk = work.team.desk()
        if desk is None or desk.contact.chat != chat or strangers(work, chat):
            return
        self._tell(work, desk.contact, "clear", (), at=at)
        # meanwhile what came was for people alone
        self.alerting.show_open(work, desk.contact, at=at)
        for row in work.outbox.waiting_for(chat):
            if at < row.due_at <= at + LOOK_AGAIN:
                work.outbox.postpone(row.id, to=at)

    def _tell(
        self, work: Work, group: Contact | None, name: str, keyboard: Keyboard, *, at: datetime, **facts: str
    ) -> None:
        """In the group, and to every admin."""
        text = self._say(name, **facts)
        for contact in (*([group] if group is not None else []), *(admin.contact for admin in admins(work))):
            post(work, contact, text, at=at, lane=Lane.BESIDE, keyboard=keyboard, purpose=Purpose.GUARD)

    def _show(self, work: Work, tap: Tap, text: Html, *, at: datetime) -> None:
        """In the place of the message; of several guests in it, those nobody decided about keep their buttons."""
        if tap.message_id is None:
            return
        message = MessageRef(tap.chat, tap.message_id)
        act, desk = work.outbox.shown(message), work.team.desk()
        told = () if act is None or desk is None else _guests_of(act.keyboard)
        left = (self._undecided(work, desk.contact.chat, account) for account in told if desk is not None)
        keyboard = tuple(self._named(one) for one in left if one is not None)
        edit(work, message, text, at=at, keyboard=keyboard, purpose=Purpose.GUARD)

    def _keyboard(self, guest: Guest) -> Keyboard:
        args = (str(guest.chat), str(guest.account))
        stay = Button(self.speaking.label("guests/stay"), "guest-stay", args)
        return ((stay, Button(self.speaking.label("guests/out"), "guest-out", args)),)

    def _named(self, guest: Guest) -> tuple[Button, ...]:
        """The same buttons, where there are more guests than one."""
        name = cut(guest.name, most=LONGEST_LABEL)
        labels = (self.speaking.label(f"guests/{choice}-named", member_name=name) for choice in ("stay", "out"))
        [row] = self._keyboard(guest)
        return tuple(replace(button, label=label) for button, label in zip(row, labels, strict=True))

    def _say(self, name: str, /, **facts: str) -> Html:
        return self.speaking.staff(f"guests/{name}", **facts)


def _guests_of(keyboard: Keyboard) -> list[int]:
    """Whose accounts a message lets an admin decide about."""
    return [int(button.args[1]) for row in keyboard for button in row if button.deed == "guest-stay"]


def _found(guests: Iterable[Guest], account: int) -> Guest | None:
    return next((guest for guest in guests if guest.account == account), None)
