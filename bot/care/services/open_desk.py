"""The desk, unless somebody unknown is in its group: whatever says something of patients asks here."""

from collections.abc import Sequence

from bot.care.model.delivery import ActKind, Delivery
from bot.care.model.people import Contact, Desk, Guest
from bot.care.model.purpose import SAID_ANYWAY
from bot.care.ports.records import Work

WORDLESS = frozenset({ActKind.BAN, ActKind.UNBAN, ActKind.DELETE, ActKind.REACT, ActKind.LEAVE})


def open_desk(work: Work) -> Desk | None:
    """None also while somebody unknown is in its group: then people are told privately."""
    desk = work.team.desk()
    return None if desk is None or strangers(work, desk.contact.chat) else desk


def is_ours(work: Work, to: Contact) -> bool:
    """Neither the chat of somebody who has left the team, nor a group that was the desk."""
    if not to.is_group:
        return work.team.member(to.chat) is not None
    desk = work.team.desk()
    return desk is not None and desk.contact.chat == to.chat


def strangers(work: Work, chat: int) -> Sequence[Guest]:
    """Who is in this group, is not on the team, and was not let in by an admin."""
    waiting = (guest for guest in work.team.guests(chat) if not guest.stays)
    return [guest for guest in waiting if work.team.member(guest.account) is None]


def would_leave_desk(work: Work, delivery: Delivery) -> bool:
    """A group was to be left, and has become the desk meanwhile."""
    if delivery.act is None or delivery.act.kind is not ActKind.LEAVE:
        return False
    desk = work.team.desk()
    return desk is not None and desk.contact.chat == delivery.contact.chat


def is_held(work: Work, delivery: Delivery) -> bool:
    """It is for a group with somebody unknown in it, and may not leave."""
    if not delivery.contact.is_group or delivery.purpose in SAID_ANYWAY:
        return False
    if delivery.act is not None and delivery.act.kind in WORDLESS:
        return False
    return bool(strangers(work, delivery.contact.chat))
