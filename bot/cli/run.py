"""`aftercare run`: the bot itself."""

import asyncio
import signal
from contextlib import nullcontext, suppress

import typer

from bot.chat.application import TokenRefused
from bot.chat.receiving import CannotListen
from bot.cli import verb_app
from bot.cli.says import refuse, settings
from bot.compose.clocks import the_clock
from bot.compose.premises import open_premises, running
from bot.library.faults import ContentRefused
from bot.operations.logs import to_stderr
from bot.records.cipher import BadKeyFile
from bot.records.database import WrongKey
from bot.records.keyfile import KeyFileRefused
from bot.records.locking import AlreadyRunning, lock
from bot.records.schema import NewerSchema
from bot.settings import Settings

app = verb_app("run")

REFUSALS = (AlreadyRunning, BadKeyFile, CannotListen, KeyFileRefused, NewerSchema, TokenRefused, WrongKey)


@app.command()
def run() -> None:
    """Until it is told to stop (Ctrl-C, SIGTERM); what is being sent then still lands."""
    chosen = settings()
    if not chosen.telegram_bot_token.get_secret_value():
        refuse("TELEGRAM_BOT_TOKEN is empty: `aftercare init` writes it, `aftercare play` needs none")
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
        async with open_premises(chosen, the_clock(chosen)) as premises, running(premises) as endless:
            if premises.library.on_last_good:
                typer.echo("The content folder has faults: the last good words are in use.", err=True)
            typer.echo(f"@{premises.telegram.username} is listening.", err=True)
            ended, _ = await asyncio.wait(endless, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()


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
