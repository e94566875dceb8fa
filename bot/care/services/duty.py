"""Who of the team is on call, as alerts and what patients are told need to know it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.hours import is_open, opening
from bot.care.model.on_call import A_WEEK, Roster
from bot.care.model.people import Member, Role
from bot.care.ports.records import Work
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
    if not on_call(work, clinic, at=closed):
        return replace(clinic, on_call_phone="")
    return replace(clinic, on_call_gaps=_has_gaps(work, clinic, at=at))


def _has_gaps(work: Work, clinic: Clinic, *, at: datetime) -> bool:
    """Nobody is on call in some closed hours of the coming week."""
    kept, today = roster(work, clinic, at=at), local_day(at, clinic.zone)
    openings = (opening(clinic, today + timedelta(days=n)) for n in range(A_WEEK + 1))
    moments = (at, *(each.closes for each in openings if each is not None and each.closes > at), *kept.changes(at))
    return any(caring(work, kept.at(each)) is None for each in moments if not is_open(clinic, each))
