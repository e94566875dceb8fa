"""Who must hear an alert, and what of it has left already."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.care.model.clinic import Clinic
from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.escalation import Escalation
from bot.care.model.hours import is_open
from bot.care.model.people import Contact, Member, Role
from bot.care.model.purpose import RINGS, Purpose
from bot.care.model.raising import SELF_HARM
from bot.care.model.triage import Level
from bot.care.ports.records import Work
from bot.care.services.duty import on_call
from bot.care.services.open_desk import is_ours, open_desk

CANNOT_WAIT = frozenset({Level.URGENT, Level.EMERGENCY})


def for_clinicians_only(escalation: Escalation) -> bool:
    """Words about self-harm go to as few people as can help, and so does whatever is written beside them."""
    return escalation.reason == SELF_HARM or escalation.private_since is not None


def first_to_hear(work: Work, escalation: Escalation, clinic: Clinic, *, at: datetime) -> Sequence[Contact]:
    """The desk; without one, and for what is confided, people privately. What cannot wait also whoever is on call."""
    desk = open_desk(work)
    if desk is None or for_clinicians_only(escalation):
        return privately(work, escalation)
    member = on_call(work, clinic, at=at) if escalation.level in CANNOT_WAIT else None
    return [desk.contact, *([member.contact] if member is not None else [])]


def privately(work: Work, escalation: Escalation) -> Sequence[Contact]:
    """Every reachable clinician and admin; of what is confided clinicians only, unless there is none."""
    caring = confidants(work) if for_clinicians_only(escalation) else _caring(work)
    # somebody never tested may still be reached: better than telling nobody
    return [member.contact for member in reachable(caring) or caring]


def confidants(work: Work) -> list[Member]:
    """Who reads what is for clinicians only: admins too where there is no clinician, reception never."""
    caring = _caring(work)
    return [member for member in caring if member.role is Role.CLINICIAN] or caring


def may_hear(work: Work, escalation: Escalation, member: Member) -> bool:
    """Somebody who was told, or had it, may have become something else since."""
    if not for_clinicians_only(escalation):
        return True
    return member.account in {one.account for one in confidants(work)}


def is_confidant(work: Work, contact: Contact) -> bool:
    """A group is nobody's confidant."""
    return any(member.contact.chat == contact.chat for member in confidants(work))


def may_read(work: Work, escalation: Escalation, to: Contact) -> bool:
    """Whoever reads there: they may have left since, or be somebody who may not know of it."""
    return is_ours(work, to) and (is_confidant(work, to) or not for_clinicians_only(escalation))


def for_reader(work: Work, escalations: Sequence[Escalation], to: Contact) -> list[Escalation]:
    """Those that whoever reads there may know of."""
    knows_all = is_confidant(work, to)
    return [one for one in escalations if knows_all or not for_clinicians_only(one)]


def _caring(work: Work) -> list[Member]:
    return [member for member in work.team.members() if member.role is not Role.RECEPTION]


def everyone(work: Work) -> Sequence[Contact]:
    """The whole team, when nobody better is left."""
    return [member.contact for member in work.team.members()]


def reachable(members: Iterable[Member]) -> list[Member]:
    return [member for member in members if member.reachable]


def rows_of(work: Work, escalation: Escalation, *purposes: Purpose) -> Sequence[Delivery]:
    """Everything that left, or will, because of it; of these purposes only, where any are named."""
    return work.outbox.of_escalation(escalation.id, purposes)


def rung(rows: Iterable[Delivery]) -> frozenset[int]:
    """The chats that were told."""
    return frozenset(row.contact.chat for row in rows if row.purpose in RINGS)


def rang_in(work: Work, escalation: Escalation) -> frozenset[int]:
    """The chats that were told of it."""
    return rung(rows_of(work, escalation, *RINGS))


def reached_no_confidant(work: Work, escalation: Escalation) -> bool:
    """It rang at clinicians and arrived at none of them, nor will."""
    since = (row for row in rows_of(work, escalation, *RINGS) if row.due_at >= escalation.opened_at)
    rang = {row.contact.chat: row for row in since if is_confidant(work, row.contact)}
    return bool(rang) and all(row.state.final and row.state is not DeliveryState.SENT for row in rang.values())


def is_talk(escalation: Escalation) -> bool:
    """What is said or shown to a person, with no sign in it and no call for help: it keeps its place among the rest."""
    return escalation.level is None and escalation.reason != "help" and not for_clinicians_only(escalation)


def is_silent(escalation: Escalation, clinic: Clinic, *, at: datetime) -> bool:
    """Same-day alerts and questions wait quietly for the clinic to open; the others ring at any hour."""
    return escalation.level not in CANNOT_WAIT and not is_open(clinic, at)
