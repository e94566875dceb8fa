"""The clinic's whole front door over records in memory: real updates come in, and what each of them changed is seen."""

import asyncio
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count
from typing import Any

from bot.care.house import House
from bot.care.model.delivery import Act, ActKind, Button, Keyboard
from bot.care.model.inbound import Sender
from bot.care.model.people import Consent, Contact
from bot.care.model.purpose import Purpose
from bot.care.services.posting import put
from bot.chat.application import CareBot, application
from bot.chat.doorway import CareApplication, Doorway, NotAPerson
from bot.chat.handlers.taps import MOST_SPINNERS
from bot.chat.intake import Intake
from tests.care.scene import CLARA, FRIDAY_NOON, MARIA, RITA, Scene, a_scene

Json = dict[str, Any]
UNSEEN = frozenset({"updates", "audit", "deliveries", "taps", "flows", "ids", "rejections", "ended"})
"""Tables that a mere refusal may touch."""
REFUSALS = (Purpose.REFUSAL, Purpose.STRANGER)


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"
    SILENT = "silent"


@dataclass(frozen=True)
class Seen:
    """What one update did."""

    outcome: Outcome
    refused: tuple[str, ...] = ()
    """What was refused, by the names of the matrix."""
    changed: tuple[str, ...] = ()
    """Tables with other rows than before; a refusal changes none."""
    said: frozenset[str] = field(default=frozenset(), compare=False)
    """What the answers were for."""


@dataclass(repr=False)  # asyncio writes down what a fixture gave, and this is a whole clinic
class FrontDoor:
    scene: Scene
    house: House
    care: CareApplication
    tokens: dict[tuple[int, str, str], tuple[int, str]] = field(default_factory=dict)
    """Chat, for whom, deed -> the message under which its button hangs, and the button's id."""
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    errors: list[Exception] = field(default_factory=list)

    async def receives(self, kind: str, body: Json) -> Seen:
        """Then everything is again as it was."""
        memory = self.scene.records.memory
        before = memory.snapshot()
        # a new one each time: nobody has written too much yet
        intake = Intake(self.scene.records, self.house, self.care, self.scene.clock)
        await intake.store([{"update_id": next(self.numbers), kind: body}])
        await intake.settled()
        seen = self._seen(before)
        memory.restore(before)
        if self.errors:
            raise self.errors[0]
        return seen

    def has_its_hands_full(self) -> None:
        """As many taps are being answered as may be at once: one more is handled like any, and its answer left out."""
        others = (asyncio.create_task(asyncio.sleep(0)) for _ in range(MOST_SPINNERS))
        self.care.bot_data.spinners.update(others)

    async def note_error(self, _: object, context: Doorway) -> None:
        if context.error is not None and not isinstance(context.error, NotAPerson):
            self.errors.append(context.error)

    def hang(self, chat: int, who: str, args: dict[str, tuple[str, ...]]) -> None:
        """Every button there is under one message."""
        keyboard: Keyboard = tuple((Button(deed, deed, values),) for deed, values in args.items())
        act = Act(ActKind.SEND, Contact(chat), "buttons", keyboard)
        hung = put(self.scene.work, act, at=self.scene.clock.now(), purpose=Purpose.PLAIN)
        self.scene.deliver()
        message = self.scene.work.outbox.get(hung.id).message_id or 0
        for tap in self.scene.records.memory.taps.values():
            if tap.delivery_id == hung.id:
                self.tokens[chat, who, tap.deed] = message, tap.token

    def _seen(self, before: dict[str, dict[Any, Any]]) -> Seen:
        memory = self.scene.records.memory
        now = memory.snapshot()
        sent = [row for number, row in now["deliveries"].items() if number not in before["deliveries"]]
        audited = [event for number, event in now["audit"].items() if number not in before["audit"]]
        unseen = UNSEEN
        if any(event.deed == "guest-met" for event in audited):
            # that somebody unknown is in the group is noted whatever they do there, and is nothing that they may do
            sent = [row for row in sent if row.purpose is not Purpose.GUARD]
            audited, unseen = [event for event in audited if event.deed != "guest-met"], UNSEEN | {"guests"}
        refused = tuple(event.subject for event in audited if event.deed == "refused")
        changed = tuple(name for name, rows in now.items() if name not in unseen and rows != before[name])
        is_refusal = all(row.purpose in REFUSALS for row in sent) and len(refused) == len(audited)
        did = Outcome.DONE if changed or not is_refusal else Outcome.REFUSED if sent else Outcome.SILENT
        return Seen(did, refused, changed, frozenset(row.purpose for row in sent))


async def front_door(bot: CareBot) -> FrontDoor:
    """Anna is in care and has agreed; Olga was on the team and is no more; one alert is open, one link to the team."""
    scene = a_scene()
    scene.enrol("Anna picosure next=+4w", by=MARIA)
    scene.join()
    alerting = scene.office.escalating.alerting
    alerting.raise_alert(scene.work, scene.people()[0], level=None, reason="help", words="?", at=scene.clock.now())
    scene.office.staffing.command(scene.work, MARIA, "invite clinician")
    scene.deliver()
    care = application(bot)
    await care.initialize()
    door = FrontDoor(scene, scene.office, care)
    care.add_error_handler(door.note_error)
    return door


def member_state(door: FrontDoor, state: str, who: Sender) -> None:
    """How it stands with somebody of the team."""
    work = door.scene.work
    member = work.team.member(who.account)
    if member is None:
        return
    work.team.save(replace(member, tested_at=FRIDAY_NOON if state == "reached" else None))
    if state == "in care too":
        patient = door.scene.people()[0]
        work.patients.save(replace(patient, contact=Contact(who.chat)))


def patient_state(door: FrontDoor, state: str) -> None:
    """How it stands with Anna."""
    work, at = door.scene.work, door.scene.clock.now()
    patient = door.scene.people()[0]
    enrolment = work.enrolments.course(patient.id)[0]
    match state:
        case "not agreed":
            work.patients.save(replace(patient, consent=None))
        case "paused":
            work.patients.save(replace(patient, paused_until=at.date()))
        case "stopped":
            work.patients.save(patient.stop(at=at))
        case "blocked":
            work.patients.save(replace(patient, unreachable_since=at))
        case "asked to be deleted":
            work.patients.save(replace(patient, deletion_asked_at=at))
        case "course over":
            work.enrolments.save(enrolment.close(at=at))
        case "photos too":
            work.patients.save(replace(patient, consent=Consent(at, "v1", "en", photos=True)))


def stands(door: FrontDoor, who: str, state: str) -> None:
    """It stands so with this one from now on."""
    if who == "patient":
        patient_state(door, state)
    elif who in TEAM:
        member_state(door, state, TEAM[who])


TEAM = {"admin": MARIA, "clinician": CLARA, "reception": RITA}
