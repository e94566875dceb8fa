"""Telegram's errors as results: decided by type and cause, because a refusal and a lost line share a class."""

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.care.model.delivery import Outcome, Result

NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Causes that prove that not one byte reached Telegram."""

GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was kicked", "group chat was deleted")
UNCHANGED = "message is not modified"
ALREADY_GONE = "message to delete not found"
NOT_THERE = ("participant_id_invalid", "user_not_participant")
"""Whoever was to be taken out of a group is not in it."""


def outcome_of(error: TelegramError) -> Result:
    """What one failed call means for its delivery."""
    reason = str(error)
    match error:
        case RetryAfter():
            return Result(Outcome.PAUSED, retry_after=_seconds(error), reason=reason)
        case ChatMigrated():
            return Result(Outcome.MOVED, new_chat=error.new_chat_id, reason=reason)
        case Forbidden():
            return Result(Outcome.UNREACHABLE, reason=reason)
        case BadRequest():
            return _refused(reason)
        case InvalidToken() | Conflict():
            return Result(Outcome.NOT_SENT, reason=reason)
        case NetworkError():
            never_left = isinstance(error.__cause__, NEVER_LEFT)
            return Result(Outcome.NOT_SENT if never_left else Outcome.AMBIGUOUS, reason=_safe(error))
        case _:
            return Result(Outcome.AMBIGUOUS, reason=_safe(error))


def _refused(reason: str) -> Result:
    words = reason.lower()
    if UNCHANGED in words or ALREADY_GONE in words:
        # an edit or deletion whose first try had arrived after all
        return Result(Outcome.SENT, reason=reason)
    if any(sign in words for sign in NOT_THERE):
        return Result(Outcome.SENT, reason=reason)
    if any(sign in words for sign in GONE):
        return Result(Outcome.UNREACHABLE, reason=reason)
    return Result(Outcome.REFUSED, reason=reason)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _safe(error: TelegramError) -> str:
    # the text of a network error may hold the address, and the address holds the token
    return f"{type(error).__name__}: {type(error.__cause__).__name__}"
