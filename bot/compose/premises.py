"""One running clinic: records, words, the way in, the way out, and the rounds between."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from bot.care.house import House
from bot.care.model.delivery import Lane
from bot.care.ports.outside import Clock
from bot.care.services.dispatching import Dispatching
from bot.care.services.editing_round import EditingRound
from bot.care.services.filing_round import FilingRound
from bot.care.services.keeping_photos import KeepingPhotos
from bot.care.services.mornings import Mornings
from bot.care.services.timers import Timers
from bot.care.services.turning import Turning
from bot.chat import menus
from bot.chat.application import CareBot, application, bot, introduce, poller
from bot.chat.channel import TelegramChannel
from bot.chat.intake import Intake
from bot.chat.receiving import open_door, receive_by_polling, receive_by_webhook
from bot.compose.alarms import pagers
from bot.compose.cabinet import ContentCabinet
from bot.compose.content_watch import ContentWatch
from bot.compose.following import Following
from bot.compose.hearing import Hearing
from bot.compose.house import furnish
from bot.compose.nudging import Nudging
from bot.compose.opening import open_database
from bot.compose.parting import parting
from bot.compose.press import ContentPress
from bot.compose.proof import proof
from bot.library.dates import BabelDates
from bot.library.keeping import LibraryKeeper
from bot.library.proof import Parting, Trial
from bot.library.verdicts import Verdicts
from bot.operations.paging import Pagers
from bot.pictures.drawing import Drawings
from bot.records.database import Database
from bot.settings import Settings
from bot.understanding.building import understand
from bot.understanding.mapped import let_go
from scheduler.clock import TurnableClock
from scheduler.rounds import Round, Rounds

RECOVER_EVERY = timedelta(seconds=10)
CONTENT_EVERY = timedelta(milliseconds=500)
"""A change goes live after two looks and a check: an admin waits for it."""
MENUS_EVERY = timedelta(seconds=1)
TIMERS_EVERY = timedelta(seconds=1)
FILINGS_EVERY = timedelta(seconds=1)
"""Somebody waits for what comes out, which takes seconds itself; twice as often is a tenth of what idling costs."""
MORNING_EVERY = timedelta(seconds=5)
PHOTOS_EVERY = timedelta(minutes=10)
LET_GO_EVERY = timedelta(minutes=10)
RESUME_EVERY = timedelta(seconds=10)
"""Updates that have waited this long are nobody's: the process that took them in is gone."""
TURN_EVERY = timedelta(milliseconds=100)
"""A clock that goes fast would pass what falls due; one that goes as all clocks do has time until the next timers."""
STOP_WITHIN = 15.0
"""Seconds for what is in flight to land before the process ends."""


@dataclass(repr=False)
class Premises:
    """Everything that runs, for those who start it, turn its clock or look at it."""

    settings: Settings
    clock: Clock
    database: Database
    library: LibraryKeeper
    telegram: CareBot
    house: House
    intake: Intake
    dispatching: Dispatching
    paging: Dispatching | None
    timers: Timers
    filings: FilingRound
    content_watch: ContentWatch
    mornings: Mornings
    turning: Turning | None
    photos: KeepingPhotos

    def rounds(self) -> Rounds:
        rounds = [
            Round("recover", RECOVER_EVERY, self._recover),
            Round("content", CONTENT_EVERY, self.content_watch.look),
            Round("inbox", RESUME_EVERY, partial(self.intake.resume, rested=RESUME_EVERY)),
            Round("timers", TIMERS_EVERY, self._timers),
            Round("filings", FILINGS_EVERY, self.filings.look),
            Round("editings", FILINGS_EVERY, self.content_watch.editings.look),
            Round("morning", MORNING_EVERY, self._morning),
            Round("photos", PHOTOS_EVERY, self.photos.look),
            Round("memory", LET_GO_EVERY, self._let_go),
            Round("menus", MENUS_EVERY, menus.Menus(self.telegram, self.library, self.database).look),
        ]
        if self.turning is not None and isinstance(self.clock, TurnableClock):
            every = TURN_EVERY if self.clock.rate > 1 else TIMERS_EVERY
            rounds.append(Round("turning", every, self.turning.keep))
        return Rounds(rounds)

    async def _let_go(self) -> None:
        let_go()

    async def _recover(self) -> None:
        await self.database.write(self.dispatching.recover)
        await self.house.importing.importing.forget_abandoned(self.database)

    async def _timers(self) -> None:
        await self.database.write(partial(self.timers.run, at=self.clock.now()))
        self.dispatching.nudge()

    async def _morning(self) -> None:
        if await self.mornings.look():
            self.dispatching.nudge()


