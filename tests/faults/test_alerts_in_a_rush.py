"""However many messages are due, a person of the clinic has an alert within five seconds."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest

from bot.care.model.on_call import Shift
from bot.care.model.triage import Level
from bot.care.ports.records import Work
from bot.playground.limits import Limits
from bot.records.delivery_rows import columns
from bot.records.outbox_tables import DeliveryRow
from bot.records.tables import table
from bot.records.transaction import Transaction
from bot.records.work import SqlWork
from tests.faults.clinic import Clinic, a_note
from tests.faults.crowd import FLAG
from tests.faults.waiting import pause, until

BACKLOG, CHATS = 20_000, 1_200
ALERTS, EVERY = 17, 1.0
"""In a third of a minute, as many as Telegram takes for one group in a whole one."""
PROMISED = 5.0
"""Seconds from the patient's message to one of the clinic's phones, in 99 of 100 cases (D21)."""


@dataclass(repr=False)
class Rush:
    clinic: Clinic
    chats: list[int]
    patients: dict[int, str] = field(default_factory=dict)
    """Chat -> code."""
    took: list[float] = field(default_factory=list)

    def sent(self) -> int:
        return sum(len(self.clinic.heard(chat)) for chat in self.chats)

    async def alert(self, chat: int) -> None:
        """From a patient's words to the first phone of the clinic that shows their code."""
        started = time.monotonic()
        self.clinic.people.write(chat, chat, FLAG)
        await self.clinic.until(partial(self._is_known, self.patients[chat]))
        self.took.append(time.monotonic() - started)

    def _is_known(self, code: str) -> bool:
        places = (self.clinic.desk, self.clinic.staff)
        return any(f"{code}\n" in text for place in places for text in self.clinic.texts(place))


def fill(work: Work, rush: Rush) -> None:
    """Somebody is on call, the patients are in care, and everything else is due now."""
    clinic = rush.clinic
    work.on_call.add(Shift(clinic.staff, clinic.begun - timedelta(hours=1), clinic.begun + timedelta(hours=9)))
    for number in range(ALERTS):
        chat = clinic.arrive(f"Q{number}")
        rush.patients[chat] = clinic.admit(work, f"Q{number}", chat)[0].code
    assert isinstance(work, SqlWork)
    transaction: Transaction = work.outbox.transaction
    notes = [a_note(rush.chats[n % CHATS], f"note {n}", clinic.begun) for n in range(BACKLOG)]
    transaction.connection.execute(table(DeliveryRow).insert(), [columns(note, transaction) for note in notes])


@pytest.mark.measured
@pytest.mark.timeout(180)
async def test_a_person_has_an_alert_within_five_seconds_while_twenty_thousand_messages_leave(clinic: Clinic) -> None:
    clinic.playground._api.pace._limits = Limits()
    rush = Rush(clinic, [clinic.arrive(f"P{number}") for number in range(CHATS)])
    clinic.do(partial(fill, rush=rush))
    await clinic.open_up()
    await until(partial(_has_begun, rush))

    before = rush.sent()
    waiting = []
    for chat in rush.patients:
        waiting.append(asyncio.create_task(rush.alert(chat)))
        await pause(EVERY)
    await asyncio.gather(*waiting)

    assert max(rush.took) <= PROMISED, rush.took
    assert before + 2 * ALERTS < rush.sent() < BACKLOG, "the others leave all the while"
    levels = clinic.do(lambda work: {case.level for case in work.escalations.open()})
    assert levels == {Level.URGENT}


async def _has_begun(rush: Rush) -> bool:
    return rush.sent() > 50
