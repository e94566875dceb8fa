"""What every verb needs: settings or one clear sentence."""

from typing import NoReturn

import typer

from bot.settings import BadSettings, Settings, load


def settings() -> Settings:
    try:
        return load()
    except BadSettings as error:
        refuse(str(error))


def refuse(why: str) -> NoReturn:
    """Say what is wrong and what to do, and end with status 2."""
    typer.echo(f"aftercare: {why}", err=True)
    raise typer.Exit(2)
