"""Who was sent the words of a revision: for whoever has to put something right with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.people import Patient
from bot.care.model.revision import Revision
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.content_effect import HAD
from bot.care.services.sampling import steps_with
from bot.care.services.speaking import Speaking

MOST_LISTED = 40
MOST_REVISIONS = 500


@dataclass(frozen=True)
class ContentReaders:
    speaking: Speaking

    def are_known(self, revision: Revision) -> bool:
        """It changed a planned message; who read an answer is in nobody's plan."""
        return bool(self._steps(revision))

    def listed(self, work: Work, revision: Revision, *, at: datetime) -> Html:
        """Patients in care to whom the message went while these words were live, the newest first."""
        until, found = self._until(work, revision) or at, self.found(work, revision, at=at)
        since, ended = (self.speaking.moment(one, at=at) for one in (revision.at, until))
        if not found:
            return self.speaking.staff("content/readers-none", since=since, until=ended)
        lines = [self._line(work.patients.get(one), sent_at, at=at) for one, sent_at in found[:MOST_LISTED]]
        if len(found) > MOST_LISTED:
            lines.append(self.speaking.staff("timing/more", count=str(len(found) - MOST_LISTED)))
        facts = {"since": since, "until": ended, "count": str(len(found))}
        return self.speaking.staff("content/readers", listed=Html("\n".join(lines)), **facts)

    def found(self, work: Work, revision: Revision, *, at: datetime) -> list[tuple[int, datetime]]:
        """Patients' ids, and when it went to them; the newest first."""
        return list(self._readers(work, revision, until=self._until(work, revision) or at))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _readers(self, work: Work, revision: Revision, *, until: datetime) -> Iterator[tuple[int, datetime]]:
        rows = [row for row in work.survey.of_steps(self._steps(revision)) if row.state in HAD]
        left = [(row.patient_id, row.sent_at or row.due_at) for row in rows]
        yield from (
            (one, at) for one, at in sorted(left, key=lambda each: each[1], reverse=True) if revision.at <= at <= until
        )

    def _until(self, work: Work, revision: Revision) -> datetime | None:
        """When the next words of the same item went live."""
        items = {one.item for one in revision.change.rewordings}
        later = work.revisions.latest(limit=MOST_REVISIONS, file=revision.change.file)
        return min((one.at for one in later if one.id > revision.id and any(map(one.of, items))), default=None)

    def _steps(self, revision: Revision) -> set[str]:
        keys = {one.item.key for one in revision.change.rewordings}
        protocols = self.speaking.shelf.protocols.values()
        return {step.id for key in keys for _, step in steps_with(key, protocols)}

    def _line(self, patient: Patient, sent_at: datetime, *, at: datetime) -> Html:
        return self.speaking.about("content/reader", patient, when=self.speaking.moment(sent_at, at=at))
