"""Notice that somebody may be enrolled already."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.enrolment_form import EnrolmentForm
from bot.care.model.people import Patient
from bot.care.ports.records import Work

NEAR = timedelta(days=2)
MOST = 3


@dataclass(frozen=True)
class Twin:
    """`why`: `ref` or `name`."""

    patient: Patient
    why: str


def twins_of(work: Work, form: EnrolmentForm, *, at: datetime) -> list[Twin]:
    """Who has the same record number, or the same name and was enrolled within two days."""
    same_ref = work.patients.by_ref(form.ref) if form.ref else None
    if same_ref is not None:
        return [Twin(same_ref, "ref")]
    namesakes = work.patients.named(form.first_name) if form.first_name else ()
    near = [one for one in namesakes if at - one.created_at <= NEAR and work.enrolments.current(one.id) is not None]
    return [Twin(one, "name") for one in near[-MOST:]]
