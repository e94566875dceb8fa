"""Telegram's pace: how many calls a second and a minute before it answers 429."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.refusal import too_many_requests
from bot.playground.world import Chat

COUNTED = ("send", "copy", "forward", "edit", "createForumTopic")
FREE = frozenset({"sendChatAction"})
JITTER = 0.1  # seconds; a caller that keeps a second's distance may arrive a little early


@dataclass(frozen=True, slots=True)
class Limits:
    """Calls allowed per bot and second, per private chat and second, per group and minute."""

    per_bot: int = 30
    per_private_chat: int = 1
    per_group: int = 20


class Pace:
    """Sliding windows over machine time; `timer` gives seconds. No limits at all when `limits` is None."""

    def __init__(self, limits: Limits | None, timer: Callable[[], float]) -> None:
        self._limits = limits
        self._timer = timer
        self._calls: dict[int, deque[float]] = defaultdict(deque)

    def count(self, method: str, chat: Chat | None) -> None:
        """Count a call; raises `Refusal` 429 (and does not count it) when it comes too soon."""
        if self._limits is None or not method.startswith(COUNTED) or method in FREE:
            return
        now = self._timer()
        rules = self._rules(self._limits, chat)
        waits = [self._wait(key, allowed, window, now) for key, allowed, window in rules]
        if longest := max(waits):
            raise too_many_requests(math.ceil(longest))
        for key, _, _ in rules:
            self._calls[key].append(now)

    def _rules(self, limits: Limits, chat: Chat | None) -> list[tuple[int, int, float]]:
        rules = [(0, limits.per_bot, 1.0)]
        if chat is not None and chat.is_private:
            rules.append((chat.id, limits.per_private_chat, 1.0))
        elif chat is not None:
            rules.append((chat.id, limits.per_group, 60.0))
        return rules

    def _wait(self, key: int, allowed: int, window: float, now: float) -> float:
        calls = self._calls[key]
        while calls and now - calls[0] >= window - JITTER:
            calls.popleft()
        return 0.0 if len(calls) < allowed else max(window - (now - calls[-allowed]), JITTER)
