"""An untaken alert climbs at its minute: by the rounds of a running house, on a clock that is only set ahead once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.care.model.delivery import Delivery
from bot.care.model.escalation import Escalation
from bot.care.model.people import Consent, Contact, Desk, Member, Role
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.ringing import rows_of
from bot.compose.premises import open_premises, running
from bot.play import NO_ALARMS
from bot.playground.playground import Playground
from bot.playground.serving import serve
from bot.settings import load
from scheduler.clock import SystemClock
from tests.faults.waiting import until
from tests.own_content import CONTENT
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls
from tests.records.builders import a_patient

PUS = "pus is coming out and I have fever"
TEN_MINUTES, EXACTLY = timedelta(minutes=10), timedelta(seconds=5)


@dataclass
class AheadClock:
    """The machine's time and a leap: no trial's clock, so that only the rounds of `run` look."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return SystemClock().now() + self.ahead


@pytest.mark.measured
async def test_an_urgent_alert_nobody_takes_climbs_after_ten_minutes_within_five_seconds(tmp_path: Path) -> None:
    clock = AheadClock()
    playground = Playground(HandTurnedControls(clock.now()), bot_token=TOKEN, bot_name=BOT_NAME)
    anna, maria = (playground.people.new_person(name).id for name in ("Anna", "Maria"))
    for person in (anna, maria):
        playground.people.start(person)
    desk = playground.belonging.new_group(maria, "Desk", [playground.telegram.bot.id]).id
    playground.telegram.inbox.clear()

    def settle(work: Work) -> None:
        now = clock.now()
        work.team.add(Member(maria, "Maria", Role.ADMIN, now, tested_at=now))
        work.team.set_desk(Desk(Contact(desk), "Desk", is_forum=False, set_by=maria, set_at=now, tested_at=now))
        work.patients.add(a_patient(contact=Contact(anna), consent=Consent(now, "v1", "en")))

    async with serve(playground.app) as url:
        settings = load(
            telegram_bot_token=TOKEN, telegram_api_url=url, data_dir=tmp_path / "data", content_dir=CONTENT,
            database_url="", webhook_url="", clock_start=None, clock_rate=None, **NO_ALARMS,
        )  # fmt: skip
        async with open_premises(settings, clock) as premises:
            records = premises.database
            await records.write(settle)
            async with running(premises):
                playground.people.write(anna, anna, PUS)

                async def climbed() -> Sequence[datetime]:
                    return await records.read(lambda work: [_left(row) for row in _climbs(work) if row.sent_at])

                async def is_open() -> bool:
                    return bool(await records.read(_cases))

                await until(is_open)
                (case,) = await records.read(_cases)
                clock.ahead = case.opened_at + TEN_MINUTES - timedelta(seconds=3) - SystemClock().now()
                await until(climbed)
                left = await climbed()

    assert TEN_MINUTES <= left[0] - case.opened_at <= TEN_MINUTES + EXACTLY


def _cases(work: Work) -> Sequence[Escalation]:
    return work.escalations.open()


def _climbs(work: Work) -> Sequence[Delivery]:
    return [row for case in _cases(work) for row in rows_of(work, case) if row.purpose is Purpose.CLIMB]


def _left(row: Delivery) -> datetime:
    assert row.sent_at is not None
    return row.sent_at
