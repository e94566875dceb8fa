"""Telegram's errors are told apart by type and cause."""

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.care.model.delivery import Outcome
from bot.chat.outcomes import outcome_of


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


REQUEST = httpx.Request("POST", "http://127.0.0.1")

CASES = [
    pytest.param(caused(NetworkError("x"), httpx.ConnectError("no")), Outcome.NOT_SENT, id="nobody there"),
    pytest.param(caused(TimedOut(), httpx.ConnectTimeout("no")), Outcome.NOT_SENT, id="no connection in time"),
    pytest.param(caused(TimedOut(), httpx.PoolTimeout("no")), Outcome.NOT_SENT, id="our own pool was full"),
    pytest.param(caused(TimedOut(), httpx.ReadTimeout("no")), Outcome.AMBIGUOUS, id="no answer"),
    pytest.param(caused(NetworkError("x"), httpx.RemoteProtocolError("no")), Outcome.AMBIGUOUS, id="cut off"),
    pytest.param(NetworkError("Bad Gateway"), Outcome.AMBIGUOUS, id="a gateway failed"),
    pytest.param(RetryAfter(7), Outcome.PAUSED, id="too many"),
    pytest.param(Forbidden("bot was blocked by the user"), Outcome.UNREACHABLE, id="blocked"),
    pytest.param(BadRequest("Chat not found"), Outcome.UNREACHABLE, id="no such chat"),
    pytest.param(BadRequest("message is too long"), Outcome.REFUSED, id="refused"),
    pytest.param(BadRequest("Message is not modified: same"), Outcome.SENT, id="the edit had arrived before"),
    pytest.param(ChatMigrated(-1007), Outcome.MOVED, id="the group moved"),
    pytest.param(Conflict("other getUpdates"), Outcome.NOT_SENT, id="another poller"),
]


@pytest.mark.parametrize(("error", "outcome"), CASES)
def test_an_error_is_judged_by_type_and_cause(error: TelegramError, outcome: Outcome) -> None:
    assert outcome_of(error).outcome is outcome


def test_a_pause_is_as_long_as_telegram_says() -> None:
    assert outcome_of(RetryAfter(7)).retry_after == 7.0


def test_a_moved_group_names_its_new_chat() -> None:
    assert outcome_of(ChatMigrated(-1007)).new_chat == -1007


def test_the_words_of_a_network_error_are_not_kept_because_they_may_hold_the_token() -> None:
    error = caused(NetworkError("https://api/bot123:SECRET/sendMessage"), httpx.ReadError("SECRET"))

    assert "SECRET" not in outcome_of(error).reason
