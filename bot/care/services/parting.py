"""The open alerts of somebody who has them no longer, or may not have them, are everybody's again, and ring."""

from dataclasses import replace
from datetime import datetime

from bot.care.model.delivery import DeliveryState
from bot.care.model.escalation import Escalation
from bot.care.model.people import Contact, Member, Role
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.open_desk import is_ours
from bot.care.services.ringing import first_to_hear, may_hear, rang_in
from bot.care.services.together import has_called, head_of, leads_first, rings_with_another


def hand_over(work: Work, card: AlertCard, member: Member, *, at: datetime) -> int:
    """How many; call it once they are no longer on the team, or are in their new role."""
    held = work.team.member(member.account)
    opened = work.escalations.open()
    theirs = [one for one in opened if one.owner == member.account and not _keeps(work, held, one)]
    if held is None:
        theirs += [one for one in opened if one.owner is None and _only_they_were_told(work, member, one)]
    name = "handed-over" if held is None else "handed-over-role"
    note = card.knowing.speaking.staff(f"team/{name}", member_name=member.name)
    for one in sorted(theirs, key=leads_first):
        _ring_anew(work, card, one, note, at=at)
    return len(theirs)


def withdraw(work: Work, member: Member, *, at: datetime) -> None:
    """What waits for the chat of somebody who has left is no more for them to read, unless they are a patient too."""
    patient = work.patients.by_chat(member.contact.chat)
    for row in work.outbox.waiting_for(member.contact.chat):
        if patient is None or row.patient_id != patient.id:
            work.outbox.settle(row.id, DeliveryState.CANCELLED, at=at, reason="left the team")


def give_back(work: Work, card: AlertCard, escalation: Escalation, *, at: datetime) -> None:
    """Whoever had it by an answer took that back."""
    member = None if escalation.owner is None else work.team.member(escalation.owner)
    name = member.name if member is not None else card.knowing.speaking.label("alerts/a-member")
    note = card.knowing.speaking.staff("alerts/is-taken-back", member_name=name)
    card.renew(work, escalation.reopen(), note, at=at)
    _ring_anew(work, card, escalation, note, at=at)


def _ring_anew(work: Work, card: AlertCard, escalation: Escalation, note: Html, *, at: datetime) -> None:
    if rings_with_another(work, escalation) and not has_called(work, head_of(work, escalation)):
        work.escalations.save(escalation.reopen())
        return
    again = replace(escalation.reopen(), opened_at=at, told_with=None)
    work.escalations.save(again)
    for contact in first_to_hear(work, again, card.knowing.shelf.clinic, at=at):
        card.send(work, again, contact, at=at, purpose=Purpose.ALERT, note=note)


def _only_they_were_told(work: Work, member: Member, escalation: Escalation) -> bool:
    """They, and others who have left as well."""
    told = rang_in(work, escalation)
    return member.contact.chat in told and not any(is_ours(work, Contact(chat)) for chat in told)


def _keeps(work: Work, member: Member | None, escalation: Escalation) -> bool:
    """Reception looks after no patient by itself; what is for clinicians only stays with those who may hear it."""
    return member is not None and member.role is not Role.RECEPTION and may_hear(work, escalation, member)
