"""What the playground asks of whoever owns time: read it, leap it, hold it."""

from datetime import datetime, timedelta
from typing import Any, Protocol, TypeAlias

Json: TypeAlias = dict[str, Any]


class Controls(Protocol):
    """The clock between the phone and the desk; the playground itself never reads wall time."""

    @property
    def paused(self) -> bool: ...

    def now(self) -> datetime:
        """The aware instant that Telegram stamps on messages."""

    async def next_message(self) -> None:
        """Leap to the next due message and return once it has been handled."""

    async def advance(self, by: timedelta) -> None:
        """Turn the clock forward, stopping at every due instant on the way."""

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def guide(self) -> list[Json]:
        """Hints for the first minutes, in reading order; may be empty.

        A hint is {"title", "text", "chat"?: where it happens, "as"?: the person who does it, "say"?: what they type,
        "done_when"?: {"said": start of a text, "by": person} | {"heard": part of what the bot says, "chat": id} |
        {"turned": true}}. Without `done_when` a hint is done when its `say` was said, else with the next deed of its
        person; the last one with the next turn of the clock.
        """
