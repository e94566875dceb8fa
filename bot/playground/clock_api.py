"""The clock between phone and desk, over HTTP: `GET /clock` and `POST /clock/{next|advance|pause|resume}`."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.controls import Controls, Json
from bot.playground.journal import Journal


def clock_view(controls: Controls) -> Json:
    return {"now": controls.now().isoformat(), "paused": controls.paused, "guide": controls.guide()}


@dataclass(frozen=True, slots=True)
class ClockApi:
    controls: Controls
    journal: Journal

    def routes(self) -> list[Route]:
        return [
            Route("/clock", self.read),
            Route("/clock/{turn}", self.turn, methods=["POST"]),
        ]

    async def read(self, _request: Request) -> Response:
        return JSONResponse({"ok": True, "result": clock_view(self.controls)})

    async def turn(self, request: Request) -> Response:
        match request.path_params["turn"]:
            case "next":
                await self.controls.next_message()
            case "advance":
                seconds = await _seconds(request)
                if seconds is None:
                    return _refused("advance takes {'seconds': a number above 0}")
                await self.controls.advance(timedelta(seconds=seconds))
            case "pause":
                self.controls.pause()
            case "resume":
                self.controls.resume()
            case _:
                return _refused("the clock can do: next, advance, pause, resume")
        self.journal.note("clock", clock=clock_view(self.controls))
        return await self.read(request)


async def _seconds(request: Request) -> float | None:
    try:
        asked = (await request.json())["seconds"]
    except (ValueError, KeyError, TypeError):
        return None
    return float(asked) if isinstance(asked, int | float) and asked > 0 else None


def _refused(why: str) -> Response:
    return JSONResponse({"ok": False, "description": why}, status_code=400)
