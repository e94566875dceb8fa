"""What `run` tells the person at the terminal: what has started, and how it ended."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version

from bot.care.model.delivery import DeliveryState
from bot.care.model.people import Role
from bot.care.model.standing import State
from bot.compose.alarms import described
from bot.compose.premises import Premises
from bot.records.refusing import shown
from bot.records.tally import Tally

HASH = 8
"""Characters that tell one set of words from another."""


def opening(premises: Premises, counted: Tally) -> Iterator[str]:
    settings = premises.settings
    yield f"aftercare {version('aftercare')}"
    yield f"bot        @{premises.telegram.username}, {_way_in(premises)}"
    yield f"database   {shown(settings.database)}"
    yield f"words      {_words(premises)}"
    yield f"patients   {counted.patients.get(State.ACTIVE, 0)} in care, {counted.patients.get(State.PAUSED, 0)} paused"
    oldest = f", the oldest since {counted.oldest_due:%Y-%m-%d %H:%M} UTC" if counted.oldest_due else ""
    yield f"due now    {counted.due}{oldest}"
    yield f"on duty    {_on_duty(counted)}"
    yield f"alarms     {alarms_line(described(settings))}"


def closing(states: Sequence[DeliveryState]) -> str:
    """How what was in flight when the end was asked for came out."""
    if not states:
        return "Stopped: nothing was in flight."
    ends = ", ".join(f"{count} {state.value}" for state, count in sorted(Counter(states).items()))
    return f"Stopped: of {len(states)} in flight {ends}."


def alarms_line(channels: Mapping[str, str]) -> str:
    """What rings beside Telegram."""
    named = ", ".join(f"{kind}: {where}" for kind, where in channels.items())
    return (
        f"also by {named}" if named else "BY TELEGRAM ALONE: ALARM_WEBHOOK_URL or ALARM_SMTP_URL add a second channel"
    )


def _way_in(premises: Premises) -> str:
    settings = premises.settings
    trial = f", a trial on {settings.telegram_api_url}" if settings.is_trial else ""
    return (
        f"called at {settings.webhook_url} (LISTEN={settings.listen}){trial}"
        if settings.webhook_url
        else f"polling{trial}"
    )


def _words(premises: Premises) -> str:
    library = premises.library
    name = library.shelf.version[:HASH]
    if library.on_last_good:
        count = len(library.report.faults)
        return f"{name}, THE LAST GOOD ONES: the folder has {count} faults, `aftercare check` names them"
    return f"{name}, as in {premises.settings.content_dir}"


def _on_duty(counted: Tally) -> str:
    team = [
        f"{counted.reachable.get(role, 0)} of {counted.team.get(role, 0)} {role.value}s reachable"
        for role in (Role.CLINICIAN, Role.ADMIN)
    ]
    desk = {None: "no desk yet (/desk in the staff's group)", False: "the desk NOT TESTED", True: "the desk"}[
        counted.desk
    ]
    if not counted.desk and not counted.reachable.get(Role.CLINICIAN):
        return f"NOBODY gets alerts yet: {desk}, {', '.join(team)}"
    return f"{desk}, {', '.join(team)}"
