"""The line to Telegram is cut, jammed or lies: what is due arrives, or staff see that it may not have."""

import signal
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.people import Contact
from bot.care.ports.records import Work
from bot.playground.faults import Trouble
from bot.playground.limits import Limits
from bot.playground.world import ChatKind
from tests.faults.clinic import Clinic, a_note
from tests.faults.crowd import FLAG
from tests.faults.door import door_to
from tests.faults.reckoning import AGAIN
from tests.faults.running_bot import RunningBot
from tests.faults.waiting import pause, until


def owes(clinic: Clinic, *chats: int) -> None:
    """One note for each is due now."""
    clinic.do(lambda work: [work.outbox.add(a_note(chat, f"note for {chat}", clinic.begun)) for chat in chats])


def joins(clinic: Clinic, name: str) -> int:
    """A patient who is owed a note."""
    chat = clinic.arrive(name)
    clinic.do(lambda work: _owed(work, clinic, name, chat))
    return chat


def _owed(work: Work, clinic: Clinic, name: str, chat: int) -> None:
    patient, _ = clinic.admit(work, name, chat)
    work.outbox.add(a_note(chat, f"note for {chat}", clinic.begun, patient.id))


def states(clinic: Clinic, chat: int) -> list[DeliveryState]:
    return [row.state for row in clinic.do(lambda work: _rows(work, chat))]


def _rows(work: Work, chat: int) -> list[Delivery]:
    patient = work.patients.by_chat(chat)
    assert patient is not None
    return [row for row in work.outbox.of_patient(patient.id) if row.contact.chat == chat]


async def test_a_call_that_vanishes_holds_up_nobody_else_and_is_tried_once_more(clinic: Clinic) -> None:
    anna, ben = joins(clinic, "Anna"), joins(clinic, "Ben")
    clinic.faults.add(Trouble.BLACK_HOLE, method="sendMessage", chat=anna)
    await clinic.open_up()

    await clinic.faults.hit()
    await clinic.until(lambda: clinic.texts(ben))
    before = clinic.texts(anna)
    await clinic.until(lambda: clinic.texts(anna))

    assert before == []
    assert clinic.texts(anna) == [f"note for {anna}{AGAIN}"]


async def test_a_message_that_twice_may_have_arrived_is_left_and_staff_see_it(clinic: Clinic) -> None:
    anna = joins(clinic, "Anna")
    clinic.faults.add(Trouble.SERVER_ERROR, method="sendMessage", chat=anna)
    clinic.faults.add(Trouble.DROP, method="sendMessage", chat=anna)
    await clinic.open_up()

    await clinic.until(lambda: any("may not have arrived" in text for text in clinic.texts(clinic.desk)))

    assert clinic.texts(anna) == [f"note for {anna}{AGAIN}"]
    assert states(clinic, anna) == [DeliveryState.UNCERTAIN]


async def test_while_telegram_refuses_connections_nothing_is_lost_doubled_or_given_up(clinic: Clinic) -> None:
    origin = int(clinic.settings["TELEGRAM_API_URL"].rsplit(":", 1)[1])
    async with door_to(origin) as door:
        bot = await clinic.open_up(TELEGRAM_API_URL=door.url)
        await until(partial(_is_polled, clinic))
        await door.shut()
        chats = [joins(clinic, f"P{number}") for number in range(12)]
        clinic.people.write(chats[0], chats[0], "/help")
        await until(partial(_says, bot, "polling_failed"))
        await pause(3)
        before = [clinic.texts(chat) for chat in chats]
        await door.open()

        await clinic.until(lambda: all(f"note for {chat}" in clinic.texts(chat) for chat in chats))
        await clinic.until(lambda: len(clinic.texts(chats[0])) == 2)
        await until(partial(_all_sent, clinic, chats))

    assert before == [[]] * 12
    assert [len(clinic.texts(chat)) for chat in chats] == [2] + [1] * 11


async def _all_sent(clinic: Clinic, chats: list[int]) -> bool:
    return all(set(states(clinic, chat)) == {DeliveryState.SENT} for chat in chats)


async def _is_polled(clinic: Clinic) -> bool:
    return clinic.playground.telegram.inbox.is_polled


async def _says(bot: RunningBot, event: str) -> bool:
    return event in bot.said


async def test_under_telegrams_own_limits_a_rush_of_messages_is_never_too_many(clinic: Clinic) -> None:
    clinic.playground._api.pace._limits = Limits()
    chats = [joins(clinic, f"P{number}") for number in range(36)]
    owes(clinic, *chats)
    await clinic.open_up()

    await clinic.until(lambda: all(len(clinic.texts(chat)) == 2 for chat in chats))

    assert clinic.playground.refusals == []


async def test_a_storm_of_too_many_is_sat_out_and_uses_up_no_try(clinic: Clinic) -> None:
    chats = [joins(clinic, f"P{number}") for number in range(8)]
    clinic.faults.add(Trouble.TOO_MANY, method="sendMessage", times=5, seconds=1)
    await clinic.open_up()

    await clinic.until(lambda: all(clinic.texts(chat) for chat in chats))

    assert [clinic.texts(chat) for chat in chats] == [[f"note for {chat}"] for chat in chats]


async def test_who_blocks_the_bot_is_tried_once_and_staff_are_told_to_phone(clinic: Clinic) -> None:
    anna = joins(clinic, "Anna")
    clinic.people.block(anna)
    clinic.playground.telegram.inbox.clear()
    await clinic.open_up()

    await clinic.until(lambda: any("cannot be reached" in text for text in clinic.texts(clinic.desk)))

    assert states(clinic, anna) == [DeliveryState.UNREACHABLE]
    assert [refused.code for refused in clinic.playground.refusals if refused.chat == anna] == [403]


async def test_an_alert_follows_the_desk_to_where_it_moved(clinic: Clinic) -> None:
    anna = joins(clinic, "Anna")
    group = clinic.playground.belonging.new_group(
        clinic.staff, "Small desk", [clinic.playground.telegram.bot.id], kind=ChatKind.GROUP
    ).id
    clinic.do(lambda work: _move_desk(work, group))
    moved = clinic.playground.belonging.upgrade(clinic.staff, group).id
    clinic.playground.telegram.inbox.clear()
    await clinic.open_up()

    clinic.people.write(anna, anna, FLAG)

    await clinic.until(lambda: any(FLAG in text for text in clinic.texts(moved)))
    await until(partial(_desk_is, clinic, moved))


def _move_desk(work: Work, chat: int) -> None:
    desk = work.team.desk()
    assert desk is not None
    work.team.set_desk(replace(desk, contact=Contact(chat)))


async def _desk_is(clinic: Clinic, chat: int) -> bool:
    desk = clinic.do(lambda work: work.team.desk())
    return desk is not None and desk.contact.chat == chat


async def test_two_bots_that_ask_with_one_token_both_step_back_and_one_goes_on(clinic: Clinic, tmp_path: Path) -> None:
    anna = joins(clinic, "Anna")
    first = await clinic.open_up()
    second = await clinic.open_up(DATA_DIR=str(tmp_path / "other"))

    await until(partial(_says, first, "polling_failed"))
    await second.ended_by(signal.SIGTERM)
    clinic.people.write(anna, anna, "/help")

    await clinic.until(lambda: len(clinic.texts(anna)) == 2)
    assert "409" in first.said
