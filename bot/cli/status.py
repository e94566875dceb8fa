"""`aftercare status`: how the clinic's bot stands, on one screen."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.care.model.delivery import DeliveryState
from bot.care.model.inbound import InboxState
from bot.care.model.on_call import Roster
from bot.care.model.people import Role
from bot.care.model.standing import State
from bot.cli import verb_app
from bot.cli.records import must_exist
from bot.cli.run_words import alarms_line
from bot.cli.says import refuse, settings
from bot.cli.words import inspected
from bot.compose.alarms import described
from bot.compose.clocks import the_clock
from bot.library.going_live import unapproved
from bot.library.last_good import LastGood
from bot.library.loading import Inspection
from bot.records.schema import HEAD
from bot.records.tally import NotCounted, Tally, tally
from bot.settings import Settings
from bot.understanding.learning import ENCODER

app = verb_app("status")

LISTENING = {
    True: "by what sentences mean and by their words",
    False: "BY WORDS ALONE, with fewer answers: `aftercare learn` fetches the sentence encoder",
}
TROUBLE = (DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.UNREACHABLE)
STATES = (State.ACTIVE, State.PAUSED, State.WAITING, State.STOPPED, State.UNREACHABLE)


@app.command()
def status(*, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Reads only: it needs no key, changes nothing and may run beside the bot."""
    chosen = settings()
    must_exist(chosen)
    now = the_clock(chosen).now()
    try:
        counted = tally(chosen.database, at=now)
    except NotCounted as error:
        refuse(str(error))
    inspection = inspected(chosen)
    zone = ZoneInfo("UTC") if inspection.shelf is None else inspection.shelf.clinic.zone
    found = {
        "schema": HEAD,
        "content": _content(chosen, inspection),
        "approvals": _approvals(inspection),
        "encoder": _has_encoder(chosen),
        "alarms": described(chosen),
        "on_call": _on_call(counted, zone, at=now),
        **_counts(counted),
    }
    typer.echo(json.dumps(found, indent=2) if as_json else "\n".join(_page(found)))


def _has_encoder(chosen: Settings) -> bool:
    """Whether what sentences mean takes part, or words alone have to do."""
    return (chosen.cache_dir / ENCODER).is_file()


def _on_call(counted: Tally, zone: ZoneInfo, *, at: datetime) -> dict[str, Any]:
    stretch = Roster(counted.shifts, counted.turns, zone).stretch(at)
    until = None if stretch.until is None else stretch.until.isoformat()
    return {"somebody": stretch.account in counted.able, "until": until}


def _content(chosen: Settings, inspection: Inspection) -> dict[str, Any]:
    """Which words a start would take now; what is kept on disk stays as it is."""
    shelf, report = inspection.shelf, inspection.report
    if shelf is not None and report.clean and (chosen.is_trial or not shelf.clinic.fictitious):
        return {"version": shelf.version, "on_last_good": False, "faults": 0}
    kept = LastGood(chosen.data_dir).recall()
    return {"version": None if kept is None else kept.version, "on_last_good": True, "faults": len(report.faults)}


def _approvals(inspection: Inspection) -> dict[str, list[str]]:
    """Treatments by whether a clinician stands for them as they are."""
    shelf = inspection.shelf
    if shelf is None:
        return {"approved": [], "not_approved": []}
    return {"approved": sorted(shelf.approved), "not_approved": list(unapproved(shelf))}


def _counts(counted: Tally) -> dict[str, Any]:
    """Counts, but `oldest_due` (an instant or null) and what is said of the desk."""
    oldest = counted.oldest_due
    return {
        "team": {
            role.value: {"members": counted.team.get(role, 0), "reachable": counted.reachable.get(role, 0)}
            for role in Role
        },
        "desk": {"set": counted.desk is not None, "reachable": bool(counted.desk), "strangers": counted.strangers},
        "messages": {
            "due": counted.due,
            "oldest_due": None if oldest is None else oldest.isoformat(),
            **{state.value: counted.deliveries.get(state, 0) for state in TROUBLE},
        },
        "updates": {
            state.value: counted.updates.get(state, 0) for state in (InboxState.WAITING, InboxState.QUARANTINED)
        },
        "alerts": {"open": counted.open_alerts},
        "unanswered": {"waiting": counted.unanswered},
        "patients": {state.value: counted.patients.get(state, 0) for state in STATES},
    }


def _page(found: Mapping[str, Any]) -> Iterator[str]:
    messages, updates, content = found["messages"], found["updates"], found["content"]
    yield f"schema      {found['schema']}"
    yield f"content     {_words(content)}"
    yield f"approvals   {_approved(found['approvals'])}"
    yield f"listening   {LISTENING[found['encoder']]}"
    yield "team        " + ", ".join(
        f"{role} {of['members']} ({of['reachable']} reachable)" for role, of in found["team"].items()
    )
    yield f"desk        {_desk(found['desk'])}"
    yield f"on call     {_turn(found['on_call'])}"
    yield f"alarms      {alarms_line(found['alarms'])}"
    due = f", the oldest since {messages['oldest_due']}" if messages["oldest_due"] else ""
    yield f"due now     {messages['due']}{due}"
    yield "messages    " + ", ".join(f"{messages[state.value]} {state.value}" for state in TROUBLE)
    yield f"updates     {updates['waiting']} waiting, {updates['quarantined']} quarantined"
    yield f"alerts      {found['alerts']['open']} not closed"
    yield f"unanswered  {found['unanswered']['waiting']} waiting to be learned: /unanswered"
    yield "patients    " + ", ".join(f"{count} {state}" for state, count in found["patients"].items())


def _words(content: Mapping[str, Any]) -> str:
    if not content["on_last_good"]:
        return f"{content['version']}, as in the folder"
    kept = content["version"] or "NONE KEPT"
    return f"{kept}, THE LAST GOOD ONE: the folder cannot go live, see `aftercare check`"


def _approved(approvals: Mapping[str, Sequence[str]]) -> str:
    given, open_ = (", ".join(approvals[name]) for name in ("approved", "not_approved"))
    if not open_:
        return given or "NONE"
    return f"{given or 'none'}; NOT APPROVED, test patients only: {open_} (/content, Sign-off)"


def _turn(on_call: Mapping[str, Any]) -> str:
    until = f", until {on_call['until']}" if on_call["until"] else ""
    return f"somebody{until}" if on_call["somebody"] else f"NOBODY{until}: /oncall puts somebody on call"


def _desk(desk: Mapping[str, int]) -> str:
    if not desk["set"]:
        return "NONE: an admin types /desk in the staff's group"
    if desk["strangers"]:
        return f"PAUSED: {desk['strangers']} in its group are not on the team; /staff says who, an admin decides"
    return "reachable" if desk["reachable"] else "NOT TESTED: its test alert was not answered"
