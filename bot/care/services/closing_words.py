"""What a patient hears when their alert is closed: a person was promised, so how it ended is said."""

from datetime import datetime

from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.people import Member, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.raising import SELF_HARM
from bot.care.ports.records import Work
from bot.care.services.contact import is_contacted
from bot.care.services.knowing import Knowing
from bot.care.services.posting import tell
from bot.care.services.ringing import rows_of
from bot.care.services.whose import own_cases


def tell_of_closing(work: Work, knowing: Knowing, ended: Escalation, member: Member, *, at: datetime) -> None:
    """One sentence, to who was told that a person comes and heard from none; `ended` is saved."""
    if ended.patient_id is None or ended.closing is None or not _expects_somebody(work, ended):
        return
    patient = work.patients.get(ended.patient_id)
    if is_contacted(work, ended) or (ended.closing is Closing.DUPLICATE and _has_another(work, patient)):
        return
    facts = {"member_name": member.name, "clinic_name": knowing.shelf.clinic.name}
    how = "self-harm" if ended.reason == SELF_HARM else ended.closing.name.lower()
    text = knowing.say(work, patient, f"phrases/alerts/ended-{how}", at=at, **facts)
    tell(work, patient, text, at=at, purpose=Purpose.ENDED, escalation_id=ended.id)


def _expects_somebody(work: Work, ended: Escalation) -> bool:
    """They were answered that staff know, or heard who has it; a question they left open promised nobody."""
    is_answered = ended.confirmed and bool(ended.told)
    return is_answered or any(row.due_at >= ended.opened_at for row in rows_of(work, ended, Purpose.SEEN))


def _has_another(work: Work, patient: Patient) -> bool:
    """What it is a duplicate of goes on, and they will hear of that, as of one that promised nobody they would not."""
    mine = (one for one in own_cases(work, patient) if one.state is not EscalationState.CLOSED)
    return any(one.confirmed and _expects_somebody(work, one) for one in mine)
