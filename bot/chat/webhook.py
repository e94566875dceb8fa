"""Telegram calls us: an update is answered with 200 only once it is committed."""

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.chat.intake import Intake

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
MOST_BYTES = 1024 * 1024


class _QuietServer(uvicorn.Server):
    """A server that leaves signals to the program."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def server_for(url: str, *, secret: str, intake: Intake) -> uvicorn.Server:
    app = Starlette(routes=[webhook(urlsplit(url).path or "/", secret=secret, intake=intake)])
    return _QuietServer(uvicorn.Config(app, log_level="error", lifespan="off"))


def webhook(path: str, *, secret: str, intake: Intake) -> Route:
    """The one route. `secret` must not be empty: an address is no credential."""
    if not secret:
        raise ValueError("a webhook needs WEBHOOK_SECRET")

    async def receive(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        update = _update(body)
        if update is None:
            return Response(status_code=400)
        await intake.store([update])
        return Response(status_code=200)

    return Route(path, receive, methods=["POST"])


async def _body(request: Request) -> bytes | None:
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MOST_BYTES:
            return None
    return bytes(received)


def _update(body: bytes) -> dict[str, object] | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    is_update = isinstance(update, dict) and isinstance(update.get("update_id"), int)
    return update if is_update else None
