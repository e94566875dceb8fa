"""Tell staff, without an alarm, that a patient's skin is not closed and calm yet."""

from datetime import datetime

from bot.care.model.conditions import Known, failed_on
from bot.care.model.protocol import Ask
from bot.care.model.scores import Finding
from bot.care.ports.records import Work
from bot.care.services.knowing import Knowing
from bot.care.services.noticing import tell_staff


def note_shut_gate(
    work: Work, knowing: Knowing, before: Known, ask: Ask, value: str, *, finding: Finding, said: str, at: datetime
) -> None:
    """Once when it begins to fail (facts 0): a flag or a referral tells staff by itself, and so did the first note."""
    fails = any(answer.id == value and answer.gate is False for answer in ask.answers)
    told = finding.flag is not None or finding.refers or failed_on(before.protocol, before.answers) is not None
    if not fails or told:
        return
    text = knowing.speaking.staff("answering/gate-shut", patient_code=before.patient.code, said=said)
    tell_staff(work, text, at=at, patient_id=before.patient.id, silent=True)
