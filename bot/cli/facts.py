"""`aftercare facts`: which source fact is used where."""

import json
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from bot.cli import verb_app
from bot.cli.says import settings
from bot.cli.words import shelf_of
from bot.library.ledger import UsedFact, used_facts

app = verb_app("facts")


@app.command()
def facts(*, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Exit status 1 when content uses no fact that it should, or does not refuse what it should."""
    found = used_facts(shelf_of(settings()))
    gaps = [fact for fact in found if fact.is_a_gap]
    if as_json:
        typer.echo(json.dumps([fact.as_json() for fact in found], indent=2, ensure_ascii=False))
    else:
        typer.echo("\n".join(_page(found, gaps)))
    raise typer.Exit(1 if gaps else 0)


def _page(found: Sequence[UsedFact], gaps: Sequence[UsedFact]) -> Iterator[str]:
    for fact in found:
        yield f"{fact.id}  {'+'.join(fact.use):<14} {_where(fact)}"
    yield f"{len(found)} facts, {len(gaps)} gaps{': ' if gaps else ''}{', '.join(fact.id for fact in gaps)}"


def _where(fact: UsedFact) -> str:
    if fact.is_a_gap:
        return "GAP: nothing rests on it, or its plain forms are not refused"
    return ", ".join((*fact.where, *fact.claims)) or f"- ({fact.reason})"
