"""A playground on a real socket, with a strict client on one side and people on the other."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send
from telegram import Bot

from bot.playground.belonging import Belonging
from bot.playground.controls import Json
from bot.playground.people import People
from bot.playground.playground import Playground
from bot.playground.world import Chat, Person

TOKEN = "4200:playground-token"
BOT_NAME = "aftercare_bot"
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63f8cfc0f01f0005000201a5f645400000000049454e44ae426082"
)


@dataclass(slots=True)
class HandTurnedControls:
    """A clock that moves only when told."""

    at: datetime = START
    paused: bool = False
    turns: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    async def next_message(self) -> None:
        self.turns.append("next")
        self.at += timedelta(minutes=10)

    async def advance(self, by: timedelta) -> None:
        self.turns.append("advance")
        self.at += by

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def guide(self) -> list[Json]:
        return [{"say": "Enrol Anna"}]


class RevolvingStage:
    """One address behind which every test puts its own playground."""

    http: httpx.AsyncClient
    bot: Bot

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@dataclass(slots=True)
class Scene:
    playground: Playground
    controls: HandTurnedControls
    bot: Bot
    http: httpx.AsyncClient

    @property
    def people(self) -> People:
        return self.playground.people

    @property
    def belonging(self) -> Belonging:
        return self.playground.belonging

    def anna(self) -> Person:
        """A person who has opened the bot, whose /start is already taken away."""
        anna = self.people.new_person("Anna", "Berg", "anna_b")
        self.people.start(anna.id)
        self.playground.telegram.inbox.clear()
        return anna

    def desk(self, *, is_forum: bool = False, with_bot: bool = True) -> tuple[Person, Chat]:
        """A clinician and their supergroup with the bot in it as a plain member."""
        maria = self.people.new_person("Maria")
        bots = [self.playground.telegram.bot.id] if with_bot else []
        chat = self.belonging.new_group(maria.id, "Desk", bots, is_forum=is_forum)
        self.playground.telegram.inbox.clear()
        return maria, chat

    def promote(self, owner: Person, chat: Chat, *rights: str) -> None:
        self.belonging.promote(owner.id, chat.id, self.playground.telegram.bot.id, rights or None)
        self.playground.telegram.inbox.clear()

    async def ask(self, method: str, **params: object) -> Json:
        """Call the Bot API with JSON and give the answer as it came."""
        answer: Json = (await self.http.post(f"/bot{TOKEN}/{method}", json=params)).json()
        return answer

    async def do(self, deed: str, **wishes: object) -> Json:
        answer: Json = (await self.http.post(f"/people/{deed}", json=wishes)).json()
        return answer
