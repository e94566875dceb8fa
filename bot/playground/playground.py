"""The playground as a whole: one local Telegram, its Bot API, its people and its page in one app."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from bot.playground.api import BotApi, Refused
from bot.playground.belonging import Belonging
from bot.playground.clock_api import ClockApi
from bot.playground.controls import Controls
from bot.playground.faults import Faults
from bot.playground.guard import Guard
from bot.playground.limits import Limits, Pace
from bot.playground.people import People
from bot.playground.people_api import PeopleApi
from bot.playground.pushing import Pusher
from bot.playground.telegram import Telegram
from bot.playground.world import Person

PAGE = Path(__file__).parent / "page"


class Playground:
    """`app` is what a server serves; the rest lets a test, or `play`, hold the world in its hands.

    `bot_name` is the bot's username, as in t.me/<bot_name>; its id is the number before the token's colon.
    `limits` None means no 429s; `timer` gives machine seconds for them.
    """

    def __init__(
        self,
        controls: Controls,
        *,
        bot_token: str,
        bot_name: str,
        bot_title: str = "Aftercare",
        limits: Limits | None = None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        bot = Person(int(bot_token.split(":", maxsplit=1)[0]), bot_title, username=bot_name, is_bot=True)
        self.telegram = Telegram(controls.now, bot)
        self.people = People(self.telegram)
        self.belonging = Belonging(self.telegram)
        self.faults = Faults()
        self.closing = asyncio.Event()
        self._api = BotApi(
            self.telegram,
            bot_token,
            self.faults,
            Pace(limits, timer),
            Pusher(self.telegram, self.closing),
            self.closing,
        )
        self.app = self._build(controls)

    @property
    def refusals(self) -> list[Refused]:
        """Every call refused so far, oldest first; faults on demand are not among them."""
        return self._api.refusals

    def _build(self, controls: Controls) -> Starlette:
        people_api = PeopleApi(self.telegram, self.people, self.belonging, controls, self.closing)
        clock_api = ClockApi(controls, self.telegram.journal)
        routes: list[BaseRoute] = [*self._api.routes(), *people_api.routes(), *clock_api.routes()]
        if PAGE.is_dir():
            routes.append(Mount("/", StaticFiles(directory=PAGE, html=True)))
        app = Starlette(routes=routes, middleware=[Middleware(Guard)])
        app.state.closing = self.closing
        return app
