"""`aftercare play`: the whole clinic in a browser, without token or network."""

import asyncio
import shutil
import signal
import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import verb_app
from bot.cli.says import refuse, settings
from bot.operations.garbage import keep_what_is_loaded, keep_what_was_changed
from bot.operations.logs import to_stderr
from bot.play import playing

app = verb_app("play")

PORT = 8095


@app.command()
def play(
    *,
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = PORT,
    browser: Annotated[bool, typer.Option(help="Open the page by itself.")] = True,
    topics: Annotated[bool, typer.Option("--topics", help="The staff chat is a forum: a topic a patient.")] = False,
) -> None:
    """Until Ctrl-C; everything it wrote is thrown away afterwards."""
    to_stderr("WARNING")
    try:
        with tempfile.TemporaryDirectory(prefix="aftercare-play-") as folder:
            # whoever plays may change words too: those of a copy
            content = shutil.copytree(settings().content_dir, Path(folder) / "content")
            asyncio.run(_until_stopped(Path(folder) / "data", content, port, browser=browser, topics=topics))
    except OSError as error:
        refuse(f"cannot listen on 127.0.0.1:{port} ({error.strerror}): try --port 0")


async def _until_stopped(data_dir: Path, content: Path, port: int, *, browser: bool, topics: bool) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with playing(data_dir, port=port, content_dir=content, topics=topics) as scene:
        keep_what_is_loaded()
        scene.premises.content_watch.changed = keep_what_was_changed
        typer.echo(f"The playground is at {scene.url}/  (Ctrl-C ends it)")
        typer.echo(f"Its words are a copy, live when you edit them there: {content}")
        if browser:
            # without a screen there is none to open, and that is no error
            await asyncio.to_thread(webbrowser.open, f"{scene.url}/")
        await stop.wait()
