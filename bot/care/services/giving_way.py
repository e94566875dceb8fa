"""What comes by plan gives way to a talk with a person, and to the two messages a day that come first."""

from datetime import date, datetime, timedelta

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.protocol import Anchor, Moment, Step
from bot.care.model.timetable import MOST_A_DAY
from bot.care.services.rechecking import Held, Later, Row, Scene, is_held
from bot.care.services.talking import QUIET
from scheduler.localtime import SENDING_HOURS, instant, local_day


def gives_way(row: Row, scene: Scene) -> Held | Later | None:
    """Why this row may not leave by itself now; rows that share its message are not asked.

    What staff sent again gives way to nothing: they were told that it goes.
    """
    if not row.delivery.unasked:
        return None
    return _to_a_talk(row, scene) or _to_two_others(row, scene)


def _to_a_talk(row: Row, scene: Scene) -> Later | None:
    """What is not for the patient's safety waits, as long as it stays useful."""
    later = scene.at + QUIET
    is_safety = row.step.alarm or row.step.moment is Moment.SESSION_END
    return Later(later) if scene.talking and not is_safety and _is_useful(row, at=later) else None


def _to_two_others(row: Row, scene: Scene) -> Held | Later | None:
    """A third message of a day joins one that is coming, else waits for the morning.

    The plan keeps the limit by itself; only what was held up, or planned anew in the middle of a day, can break it.
    """
    is_held_up = row.step.anchor is Anchor.SESSION and row.step.day != scene.known.day
    if row.step.moment is Moment.SESSION_END or (_is_check_in(row.step) and not is_held_up):
        return None
    left = sum(_has_left_today(other, scene) for other in scene.rows)
    coming = sorted({other.due_at for other in scene.rows if _comes_today(other, row, scene)})
    if left + 1 + len(coming) <= MOST_A_DAY:
        return None
    if coming and _is_useful(row, at=coming[0]):
        return Later(coming[0])
    if left < MOST_A_DAY and not is_held_up:
        return None
    morning = instant(scene.known.on + timedelta(days=1), SENDING_HOURS.opens, scene.patient.zone)
    if _is_useful(row, at=morning):
        return Later(morning)
    return Held(DeliveryState.EXPIRED, "two messages of today come first")


def _is_check_in(step: Step) -> bool:
    """An alarm check-in leaves while somebody can act on its answer."""
    return step.alarm and step.anchor is Anchor.SESSION


def _has_left_today(other: Delivery, scene: Scene) -> bool:
    step = scene.known.protocol.step(other.step)
    is_day_0 = step is not None and step.moment is Moment.SESSION_END
    return other.sent_at is not None and not is_day_0 and _day(other.sent_at, scene) == scene.known.on


def _comes_today(other: Delivery, row: Row, scene: Scene) -> bool:
    is_waiting = other.state is DeliveryState.SCHEDULED and other.id != row.delivery.id and not is_held(other, scene)
    return is_waiting and other.due_at > scene.at and _day(other.due_at, scene) == scene.known.on


def _is_useful(row: Row, *, at: datetime) -> bool:
    return row.delivery.useful_until is None or at <= row.delivery.useful_until


def _day(at: datetime, scene: Scene) -> date:
    return local_day(at, scene.patient.zone)
