"""Long polling: wait for updates, hand them out again until they are confirmed."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from bot.playground.bell import first_of
from bot.playground.controls import Json
from bot.playground.inbox import Inbox
from bot.playground.params import Params
from bot.playground.refusal import conflict

LONGEST_POLL = 50  # seconds; Telegram cuts longer wishes
WEBHOOK_IS_ON = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"


async def get_updates(
    inbox: Inbox, params: Params, *, gone: Callable[[], Awaitable[None]], closing: asyncio.Event
) -> list[Json]:
    """Updates from `offset` on; waits up to `timeout` seconds for one, or until the caller is gone.

    Raises `Refusal` 409 when a webhook is set or another poll takes over.
    """
    _refuse_while_pushed(inbox)
    inbox.allow(params.items("allowed_updates"))
    inbox.confirm(params.whole("offset") or 0)
    await _wait(inbox, min(params.whole("timeout") or 0, LONGEST_POLL), [gone(), closing.wait()])
    return inbox.first(min(max(params.whole("limit") or 100, 1), 100))


async def _wait(inbox: Inbox, patience: float, unless: Sequence[Awaitable[object]]) -> None:
    """Hold the line until there is something to hand out, or no reason to hold it."""
    poll = inbox.begin_poll()
    deadline = time.monotonic() + patience
    ends = [asyncio.ensure_future(end) for end in unless]
    try:
        while not len(inbox) and (left := deadline - time.monotonic()) > 0:
            if not await first_of(inbox.bell.coming.wait(), within=left, unless=[asyncio.shield(end) for end in ends]):
                break
            if inbox.is_superseded(poll):
                _refuse_while_pushed(inbox)
                raise conflict(OTHER_POLL)
    finally:
        inbox.end_poll(poll)
        for end in ends:
            end.cancel()


def _refuse_while_pushed(inbox: Inbox) -> None:
    if inbox.webhook is not None:
        raise conflict(WEBHOOK_IS_ON)
