"""`aftercare learn`: everything that understanding needs before the first message."""

import time

import typer

from bot.cli import verb_app
from bot.cli.says import settings
from bot.cli.words import shelf_of
from bot.understanding.building import understand
from bot.understanding.learning import ENCODER
from bot.understanding.obtaining import NotObtained, obtain

app = verb_app("learn")


@app.command()
def learn() -> None:
    """Again and again at no cost; exit status 1 when the sentence encoder cannot be had: single words have to do."""
    chosen = settings()
    file = chosen.cache_dir / ENCODER
    if not file.exists():
        typer.echo("Fetching the sentence encoder, 84 MB, once ...")
    try:
        obtain(file)
    except NotObtained as error:
        why = f"The sentence encoder cannot be fetched ({error}): single words have to do, with fewer answers."
        typer.echo(f"{why} `aftercare learn` tries again.", err=True)
    shelf = shelf_of(chosen)
    started = time.monotonic()
    understand(shelf.tables, chosen.cache_dir)
    typer.echo(f"The words are learned ({time.monotonic() - started:.1f} s).")
    raise typer.Exit(0 if file.exists() else 1)
