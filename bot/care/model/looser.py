"""Who may say that a laser left more of the skin whole than its treatment usually does."""

from bot.care.model.enrolment import Surface
from bot.care.model.people import Member, Role
from bot.care.model.typed_line import Remark


def looser(own: Surface, ticked: Surface | None, member: Member | None, reason: str) -> tuple[Remark, ...]:
    """A tick may make things stricter; looser only a clinician, with a reason that is kept (facts 5.2)."""
    if ticked is None or ticked.depth >= own.depth:
        return ()
    if member is None or member.role is not Role.CLINICIAN:
        return (Remark("looser-surface", {"surface_name": own.value}),)
    return () if reason.strip() else (Remark("looser-no-reason", {"surface_name": own.value}),)
