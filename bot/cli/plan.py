"""`aftercare plan`: what a patient would get and when, without enrolling anybody."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from textwrap import wrap
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.care.model.enrolment import Area, Surface
from bot.care.model.texts import flat
from bot.care.ports.words import MissingWords
from bot.care.services.foretelling import Supposed, foretell
from bot.care.services.telling import Telling
from bot.cli import verb_app
from bot.cli.says import refuse, settings
from bot.cli.typed import a_date, a_zone, an_hour, language_of, treatment_of
from bot.cli.words import shelf_of
from bot.library.dates import BabelDates
from bot.library.shelf import ContentShelf

app = verb_app("plan")

CONTRACT = ("steps", "anchor", "day", "at", "useful_until", "late", "asks", "text", "buttons")
"""Keys of a message in `--json`."""
Plan = Mapping[str, Any]
WIDTH, HARD = 100, "\N{NO-BREAK SPACE}"
INSIDE: dict[str, Any] = {"initial_indent": "  ", "subsequent_indent": "  ", "break_on_hyphens": False}


@app.command()
def plan(
    treatment: Annotated[
        str, typer.Argument(help="Its id, or what staff type for it; two on one day: picosure+acne-laser.")
    ],
    *,
    session: Annotated[date, typer.Option(parser=a_date, metavar="DATE", help="Day 0, like 2026-11-20.")],
    ended: Annotated[time, typer.Option(parser=an_hour, metavar="HH:MM", help="When it ended.")] = "17:00",  # type: ignore[assignment]
    next_on: Annotated[date | None, typer.Option("--next", parser=a_date, metavar="DATE", help="Next session.")] = None,
    surface: Annotated[Surface | None, typer.Option(help="What staff ticked; else the treatment's own.")] = None,
    area: Annotated[Area, typer.Option(help="Where the skin was treated.")] = Area.FACE,
    zone: Annotated[ZoneInfo | None, typer.Option(parser=a_zone, metavar="ZONE", help="Else the clinic's.")] = None,
    lang: Annotated[str | None, typer.Option(help="Else the clinic's first language.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Every message with its day, hour, words and buttons, and the days on which something is off."""
    if next_on is not None and next_on <= session:
        refuse(f"the next session ({next_on}) must be later than the session ({session})")
    shelf = shelf_of(settings())
    treatments = _deepest_first(shelf, treatment)
    supposed = Supposed(
        treatments[0],
        session,
        zone or shelf.clinic.zone,
        language_of(shelf, lang),
        ended=ended,
        next_on=next_on,
        surface=surface,
        area=area,
        also=treatments[1:],
    )
    try:
        found = foretell(supposed, shelf, Telling(BabelDates()))
    except MissingWords as error:
        refuse(f"a message has no words yet, see `aftercare check`: {error}")
    typer.echo(json.dumps(_contract(found), indent=2, ensure_ascii=False) if as_json else "\n".join(_page(found)))


def _deepest_first(shelf: ContentShelf, typed: str) -> tuple[str, ...]:
    """`picosure+acne-laser`: two on one day are one plan."""
    found = dict.fromkeys(treatment_of(shelf, part.strip()) for part in typed.split("+"))
    return tuple(sorted(found, key=lambda treatment: -shelf.protocols[treatment].surface.depth))


def _contract(found: Plan) -> Plan:
    messages = [{key: message[key] for key in CONTRACT} for message in found["messages"]]
    return {**found, "messages": [{**message, "text": flat(message["text"])} for message in messages]}


def _page(found: Plan) -> Iterator[str]:
    yield f"{found['treatment']}, hours on the clock of {found['zone']}"
    for message in found["messages"]:
        yield from _message(message)
    yield "\nOff, from the first day to the day it is allowed again (head-raised, spf-daily: asked for):"
    yield from (f"  {thing:<17} {_stretches(stretches)}" for thing, stretches in found["windows"].items())


def _message(message: Mapping[str, Any]) -> Iterator[str]:
    sign = "D+" if message["anchor"] == "session" else "N-"
    steps = ", ".join(message["steps"])
    yield f"\n--- {_moment(message['at'])}   {sign}{message['day']}   {steps}"
    yield f"    useful until {_moment(message['useful_until'])}, later: {message['late']}{_only_if(message['only_if'])}"
    yield ""
    for line in flat(message["text"]).splitlines():
        yield from wrap(line, WIDTH, **INSIDE) or [""]
    yield ""
    # a button is never broken in two
    buttons = "  ".join(f"[{label}]".replace(" ", HARD) for label in message["buttons"])
    yield from (line.replace(HARD, " ") for line in wrap(buttons, WIDTH, **INSIDE))


def _only_if(names: Sequence[str]) -> str:
    return f", only if {', '.join(names)}" if names else ""


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso):%a %Y-%m-%d %H:%M}"


def _stretches(stretches: Sequence[Mapping[str, str | None]]) -> str:
    return "; ".join(f"{one['from']} to {one['to'] or 'no end'}" for one in stretches) or "never"
