"""`aftercare new treatment NAME --like OTHER`: a filled-in start for a new treatment."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import verb_app
from bot.cli.says import refuse, settings
from bot.compose.proof import proof
from bot.library.faults import ContentRefused
from bot.library.new_treatment import NameRefused, Started, start
from bot.library.verdicts import Verdicts

app = verb_app("new")


class Kind(StrEnum):
    """What can be started."""

    TREATMENT = "treatment"


@app.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="Only treatments, for now.")],
    name: Annotated[str, typer.Argument(help="Its id: small letters, digits, hyphens, like deep-pico.")],
    *,
    like: Annotated[str, typer.Option(help="The treatment it starts as a copy of.")],
) -> None:
    """Plan, days and words of another treatment under a new name: all files are written, or none."""
    del kind
    chosen = settings()
    content_dir = chosen.content_dir
    verdicts = Verdicts(chosen.verdicts_dir)
    try:
        started = start(content_dir, name, like, proof(verdicts=verdicts), verdicts)
    except NameRefused as error:
        refuse(str(error))
    except ContentRefused as error:
        refuse(f"nothing was written, it would bring these faults:\n{error}")
    except OSError as error:
        refuse(f"cannot write {error.filename}: {error.strerror}")
    typer.echo("\n".join(_page(content_dir, name, started)))


def _page(content_dir: Path, name: str, started: Started) -> list[str]:
    return [
        "Written:",
        *(f"  {content_dir / path}" for path in started.written),
        f"Added at the end, as [{name}]:",
        *(f"  {content_dir / path}" for path in started.changed),
        "",
        "To undo it, delete the files written and the lines added.",
        f"Now look at every day and every word: aftercare plan {name} --session 2026-11-20; aftercare check.",
    ]
