"""`aftercare run`: the bot itself."""

import asyncio
import signal
from contextlib import nullcontext

import typer

from bot.chat.application import TokenRefused
from bot.cli import verb_app
from bot.cli.says import refuse, settings
from bot.compose.premises import open_premises, running, the_clock
from bot.library.faults import ContentRefused
from bot.operations.logs import to_stderr
from bot.records.cipher import BadKeyFile
from bot.records.database import WrongKey
from bot.records.keyfile import KeyFileRefused
from bot.records.locking import AlreadyRunning, lock
from bot.records.schema import NewerSchema
from bot.settings import Settings

app = verb_app("run")

REFUSALS = (AlreadyRunning, BadKeyFile, KeyFileRefused, NewerSchema, TokenRefused, WrongKey)


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
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    async with open_premises(chosen, the_clock(chosen)) as premises, running(premises):
        if premises.library.on_last_good:
            typer.echo("The content folder has faults: the last good words are in use.", err=True)
        typer.echo(f"@{premises.telegram.username} is listening.", err=True)
        await stop.wait()
