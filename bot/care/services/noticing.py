"""Let the care team know of something that is no alert."""

from collections.abc import Sequence
from datetime import datetime

from bot.care.model.delivery import Keyboard, Lane
from bot.care.model.people import Contact, Member, Role
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.open_desk import open_desk
from bot.care.services.posting import post


def tell_staff(
    work: Work,
    text: str,
    *,
    at: datetime,
    patient_id: int | None = None,
    keyboard: Keyboard = (),
    silent: bool = False,
    purpose: Purpose = Purpose.NOTICE,
) -> None:
    """To the desk; without one, privately to whoever can be reached."""
    for contact in staff_contacts(work):
        post(
            work,
            contact,
            text,
            at=at,
            lane=Lane.REPLY,
            keyboard=keyboard,
            purpose=purpose,
            patient_id=patient_id,
            silent=silent,
        )


def told_since(work: Work, text: str, *, patient_id: int, since: datetime) -> bool:
    """Staff were told the very same of this patient."""
    rows = (row for row in work.outbox.of_patient(patient_id, (Purpose.NOTICE,)) if row.due_at >= since)
    return any(row.act is not None and row.act.text == text for row in rows)


def staff_contacts(work: Work) -> Sequence[Contact]:
    desk = open_desk(work)
    return people_contacts(work) if desk is None else [desk.contact]


def people_contacts(work: Work) -> Sequence[Contact]:
    """Privately, whether or not there is a desk."""
    team = [member for member in work.team.members() if member.role is not Role.RECEPTION]
    reachable = [member for member in team if member.reachable]
    return [member.contact for member in reachable or team]


def admins(work: Work) -> list[Member]:
    return [member for member in work.team.members() if member.role is Role.ADMIN]


def alerts_arrive(work: Work) -> bool:
    """The desk, or at least one clinician, has received a test alert."""
    desk = work.team.desk()
    if desk is not None and desk.tested_at is not None:
        return True
    return any(member.reachable and member.role is Role.CLINICIAN for member in work.team.members())
