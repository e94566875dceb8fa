"""Who leaves the team leaves the staff group too, where the bot may; and the bot leaves groups that are not its own."""

from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, Lane
from bot.care.model.people import Contact, Guest, Member
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.posting import put
from bot.care.services.staff_words import StaffWords

STAYS = timedelta(hours=1)
"""In a group that is not the desk: long enough to make it the desk."""


def take_out(work: Work, member: Member, *, at: datetime) -> bool:
    """False where there is no group. They stay out, old invitations to the group included."""
    return _put(work, ActKind.BAN, member, Purpose.DESK_REMOVAL, at=at)


def take_guest_out(work: Work, guest: Guest, *, at: datetime) -> None:
    act = Act(ActKind.BAN, Contact(guest.chat), text=guest.name, member=guest.account)
    put(work, act, at=at, lane=Lane.URGENT, purpose=Purpose.GUEST_REMOVAL)


def leave_later(work: Work, chat: int, *, at: datetime) -> None:
    """Unless it is the desk by then; asked twice it is left once."""
    if not _leaving(work, chat):
        put(work, Act(ActKind.LEAVE, Contact(chat)), at=at + STAYS, purpose=Purpose.LEAVE_GROUP)


def stay_out(work: Work, chat: int, *, at: datetime) -> None:
    """Somebody else took the bot out: added again, it has its hour again."""
    for row in _leaving(work, chat):
        work.outbox.settle(row.id, DeliveryState.CANCELLED, at=at, reason="out already")


def let_in(work: Work, member: Member, *, at: datetime) -> bool:
    """Telegram adds nobody by itself: they may join again, and somebody has to ask them."""
    return _put(work, ActKind.UNBAN, member, Purpose.DESK_RETURN, at=at)


def not_taken_out(work: Work, words: StaffWords, delivery: Delivery, *, at: datetime) -> None:
    """Of a group that is the desk no longer: every admin is told to do it."""
    if delivery.act is not None and work.team.member(delivery.act.member) is None:
        words.announce(work, "still-in-group", at=at, member_name=delivery.act.text)


def _leaving(work: Work, chat: int) -> list[Delivery]:
    return [row for row in work.outbox.waiting_for(chat) if row.purpose is Purpose.LEAVE_GROUP]


def _put(work: Work, kind: ActKind, member: Member, purpose: Purpose, *, at: datetime) -> bool:
    desk = work.team.desk()
    if desk is None or not desk.contact.is_group:
        return False
    put(work, Act(kind, desk.contact, text=member.name, member=member.account), at=at, purpose=purpose)
    return True
