"""Telegram's pace is kept by the second and the minute, on machine time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from bot.playground.limits import Limits, Pace
from bot.playground.playground import Playground
from bot.playground.refusal import Refusal
from bot.playground.world import Chat, ChatKind
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls, RevolvingStage, Scene

DESK = Chat(-100, ChatKind.SUPERGROUP, "Desk")


@dataclass(slots=True)
class Timer:
    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@contextmanager
def _told_to_wait(seconds: int) -> Iterator[None]:
    with pytest.raises(Refusal) as refused:
        yield
    assert refused.value.answer["parameters"] == {"retry_after": seconds}
    assert refused.value.description == f"Too Many Requests: retry after {seconds}"


def _anna(number: int = 1) -> Chat:
    return Chat(number, ChatKind.PRIVATE)


def test_a_private_chat_takes_one_message_a_second() -> None:
    timer = Timer()
    pace = Pace(Limits(), timer)
    pace.count("sendMessage", _anna())

    with _told_to_wait(1):
        pace.count("editMessageText", _anna())
    timer.seconds += 1
    pace.count("editMessageText", _anna())


def test_the_bot_as_a_whole_takes_thirty_a_second() -> None:
    timer = Timer()
    pace = Pace(Limits(), timer)
    for number in range(30):
        pace.count("sendMessage", _anna(number + 1))

    with _told_to_wait(1):
        pace.count("sendMessage", _anna(31))
    timer.seconds += 1
    pace.count("sendMessage", _anna(31))


def test_a_group_takes_twenty_a_minute() -> None:
    timer = Timer()
    pace = Pace(Limits(), timer)
    for _ in range(20):
        pace.count("sendMessage", DESK)
        timer.seconds += 1

    with _told_to_wait(40):
        pace.count("createForumTopic", DESK)
    timer.seconds += 40
    pace.count("createForumTopic", DESK)


def test_a_refused_call_does_not_lengthen_the_wait() -> None:
    timer = Timer()
    pace = Pace(Limits(per_bot=1), timer)
    pace.count("sendMessage", _anna())
    timer.seconds += 0.5
    with _told_to_wait(1):
        pace.count("sendMessage", _anna())

    timer.seconds += 0.5

    pace.count("sendMessage", _anna())


@pytest.mark.parametrize("method", ["sendChatAction", "answerCallbackQuery", "getUpdates", "deleteMessage"])
def test_what_sends_nothing_is_free(method: str) -> None:
    pace = Pace(Limits(per_bot=1), Timer())

    for _ in range(3):
        pace.count(method, _anna())


def test_without_limits_nothing_is_counted() -> None:
    pace = Pace(None, Timer())

    for _ in range(100):
        pace.count("sendMessage", _anna())


async def test_a_call_that_comes_too_soon_is_refused_and_counted(stage: RevolvingStage) -> None:
    controls = HandTurnedControls()
    playground = Playground(controls, bot_token=TOKEN, bot_name=BOT_NAME, limits=Limits(), timer=Timer())
    stage.app = playground.app
    scene = Scene(playground, controls, stage.bot, stage.http)
    anna = scene.anna()

    first, second = [await scene.ask("sendMessage", chat_id=anna.id, text="hello") for _ in range(2)]

    assert (first["ok"], second["error_code"], second["parameters"]) == (True, 429, {"retry_after": 1})
    assert [refused.code for refused in playground.refusals] == [429]
