"""Words as a patient in progress would read them: only to look at, nothing of it is kept with what is edited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.people import Patient
from bot.care.model.revision import Item
from bot.care.model.windows import followed
from bot.care.model.words import EXTRA, PLACEHOLDERS, Html
from bot.care.ports.records import Work
from bot.care.ports.words import MissingWords
from bot.care.services.asking import in_rows
from bot.care.services.content_pages import ContentPages
from bot.care.services.knowing import Knowing
from bot.care.services.sampling import Sample, steps_with

MOST_PATIENTS = 6
ON_A_LINE = 3
MOST_LOOKED_AT = 60
"""Rows of the plan among which they are looked for, while somebody waits."""


@dataclass(frozen=True)
class ReadingAs:
    knowing: Knowing
    pages: ContentPages

    def patients(self, work: Work, kind: str, subject: str, item: Item, sample: Sample) -> Keyboard:
        """Those who have the message before them, soonest first; else one of the sample's day.

        `kind` and `subject` say of what.
        """
        codes = dict.fromkeys(patient.code for patient in self._before(work, item, sample))
        label = self.knowing.speaking.label
        return in_rows(
            [
                Button(label("content/as-patient", patient_code=code), "content-patient", (kind, subject, code))
                for code in islice(codes, MOST_PATIENTS)
            ],
            ON_A_LINE,
        )

    def preview(self, work: Work, patient: Patient, item: Item, words: str, *, at: datetime) -> Html:
        """When their message with it is due, or now; headed by whose words they are."""
        speaking, sampling = self.knowing.speaking, self.pages.sampling
        due, session = self._when(work, patient, item, at=at)
        known = self.knowing.facts(work, patient, at=due, language=item.language, session=session)
        facts = {**PLACEHOLDERS, **EXTRA, **known}
        try:
            said = sampling.shelf.fill(item.key, words, facts)
        except MissingWords:
            said = None
        name = "preview-real" if sampling.chosen(item, facts) == item.variant else "preview-real-other"
        when = speaking.moment(due, at=at)
        return speaking.about(f"content/{name}", patient, when=when, text=self.pages.shortened(said))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _before(self, work: Work, item: Item, sample: Sample) -> Iterator[Patient]:
        """Patients in progress with the sample's treatment, who read the item's language."""
        protocol = self.knowing.shelf.protocols[sample.treatment]
        steps = {step.id for _, step in steps_with(item.key, [protocol])} or self.pages.sampling.on(sample)
        for row in work.survey.coming(steps, limit=MOST_LOOKED_AT):
            leading = followed(self.knowing.shelf.protocols, work.enrolments.get(row.enrolment_id))
            patient = work.patients.get(row.patient_id)
            if leading is not None and leading.id == protocol.id and patient.language == item.language:
                yield patient

    def _when(self, work: Work, patient: Patient, item: Item, *, at: datetime) -> tuple[datetime, int | None]:
        """When the first message with it that is still before them is due, and of which session; else now."""
        steps = {step.id for _, step in steps_with(item.key, self.knowing.shelf.protocols.values())}
        coming = [
            (row.due_at, row.enrolment_id)
            for row in work.outbox.of_patient(patient.id)
            if row.step in steps and not row.state.final
        ]
        return min(coming, default=(at, None))
