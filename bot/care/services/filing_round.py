"""Work on phrasings beside the running clinic: find messages that are alike, weigh, write, and take out."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.care.model.unanswered import UNDER_WAY, End, FilingState, Group, Outcome, Unanswered, groups_of
from bot.care.model.unanswered import Filing as Filed
from bot.care.ports import Cabinet, Clock, Likeness, Records, Work
from bot.care.services.filing import Filing

log = logging.getLogger(__name__)

COMPARED = 200
"""Groups that a new message is compared with, the largest first."""


@dataclass(frozen=True)
class FilingRound:
    records: Records
    clock: Clock
    likeness: Likeness
    cabinet: Cabinet
    filing: Filing

    async def look(self) -> None:
        """Whatever waits now; what a process left half done, another one does anew."""
        fresh = await self.records.read(lambda work: list(work.unanswered.uncompared()))
        for row in fresh:
            await self._compare(row)
        for one in await self.records.read(lambda work: list(work.filings.in_state(*UNDER_WAY))):
            outcome = await asyncio.to_thread(self._done, one)
            now = self.clock.now()
            await self.records.write(partial(self.filing.came_out, filing=one, outcome=outcome, at=now))

    async def _compare(self, row: Unanswered) -> None:
        groups = await self.records.read(partial(_compared, language=row.language))
        words = [group.newest.words for group in groups]
        found = await asyncio.to_thread(self.likeness.kin, row.words, words, row.language)
        kin = row.id if found is None else groups[found].id
        await self.records.write(lambda work: work.unanswered.join(row.id, kin))

    def _done(self, filing: Filed) -> Outcome:
        try:
            if filing.state is FilingState.WEIGHING:
                return self.cabinet.weigh(filing.phrasing)
            if filing.state is FilingState.SAVING:
                return self.cabinet.file(filing.phrasing, print=filing.print)
            return self.cabinet.take_out(filing.phrasing)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits for it must hear of it
            # the message of an error may quote a patient: its kind says enough
            log.error("filing failed", extra={"event": "filing_failed", "error": type(error).__name__})
            return Outcome(End.FAILED, reasons=(type(error).__name__,))


def _compared(work: Work, *, language: str) -> Sequence[Group]:
    return groups_of(row for row in work.unanswered.waiting() if row.kin and row.language == language)[:COMPARED]
