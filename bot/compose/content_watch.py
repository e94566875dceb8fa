"""Take what was changed in the content folder: admins hear of it, running plans and translations are held."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Records, Work
from bot.care.services.editing_round import PLANS_LEASE, EditingRound
from bot.care.services.publishing import Publishing
from bot.care.services.stale_translations import StaleTranslations
from bot.compose.following import Following
from bot.library.keeping import LibraryKeeper, News

PLANS_EVERY = timedelta(milliseconds=500)
"""How often a start looks whether others have held running plans: what came in meanwhile waits for it."""


@dataclass
class ContentWatch:
    """`nudge` wakes the dispatcher, `changed` is called after each change of what is said."""

    library: LibraryKeeper
    records: Records
    publishing: Publishing
    editings: EditingRound
    following: Following | None
    """Where several replicas have a folder each; None for the only process."""
    nudge: Callable[[], None]
    clock: Clock
    changed: Callable[[], None] = lambda: None
    held_since: tuple[str, int] = ("", 0)
    """The content and the newest revision with which translations were held last."""

    async def look(self) -> None:
        """Takes what has changed, if anything has; a change is taken once two looks found the folder alike."""
        news = await asyncio.to_thread(self.library.look)
        if news is not None:
            await self._take(news)
            # not by the next round, which may be at work on something else
            await self.editings.settle_plans()
        if self.following is not None:
            # what was changed here is noted first, so that it is not taken for old
            await self.following.look()
        await self.hold_translations()

    async def take_what_was_changed(self) -> None:
        """While nobody looked: running plans are held before anything that came in meanwhile plans them anew."""
        await self.look()
        await self.editings.settle_plans(everything=self.following is None)
        for _ in range(PLANS_LEASE // PLANS_EVERY + 1):
            if await self.editings.are_plans_settled():
                break
            # another replica is at them, or was killed at them
            await asyncio.sleep(PLANS_EVERY.total_seconds())
            await self.editings.settle_plans()

    async def hold_translations(self) -> None:
        """What is no longer true in another language is not said in it; looked for once something was published."""
        if len(self.library.shelf.clinic.languages) == 1:
            return
        newest = await self.records.read(lambda work: work.revisions.latest(limit=1))
        seen = (self.library.shelf.version, newest[0].id if newest else 0)
        if seen != self.held_since:
            self.library.hold(await self.records.read(StaleTranslations(self.library).held))
            self.held_since = seen

    async def _take(self, news: News) -> None:
        self.changed()
        held_back = await self.records.read(partial(self._held_back, news=news))
        await self.records.write(partial(self._tell_admins, news=news, held_back=held_back))
        # first of all: until then an old translation may be said
        await self.hold_translations()
        await asyncio.to_thread(self.library.noted, news)
        self.nudge()

    def _held_back(self, work: Work, *, news: News) -> Mapping[str, Html]:
        return self.publishing.held_back(work, news.changes, version=news.version, at=self.clock.now())

    def _tell_admins(self, work: Work, *, news: News, held_back: Mapping[str, Html]) -> None:
        faults = tuple(str(fault) for fault in news.report.faults)
        at = self.clock.now()
        self.publishing.looked(work, faults=faults, at=at)
        self.publishing.note(work, news.changes, version=news.version, held_back=held_back, at=at)
