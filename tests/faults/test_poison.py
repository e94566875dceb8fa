"""An update that nobody can read, or that breaks its handler, is put aside and holds up nobody."""

from functools import partial

from bot.playground.controls import Json
from tests.faults.clinic import Clinic
from tests.faults.running_bot import RunningBot
from tests.faults.waiting import until

BEYOND_ANY_COLUMN = 2**70


async def test_poison_among_good_updates_is_put_aside(clinic: Clinic) -> None:
    anna = clinic.arrive("Anna")
    clinic.do(lambda work: clinic.admit(work, "Anna", anna))
    inbox = clinic.playground.telegram.inbox
    bot = await clinic.open_up()

    inbox.put("message", {"message_id": "not even a message"})
    inbox.put("message", _from_nowhere())
    inbox.put("callback_query", {"id": None})
    clinic.people.write(anna, anna, "/help")
    await clinic.until(lambda: clinic.texts(anna))
    inbox.put("message", _odd(anna))
    await until(partial(_are_quarantined, clinic, 4))
    await until(partial(_noted, bot, 4))
    await clinic.until(lambda: any("could not deal with this" in text for text in clinic.texts(clinic.desk)))

    assert len(inbox) == 0
    assert "not even a message" not in bot.said
    assert clinic.do(lambda work: work.inbox.waiting()) == []


def _odd(chat: int) -> Json:
    """A patient's message without words that could be read."""
    place = {"id": chat, "type": "private", "first_name": "Anna"}
    return {"message_id": 2, "date": 1, "chat": place, "from": place | {"is_bot": False}, "text": 17}


def _from_nowhere() -> Json:
    """A command of a person whose number no database column holds."""
    person = {"id": BEYOND_ANY_COLUMN, "is_bot": False, "first_name": "Nobody"}
    chat = {"id": BEYOND_ANY_COLUMN, "type": "private", "first_name": "Nobody"}
    return {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "hello"}


async def _noted(bot: RunningBot, count: int) -> bool:
    return bot.said.count("update_quarantined") == count


async def _quarantined(clinic: Clinic) -> list[int]:
    return list(clinic.do(lambda work: work.inbox.quarantined()))


async def _are_quarantined(clinic: Clinic, count: int) -> bool:
    return len(await _quarantined(clinic)) == count
