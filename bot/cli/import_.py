"""`aftercare import`: enrol everybody in a file, and write their links to print."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.care.model.day_order import DayOrder
from bot.care.model.file_text import MOST_BYTES
from bot.care.model.roster import Roster
from bot.care.model.texts import flat
from bot.care.model.words import Html
from bot.care.services.going_live import GoingLive
from bot.care.services.importing import Importing, Staged, UnderWay
from bot.care.services.importing_words import example_file
from bot.care.services.inviting import Inviting
from bot.care.services.noticing import alerts_arrive
from bot.care.services.speaking import Speaking
from bot.chat.examining import NotReached, Telegram, TokenUnknown
from bot.cli import verb_app
from bot.cli.import_progress import Progress
from bot.cli.links_file import LinksFile
from bot.cli.records import looked_into
from bot.cli.rehearsal import Shown
from bot.cli.says import refuse, settings
from bot.cli.words import shelf_of
from bot.compose.clocks import the_clock
from bot.library.dates import BabelDates
from bot.pictures.drawing import Drawings
from bot.records.database import Database
from bot.settings import Settings

app = verb_app("import")
NOBODY = 0
"""Who enrolled them, where no member of the team did."""
OVERTAKEN = "nothing was saved: somebody in this file was enrolled meanwhile: import it once more, they are left out"
BUSY = "nothing was saved: this very file is being enrolled, or was a moment ago: try again in two minutes"


@app.command("import")
def import_file(
    file: Annotated[Path | None, typer.Argument(metavar="FILE.csv", help="Who had what, and when.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    dates: Annotated[DayOrder | None, typer.Option(help="Where every date can be read both ways.")] = None,
    example: Annotated[bool, typer.Option("--example", help="Print a file to start from.")] = False,
) -> None:
    """All of them, with their links in FILE-links.pdf; or nobody, all that is wrong row by row, and exit status 1."""
    chosen = settings()
    speaking, clock = Speaking(Shown(shelf_of(chosen)), BabelDates()), the_clock(chosen)
    if example:
        test = GoingLive(speaking, on_telegram=not chosen.is_trial).is_for_tests
        typer.echo(example_file(speaking, at=clock.now(), test=test), nl=False)
        return
    if file is None:
        refuse("which file? aftercare import FILE.csv; `aftercare import --example` prints one")
    content = _content_of(file)
    with looked_into(chosen) as database:
        importing = Importing(clock, speaking, Inviting(speaking, database.keys, bot_name=""))
        asyncio.run(Errand(chosen, importing, database, file, content).run(dates=dates, dry_run=dry_run))


@dataclass(frozen=True)
class Errand:
    """One file to be enrolled."""

    chosen: Settings
    importing: Importing
    database: Database
    file: Path
    content: bytes

    async def run(self, *, dates: DayOrder | None, dry_run: bool) -> None:
        words, now = self.importing.words, self.importing.clock.now()
        if not await self.database.read(alerts_arrive):
            refuse(flat(self.importing.speaking.staff("enrolling/no-alarm-yet")))
        roster = await self.importing.look(self.database, self.content, order=dates)
        self._refuse_faulty(roster)
        _say(words.notes(roster, at=now))
        if not roster.entries:
            typer.echo("Nothing was saved: nobody in this file is new.")
        elif dry_run:
            _say(words.patients(roster.entries, at=now))
            typer.echo(f"{len(roster.entries):,} can be enrolled. Nothing was saved: this was a dry run.")
        else:
            named = replace(self.importing.inviting, bot_name=await _bot_name(self.chosen))
            await self._enrol(replace(self.importing, inviting=named), roster)

    def _refuse_faulty(self, roster: Roster) -> None:
        lines = [f"{self.file}: {flat(line)}" for line in self.importing.words.faults(roster)]
        if roster.unclear:
            both = f"every date can be read in two ways, like {roster.unclear}"
            lines.append(f"{self.file}: {both}: add --dates day-first or --dates month-first")
        if lines:
            typer.echo("\n".join(lines))
            if roster.example:
                typer.echo(f"A row as it might look:\n{roster.example}", nl=False)
            typer.echo("aftercare: nothing was saved", err=True)
            raise typer.Exit(1)
        going_live = GoingLive(self.importing.speaking, on_telegram=not self.chosen.is_trial)
        may_not = going_live.refusal(*(entry.form for entry in roster.entries))
        if may_not is not None:
            refuse(flat(may_not))

    async def _enrol(self, importing: Importing, roster: Roster) -> None:
        """The links are on the disk before anybody is enrolled: whoever is there can be given theirs."""
        links, now = LinksFile(self.file.with_name(f"{self.file.stem}-links.pdf")), importing.clock.now()
        if links.is_there:
            refuse(f"{links.path} is there already, with the links of an earlier import: move it away first")
        staged = await self._staged(importing, roster)
        await self._write_links(importing, staged, links)
        try:
            is_live = await self.database.write(lambda work: importing.go_live(work, staged, "cli", at=now))
        except UnderWay:
            links.discard()
            refuse(BUSY)
        if not is_live:
            links.discard()
            refuse(OVERTAKEN)
        links.keep()
        until = importing.speaking.moment(staged.until, at=now)
        typer.echo(f"{len(staged.cards):,} enrolled. {links.path} has their links: each works once, until {until}.")

    async def _staged(self, importing: Importing, roster: Roster) -> Staged:
        """Everybody, out of sight."""
        enrolling = partial(Progress(len(roster.entries)).note, "enrolling")
        try:
            return await importing.stage(self.database, self.content, roster, by=NOBODY, done=enrolling)
        except UnderWay:
            refuse(BUSY)

    async def _write_links(self, importing: Importing, staged: Staged, links: LinksFile) -> None:
        """Beside their place."""
        drawing = partial(Progress(len(staged.cards)).note, "drawing links")
        sheet = importing.words.sheet(links.path.name, staged.cards, until=staged.until, at=importing.clock.now())
        try:
            links.write(Drawings().sheet(sheet, drawn=drawing))
        except OSError as error:
            await self.database.write(lambda work: work.batches.give_up(staged.batch))
            refuse(f"nothing was saved: cannot write {links.path}: {error.strerror}")


def _content_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            refuse(f"{file} is too big: at most {MOST_BYTES // 1024 // 1024} MB; split it")
        return file.read_bytes()
    except OSError as error:
        refuse(f"cannot read {file}: {error.strerror}")


def _say(lines: Iterable[Html]) -> None:
    for line in lines:
        typer.echo(flat(line))


async def _bot_name(chosen: Settings) -> str:
    """The links open the bot by its name."""
    token = chosen.telegram_bot_token.get_secret_value()
    if not token:
        refuse("nothing was saved: TELEGRAM_BOT_TOKEN is empty, and links need the bot's name")
    try:
        async with Telegram(token, chosen.telegram_api_url) as telegram:
            return str((await telegram.me())["username"])
    except NotReached as error:
        refuse(f"nothing was saved: {chosen.telegram_api_url} does not answer ({error}), and links need the bot's name")
    except TokenUnknown:
        refuse("Telegram does not know this TELEGRAM_BOT_TOKEN (401): copy it again from @BotFather")
