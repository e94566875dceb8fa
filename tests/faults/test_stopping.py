"""Told to stop, the bot lands what is in flight; where it may not start, it says why in one sentence."""

import asyncio
import signal
import time
from datetime import timedelta
from functools import partial

from bot.care.model.delivery import DeliveryState
from bot.care.ports.records import Work
from bot.playground.faults import Trouble
from tests.faults.clinic import Clinic, a_note
from tests.faults.door import door_to
from tests.faults.waiting import until
from tests.own_content import CONTENT
from tests.playground.world import BOT_NAME

GRACE = 20.0


async def test_a_message_in_flight_lands_before_the_bot_is_gone_and_is_not_sent_again(clinic: Clinic) -> None:
    anna = clinic.arrive("Anna")
    clinic.do(lambda work: work.outbox.add(a_note(anna, "due now", clinic.begun)))
    clinic.faults.add(Trouble.DELAY, method="sendMessage", chat=anna, seconds=2)
    bot = await clinic.open_up()
    await clinic.faults.hit()

    began = time.monotonic()
    status = await bot.ended_by(signal.SIGTERM)
    took = time.monotonic() - began
    states = clinic.do(_states)
    await clinic.open_up()
    clinic.people.write(anna, anna, "/help")
    await clinic.until(lambda: len(clinic.texts(anna)) == 2)

    assert (status, states) == (0, [DeliveryState.SENT])
    assert took < GRACE
    assert "Stopping: 1 in flight ...\n" in bot.lines
    assert bot.lines[-1] == "Stopped: of 1 in flight 1 sent.\n"
    assert clinic.texts(anna)[0] == "due now"


async def test_it_says_what_it_starts_with_before_it_listens(clinic: Clinic) -> None:
    clinic.do(lambda work: clinic.admit(work, "Anna", 501))
    clinic.do(lambda work: work.outbox.add(a_note(501, "due tomorrow", clinic.begun + timedelta(days=1))))

    bot = await clinic.open_up()

    told = dict(line.split(maxsplit=1) for line in bot.lines if not line.startswith("{"))
    assert told["bot"].startswith(f"@{BOT_NAME}, polling")
    assert told["database"].startswith("SQLite, ")
    assert told["words"].endswith(f", as in {CONTENT}\n")
    assert told["patients"] == "1 in care, 0 paused\n"
    assert told["due"] == "now    0\n"
    assert told["on"] == "duty    the desk, 0 of 0 clinicians reachable, 1 of 1 admins reachable\n"
    assert bot.lines[-1] == f"@{BOT_NAME} is listening.\n"


async def test_it_can_be_stopped_while_telegram_is_out_of_reach(clinic: Clinic) -> None:
    async with door_to() as door:
        bot = await clinic.start(TELEGRAM_API_URL=door.url)
        await until(partial(_says, bot.lines, "does not answer; trying again until it does"))

        assert await asyncio.wait_for(bot.ended_by(signal.SIGTERM), GRACE) == 0


async def test_a_second_one_on_the_same_folder_is_refused_in_one_sentence(clinic: Clinic) -> None:
    await clinic.open_up()

    second = await clinic.start()

    assert await second.over() == 2
    assert second.lines == ["aftercare: Another `aftercare run` is using this data folder; stop it first.\n"]


async def test_an_address_that_is_taken_is_named(clinic: Clinic) -> None:
    async with door_to() as taken:
        webhook = {"WEBHOOK_URL": "http://127.0.0.1:1/hook", "WEBHOOK_SECRET": "s3cret"}
        bot = await clinic.start(**webhook, LISTEN=f"127.0.0.1:{taken.port}")

        assert await bot.over() == 2
        assert f"LISTEN=127.0.0.1:{taken.port}" in bot.lines[-1]


async def test_a_turned_clock_is_refused_where_patients_are(clinic: Clinic) -> None:
    bot = await clinic.start(TELEGRAM_API_URL="https://api.telegram.org", CLOCK_RATE="60")

    assert await bot.over() == 2
    assert len(bot.lines) == 1
    assert "for trials" in bot.said


async def _says(lines: list[str], event: str) -> bool:
    return event in "".join(lines)


def _states(work: Work) -> list[DeliveryState]:
    return [state for state in DeliveryState for _ in work.outbox.in_state(state)]
