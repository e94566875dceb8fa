"""`aftercare audit`: is the record of who did what still whole?"""

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.care.model.inbound import AuditEvent
from bot.care.ports.records import Work
from bot.cli import verb_app
from bot.cli.records import looked_into
from bot.cli.says import settings

app = verb_app("audit")


@app.command()
def audit(
    *, last: Annotated[int, typer.Option("--last", metavar="N", min=0, help="Show the newest N rows too.")] = 0
) -> None:
    """Walks every row from the first. Exit status 1, and the row, where one was changed, removed or added."""
    with looked_into(settings()) as database:
        broken, newest = asyncio.run(database.read(lambda work: _look(work, last)))
    for event in newest:
        typer.echo(
            f"{event.at:%Y-%m-%d %H:%M:%SZ}  {event.actor}  {event.deed}  {event.subject}  {event.detail}".rstrip()
        )
    if broken is not None:
        typer.echo(f"aftercare: the audit is broken at row {broken}: it does not follow from the one before", err=True)
        raise typer.Exit(1)
    typer.echo("The audit is whole.")


def _look(work: Work, last: int) -> tuple[int | None, Sequence[AuditEvent]]:
    broken = work.audit.verify()
    # a row that was tampered with may not open any more
    return broken, () if broken is not None or not last else work.audit.tail(last)
