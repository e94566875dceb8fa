"""The open alerts of somebody who leaves the team are everybody's again, and ring."""

from dataclasses import replace
from datetime import datetime

from bot.care.model.people import Member
from bot.care.ports import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.ringing import ALERT, first_to_hear


def hand_over(work: Work, card: AlertCard, member: Member, *, at: datetime) -> int:
    """How many; call it once they are no longer on the team."""
    theirs = [one for one in work.escalations.open() if one.owner == member.account]
    note = card.knowing.speaking.staff("team/handed-over", member_name=member.name)
    for one in theirs:
        again = replace(one.reopen(), opened_at=at)
        work.escalations.save(again)
        for contact in first_to_hear(work, again, card.knowing.shelf.clinic, at=at):
            card.send(work, again, contact, at=at, purpose=ALERT, note=note)
    return len(theirs)
