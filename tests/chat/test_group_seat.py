"""Somebody is taken out of the staff group over the wire, where the bot has the right."""

import pytest

from bot.care.model.delivery import Act, ActKind, Outcome, Result
from bot.care.model.people import Contact
from bot.chat.channel import TelegramChannel
from bot.pictures.drawing import Drawings
from bot.playground.world import Status
from tests.chat.conftest import Street
from tests.fakes.album import FakeAlbum


async def seated(street: Street, kind: ActKind, desk: int, account: int) -> Result:
    channel = TelegramChannel(street.bot, Drawings(), FakeAlbum())
    return await channel.perform(Act(kind, Contact(desk), "Rita", member=account))


def status(street: Street, desk: int, account: int) -> Status:
    return street.playground.telegram.conversations[desk].member(account).status


async def test_they_are_out_stay_out_and_may_come_back(street: Street) -> None:
    maria, rita = street.person("Maria"), street.person("Rita")
    desk = street.desk(maria)
    street.playground.belonging.add(maria, desk, rita)

    out = await seated(street, ActKind.BAN, desk, rita)
    after = status(street, desk, rita)
    back = await seated(street, ActKind.UNBAN, desk, rita)

    assert (out.outcome, back.outcome) == (Outcome.SENT, Outcome.SENT)
    assert after is Status.KICKED
    assert status(street, desk, rita) is Status.LEFT


async def test_letting_in_somebody_who_is_there_puts_nobody_out(street: Street) -> None:
    maria, rita = street.person("Maria"), street.person("Rita")
    desk = street.desk(maria)
    street.playground.belonging.add(maria, desk, rita)

    result = await seated(street, ActKind.UNBAN, desk, rita)

    assert result.outcome is Outcome.SENT
    assert status(street, desk, rita) is Status.MEMBER


@pytest.mark.parametrize("why", ["no right", "owner", "admin"])
async def test_where_the_bot_may_not_it_is_refused(street: Street, why: str) -> None:
    maria, rita = street.person("Maria"), street.person("Rita")
    desk = street.desk(maria)
    street.playground.belonging.add(maria, desk, rita)
    if why == "no right":
        street.playground.belonging.demote(maria, desk, street.bot.id)
    if why == "admin":
        street.playground.belonging.promote(maria, desk, rita)

    result = await seated(street, ActKind.BAN, desk, maria if why == "owner" else rita)

    assert result.outcome is Outcome.REFUSED
    assert status(street, desk, rita) in (Status.MEMBER, Status.ADMINISTRATOR)


async def test_somebody_telegram_does_not_know_there_is_out_already(street: Street) -> None:
    maria = street.person("Maria")
    desk = street.desk(maria)

    assert (await seated(street, ActKind.BAN, desk, 999_999)).outcome is Outcome.SENT


async def test_the_bot_leaves_and_where_it_is_not_it_cannot(street: Street) -> None:
    desk = street.desk(street.person("Maria"))

    left = await seated(street, ActKind.LEAVE, desk, 0)
    again = await seated(street, ActKind.LEAVE, desk, 0)

    assert left.outcome is Outcome.SENT
    assert status(street, desk, street.bot.id) is Status.LEFT
    assert again.outcome in (Outcome.UNREACHABLE, Outcome.REFUSED)
