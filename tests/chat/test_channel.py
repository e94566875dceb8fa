"""Every kind of act, performed on a server that refuses what Telegram refuses."""

import pytest

from bot.care.model.delivery import Act, ActKind, Button, MessageRef, Outcome, Result
from bot.care.model.people import Contact
from bot.care.model.sheet import Card, Sheet
from bot.chat.channel import TelegramChannel
from bot.pictures.drawing import Drawings
from bot.playground.faults import Trouble
from tests.chat.conftest import Street
from tests.fakes.album import FakeAlbum

YES = Button("Yes", "deed", token="abc123")


def channel(street: Street) -> TelegramChannel:
    return TelegramChannel(street.bot, Drawings(), FakeAlbum())


async def sent(street: Street, chat: int, text: str = "hello", **more: object) -> Result:
    act = Act(ActKind.SEND, Contact(chat), text, **more)  # type: ignore[arg-type]
    return await channel(street).perform(act)


async def done(street: Street, kind: ActKind, chat: int, message: int | None, **more: object) -> Outcome:
    target = None if message is None else MessageRef(chat, message)
    act = Act(kind, Contact(chat), target=target, **more)  # type: ignore[arg-type]
    return (await channel(street).perform(act)).outcome


async def test_a_message_leaves_with_its_buttons_and_says_its_number(street: Street) -> None:
    anna = street.person()

    result = await sent(street, anna, "<b>hello</b>", keyboard=((YES,),))

    message = street.playground.telegram.conversations[anna].messages[result.message_id or 0]
    assert result.outcome is Outcome.SENT
    assert message.content["text"] == "hello"
    assert message.buttons == {"inline_keyboard": [[{"text": "Yes", "callback_data": "abc123"}]]}


async def test_words_that_cannot_be_parsed_leave_without_markup(street: Street) -> None:
    anna = street.person()

    result = await sent(street, anna, "1 < 2 <b>and 3 &lt; 4</b>")

    assert result.outcome is Outcome.SENT
    assert street.texts(anna) == ["1 < 2 and 3 < 4"]


async def test_a_link_leaves_as_a_picture_and_a_file_as_a_document(street: Street) -> None:
    anna = street.person()

    assert (await sent(street, anna, "scan me", qr="https://t.me/x?start=y")).outcome is Outcome.SENT
    assert (await sent(street, anna, "faults", document=("faults.txt", "a.toml:1: no"))).outcome is Outcome.SENT
    contents = [one.content for one in street.playground.telegram.conversations[anna].messages.values()]
    assert [kind for one in contents for kind in ("photo", "document") if kind in one] == ["photo", "document"]


def a_sheet(link: str) -> Sheet:
    return Sheet("links.pdf", "Links", "or write this", (Card("Anna", "A-1", link, "ABCD-0001"),))


async def test_a_sheet_leaves_as_a_document_to_print(street: Street) -> None:
    anna = street.person()

    assert (await sent(street, anna, "print me", sheet=a_sheet("https://t.me/x?start=y"))).outcome is Outcome.SENT

    (message,) = (
        one
        for one in street.playground.telegram.conversations[anna].messages.values()
        if one.sender_id == street.bot.id
    )
    document = message.content["document"]
    assert (document["file_name"], document["mime_type"]) == ("links.pdf", "application/pdf")


async def test_a_sheet_that_cannot_be_drawn_is_refused_before_a_byte_leaves(street: Street) -> None:
    anna = street.person()

    result = await sent(street, anna, "print me", sheet=a_sheet("x" * 5000))

    assert result.outcome is Outcome.REFUSED
    assert street.texts(anna) == []


async def test_a_message_is_copied_answered_edited_pinned_liked_and_deleted(street: Street) -> None:
    anna = street.person()
    desk = street.desk(street.person("Maria"))
    said = street.playground.people.write(anna, anna, "it hurts").message_id

    copied = await channel(street).perform(Act(ActKind.COPY, Contact(desk), source=MessageRef(anna, said)))
    number = (await sent(street, desk, "look", reply_to=copied.message_id, keyboard=((YES,),))).message_id

    assert street.texts(desk) == ["it hurts", "look"]
    assert await done(street, ActKind.EDIT, desk, number, text="seen") is Outcome.SENT
    assert await done(street, ActKind.PIN, desk, number) is Outcome.SENT
    assert await done(street, ActKind.REACT, anna, said, emoji="👍") is Outcome.SENT
    assert street.texts(desk)[:2] == ["it hurts", "seen"]
    assert await done(street, ActKind.DELETE, desk, number) is Outcome.SENT
    assert "seen" not in street.texts(desk)
    assert street.playground.refusals == []


