"""The open alerts of somebody who leaves the team, or may not have them any more, are everybody's again, and ring."""

from dataclasses import replace
from datetime import datetime

from bot.care.model.escalation import Escalation
from bot.care.model.people import Member, Role
from bot.care.ports import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.ringing import ALERT, first_to_hear, may_hear


def hand_over(work: Work, card: AlertCard, member: Member, *, at: datetime) -> int:
    """How many; call it once they are no longer on the team, or are in their new role."""
    held = work.team.member(member.account)
    theirs = [one for one in work.escalations.open() if one.owner == member.account and not _keeps(work, held, one)]
    name = "handed-over" if held is None else "handed-over-role"
    note = card.knowing.speaking.staff(f"team/{name}", member_name=member.name)
    for one in theirs:
        again = replace(one.reopen(), opened_at=at)
        work.escalations.save(again)
        for contact in first_to_hear(work, again, card.knowing.shelf.clinic, at=at):
            card.send(work, again, contact, at=at, purpose=ALERT, note=note)
    return len(theirs)


def _keeps(work: Work, member: Member | None, escalation: Escalation) -> bool:
    """Reception looks after no patient by itself; what is for clinicians only stays with those who may hear it."""
    return member is not None and member.role is not Role.RECEPTION and may_hear(work, escalation, member)
