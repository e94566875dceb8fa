"""`aftercare ask`: what the bot would answer now, and why."""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from bot.care.model.enrolment import Area, Enrolment, EnrolmentStatus, Surface
from bot.care.model.inbound import Heard
from bot.care.model.people import Patient
from bot.care.ports.hearing import Hearing
from bot.care.ports.words import MissingWords
from bot.cli import verb_app
from bot.cli.rehearsal import Answer, Rehearsal
from bot.cli.says import refuse, settings
from bot.cli.typed import language_of, treatment_of
from bot.cli.words import understood
from bot.compose.clocks import the_clock
from bot.library.shelf import ContentShelf
from scheduler.localtime import local_day

app = verb_app("ask")

MOST_DAYS = 3660
KINDS = {Heard.ESCALATED: "escalate", Heard.CLARIFYING: "clarify", Heard.UNMATCHED: "unknown"}
"""How an answer that is no approved topic is called; an out-of-scope family counts as unknown."""


@dataclass(frozen=True)
class Supposed:
    """Who asks: days since the session, days to the next one."""

    treatment: str
    day: int | None
    next_in: int | None
    surface: Surface | None
    area: Area
    language: str


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="What the patient writes.")],
    *,
    treatment: Annotated[str, typer.Option(help="Its id, or what staff type for it.")],
    day: Annotated[
        int | None, typer.Option(min=0, max=MOST_DAYS, help="Days after the session; none: before the first.")
    ] = None,
    next_in: Annotated[int | None, typer.Option(min=0, max=MOST_DAYS, help="Days to the next session.")] = None,
    surface: Annotated[Surface | None, typer.Option(help="What staff ticked; else the treatment's own.")] = None,
    area: Annotated[Area, typer.Option(help="Where the skin was treated.")] = Area.FACE,
    lang: Annotated[str | None, typer.Option(help="Else the clinic's first language.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """In the very words that a patient on that day would read."""
    if not text.strip():
        refuse('write what the patient asks, in quotes: aftercare ask "can I wear makeup" --treatment pico --day 2')
    if day is None and next_in is None:
        refuse("say when: --day 2 (days after the session), or --next-in 10 for somebody before the first session")
    chosen = settings()
    shelf, understanding = understood(chosen)
    supposed = Supposed(treatment_of(shelf, treatment), day, next_in, surface, area, language_of(shelf, lang))
    try:
        answer = answer_to(text, supposed, shelf, understanding, at=the_clock(chosen).now())
    except MissingWords as error:
        refuse(f"the answer has no words yet, see `aftercare check`: {error}")
    found = as_contract(answer, shelf.topics(supposed.language))
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False) if as_json else "\n".join(_page(found, answer)))


def answer_to(text: str, supposed: Supposed, shelf: ContentShelf, understanding: Hearing, *, at: datetime) -> Answer:
    """Raises `MissingWords`."""
    today = local_day(at, shelf.clinic.zone)
    enrolment = Enrolment(
        patient_id=0,
        treatment=supposed.treatment,
        surface=supposed.surface or shelf.protocols[supposed.treatment].surface,
        area=supposed.area,
        created_at=at,
        created_by=0,
        session_on=None if supposed.day is None else today - timedelta(days=supposed.day),
        next_on=None if supposed.next_in is None else today + timedelta(days=supposed.next_in),
        status=EnrolmentStatus.BOOKED if supposed.day is None else EnrolmentStatus.ACTIVE,
    )
    clinic = shelf.clinic
    patient = Patient("", "Anna", supposed.language, clinic.zone, clinic.country, created_at=at)
    return Rehearsal(shelf, understanding, patient, enrolment).answer(text, at=at)


def as_contract(answer: Answer, topics: Container[str]) -> dict[str, Any]:
    """The keys of `aftercare ask --json`."""
    flagged = answer.heard in (Heard.ESCALATED, Heard.CLARIFYING)
    told = answer.heard is Heard.ANSWERED and answer.topic in topics
    return {
        "kind": _kind(answer, told=told),
        "topic": answer.topic if told else None,
        "candidates": [candidate.topic for candidate in answer.match.candidates],
        "red_flag": answer.topic if flagged else None,
        "level": answer.level.value if flagged and answer.level is not None else None,
        "text": "\n\n".join(answer.texts),
        "reason": _reason(answer, told=told),
    }


def _kind(answer: Answer, *, told: bool) -> str:
    if answer.heard is Heard.ANSWERED and not told:
        return "unknown"
    return KINDS.get(answer.heard, "answer") if answer.heard is not None else "answer"


def _reason(answer: Answer, *, told: bool) -> str:
    match answer.heard:
        case Heard.ESCALATED | Heard.CLARIFYING:
            return answer.assessment.reason
        case Heard.COMMAND:
            return f"a word that stands alone is a deed: {answer.topic}"
        case Heard.ANSWERED if not told:
            return f"not ours to answer: {answer.topic} ({answer.match.reason})"
        case Heard.UNMATCHED:
            return f"not sure enough: {answer.match.reason}"
        case _:
            return answer.match.reason


def _page(found: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    what = found["topic"] or found["red_flag"] or "-"
    yield f"{found['kind']}  {what}  {found['level'] or ''}".rstrip()
    yield ""
    yield from (f"  {line}".rstrip() for line in found["text"].splitlines())
    yield ""
    yield from (f"  [{label}]" for label in answer.buttons)
    yield f"\nwhy: {found['reason']}"
    nearest = (f"{candidate.topic} {candidate.score:.2f}" for candidate in answer.match.candidates)
    yield f"closest topics: {', '.join(nearest)}"
