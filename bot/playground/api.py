"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import re
from dataclasses import dataclass, field

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.bell import first_of
from bot.playground.faults import Fault, Faults, Trouble
from bot.playground.limits import Pace
from bot.playground.methods import BY_LOWER_NAME, METHODS
from bot.playground.params import Params, read_params
from bot.playground.polling import get_updates
from bot.playground.pushing import Pusher
from bot.playground.refusal import Refusal
from bot.playground.severing import gone, sever
from bot.playground.telegram import Telegram

LOOKS_LIKE_A_TOKEN = re.compile(r"\d+:[\w-]+")


@dataclass(frozen=True, slots=True)
class Refused:
    """A call the server said no to on its own account, not because a test asked for trouble."""

    method: str
    code: int
    description: str
    chat: int | None


@dataclass(frozen=True, slots=True)
class BotApi:
    telegram: Telegram
    token: str
    faults: Faults
    pace: Pace
    pusher: Pusher
    closing: asyncio.Event
    refusals: list[Refused] = field(default_factory=list)

    def routes(self) -> list[Route]:
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.download),
        ]

    async def call(self, request: Request) -> Response:
        method = str(request.path_params["method"])
        params = Params({})
        try:
            method = self._known(str(request.path_params["token"]), method)
            params = await read_params(request)
            fault = self.faults.take(method, params.whole("chat_id"))
            if fault is not None and (answer := await self._suffer(fault, request)) is not None:
                return answer
            result = await self._perform(method, params, request)
            if fault is not None and fault.trouble is Trouble.DROP:
                await sever(request)
            return JSONResponse({"ok": True, "result": result})
        except ClientDisconnect:
            return Response()  # cut in the middle: nothing was done, and nobody is there to hear it
        except Refusal as refusal:
            refused = Refused(method, refusal.code, refusal.description, params.whole("chat_id"))
            self.refusals.append(refused)
            return _said(refusal)

    async def download(self, request: Request) -> Response:
        file = self.telegram.files.at(request.path_params["path"])
        if request.path_params["token"] != self.token or file is None:
            return _said(Refusal(404, "Not Found"))
        return Response(file.content, media_type="application/octet-stream")

    def _known(self, token: str, method: str) -> str:
        """The method's own spelling; Telegram does not mind the case."""
        if token != self.token:
            raise Refusal(401, "Unauthorized") if LOOKS_LIKE_A_TOKEN.fullmatch(token) else Refusal(404, "Not Found")
        if method.lower() not in BY_LOWER_NAME:
            raise Refusal(404, "Not Found: method not found")
        return BY_LOWER_NAME[method.lower()]

    async def _suffer(self, fault: Fault, request: Request) -> Response | None:
        """Let the trouble happen; an answer stands in for the real one."""
        if fault.refusal is not None:
            return _said(fault.refusal)
        if fault.trouble is Trouble.DELAY:
            await first_of(self.closing.wait(), within=fault.seconds)
        if fault.trouble is Trouble.BLACK_HOLE:
            await first_of(gone(request), within=3600, unless=[self.closing.wait()])
            await sever(request)
            return Response()
        return None

    async def _perform(self, method: str, params: Params, request: Request) -> object:
        if method == "getUpdates":
            inbox = self.telegram.inbox
            return await get_updates(inbox, params, gone=lambda: gone(request), closing=self.closing)
        chat_id = params.whole("chat_id")
        talk = self.telegram.find(chat_id) if chat_id is not None else None
        self.pace.count(method, talk.chat if talk else None)
        result = METHODS[method](self.telegram, params)
        if method == "setWebhook":
            self.pusher.wake()
        return result


def _said(refusal: Refusal) -> Response:
    return JSONResponse(refusal.answer, status_code=refusal.code)
