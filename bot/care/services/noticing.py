"""Let the care team know of something that is no alert."""

from collections.abc import Sequence
from datetime import datetime

from bot.care.model.delivery import Keyboard, Lane
from bot.care.model.people import Contact, Member, Role
from bot.care.ports import Work
from bot.care.services.posting import post


def tell_staff(work: Work, text: str, *, at: datetime, patient_id: int | None = None, keyboard: Keyboard = ()) -> None:
    """To the desk; without one, privately to whoever can be reached."""
    for contact in staff_contacts(work):
        post(work, contact, text, at=at, lane=Lane.REPLY, keyboard=keyboard, purpose="notice", patient_id=patient_id)


def staff_contacts(work: Work) -> Sequence[Contact]:
    desk = work.team.desk()
    if desk is not None:
        return [desk.contact]
    team = [member for member in work.team.members() if member.role is not Role.RECEPTION]
    reachable = [member for member in team if member.reachable]
    return [privately(member) for member in reachable or team]


def privately(member: Member) -> Contact:
    # a private chat has the number of the account it is with
    return Contact(member.account)


def alerts_arrive(work: Work) -> bool:
    """The desk, or at least one clinician, has received a test alert."""
    desk = work.team.desk()
    if desk is not None and desk.tested_at is not None:
        return True
    return any(member.reachable and member.role is Role.CLINICIAN for member in work.team.members())
