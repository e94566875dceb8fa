"""The words of the content folder, for verbs that only look at them."""

from pathlib import Path

import typer

from bot.cli.says import refuse
from bot.library.folder import read
from bot.library.loading import inspect
from bot.library.shelf import ContentShelf


def shelf_of(content_dir: Path) -> ContentShelf:
    """What the folder says now; faults elsewhere in it are mentioned, since the bot would not take it like this."""
    inspection = inspect(read(content_dir))
    if inspection.shelf is None or not inspection.shelf.protocols:
        refuse(f"the content cannot be read: `aftercare check` says why\n{inspection.report.faults[0]}")
    if not inspection.report.clean:
        faults = len(inspection.report.faults)
        typer.echo(f"aftercare: the content has {faults} faults and cannot go live: see `aftercare check`", err=True)
    return inspection.shelf
