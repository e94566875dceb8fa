"""Work on the content's words beside the running clinic: try drafts on the whole content, and write them."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.care.model.revision import AT_WORK, Checked, Draft, DraftKind, DraftState, Revision, Verdict
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.press import Press
from bot.care.ports.records import Records, Work
from bot.care.services.draft_outcome import DraftOutcome
from bot.care.services.retiming import Retiming
from bot.care.services.running_plans import RunningPlans

log = logging.getLogger(__name__)

LIVE_WITHIN = timedelta(minutes=10)
"""After which a new timing that is not in use was overtaken by another one."""
LEASE = timedelta(minutes=2)
"""Machine time after which work that has no end yet is thought to be its process's last."""
PLANS_LEASE = timedelta(seconds=20)
"""The same where running plans are held: it takes a few seconds, twice changes nothing twice, and a start waits."""


@dataclass(frozen=True)
class EditingRound:
    records: Records
    clock: Clock
    press: Press
    outcome: DraftOutcome
    retiming: Retiming
    plans: RunningPlans

    async def look(self) -> None:
        """Whatever waits now; what a process left half done, another one does anew."""
        await self._see_to(*AT_WORK)

    async def settle_plans(self, *, everything: bool = False) -> None:
        """Nothing else: before anybody is planned anew.

        `everything` when no other process can be at it (the start of the only one): no lease need run out first.
        """
        if everything:
            for draft in await self._in_state(DraftState.MOVING):
                await self.records.write(partial(_let_go, draft=draft))
        await self._see_to(DraftState.MOVING)

    async def are_plans_settled(self) -> bool:
        """No process is at a change that is in use here."""
        moving = await self._in_state(DraftState.MOVING)
        return not any(draft.kind is DraftKind.PLANS and self.plans.is_live(draft) for draft in moving)

    async def _in_state(self, *states: DraftState) -> list[Draft]:
        return await self.records.read(lambda work: list(work.drafts.in_state(*states)))

    async def _see_to(self, *states: DraftState) -> None:
        # patients wait for no press
        for draft in sorted(await self._in_state(*states), key=lambda one: one.state is not DraftState.MOVING):
            if not await self.records.write(partial(_claimed, draft=draft)):
                continue
            if draft.state is not DraftState.MOVING:
                await self._bring_on(draft)
            elif draft.kind is DraftKind.PLANS:
                await self._settle(draft)
            else:
                await self._move(draft)

    async def _bring_on(self, draft: Draft) -> None:
        undone = await self.records.read(partial(_undone, draft=draft))
        checked = await asyncio.to_thread(self._done, draft, undone)
        now = self.clock.now()
        told = Html()
        held_back: Mapping[str, Html] = {}
        if draft.state is DraftState.CHECKING:
            draft = draft.as_found(checked)
            told = await self.records.read(partial(self.outcome.told, draft=draft, checked=checked, at=now))
        else:
            held_back = await self.records.read(partial(self.outcome.held_back, draft=draft, checked=checked, at=now))
        came_out = partial(self.outcome.came_out, draft=draft, checked=checked, told=told, held_back=held_back, at=now)
        await self.records.write(came_out)

    async def _move(self, draft: Draft) -> None:
        """Running plans follow a new timing, or stay, once it is in use here."""
        now = self.clock.now()
        if self.retiming.is_live(draft):
            following = await self.records.read(partial(self.retiming.to_move, draft=draft))
            move = partial(self.retiming.move, draft=draft, at=now)
            for patient, enrolment in following:
                await self.records.write(partial(move, patient=patient, enrolment_id=enrolment))
            count = len(following)
        elif now - draft.at < LIVE_WITHIN:
            await self.records.write(partial(_let_go, draft=draft))
            return
        else:
            count = None
        await self.records.write(partial(self.outcome.moved, draft=draft, count=count, at=now))

    async def _settle(self, draft: Draft) -> None:
        """Running plans stay where a file's change found them, or follow it, once it is in use here."""
        now, plans = self.clock.now(), self.plans
        if not plans.is_live(draft):
            is_early = now - draft.at < LIVE_WITHIN
            end = partial(_let_go, draft=draft) if is_early else partial(plans.given_up, draft=draft, at=now)
            await self.records.write(end)
            return
        enrolments = await self.records.read(partial(plans.whose, draft=draft))
        for enrolment in enrolments:
            await self.records.write(partial(plans.put, draft=draft, enrolment_id=enrolment, at=now))
        told, is_open = await self.records.read(partial(plans.told, draft=draft, count=len(enrolments), at=now))
        await self.records.write(partial(plans.settled, draft=draft, told=told, is_open=is_open, at=now))

    def _done(self, draft: Draft, undone: Revision | None) -> Checked:
        try:
            work = self.press.check if draft.state is DraftState.CHECKING else self.press.publish
            return work(draft, undone)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits for it must hear of it
            log.error("editing failed", extra={"event": "editing_failed", "error": type(error).__name__})
            return Checked(Verdict.FAILED, (type(error).__name__,))


def _claimed(work: Work, *, draft: Draft) -> bool:
    return work.drafts.claim(draft, lease=PLANS_LEASE if draft.kind is DraftKind.PLANS else LEASE)


def _let_go(work: Work, *, draft: Draft) -> None:
    work.drafts.turn(draft, was=draft.state)


def _undone(work: Work, *, draft: Draft) -> Revision | None:
    return work.revisions.get(draft.undoes) if draft.undoes else None
