"""Let patients into what is theirs, in their own chat only."""

from datetime import datetime

from bot.care.model.inbound import Sender
from bot.care.model.people import Patient
from bot.care.ports import Work
from bot.care.services.admitting import Admitting, here
from bot.care.services.posting import post


def patient_here(work: Work, who: Sender, admitting: Admitting, *, at: datetime) -> Patient | None:
    """The patient whose private chat this is; everybody else gets what a stranger gets, a group gets nothing."""
    if not who.private:
        return None
    patient = work.patients.by_chat(who.chat)
    if patient is not None and patient.consent is not None:
        return patient
    post(work, here(who), admitting.stranger(who), at=at, purpose="stranger")
    return None
