"""A webhook gets each update in order until it says 2xx, with the secret in the header."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import Conflict

from bot.playground.bell import Bell
from bot.playground.controls import Json
from bot.playground.serving import serve
from tests.playground.world import Scene


@dataclass(slots=True)
class Hook:
    """A bot's own server, which may be ill."""

    statuses: list[int] = field(default_factory=list)
    heard: list[tuple[str, Json]] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)

    async def take(self, request: Request) -> Response:
        self.heard.append((request.headers.get("x-telegram-bot-api-secret-token", ""), await request.json()))
        self.bell.ring()
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.heard) < count:
                await self.bell.coming.wait()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        async with serve(Starlette(routes=[Route("/hook", self.take, methods=["POST"])])) as url:
            yield f"{url}/hook"


async def test_updates_are_pushed_again_until_they_are_taken(scene: Scene) -> None:
    anna = scene.anna()
    hook = Hook(statuses=[503, 500])

    async with hook.open() as url:
        await scene.bot.set_webhook(url, secret_token="s3cret")
        scene.people.write(anna.id, anna.id, "one")
        scene.people.write(anna.id, anna.id, "two")
        await hook.until(4)

    assert [update["message"]["text"] for _, update in hook.heard] == ["one", "one", "one", "two"]
    assert {secret for secret, _ in hook.heard} == {"s3cret"}


async def test_polling_and_a_webhook_exclude_each_other(scene: Scene) -> None:
    await scene.bot.set_webhook("https://example.org/hook")

    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await scene.bot.get_updates()
    await scene.bot.delete_webhook()

    assert await scene.bot.get_updates() == ()


async def test_a_dead_webhook_keeps_its_updates_and_says_why(scene: Scene) -> None:
    anna = scene.anna()
    await scene.bot.set_webhook("http://127.0.0.1:9/hook", allowed_updates=["message"])
    scene.people.write(anna.id, anna.id, "hello")

    async with asyncio.timeout(5):
        while (info := await scene.bot.get_webhook_info()).last_error_message is None:
            continue

    assert info.pending_update_count == 1
    assert info.allowed_updates == ("message",)
    assert info.last_error_message == "Connection refused"
    await scene.bot.delete_webhook(drop_pending_updates=True)
    assert (await scene.bot.get_webhook_info()).pending_update_count == 0