@pytest.mark.parametrize("silent", [True, False], ids=["silent", "aloud"])
async def test_a_copy_rings_only_when_it_is_to_ring(street: Street, *, silent: bool) -> None:
    anna = street.person()
    said = street.playground.people.write(anna, anna, "it hurts").message_id

    act = Act(ActKind.COPY, Contact(anna), source=MessageRef(anna, said), silent=silent)
    copied = await channel(street).perform(act)

    messages = street.playground.telegram.conversations[anna].messages
    assert messages[copied.message_id or 0].is_silent is silent


async def test_an_edit_or_deletion_that_had_arrived_before_counts_as_done(street: Street) -> None:
    anna = street.person()
    number = (await sent(street, anna)).message_id

    assert await done(street, ActKind.EDIT, anna, number, text="hello") is Outcome.SENT
    assert await done(street, ActKind.DELETE, anna, number) is Outcome.SENT
    assert await done(street, ActKind.DELETE, anna, number) is Outcome.SENT


async def test_a_topic_is_opened_written_in_and_closed(street: Street) -> None:
    desk = street.desk(street.person("Maria"), is_forum=True)

    opened = await channel(street).perform(Act(ActKind.TOPIC_OPEN, Contact(desk), "A-17 Anna"))
    inside = Contact(desk, opened.thread)
    written = await channel(street).perform(Act(ActKind.SEND, inside, "hello"))
    closed = await channel(street).perform(Act(ActKind.TOPIC_CLOSE, inside))

    assert [opened.outcome, written.outcome, closed.outcome] == [Outcome.SENT] * 3
    assert opened.thread is not None


async def test_a_reply_to_something_deleted_still_leaves(street: Street) -> None:
    anna = street.person()

    assert (await sent(street, anna, reply_to=4711)).outcome is Outcome.SENT


async def test_what_cannot_be_done_is_a_result_and_never_an_error(street: Street) -> None:
    anna, stranger = street.person(), street.playground.people.new_person("Ben").id
    street.playground.people.block(anna)

    assert (await sent(street, anna)).outcome is Outcome.UNREACHABLE
    assert (await sent(street, stranger)).outcome is Outcome.UNREACHABLE
    assert (await sent(street, 999)).outcome is Outcome.UNREACHABLE
    assert await done(street, ActKind.EDIT, street.person(), 4711, text="x") is Outcome.REFUSED
    assert await done(street, ActKind.PIN, anna, None) is Outcome.REFUSED


async def test_a_line_that_is_cut_after_the_words_left_is_unclear(street: Street) -> None:
    anna = street.person()
    street.playground.faults.add(Trouble.DROP)

    assert (await sent(street, anna)).outcome is Outcome.AMBIGUOUS


async def test_too_many_says_how_long_to_wait(street: Street) -> None:
    anna = street.person()
    street.playground.faults.add(Trouble.TOO_MANY, seconds=3)

    result = await sent(street, anna)

    assert (result.outcome, result.retry_after) == (Outcome.PAUSED, 3.0)


async def test_a_link_whose_picture_is_refused_leaves_as_words_and_can_still_be_edited(street: Street) -> None:
    anna = street.person()
    street.playground.faults.add(Trouble.SERVER_ERROR, method="sendPhoto", code=400)

    result = await sent(street, anna, "t.me/x?start=y", qr="https://t.me/x?start=y")

    assert result.outcome is Outcome.SENT
    assert street.texts(anna) == ["t.me/x?start=y"]
    edited = await done(street, ActKind.EDIT, anna, result.message_id, text="connected 12:14", qr="x")
    assert edited is Outcome.SENT
    assert street.texts(anna) == ["connected 12:14"]
