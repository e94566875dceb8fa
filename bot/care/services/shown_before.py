"""The pictures a patient sent not long before: whoever reads their words now should look at those too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import ActKind, Delivery, MessageRef
from bot.care.model.escalation import Escalation
from bot.care.model.inbound import MEDIA, Entry
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.confidence import confided_since
from bot.care.services.open_desk import open_desk
from bot.care.services.ringing import for_clinicians_only
from bot.care.services.speaking import Speaking
from bot.care.services.whose import came_from_another, is_of_another

SHOWN_WITHIN = timedelta(hours=24)
SUPERGROUPS = -1_000_000_000_000
"""Telegram numbers them downwards from here; the distance stands in a link to a message."""


@dataclass(frozen=True)
class ShownBefore:
    speaking: Speaking

    def line(self, work: Work, escalation: Escalation, patient: Patient, *, at: datetime) -> Html:
        """How many there are, when the newest came, and where it stands; nothing without one."""
        shown = self._shown(work, escalation, patient, at=at)
        if not shown:
            return Html()
        newest = shown[-1]
        link = _link(work, newest)
        where = self.speaking.staff("alerts/picture-there", link=link) if link else self._near()
        when = self.speaking.moment(newest.at, at=at)
        return self.speaking.staff("alerts/pictures", count=str(len(shown)), when=when, where=where)

    def _shown(self, work: Work, escalation: Escalation, patient: Patient, *, at: datetime) -> Sequence[Entry]:
        """What was passed on; an alert about a picture has that one beside it.

        What was confided to clinicians is not spoken of to anybody else; one person's picture stands beside no other's.
        """
        if escalation.reason == MEDIA:
            return ()
        since = min(escalation.opened_at, at) - SHOWN_WITHIN
        is_anothers = is_of_another(work, escalation)
        return [
            entry
            for entry in work.diary.with_files(patient.id)
            if entry.at >= since and entry.file is not None and entry.file.is_picture and entry.file.unfit is None
            if came_from_another(work, patient, at=entry.at) == is_anothers
            if for_clinicians_only(escalation) or confided_since(work, patient, at=entry.at) is None
        ]

    def _near(self) -> Html:
        return self.speaking.staff("alerts/picture-near")


def _link(work: Work, entry: Entry) -> str:
    """To its newest copy in the staff chat: one in the patient's topic stands among their words."""
    desk, source = open_desk(work), MessageRef(entry.chat, entry.message_id)
    if desk is None or desk.contact.chat >= SUPERGROUPS:
        return ""
    rows = work.outbox.of_patient(entry.patient_id, (Purpose.COPY, Purpose.RELAY))
    copies = (row for row in rows if _copies(row, source))
    there = [row for row in copies if row.contact.chat == desk.contact.chat and row.message_id is not None]
    if not there:
        return ""
    copy = max(there, key=lambda row: (row.contact.thread is not None, row.id))
    parts = (SUPERGROUPS - desk.contact.chat, copy.contact.thread, copy.message_id)
    return "/".join(str(part) for part in parts if part is not None)


def _copies(row: Delivery, source: MessageRef) -> bool:
    return row.act is not None and row.act.kind is ActKind.COPY and row.act.source == source
