"""Trouble on demand: what the server does to the calls a test picks out."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.playground.bell import Bell
from bot.playground.refusal import Refusal, bad_request, forbidden, too_many_requests


class Trouble(StrEnum):
    TOO_MANY = "429"
    FORBIDDEN = "403"
    SERVER_ERROR = "5xx"
    DELAY = "performed, but only after a wait"
    DROP = "performed, then the connection is closed without an answer"
    BLACK_HOLE = "neither performed nor answered"
    MIGRATED = "the group has become a supergroup"


@dataclass(frozen=True, slots=True)
class Fault:
    """`seconds` is the wait of a DELAY or the retry_after of a 429; `left` counts down, None lasts until cleared."""

    trouble: Trouble
    method: str | None = None
    chat: int | None = None
    left: int | None = 1
    seconds: float = 1
    code: int = 502
    migrate_to: int = 0

    def hits(self, method: str, chat: int | None) -> bool:
        return self.left != 0 and self.method in (None, method) and self.chat in (None, chat)

    @property
    def refusal(self) -> Refusal | None:
        """The answer this fault puts in place of the real one, if it is an answer."""
        match self.trouble:
            case Trouble.TOO_MANY:
                return too_many_requests(int(self.seconds))
            case Trouble.FORBIDDEN:
                return forbidden("bot was blocked by the user")
            case Trouble.SERVER_ERROR:
                return Refusal(self.code, "Bad Gateway" if self.code == 502 else "Internal Server Error")
            case Trouble.MIGRATED:
                reason = "group chat was upgraded to a supergroup chat"
                return bad_request(reason, migrate_to_chat_id=self.migrate_to)
        return None


class Faults:
    """Faults waiting for their calls, first come first served; `taken` tells what they hit."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._bell = Bell()
        self.taken: list[tuple[Trouble, str, int | None]] = []

    def add(
        self,
        trouble: Trouble,
        *,
        method: str | None = None,
        chat: int | None = None,
        times: int | None = 1,
        seconds: float = 1,
        code: int = 502,
        migrate_to: int = 0,
    ) -> None:
        """Let `trouble` befall the next `times` calls (None: all) of `method` and to `chat`, if named."""
        self._waiting.append(Fault(trouble, method, chat, times, seconds, code, migrate_to))

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault that befalls this call, used up by one."""
        for place, fault in enumerate(self._waiting):
            if fault.hits(method, chat):
                self._waiting[place] = replace(fault, left=None if fault.left is None else fault.left - 1)
                self.taken.append((fault.trouble, method, chat))
                self._bell.ring()
                return fault
        return None

    async def hit(self, count: int = 1) -> None:
        """Wait until `count` calls in all have met a fault."""
        while len(self.taken) < count:
            await self._bell.coming.wait()
