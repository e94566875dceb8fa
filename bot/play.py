"""The composition root of `play`: the whole clinic beside a local Telegram, with a clock you can turn."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.care.model.clinic import Clinic
from bot.care.model.hours import LOOK_AHEAD, opening
from bot.care.model.people import Contact, Desk, Member, Role
from bot.care.ports.records import Work
from bot.care.services.turning import Turning
from bot.compose.premises import Premises, open_premises, running
from bot.playground.playground import Playground
from bot.playground.serving import serve
from bot.settings import ROOT, load
from scheduler.clock import SystemClock, TurnableClock
from scheduler.localtime import instant, local_day

TOKEN = "7000001:the-playground-has-no-secrets-at-all"  # noqa: S105 - opens nothing but this page
BOT = "northlight_care_bot"
CONTENT = ROOT / "content"
HOME = ZoneInfo("Europe/London")
STARTS = time(12, 20)
"""Anna's session was at noon."""

PEOPLE = (("Maria", "Lind"), ("Anna", "Berg"), ("Ben", "Okoro"), ("Chloe", "Martin"))
DESK = "Northlight desk"


@dataclass
class PlayControls:
    """The buttons between the phone and the desk."""

    clock: TurnableClock
    turning: Turning | None = None
    hints: list[dict[str, Any]] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def paused(self) -> bool:
        return self.clock.paused

    def now(self) -> datetime:
        return self.clock.now().astimezone(HOME)

    async def next_message(self) -> None:
        async with self._turn:
            if self.turning is not None:
                await self.turning.to_next_message()

    async def advance(self, by: timedelta) -> None:
        async with self._turn:
            if self.turning is not None:
                await self.turning.advance(by)

    def pause(self) -> None:
        self.clock.pause()

    def resume(self) -> None:
        self.clock.resume()

    def guide(self) -> list[dict[str, Any]]:
        return self.hints


NO_ALARMS = {"alarm_webhook_url": "", "alarm_smtp_url": ""}
"""Whatever stands in `.env`: a game never wakes anybody."""


@dataclass(frozen=True, repr=False)
class Scene:
    """What a test, or whoever looks, holds in hand."""

    url: str
    playground: Playground
    premises: Premises
    controls: PlayControls
    staff: int
    desk: int
    people: dict[str, int]
    """First name -> person."""


@asynccontextmanager
async def playing(
    data_dir: Path,
    *,
    port: int = 0,
    start: datetime | None = None,
    content_dir: Path = CONTENT,
    on_telegram: bool = False,
    topics: bool = False,
    alarms: Mapping[str, str] = NO_ALARMS,
) -> AsyncIterator[Scene]:
    """A clinic that already has one admin, a desk and three people who are not yet patients.

    `on_telegram`: it is as strict as on Telegram itself. `topics`: the staff's group is a forum.
    """
    clock = TurnableClock(start or _early_afternoon())
    controls = PlayControls(clock)
    playground = Playground(controls, bot_token=TOKEN, bot_name=BOT, bot_title="Northlight Aftercare")
    people = {first: playground.people.new_person(first, last).id for first, last in PEOPLE}
    staff = people.pop("Maria")
    async with serve(playground.app, port) as url:
        settings = load(
            telegram_bot_token=TOKEN,
            telegram_api_url=url,
            data_dir=data_dir,
            content_dir=content_dir,
            database_url="",
            webhook_url="",
            clock_start=None,
            clock_rate=None,
            **alarms,
        )
        async with open_premises(settings, clock, paced=False, on_telegram=on_telegram) as premises:
            desk = _found_desk(playground, staff, topics=topics)
            settled = partial(_staff, staff=staff, desk=desk, topics=topics, at=clock.now())
            await premises.database.write(settled)
            controls.turning = premises.turning
            later = _weeks_on(premises.library.shelf.clinic, local_day(clock.now(), HOME))
            controls.hints = [
                *_steps(staff=staff, desk=desk, anna=people["Anna"], later=later),
                *_tries(staff=staff, desk=desk, anna=people["Anna"]),
            ]
            async with running(premises):
                yield Scene(url, playground, premises, controls, staff, desk, people)


def _early_afternoon() -> datetime:
    """Today, half an hour after Anna's session: whenever somebody looks, day 0 is the present."""
    return instant(local_day(SystemClock().now(), HOME), STARTS, HOME)


def _found_desk(playground: Playground, staff: int, *, topics: bool) -> int:
    bot = playground.telegram.bot.id
    playground.people.start(staff)
    desk = playground.belonging.new_group(staff, DESK, [bot], is_forum=topics).id
    if topics:
        playground.belonging.promote(staff, desk, bot)
    return desk


def _staff(work: Work, *, staff: int, desk: int, topics: bool, at: datetime) -> None:
    """Maria is the first admin and has seen her test alert; the desk has seen its own."""
    work.team.add(Member(account=staff, name="Maria", role=Role.ADMIN, added_at=at, tested_at=at))
    work.team.set_desk(Desk(Contact(desk), DESK, is_forum=topics, set_by=staff, set_at=at, tested_at=at))


def _weeks_on(clinic: Clinic, session_on: date) -> str:
    """Four weeks after the session, or the first day from then on which the clinic is open, as staff type it."""
    days = next(n for n in range(28, 28 + LOOK_AHEAD) if opening(clinic, session_on + timedelta(days=n)))
    return f"+{days // 7}w" if days % 7 == 0 else f"+{days}d"


def _steps(*, staff: int, desk: int, anna: int, later: str) -> list[dict[str, Any]]:
    """The guided start, in reading order; `chat` and `as` say where and as whom, `points` at what."""
    return [
        {
            "title": "Enrol Anna",
            "text": "You are Maria at the clinic. Anna's session is over: enrol her with one line.",
            "chat": desk,
            "as": staff,
            "points": "field",
            "say": f"/enroll Anna picosure next={later} ref=1234 phone=+442055500199",
            "done_when": {"said": "/enroll Anna", "by": staff},
        },
        {
            "title": "Open her link",
            "text": "Anna is given the link. Tap it at the desk and choose Anna: it opens on her phone.",
            "chat": desk,
            "as": staff,
            "points": "link",
            "done_when": {"said": "/start ", "by": anna},
        },
        {
            "title": "Agree",
            "text": "On Anna's phone: say that it is you, read what she reads, and agree.",
            "chat": anna,
            "as": anna,
            "points": "button",
            "done_when": {"heard": "You agreed", "chat": anna},
        },
        {
            "title": "Turn the clock",
            "text": "Press “Next message”: what Anna is sent next arrives at once.",
            "chat": anna,
            "as": anna,
            "points": "next",
            "done_when": {"turned": True},
        },
    ]


def _tries(*, staff: int, desk: int, anna: int) -> list[dict[str, Any]]:
    """What to try once the first steps are done."""
    return [
        {"try": "Anna asks", "chat": anna, "as": anna, "say": "can i wear makeup tmrw"},
        {"try": "Something is wrong", "chat": anna, "as": anna, "say": "my cheek is leaking yellow stuff"},
        {"try": "At the desk: tap “I have it”, then reply to the alert", "chat": desk, "as": staff, "points": "button"},
        {"try": "See who is in your care", "chat": desk, "as": staff, "say": "/patients"},
    ]
