"""The webhook answers 200 only to Telegram, only to an update, and only once that is committed."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.care.ports.records import Work
from bot.chat.webhook import MOST_BYTES, SECRET_HEADER, webhook
from tests.chat.conftest import Street
from tests.chat.hallway import Hallway, wrote
from tests.fakes.records import FakeRecords

SECRET = "s3cret"


@dataclass
class FullRecords(FakeRecords):
    """A disk that takes nothing."""

    full: bool = field(default=True)

    async def write(self, deed: Callable[[Work], Any]) -> Any:  # noqa: ANN401 - the port's own
        if self.full:
            raise OSError("no space left on device")
        return await super().write(deed)


@pytest.fixture
def hallway(street: Street) -> Hallway:
    return Hallway(street.bot)


@pytest.fixture
async def outside(hallway: Hallway) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[webhook("/hook", secret=SECRET, intake=await hallway.intake())])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://clinic") as client:
        yield client


async def push(outside: httpx.AsyncClient, body: bytes, secret: str = SECRET) -> int:
    return (await outside.post("/hook", content=body, headers={SECRET_HEADER: secret})).status_code


def an_update(number: int = 1) -> bytes:
    return json.dumps(wrote(number, "hello")).encode()


async def test_an_update_is_committed_when_200_is_said(hallway: Hallway, outside: httpx.AsyncClient) -> None:
    assert await push(outside, an_update()) == 200
    assert list(hallway.records.memory.updates) == [1]


@pytest.mark.parametrize("secret", ["", "S3CRET", "s3cret ", "s3cre"])
async def test_who_does_not_know_the_secret_is_turned_away(
    hallway: Hallway, outside: httpx.AsyncClient, secret: str
) -> None:
    assert await push(outside, an_update(), secret) == 403
    assert not hallway.records.memory.updates


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"message": {}}', b'{"update_id": "1"}', b"\xff\xfe"])
async def test_what_is_no_update_is_not_taken(hallway: Hallway, outside: httpx.AsyncClient, body: bytes) -> None:
    assert await push(outside, body) == 400
    assert not hallway.records.memory.updates


async def test_what_is_too_large_is_not_even_read_to_its_end(hallway: Hallway, outside: httpx.AsyncClient) -> None:
    assert await push(outside, b" " * (MOST_BYTES + 1)) == 413
    assert not hallway.records.memory.updates


async def test_an_update_pushed_again_is_taken_and_does_nothing(hallway: Hallway, outside: httpx.AsyncClient) -> None:
    assert [await push(outside, an_update()) for _ in range(3)] == [200] * 3
    assert len(hallway.records.work.inbox.waiting()) <= 1


async def test_what_cannot_be_stored_is_not_acknowledged(hallway: Hallway, outside: httpx.AsyncClient) -> None:
    records = FullRecords()
    hallway.records = records
    app = Starlette(routes=[webhook("/hook", secret=SECRET, intake=await hallway.intake())])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://clinic") as client:
        refused = await push(client, an_update())
        records.full = False
        taken = await push(client, an_update())

    assert (refused, taken) == (500, 200)


async def test_a_webhook_without_a_secret_is_never_opened(hallway: Hallway) -> None:
    intake = await hallway.intake()

    with pytest.raises(ValueError, match="WEBHOOK_SECRET"):
        webhook("/hook", secret="", intake=intake)
