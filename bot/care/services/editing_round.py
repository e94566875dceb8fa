"""Work on the content's words beside the running clinic: try drafts on the whole content, and write them."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.care.model.revision import AT_WORK, Checked, Draft, DraftState, Revision, Verdict
from bot.care.model.words import Html
from bot.care.ports import Clock, Press, Records, Work
from bot.care.services.editing import Editing

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""Machine time after which work that has no end yet is thought to be its process's last."""


@dataclass(frozen=True)
class EditingRound:
    records: Records
    clock: Clock
    press: Press
    editing: Editing

    async def look(self) -> None:
        """Whatever waits now; what a process left half done, another one does anew."""
        for draft in await self.records.read(lambda work: list(work.drafts.in_state(*AT_WORK))):
            if await self.records.write(partial(_claimed, draft=draft)):
                await self._bring_on(draft)

    async def _bring_on(self, draft: Draft) -> None:
        undone = await self.records.read(partial(_undone, draft=draft))
        checked = await asyncio.to_thread(self._done, draft, undone)
        now = self.clock.now()
        told = Html()
        if draft.state is DraftState.CHECKING:
            told = await self.records.read(partial(self.editing.told, draft=draft, checked=checked, at=now))
        came_out = partial(self.editing.came_out, draft=draft, checked=checked, told=told, at=now)
        await self.records.write(came_out)

    def _done(self, draft: Draft, undone: Revision | None) -> Checked:
        try:
            work = self.press.check if draft.state is DraftState.CHECKING else self.press.publish
            return work(draft, undone)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits for it must hear of it
            log.error("editing failed", extra={"event": "editing_failed", "error": type(error).__name__})
            return Checked(Verdict.FAILED, (type(error).__name__,))


def _claimed(work: Work, *, draft: Draft) -> bool:
    return work.drafts.claim(draft, lease=LEASE)


def _undone(work: Work, *, draft: Draft) -> Revision | None:
    return work.revisions.get(draft.undoes) if draft.undoes else None
