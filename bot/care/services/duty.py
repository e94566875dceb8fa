"""Who of the team is on call, as alerts and what patients are told need to know it."""

from dataclasses import replace
from datetime import datetime

from bot.care.model.clinic import Clinic
from bot.care.model.hours import opening
from bot.care.model.on_call import Roster
from bot.care.model.people import Member, Role
from bot.care.ports import Work
from scheduler.localtime import local_day


def roster(work: Work, clinic: Clinic, *, at: datetime) -> Roster:
    return Roster(work.on_call.shifts(at=at), work.on_call.turns(), clinic.zone, is_kept=work.on_call.is_kept())


def caring(work: Work, account: int | None) -> Member | None:
    """Whoever may be on call: a clinician or an admin."""
    member = None if account is None else work.team.member(account)
    return member if member is not None and member.role is not Role.RECEPTION else None


def on_call(work: Work, clinic: Clinic, *, at: datetime) -> Member | None:
    return caring(work, roster(work, clinic, at=at).at(at))


def as_told(work: Work, clinic: Clinic, *, at: datetime) -> Clinic:
    """The clinic as patients may hear of it: its on-call number only for hours in which somebody is on call.

    A clinic that enters nobody here has decided on its number itself (`clinic.toml`).
    """
    if not clinic.on_call_phone or not work.on_call.is_kept():
        return clinic
    today = opening(clinic, local_day(at, clinic.zone))
    # while it is open, what is said of the number is about the hours after closing
    closed = today.closes if today is not None and today.holds(at) else at
    return clinic if on_call(work, clinic, at=closed) else replace(clinic, on_call_phone="")
