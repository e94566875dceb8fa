"""Keep what no answer met, without anybody in it, for as long as the clinic says and no longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.deidentifying import Traces, deidentified, says_anything
from bot.care.model.inbound import Entry, Heard, Said
from bot.care.model.people import Patient
from bot.care.model.texts import cut
from bot.care.model.unanswered import ELSE, Unanswered
from bot.care.ports.hearing import Likeness
from bot.care.ports.records import Work
from bot.care.services.knowing import Knowing
from scheduler.localtime import local_day

MOST = 300
"""UTF-16 units; nobody asks for a topic in more."""
ROW, MESSAGE = "row", "message"
"""What a button under an answer is about: a row that is kept already, or a message of the diary."""
NEAR = 3


@dataclass(frozen=True)
class KeepingUnanswered:
    knowing: Knowing
    likeness: Likeness

    def unmatched(self, work: Work, patient: Patient, said: Said, near: Sequence[str], *, at: datetime) -> str:
        """The bot was not sure. Gives what the buttons under its question are about; empty when nothing was kept."""
        kept = self._keep(work, patient, said.text, said.sender.name, at=at, near=tuple(near[:NEAR]))
        return f"{ROW}:{kept.id}" if kept else ""

    def answered(self, said: Said) -> str:
        """The bot did answer: only if the patient takes another topic is anything kept."""
        return f"{MESSAGE}:{said.message_id}"

    def wanted_else(self, work: Work, about: str) -> None:
        """None of the topics that were offered."""
        kind, _, number = about.partition(":")
        if kind == ROW:
            work.unanswered.choose(int(number), ELSE)

    def chose(self, work: Work, patient: Patient, about: str, topic: str, *, name: str, at: datetime) -> None:
        """The patient took a topic below an answer or an offer; `name` is what they are called on the channel."""
        kind, _, number = about.partition(":")
        if kind == ROW:
            work.unanswered.choose(int(number), topic)
        elif kind == MESSAGE and patient.contact is not None:
            entry = work.diary.by_message(patient.contact.chat, int(number))
            if entry is not None and entry.heard is Heard.ANSWERED and entry.topic != topic:
                self._corrected(work, patient, entry, topic, name=name, at=at)

    def run(self, work: Work, *, at: datetime) -> None:
        """Erase what is too old, and what staff wrote for patients and did not publish."""
        clinic = self.knowing.shelf.clinic
        kept = timedelta(days=clinic.retention.unanswered_days)
        work.unanswered.erase(before=local_day(at, clinic.zone) - kept)
        work.drafts.erase(before=at - kept)

    def _corrected(self, work: Work, patient: Patient, entry: Entry, topic: str, *, name: str, at: datetime) -> None:
        words = self._clean(work, patient, entry.words, name)
        today = local_day(at, self.knowing.shelf.clinic.zone)
        same = (row for row in work.unanswered.waiting() if (row.words, row.answered) == (words, entry.topic))
        before = next((row for row in same if row.heard_on == today), None)
        if before is not None:
            work.unanswered.choose(before.id, topic)
        else:
            self._keep(work, patient, entry.words, name, at=at, answered=entry.topic, chosen=topic)

    def _keep(
        self,
        work: Work,
        patient: Patient,
        text: str,
        name: str,
        *,
        at: datetime,
        near: tuple[str, ...] = (),
        answered: str = "",
        chosen: str = "",
    ) -> Unanswered | None:
        words = self._clean(work, patient, text, name)
        if patient.consent is None or patient.deletion_asked_at is not None or not says_anything(words):
            return None
        situation = self.knowing.situation(work, patient, "", at=at)
        return work.unanswered.add(
            Unanswered(
                words,
                patient.language,
                local_day(at, self.knowing.shelf.clinic.zone),
                treatment=situation.protocol or "",
                day=situation.day,
                near=near,
                answered=answered,
                chosen=chosen,
            ),
            whose=patient.id,
        )

    def _clean(self, work: Work, patient: Patient, text: str, name: str) -> str:
        language = patient.language
        own = (patient.first_name, patient.ref, patient.phone, name, *(one.name for one in work.team.members()))
        names = frozenset((*self._listed("names", language), *self._listed("more-names", language)))
        both, before = self._listed("both-names", language), self._listed("before-names", language)
        traces = Traces(own, names, frozenset(both), tuple(before))
        return cut(deidentified(text, traces, knows=lambda word: self.likeness.knows(word, language)), most=MOST)

    def _listed(self, name: str, language: str) -> list[str]:
        words = self.knowing.speaking.label(f"unanswered/{name}", language)
        return [one.strip() for one in words.split(",") if one.strip()]
