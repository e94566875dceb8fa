"""Stored before it is acknowledged, handled once, in order per chat and sender."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.care.model.inbound import InboxState
from bot.chat.intake import MOST_TRIES
from tests.chat.conftest import Street
from tests.chat.hallway import BROKEN, SLOW, Hallway, wrote


@pytest.fixture
def hallway(street: Street) -> Hallway:
    return Hallway(street.bot)


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - what is waited for rings no bell
            await asyncio.sleep(0.005)


async def test_an_update_is_stored_before_it_is_acknowledged_and_handled_after(hallway: Hallway) -> None:
    intake = await hallway.intake()

    await intake.store([wrote(1, "hello")])
    stored, handled = hallway.state(1), list(hallway.handled)
    await intake.settled()

    assert (stored, handled) == (InboxState.WAITING, [])
    assert (hallway.state(1), hallway.handled) == (InboxState.DONE, ["hello"])


async def test_an_update_that_comes_twice_is_handled_once(hallway: Hallway) -> None:
    intake = await hallway.intake()

    await intake.store([wrote(1, "hello"), wrote(1, "hello")])
    await intake.store([wrote(1, "hello")])
    await intake.settled()
    await intake.store([wrote(1, "hello")])
    await intake.settled()

    assert hallway.handled == ["hello"]


async def test_one_person_in_one_chat_is_heard_in_order(hallway: Hallway) -> None:
    intake = await hallway.intake()

    await intake.store([wrote(1, f"{SLOW} first"), wrote(2, "second"), wrote(3, "third")])
    await until(lambda: hallway.tries)
    hallway.let_go.set()
    await intake.settled()

    assert hallway.handled == [f"{SLOW} first", "second", "third"]


async def test_one_slow_deed_delays_nobody_else_not_even_in_the_same_group(hallway: Hallway) -> None:
    intake = await hallway.intake()

    await intake.store([wrote(1, f"{SLOW} in the group", person=501, chat=-7)])
    await intake.store([wrote(2, "colleague", person=502, chat=-7), wrote(3, "herself in private", person=501)])
    await until(lambda: len(hallway.handled) == 2)
    before = set(hallway.handled)
    hallway.let_go.set()
    await intake.settled()

    assert before == {"colleague", "herself in private"}


async def test_in_a_forum_two_topics_are_two_lines(hallway: Hallway) -> None:
    intake = await hallway.intake()
    topics = [{"message_thread_id": number, "is_topic_message": True} for number in (11, 12)]

    await intake.store([wrote(1, f"{SLOW} one", chat=-7, **topics[0]), wrote(2, "other", chat=-7, **topics[1])])
    await until(lambda: hallway.handled)
    hallway.let_go.set()
    await intake.settled()

    assert hallway.handled == ["other", f"{SLOW} one"]


async def test_what_breaks_its_handler_is_tried_five_times_and_then_put_aside(hallway: Hallway) -> None:
    intake = await hallway.intake()

    await intake.store([wrote(1, BROKEN), wrote(2, "after it"), wrote(3, "somebody else", person=502)])
    await until(lambda: hallway.handled)
    first = list(hallway.handled)
    await intake.settled()

    assert first == ["somebody else"]
    assert hallway.tries.count(BROKEN) == MOST_TRIES
    assert hallway.state(1) is InboxState.QUARANTINED
    assert hallway.complaints.heard == [("answer", 501, 501, BROKEN)]
    assert hallway.handled == ["somebody else", "after it"]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ((), [("answer", 501, 501, "17"), ("answer", 501, 501, "[button]")]),
        (("answer",), [("plainly", 501, 501, "17"), ("plainly", 501, 501, "[button]")]),
        (("answer", "plainly"), []),
    ],
)
async def test_a_person_hears_of_what_is_put_aside_and_in_plain_words_where_the_telling_breaks_too(
    hallway: Hallway, broken: tuple[str, ...], told: list[tuple[str, int, int, str]]
) -> None:
    hallway.complaints.broken.update(broken)
    intake = await hallway.intake()
    odd = wrote(1, "text that is a number")
    odd["message"]["text"] = 17
    tap = {"id": "1", "from": {"id": 501}, "data": 7, "message": {"message_id": 3, "chat": {"id": 501}}}

    await intake.store([odd, {"update_id": 2, "callback_query": tap}, {"update_id": 3, "message": 1}])
    await intake.settled()

    assert hallway.complaints.heard == told
    assert [hallway.state(one) for one in (1, 2, 3)] == [InboxState.QUARANTINED] * 3


async def test_what_a_crash_left_waiting_is_taken_up_again(hallway: Hallway) -> None:
    await (await hallway.intake()).store([wrote(1, f"{SLOW} and then the power went")])
    after_the_crash = await hallway.intake()
    hallway.let_go.set()

    await after_the_crash.resume(rested=timedelta(seconds=10))
    early = list(hallway.handled)
    hallway.clock.later(seconds=10)
    await after_the_crash.resume(rested=timedelta(seconds=10))
    await after_the_crash.settled()

    assert early == []
    assert hallway.handled == [f"{SLOW} and then the power went"]
    assert hallway.state(1) is InboxState.DONE


async def test_what_is_still_being_handled_is_not_taken_up_again(hallway: Hallway) -> None:
    intake = await hallway.intake()
    await intake.store([wrote(1, f"{SLOW} one")])
    await until(lambda: hallway.tries)

    await intake.resume()
    hallway.let_go.set()
    await intake.settled()

    assert hallway.tries == [f"{SLOW} one"]


async def test_at_the_end_what_is_being_handled_lands_and_what_waits_is_left_to_the_next_start(
    hallway: Hallway,
) -> None:
    intake = await hallway.intake()
    await intake.store([wrote(1, f"{SLOW} one"), wrote(2, "behind it"), wrote(3, BROKEN, person=502)])
    await until(lambda: len(hallway.tries) == 2)

    ending = asyncio.create_task(intake.stop(within=20))
    await asyncio.sleep(0)
    hallway.let_go.set()
    async with asyncio.timeout(3):  # five tries take five seconds
        await ending

    assert hallway.handled == [f"{SLOW} one"]
    assert [hallway.state(one) for one in (1, 2, 3)] == [InboxState.DONE, InboxState.WAITING, InboxState.WAITING]
    assert hallway.tries.count(BROKEN) < MOST_TRIES


async def test_what_nobody_wants_has_its_end_and_its_words_are_erased(hallway: Hallway) -> None:
    intake = await hallway.intake()

    update = wrote(1, "", chat=-7)
    del update["message"]["text"]
    await intake.store([update | {"message": update["message"] | {"group_chat_created": True}}])
    await intake.settled()

    assert hallway.state(1) is InboxState.DONE
    assert hallway.handled == []
