"""`aftercare handbook`: the booklet a clinician reads and signs, as one HTML page and as a PDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.care.services.booklet import Booklet
from bot.care.services.sampling import Sampling
from bot.care.services.speaking import Speaking
from bot.care.services.telling import Telling
from bot.cli import verb_app
from bot.cli.says import refuse, settings
from bot.cli.typed import treatment_of
from bot.cli.words import shelf_of
from bot.compose.clocks import the_clock
from bot.library.dates import BabelDates
from bot.library.shelf import ContentShelf
from bot.pictures.booklet_html import booklet_html
from bot.pictures.booklet_pdf import booklet_pdf

app = verb_app("handbook")


@dataclass(frozen=True)
class OnShelf:
    """Fills `bot.care.ports.words.EditableLibrary`: this shelf and no other."""

    shelf: ContentShelf


@app.command()
def handbook(
    *,
    treatment: Annotated[
        list[str] | None, typer.Option(help="Only this one, without the answers; may be given again.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for handbook.html and handbook.pdf.")] = Path("handbook"),
) -> None:
    """Every message by treatment, day and language, all answers, the sources, and what the clinic has decided."""
    chosen = settings()
    shelf = shelf_of(chosen)
    treatments = list(dict.fromkeys(treatment_of(shelf, one) for one in treatment or shelf.protocols))
    with _writing(out):
        # what cannot be written is said before seconds are spent on drawing it
        out.mkdir(parents=True, exist_ok=True)
    document = _booklet(shelf).written(treatments, with_answers=not treatment, at=the_clock(chosen).now())
    html, pdf = booklet_html(document), booklet_pdf(document)
    with _writing(out):
        (out / "handbook.html").write_text(html, encoding="utf-8")
        (out / "handbook.pdf").write_bytes(pdf)
    typer.echo(f"{out / 'handbook.pdf'} and {out / 'handbook.html'}: {', '.join(treatments)}")


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        refuse(f"the booklet cannot be written to {out}: {error.strerror}. Name another folder with --out")


def _booklet(shelf: ContentShelf) -> Booklet:
    library, dates = OnShelf(shelf), BabelDates()
    ledger = {one.id: one.say for one in shelf.ledger.fact} | {one.id: one.title for one in shelf.ledger.source}
    flags = {
        str(flag["id"]): str(flag["level"])
        for name, table in shelf.tables.items() if name.endswith("/red_flags.toml")
        for flag in table["flag"]
    }  # fmt: skip
    sampling = Sampling(library, Telling(dates))
    return Booklet(Speaking(library, dates), sampling, lambda file: shelf.raw(file).get("sources", ()), ledger, flags)
