"""What the bot may do in the group that becomes the desk, and what is missing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DeskRights:
    """As Telegram answers when asked for the bot's own place in the group."""

    is_member: bool = True
    may_write: bool = True
    pins: bool = False
    manages_topics: bool = False
    deletes: bool = False
    removes_people: bool = False
    is_public: bool = False
    """Anybody can find the group by its name and read what stands in it."""

    def missing(self, *, is_forum: bool) -> tuple[str, ...]:
        """Names of what should be granted; `write` alone makes the group useless as a desk."""
        wanted = {
            "write": self.is_member and self.may_write,
            "pin": self.pins,
            "topics": self.manages_topics or not is_forum,
            "delete": self.deletes,
            "remove": self.removes_people,
        }
        return tuple(name for name, granted in wanted.items() if not granted)
