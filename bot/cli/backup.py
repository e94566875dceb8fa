"""`aftercare backup`: a copy of the database and of the photos, made while it runs."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import verb_app
from bot.cli.says import refuse, settings
from bot.compose.clocks import the_clock
from bot.records.copying import NotCopied, copy_database, copy_photos
from bot.settings import Settings

app = verb_app("backup")


@app.command()
def backup(
    file: Annotated[Path | None, typer.Argument(help="Else backups/<now>.db in the data folder.")] = None,
) -> None:
    """A new file with mode 0600, and beside it a folder <file>.photos with patients' photos, if any are kept.

    All of it is read back, and stays sealed: keep the key file too, and somewhere else.

    When photos of a patient are erased (they take back their yes, or the clinic's days after the course are over), the
    running bot erases them from every backup in the data folder as well. It cannot reach copies that lie elsewhere:
    keep none of those longer than patients were told.

    To restore: stop the bot, put the file back as aftercare.db and the folder as photos. The bot then erases whatever
    may not be kept by what that database knows. What was taken back or erased since then it cannot know: see to those.
    """
    chosen = settings()
    target = file or chosen.backups / f"{the_clock(chosen).now():%Y%m%dT%H%M%SZ}.db"
    photos = target.with_name(f"{target.stem}.photos")
    if photos.exists():
        refuse(f"{photos} is there already: name another file")
    try:
        copy_database(chosen.database, target)
        copied = copy_photos(chosen.photos, photos)
    except NotCopied as error:
        refuse(str(error))
    typer.echo(f"{target} ({target.stat().st_size:,} bytes)")
    if copied:
        typer.echo(f"{photos} ({copied:,} photos)")
    typer.echo(_advice(chosen, photos, copied), err=True)


def _advice(chosen: Settings, photos: Path, copied: int) -> str:
    key = f"It can only be read with the key file {chosen.key_file}: keep a copy of that somewhere else."
    if not copied or photos.resolve().parent == chosen.backups.resolve():
        return key
    return f"{key} Erased photos are not erased there: keep that folder no longer than patients were told."
