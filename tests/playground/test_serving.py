"""The server starts on a free port and ends at once, whatever still hangs on it."""

import asyncio
import time

import httpx
import pytest
from starlette.types import Message, Scope

from bot.playground.faults import Trouble
from bot.playground.playground import Playground
from bot.playground.serving import serve
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls


async def test_open_lines_do_not_hold_up_the_end() -> None:
    playground = Playground(HandTurnedControls(), bot_token=TOKEN, bot_name=BOT_NAME)
    playground.faults.add(Trouble.BLACK_HOLE, method="getMe")

    async with httpx.AsyncClient(timeout=30) as http:
        async with serve(playground.app) as url:
            poll = asyncio.create_task(http.get(f"{url}/bot{TOKEN}/getUpdates", params={"timeout": 50}))
            stream = asyncio.create_task(http.get(f"{url}/events"))
            swallowed = asyncio.create_task(http.get(f"{url}/bot{TOKEN}/getMe"))
            await playground.faults.hit()
            while not playground.telegram.inbox.is_polled:
                await playground.telegram.inbox.bell.coming.wait()
            closing = time.monotonic()
        took = time.monotonic() - closing

        assert took < 1
        assert (await poll).json()["result"] == []
        assert "event: hello" in (await stream).text
        with pytest.raises(httpx.HTTPError):
            await swallowed


async def test_a_taken_port_is_an_error() -> None:
    first = Playground(HandTurnedControls(), bot_token=TOKEN, bot_name=BOT_NAME)

    async with serve(first.app) as url:
        with pytest.raises(OSError, match="in use"):
            async with serve(first.app, int(url.rsplit(":", 1)[1])):
                pass


async def test_a_call_cut_in_the_middle_is_no_error_and_does_nothing() -> None:
    playground = Playground(HandTurnedControls(), bot_token=TOKEN, bot_name=BOT_NAME)
    kind = (b"content-type", b"application/x-www-form-urlencoded")
    scope: Scope = {
        "type": "http", "method": "POST", "path": f"/bot{TOKEN}/setMyCommands", "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), kind],
    }  # fmt: skip
    heard: list[Message] = [
        {"type": "http.request", "body": b"commands=%5B", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return heard.pop(0)

    async def send(message: Message) -> None:
        """Nobody is there."""

    await playground.app(scope, receive, send)

    assert playground.refusals == []
