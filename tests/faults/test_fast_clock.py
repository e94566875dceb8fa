"""`aftercare run` by a fast clock walks a whole course and leaps over none of its days."""

import re
import signal
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.ports.records import Work
from bot.playground.world import Message
from scheduler.localtime import local_day
from tests.faults.clinic import Clinic
from tests.faults.waiting import until

AFTERNOON = datetime(2026, 11, 20, 12, 20, tzinfo=UTC)
LAST = "PS-42"
UNSENT = frozenset({DeliveryState.CANCELLED})
"""Rows whose condition does not hold on their day, such as asking again."""
DAYS = ("Day 1.", "Day 2.", "Day 3.", "Day 7.", "Day 14.", "Day 28.", "Day 42.")


async def test_every_step_of_the_course_arrives_on_its_own_day(clinic: Clinic) -> None:
    anna = await _agreed(clinic)
    planned = {(row.step, row.occurrence): row.due_at for row in clinic.do(_steps)}

    await clinic.open_up(CLOCK_START=(AFTERNOON + timedelta(minutes=10)).isoformat(), CLOCK_RATE="2000000")
    await until(partial(_is_walked, clinic))
    zone, rows = clinic.do(lambda work: (work.patients.get(1).zone, _steps(work)))

    late = [row for row in rows if row.sent_at and local_day(row.sent_at, zone) != local_day(row.due_at, zone)]
    assert late == []
    assert {row.state for row in rows} <= {DeliveryState.SENT, DeliveryState.FOLDED} | UNSENT
    assert {(row.step, row.occurrence) for row in rows} >= set(planned)
    said = "\n".join(clinic.texts(anna))
    assert [day for day in DAYS if day not in said] == []
    assert clinic.playground.refusals == []


async def _agreed(clinic: Clinic) -> int:
    """Anna, enrolled by a command and agreed by her own taps, at a clock that goes like any other."""
    bot = await clinic.open_up(CLOCK_START=AFTERNOON.isoformat())
    clinic.people.write(clinic.staff, clinic.desk, "/enroll Anna picosure")
    # a group takes eighteen messages a minute: forty mornings would hold up the clock
    clinic.people.write(clinic.staff, clinic.desk, "/digest off")
    await clinic.until(partial(_payload, clinic))
    anna = clinic.people.new_person("Anna").id
    clinic.people.start(anna, _payload(clinic))
    for label in ("Yes", "I agree"):
        message, data = await clinic.playground.telegram.journal.until(partial(_button, clinic, anna, label))
        clinic.people.tap(anna, anna, message.message_id, data)
    await clinic.until(lambda: clinic.do(_steps))
    assert await bot.ended_by(signal.SIGTERM) == 0
    return anna


def _payload(clinic: Clinic) -> str:
    found = re.search(r"\?start=([\w-]+)", "\n".join(clinic.texts(clinic.desk)))
    return found[1] if found else ""


def _button(clinic: Clinic, chat: int, label: str) -> tuple[Message, str] | None:
    for message in clinic.heard(chat):
        for row in (message.buttons or {}).get("inline_keyboard", ()):
            for button in row:
                if label in button["text"]:
                    return message, button["callback_data"]
    return None


def _steps(work: Work) -> list[Delivery]:
    return [row for one in work.enrolments.course(1) for row in work.outbox.of_enrolment(one.id) if row.step]


async def _is_walked(clinic: Clinic) -> bool:
    rows = clinic.do(_steps)
    return all(row.state.final for row in rows) and any(row.step == LAST for row in rows)
