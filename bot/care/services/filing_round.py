"""Work on phrasings beside the running clinic: find messages that are alike, weigh, write, and take out."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.care.model.unanswered import UNDER_WAY, End, FilingState, Group, Outcome, Unanswered, groups_of
from bot.care.model.unanswered import Filing as Filed
from bot.care.ports.hearing import Likeness
from bot.care.ports.outside import Clock
from bot.care.ports.press import Cabinet
from bot.care.ports.records import Records, Work
from bot.care.services.filing import Filing

log = logging.getLogger(__name__)

COMPARED = 200
"""Groups that a new message is compared with, the largest first."""
LEASE = timedelta(minutes=2)
"""Machine time after which work that has no end yet is thought to be its process's last."""


@dataclass(frozen=True)
class FilingRound:
    records: Records
    clock: Clock
    likeness: Likeness
    cabinet: Cabinet
    filing: Filing

    async def look(self) -> None:
        """Whatever waits now; what a process left half done, another one does anew."""
        fresh, filings = await self.records.read(_waiting)
        for row in fresh:
            await self._compare(row)
        for one in filings:
            if not await self.records.write(partial(_claimed, filing=one)):
                continue
            outcome = await asyncio.to_thread(self._done, one)
            now = self.clock.now()
            await self.records.write(partial(self.filing.came_out, filing=one, outcome=outcome, at=now))

    async def _compare(self, row: Unanswered) -> None:
        groups = await self.records.read(partial(_compared, language=row.language))
        words = [group.newest.words for group in groups]
        found = await asyncio.to_thread(self._kin, row, words)
        kin = row.id if found is None else groups[found].id
        await self.records.write(lambda work: work.unanswered.join(row.id, kin))

    def _kin(self, row: Unanswered, words: Sequence[str]) -> int | None:
        """Like nothing, where that cannot be found out: the next look must not fail over the same row."""
        try:
            return self.likeness.kin(row.words, words, row.language)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other rows and filings go on
            log.error("comparing failed", extra=_failed("comparing_failed", error))
            return None

    def _done(self, filing: Filed) -> Outcome:
        try:
            if filing.state is FilingState.WEIGHING:
                return self.cabinet.weigh(filing.phrasing)
            if filing.state is FilingState.SAVING:
                return self.cabinet.file(filing.phrasing, print=filing.print)
            return self.cabinet.take_out(filing.phrasing)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits for it must hear of it
            log.error("filing failed", extra=_failed("filing_failed", error))
            return Outcome(End.FAILED, reasons=(type(error).__name__,))


def _failed(event: str, error: Exception) -> dict[str, str]:
    """The message of an error may quote a patient: its kind says enough."""
    return {"event": event, "error": type(error).__name__}


def _waiting(work: Work) -> tuple[Sequence[Unanswered], Sequence[Filed]]:
    return work.unanswered.uncompared(), work.filings.in_state(*UNDER_WAY)


def _claimed(work: Work, *, filing: Filed) -> bool:
    return work.filings.claim(filing, lease=LEASE)


def _compared(work: Work, *, language: str) -> Sequence[Group]:
    return groups_of(row for row in work.unanswered.waiting() if row.kin and row.language == language)[:COMPARED]