@asynccontextmanager
async def open_premises(
    settings: Settings,
    clock: Clock,
    *,
    paced: bool = True,
    on_telegram: bool | None = None,
    waiting: Callable[[], None] = lambda: None,
) -> AsyncIterator[Premises]:
    """Ready to start: records open, words loaded, Telegram has said who we are. Raises what each of them refuses.

    `on_telegram`: as on Telegram itself; if not said, by the address of its server. `waiting` is called when Telegram
    does not answer at once.
    """
    if on_telegram is None:
        on_telegram = not settings.is_trial
    database = open_database(settings)
    try:
        needed = parting(lambda: database.reading(lambda work: work.survey.in_use()).result())
        hearing, library = _words(settings, needed)
        telegram = bot(settings.telegram_bot_token.get_secret_value(), origin=settings.telegram_api_url)
        try:
            await introduce(telegram, waiting=waiting)
            yield _put_together(
                settings,
                clock,
                library,
                database,
                telegram,
                hearing=hearing,
                needed=needed,
                paced=paced,
                on_telegram=on_telegram,
            )
        finally:
            await telegram.shutdown()
    finally:
        database.close()


@asynccontextmanager
async def running(premises: Premises) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
    """Everything runs while the block does; afterwards what is in flight still lands.

    Gives the tasks that never end by themselves: one that does has failed.
    """
    door = open_door(premises.settings.listen) if premises.settings.webhook_url else None
    await premises.intake.application.initialize()
    await premises.database.write(partial(premises.dispatching.recover, everything=not premises.settings.has_replicas))
    await premises.content_watch.take_what_was_changed()
    await premises.intake.resume()
    rounds = premises.rounds()
    rounds.start()
    senders = [one for one in (premises.dispatching, premises.paging) if one is not None]
    sending = [asyncio.create_task(one.run()) for one in senders]
    receiving = asyncio.create_task(_receive(premises, door))
    try:
        yield receiving, *sending
    finally:
        receiving.cancel()
        for one in senders:
            one.stop()
        await asyncio.gather(
            asyncio.wait([receiving, *sending], timeout=STOP_WITHIN),
            premises.intake.stop(within=STOP_WITHIN),
            rounds.stop(),
        )


def _words(settings: Settings, needed: Parting) -> tuple[Hearing, LibraryKeeper]:
    """What is said, and what is understood by it. Raises `ContentRefused`."""
    hearing = Hearing(lambda shelf: understand(shelf.tables, settings.cache_dir, in_haste=True))
    verdicts = Verdicts(settings.verdicts_dir)
    library = LibraryKeeper(
        settings.content_dir,
        settings.data_dir,
        fictitious_allowed=settings.is_trial,
        proof=proof(hearing.prepare, verdicts),
        verdicts=verdicts,
        parting=needed,
    )
    hearing.follow(library)
    return hearing, library


def _put_together(
    settings: Settings,
    clock: Clock,
    library: LibraryKeeper,
    database: Database,
    telegram: CareBot,
    *,
    hearing: Hearing,
    needed: Parting,
    paced: bool,
    on_telegram: bool,
) -> Premises:
    alarms = pagers(settings, clock)
    furniture = furnish(
        clock,
        library,
        BabelDates(),
        hearing,
        database.keys,
        bot_name=telegram.username,
        on_telegram=on_telegram,
        pagers=tuple(alarms),
    )
    album = database.album(settings.photos, clock, backups=settings.backups)
    channel = TelegramChannel(telegram, Drawings(), album)
    dispatcher = partial(Dispatching, database, composing=furniture.composing, aftermath=furniture.aftermath)
    paged = frozenset({Lane.PAGE} if alarms else ())
    dispatching = dispatcher(channel=channel, library=library, clock=clock, paced=paced, lanes=frozenset(Lane) - paged)
    paging = None
    if alarms:
        paging = dispatcher(channel=Pagers(alarms), library=library, clock=clock, paced=False, lanes=paged)
    nudging = Nudging(database, dispatching.nudge)
    intake = Intake(nudging, furniture.house, application(telegram), clock)
    cabinet = ContentCabinet(settings.content_dir, settings.cache_dir, Verdicts(settings.verdicts_dir))
    filings = FilingRound(nudging, clock, hearing, cabinet, furniture.house.unanswered.filing)
    tried = proof(verdicts=cabinet.verdicts)
    kept = Trial(lambda shelf: needed(shelf, library.shelf))
    press = ContentPress(settings.content_dir, (*tried, kept), cabinet.verdicts)
    browsing = furniture.house.browsing
    editings = EditingRound(nudging, clock, press, browsing.editing.outcome, browsing.retiming, browsing.plans)
    following = Following(database, settings.content_dir) if settings.has_replicas else None
    publishing = furniture.house.publishing
    watch = ContentWatch(library, database, publishing, editings, following, dispatching.nudge, clock)
    mornings = Mornings(database, clock, furniture.house.digesting)
    turning = None
    if isinstance(clock, TurnableClock):
        turning = Turning(database, clock, dispatching, furniture.timers, mornings, intake.settled)
    return Premises(
        settings,
        clock,
        database,
        library,
        telegram,
        furniture.house,
        intake,
        dispatching,
        paging,
        furniture.timers,
        filings,
        watch,
        mornings,
        turning,
        KeepingPhotos(database, clock, library, album),
    )


def _receive(premises: Premises, door: socket.socket | None) -> Coroutine[Any, Any, None]:
    settings = premises.settings
    if door is not None:
        return receive_by_webhook(
            premises.telegram,
            premises.intake,
            url=settings.webhook_url,
            secret=settings.webhook_secret.get_secret_value(),
            door=door,
        )
    return receive_by_polling(premises.telegram, poller(premises.telegram, premises.intake, offset=None))
