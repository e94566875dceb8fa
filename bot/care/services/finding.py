"""Find the patient staff mean: by code, or by name when only one has it."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.enrolment import newest
from bot.care.model.inbound import Sender
from bot.care.model.people import Patient
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.inviting import Inviting
from bot.care.services.posting import post
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class Finding:
    speaking: Speaking
    inviting: Inviting

    def patient(self, work: Work, who: Sender, typed: str, *, at: datetime) -> Patient | None:
        """The one meant. Otherwise staff are told: nobody, or which ones; two matches are never guessed between."""
        found = matches(work, typed)
        if len(found) == 1:
            return found[0]
        if not found:
            post(work, here(who), self.speaking.staff("seeing/nobody", typed=typed), at=at)
            return None
        listed = Html("\n".join(self._line(work, patient, at=at) for patient in found))
        post(work, here(who), self.speaking.staff("seeing/several", listed=listed), at=at)
        return None

    def _line(self, work: Work, patient: Patient, *, at: datetime) -> Html:
        last = newest(work.enrolments.course(patient.id))
        summary = self.inviting.summary(last, at=at) if last is not None else Html()
        return self.speaking.about("seeing/match", patient, summary=summary)


def matches(work: Work, typed: str) -> list[Patient]:
    """`A-17`, `a17` or a first name; then the record number."""
    wanted = typed.strip()
    by_code = work.patients.by_code(_code(wanted))
    if by_code is not None:
        return [by_code]
    by_ref = work.patients.by_ref(wanted) if wanted else None
    named = [one for one in work.patients.named(wanted) if work.enrolments.course(one.id)] if wanted else []
    return named or ([by_ref] if by_ref is not None else [])


def _code(typed: str) -> str:
    code = typed.upper().replace(" ", "")
    return code if "-" in code or len(code) < 2 else f"{code[0]}-{code[1:]}"
