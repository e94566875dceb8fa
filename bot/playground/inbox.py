"""The bot's updates: queued until confirmed, filtered by what it asked for."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from bot.playground.bell import Bell
from bot.playground.controls import Json

FIRST_UPDATE = 700_000_001
OFF_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    secret_token: str = ""
    max_connections: int = 40


class Inbox:
    """Updates in order; `confirm` is the only way out."""

    def __init__(self) -> None:
        self._waiting: deque[Json] = deque()
        self._next_id = FIRST_UPDATE
        self._polls = 0
        self._held: int | None = None
        self.bell = Bell()
        self.allowed: tuple[str, ...] = ()
        self.webhook: Webhook | None = None
        self.last_error: Json = {}

    def put(self, kind: str, body: Json) -> None:
        if kind not in self.allowed and (self.allowed or kind in OFF_BY_DEFAULT):
            return
        self._waiting.append({"update_id": self._next_id, kind: body})
        self._next_id += 1
        self.bell.ring()

    def __len__(self) -> int:
        return len(self._waiting)

    def first(self, limit: int) -> list[Json]:
        return list(self._waiting)[:limit]

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps that many of the newest, as Telegram does."""
        if offset < 0:
            offset = max(self._next_id + offset, FIRST_UPDATE)
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()

    def clear(self) -> None:
        self._waiting.clear()

    def allow(self, kinds: Sequence[object] | None) -> None:
        """Remember what the bot wants from now on; None changes nothing, an empty list is the default set."""
        if kinds is not None:
            self.allowed = tuple(map(str, kinds))

    @property
    def is_polled(self) -> bool:
        """Whether somebody is holding the line right now."""
        return self._held is not None

    def begin_poll(self) -> int:
        """A new poll ends the one before it; its number tells them apart."""
        self._polls += 1
        self._held = self._polls
        self.bell.ring()
        return self._polls

    def is_superseded(self, poll: int) -> bool:
        return poll != self._polls

    def end_poll(self, poll: int) -> None:
        if self._held == poll:
            self._held = None

    def end_polls(self) -> None:
        """Wake whoever polls, for the webhook that takes over."""
        self._polls += 1
        self.bell.ring()
