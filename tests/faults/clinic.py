"""A clinic for trouble: a local Telegram in this process, its records on disk, its bot in another process."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.care.model.delivery import Act, ActKind, Delivery, Lane
from bot.care.model.enrolment import Area, Enrolment, Surface
from bot.care.model.people import Consent, Contact, Desk, Member, Patient, Role
from bot.care.ports.records import Work
from bot.playground.faults import Faults
from bot.playground.people import People
from bot.playground.playground import Playground
from bot.playground.serving import serve
from bot.playground.world import Message
from bot.records.database import Database
from bot.records.keyfile import read_or_create
from scheduler.clock import SystemClock
from scheduler.localtime import local_day
from tests.faults.running_bot import RunningBot, start_bot
from tests.first_start import first_start
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls

T = TypeVar("T")
NOON = 12
PATIENCE = 40.0
AGREED = "v1"


@dataclass
class Clinic:
    """`settings` is the environment its bot is started with; `afresh`: with Python itself, for what a start costs.

    `group_minute`: how long a minute of the pace for groups takes, where it is not a minute.
    """

    folder: Path
    playground: Playground
    settings: dict[str, str]
    staff: int
    desk: int
    zone: ZoneInfo
    begun: datetime
    bots: list[RunningBot] = field(default_factory=list)
    afresh: bool = False
    group_minute: timedelta | None = None

    @property
    def people(self) -> People:
        return self.playground.people

    @property
    def faults(self) -> Faults:
        return self.playground.faults

    async def start(self, **settings: str) -> RunningBot:
        known = self.settings | settings
        bot = await start_bot(self.folder, known, afresh=self.afresh, group_minute=self.group_minute)
        self.bots.append(bot)
        return bot

    async def open_up(self, **settings: str) -> RunningBot:
        """Started and listening."""
        bot = await self.start(**settings)
        await bot.listens()
        return bot

    @contextmanager
    def records(self) -> Iterator[Database]:
        """The records beside, or without, the running bot."""
        url = self.settings.get("DATABASE_URL") or f"sqlite:///{self.folder / 'var' / 'aftercare.db'}"
        (self.folder / "var").mkdir(exist_ok=True)
        database = Database.open(url, read_or_create(self.folder / "var.key", data_exists=False))
        try:
            yield database
        finally:
            database.close()

    def do(self, deed: Callable[[Work], T]) -> T:
        with self.records() as database:
            return database.writing(deed).result()

    def heard(self, chat: int) -> list[Message]:
        """What the bot said there, oldest first."""
        messages = self.playground.telegram.conversations[chat].messages.values()
        return [one for one in messages if one.sender_id == self.playground.telegram.bot.id]

    def texts(self, chat: int) -> list[str]:
        return [words_of(message) for message in self.heard(chat)]

    async def until(self, seen: Callable[[], object]) -> None:
        """Something in the chats; a bot that is not well says so in the failure."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.playground.telegram.journal.until(seen)
        except TimeoutError as error:
            raise AssertionError("".join(bot.said for bot in self.bots)) from error

    def arrive(self, name: str) -> int:
        """Somebody new who has opened the bot, whose /start is long answered."""
        person = self.people.new_person(name).id
        self.people.start(person)
        self.playground.telegram.inbox.clear()
        return person

    def admit(self, work: Work, name: str, chat: int) -> tuple[Patient, Enrolment]:
        """Treated yesterday and agreed to be written to; nothing is planned yet."""
        consent = Consent(self.begun - timedelta(days=1), AGREED, "en")
        patient = work.patients.add(
            Patient("", name, "en", self.zone, "GB", self.begun, contact=Contact(chat), consent=consent)
        )
        session = local_day(self.begun, self.zone) - timedelta(days=1)
        enrolment = Enrolment(
            patient.id, "picosure", Surface.INTACT, Area.FACE, consent.at, self.staff, session_on=session
        )
        return patient, work.enrolments.add(enrolment)


@asynccontextmanager
async def clinic_in(
    folder: Path, *, has_desk: bool = True, is_forum: bool = False, **settings: str
) -> AsyncIterator[Clinic]:
    """With an admin, and a desk or else their private chat; its bots are gone when the block ends."""
    controls = HandTurnedControls(SystemClock().now())
    playground = Playground(controls, bot_token=TOKEN, bot_name=BOT_NAME)
    async with serve(playground.app) as url:
        known = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url, "DATA_DIR": str(folder / "var")}
        staff = playground.people.new_person("Maria").id
        playground.people.start(staff)
        ours = playground.telegram.bot.id
        group = playground.belonging.new_group(staff, "Desk", [ours], is_forum=is_forum).id
        if is_forum:
            playground.belonging.promote(staff, group, ours)
        desk = group if has_desk else staff
        playground.telegram.inbox.clear()
        now = controls.now()
        clinic = Clinic(folder, playground, known | settings, staff, desk, where_it_is_noon(now), now)
        if "DATABASE_URL" not in settings:
            first_start(folder / "var")
        clinic.do(lambda work: _staff(work, staff=staff, desk=desk, is_forum=is_forum, at=now))
        try:
            yield clinic
        finally:
            for bot in clinic.bots:
                await bot.killed()


def where_it_is_noon(at: datetime) -> ZoneInfo:
    """A zone in which nobody is disturbed now, whenever the tests are run."""
    ahead = NOON - at.hour
    return ZoneInfo(f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT")


def a_note(chat: int, text: str, due_at: datetime, patient_id: int | None = None) -> Delivery:
    """A message due by itself."""
    act = Act(ActKind.SEND, Contact(chat), text)
    return Delivery(Lane.SCHEDULED, Contact(chat), due_at, act=act, patient_id=patient_id)


def words_of(message: Message) -> str:
    return str(message.content.get("text") or message.content.get("caption") or "")


def _staff(work: Work, *, staff: int, desk: int, is_forum: bool, at: datetime) -> None:
    work.team.add(Member(account=staff, name="Maria", role=Role.ADMIN, added_at=at, tested_at=at))
    if desk != staff:
        work.team.set_desk(Desk(Contact(desk), "Desk", is_forum=is_forum, set_by=staff, set_at=at, tested_at=at))
