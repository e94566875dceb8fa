"""`aftercare backup`: a copy of the database, made while it runs."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import verb_app
from bot.cli.says import refuse, settings
from bot.compose.clocks import the_clock
from bot.records.copying import NotCopied, copy_database

app = verb_app("backup")


@app.command()
def backup(
    file: Annotated[Path | None, typer.Argument(help="Else backups/<now>.db in the data folder.")] = None,
) -> None:
    """A new file with mode 0600. Its words stay sealed: keep the key file too, and somewhere else."""
    chosen = settings()
    target = file or chosen.data_dir / "backups" / f"{the_clock(chosen).now():%Y%m%dT%H%M%SZ}.db"
    try:
        copy_database(chosen.database, target)
    except NotCopied as error:
        refuse(str(error))
    typer.echo(f"{target} ({target.stat().st_size:,} bytes)")
    typer.echo(
        f"It can only be read with the key file {chosen.key_file}: keep a copy of that somewhere else.", err=True
    )
