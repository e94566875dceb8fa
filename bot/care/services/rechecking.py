"""Whether a planned row may still leave at this moment: consent, status, pause, quiet hours, conditions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.conditions import Known, is_gate, is_met
from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.enrolment import Enrolment, EnrolmentStatus
from bot.care.model.hold import EVERYTHING
from bot.care.model.pausing import is_silenced
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Moment, Protocol, Step
from bot.care.model.words import Facts
from bot.care.ports.words import Shelf
from scheduler.localtime import SENDING_HOURS, local_day, next_inside

CUT_OFF = "cannot be reached"
"""Why a row ended that waited for a chat which is blocked or gone."""
HOLDS_FOR = timedelta(minutes=10)
"""After which it is asked again whether a message is still on hold."""


@dataclass(frozen=True)
class Held:
    """It is not sent, and this is its named end."""

    state: DeliveryState
    reason: str


@dataclass(frozen=True)
class Later:
    due_at: datetime


@dataclass(frozen=True)
class Row:
    """A waiting row and its step."""

    delivery: Delivery
    step: Step


@dataclass(frozen=True)
class Scene:
    """What is known of one patient at the moment of sending."""

    shelf: Shelf
    known: Known
    rows: Sequence[Delivery]
    facts: Facts
    at: datetime
    talking: bool = False
    """A person of the clinic and the patient are talking right now."""
    on_hold: frozenset[tuple[str, str]] = frozenset()
    """Treatment and step of what staff hold."""

    @property
    def patient(self) -> Patient:
        return self.known.patient

    @property
    def enrolment(self) -> Enrolment:
        return self.known.enrolment


def barred(patient: Patient, enrolment: Enrolment) -> Held | None:
    """Nothing unasked without consent, after STOP, to a blocked chat, or about a session that is over."""
    if not patient.may_be_written_to:
        return Held(DeliveryState.CANCELLED, "stopped" if patient.stopped_at else "no consent")
    if patient.unreachable_since is not None:
        return Held(DeliveryState.CANCELLED, CUT_OFF)
    if enrolment.status not in (EnrolmentStatus.ACTIVE, EnrolmentStatus.BOOKED):
        return Held(DeliveryState.CANCELLED, f"course {enrolment.status.value}")
    return None


def hold(
    delivery: Delivery, protocol: Protocol, on_hold: frozenset[tuple[str, str]], *, at: datetime
) -> Held | Later | None:
    """While staff hold this message it waits; what they sent again goes. `on_hold`: treatment and step."""
    if not delivery.unasked or not on_hold & {EVERYTHING, (protocol.id, delivery.step)}:
        return None
    later, until = at + HOLDS_FOR, delivery.useful_until
    if until is None or later <= until:
        return Later(later)
    return Held(DeliveryState.EXPIRED, "on hold until it was too late")


def is_held(delivery: Delivery, scene: Scene) -> bool:
    return hold(delivery, scene.known.protocol, scene.on_hold, at=scene.at) is not None


def objection(row: Row, scene: Scene) -> Held | Later | None:
    """Why this row may not leave now; None when it may."""
    if row.delivery.unasked and _is_paused(row.step, scene):
        return Held(DeliveryState.CANCELLED, "paused")
    if row.step.anchor is Anchor.SESSION and _is_unsettled(scene):
        return Held(DeliveryState.CANCELLED, "the next session's day has come")
    if scene.enrolment.provisional and is_gate(row.step):
        # revived once staff confirm that the session took place
        return Held(DeliveryState.CANCELLED, "day 0 is not confirmed")
    if not is_met(row.step, scene.known):
        return Held(DeliveryState.CANCELLED, "its condition does not hold")
    if any(_is_asked_today(other, row, scene) for other in scene.rows):
        return Held(DeliveryState.CANCELLED, "asked today already")
    inside = next_inside(scene.at, SENDING_HOURS, scene.patient.zone)
    if inside <= scene.at or _is_at_once(row, scene):
        return None
    until = row.delivery.useful_until
    if until is not None and inside > until:
        return Held(DeliveryState.EXPIRED, "no longer useful after the night")
    return Later(inside)


def _is_paused(step: Step, scene: Scene) -> bool:
    return is_silenced(step, scene.known.protocol.surface, scene.patient.paused_until, on=scene.known.on)


def _is_asked_today(other: Delivery, row: Row, scene: Scene) -> bool:
    """What is repeated was held up until the day of its repetition: it leaves now, or has left today."""
    if other.step != row.step.repeats or other.occurrence != row.delivery.occurrence:
        return False
    left = _left_at(other, scene.rows)
    if left is None:
        return not other.state.final
    return local_day(left, scene.patient.zone) == scene.known.on


def _left_at(row: Delivery, rows: Sequence[Delivery]) -> datetime | None:
    """When it was said: by itself, or by the message into which it was folded."""
    if row.state is not DeliveryState.FOLDED:
        return row.sent_at
    return next((other.sent_at for other in rows if row.reason == f"into {other.id}"), None)


def _is_unsettled(scene: Scene) -> bool:
    """From the next session's day on nothing of the old plan leaves until staff say what became of it."""
    next_on = scene.enrolment.next_on
    return next_on is not None and scene.known.on >= next_on


def _is_at_once(row: Row, scene: Scene) -> bool:
    """The first message answers the patient's own tap, and day 0 its session's end: at any hour."""
    consent = scene.patient.consent
    first = consent is not None and row.delivery.due_at == consent.at
    return first or row.step.moment is Moment.SESSION_END
