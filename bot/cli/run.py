"""`aftercare run`: the bot itself."""

import asyncio
import signal
from contextlib import nullcontext, suppress
from functools import partial

import typer

from bot.care.model.delivery import DeliveryState
from bot.care.ports.records import Work
from bot.chat.application import TokenRefused
from bot.chat.receiving import CannotListen
from bot.cli import verb_app
from bot.cli.run_words import closing, opening
from bot.cli.says import refuse, settings
from bot.compose.clocks import the_clock
from bot.compose.opening import NOT_OPENED
from bot.compose.premises import Premises, open_premises, running
from bot.library.faults import ContentRefused
from bot.operations.garbage import keep_what_is_loaded, keep_what_was_changed
from bot.operations.logs import to_stderr
from bot.records.locking import AlreadyRunning, lock
from bot.records.tally import tally
from bot.settings import Settings, exposed

app = verb_app("run")

REFUSALS = (AlreadyRunning, CannotListen, TokenRefused, *NOT_OPENED)


@app.command()
def run() -> None:
    """Until it is told to stop (Ctrl-C, SIGTERM); what is being sent then still lands."""
    chosen = settings()
    if not chosen.telegram_bot_token.get_secret_value():
        refuse("TELEGRAM_BOT_TOKEN is empty: `aftercare init` writes it, `aftercare play` needs none")
    if why := exposed():
        refuse(why)
    to_stderr(chosen.log_level)
    try:
        # only SQLite needs the folder to itself: replicas share a PostgreSQL
        with nullcontext() if chosen.has_replicas else lock(chosen.data_dir):
            asyncio.run(_until_stopped(chosen))
    except ContentRefused as error:
        refuse(f"the content has faults and there is no last good set:\n{error}")
    except REFUSALS as error:
        refuse(str(error))


async def _until_stopped(chosen: Settings) -> None:
    _stop_when_told()
    with suppress(asyncio.CancelledError):
        waiting = partial(_say, f"Telegram ({chosen.telegram_api_url}) does not answer; trying again until it does ...")
        async with open_premises(chosen, the_clock(chosen), waiting=waiting) as premises:
            await _listen(premises)


async def _listen(premises: Premises) -> None:
    rows: tuple[int, ...] = ()
    try:
        async with running(premises) as endless:
            keep_what_is_loaded()
            premises.content_watch.changed = keep_what_was_changed
            counted = tally(premises.settings.database, at=premises.clock.now())
            _say("\n".join(opening(premises, counted)))
            _say(f"@{premises.telegram.username} is listening.")
            try:
                ended, _ = await asyncio.wait(endless, return_when=asyncio.FIRST_COMPLETED)
            finally:
                rows = premises.dispatching.in_flight
                _say(f"Stopping: {len(rows)} in flight ...")
            for task in ended:
                task.result()
    finally:
        _say(closing(await premises.database.read(partial(_states, rows=rows))))


def _states(work: Work, *, rows: tuple[int, ...]) -> list[DeliveryState]:
    return [work.outbox.get(row).state for row in rows]


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _stop_when_told() -> None:
    """The first signal ends whatever is under way in good order, also the wait for Telegram; a second one at once."""
    loop, me = asyncio.get_running_loop(), asyncio.current_task()
    signs = (signal.SIGINT, signal.SIGTERM)

    def stop() -> None:
        for sign in signs:
            loop.remove_signal_handler(sign)
        if me is not None:
            me.cancel()

    for sign in signs:
        loop.add_signal_handler(sign, stop)
