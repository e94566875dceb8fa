"""Photos are kept as long as their patient said, and no longer."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from bot.care.model.enrolment import Enrolment
from bot.care.model.people import Patient
from bot.care.ports.outside import Album, Clock
from bot.care.ports.records import NotRemembered, Records, Work
from bot.care.ports.words import Library, Shelf
from scheduler.localtime import local_day


@dataclass(frozen=True)
class KeepingPhotos:
    """What nobody may keep any more goes: also of patients who are gone, and after a restore."""

    records: Records
    clock: Clock
    library: Library
    album: Album

    async def look(self) -> None:
        owners = await asyncio.to_thread(self.album.owners)
        for owner in await self.records.read(partial(self.over, owners=owners, at=self.clock.now())):
            await asyncio.to_thread(self.album.erase, owner)

    def over(self, work: Work, *, owners: Sequence[int], at: datetime) -> list[int]:
        """Whose photos are to be erased."""
        return [owner for owner in owners if not self._may_be_kept(work, owner, at=at)]

    def _may_be_kept(self, work: Work, owner: int, *, at: datetime) -> bool:
        try:
            patient = work.patients.get(owner)
        except NotRemembered:
            return False
        # a wish to be deleted takes back the separate yes at once; the rest of the record is the clinic's to weigh
        if patient.consent is None or not patient.consent.photos or patient.deletion_asked_at is not None:
            return False
        shelf = self.library.shelf
        ends = [_over_on(one, patient, shelf) for one in work.enrolments.course(owner)]
        kept_for = timedelta(days=shelf.clinic.setting("photos"))
        return any(day is None or local_day(at, patient.zone) <= day + kept_for for day in ends)


def _over_on(enrolment: Enrolment, patient: Patient, shelf: Shelf) -> date | None:
    """The end of its plan, or the day on which staff or the patient ended it before; None while it is to come."""
    ended = (at for at in (enrolment.closed_at, patient.stopped_at) if at is not None)
    days = [local_day(at, patient.zone) for at in ended]
    planned = _ends_on(enrolment, shelf)
    return min([*days, *([planned] if planned is not None else [])], default=None)


def _ends_on(enrolment: Enrolment, shelf: Shelf) -> date | None:
    """The last day of its plan; None while the first session is still to come."""
    if enrolment.session_on is None:
        return None
    protocol = shelf.protocols.get(enrolment.treatment)
    lasts = protocol.ends if protocol is not None else max(one.ends for one in shelf.protocols.values())
    return max(enrolment.session_on + timedelta(days=lasts), enrolment.next_on or enrolment.session_on)
